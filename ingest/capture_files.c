/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture_files.h"

#include "core/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* Is it there, and may it be read already? */
static bool is_there(const struct capture_files *c, const char *name, bool growing)
{
	struct stat st;
	return fstatat(c->folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && (!growing || st.st_size > 0);
}

static enum status open_next(void *files, bool growing, int *ret_fd, const char **ret_name, struct error *err)
{
	struct capture_files *c = files;
	struct capture_part *p = &c->parts[c->opened];
	unsigned before = c->opened ? p[-1].number : 0;
	/* in a capture that runs none is missing */
	unsigned last = growing ? before + 1 : CAPTURE_FILES_MAX;
	*ret_fd = -1;
	for (unsigned number = before + 1; number <= last && number <= CAPTURE_FILES_MAX; number++) {
		capture_name(number, p->name);
		if (!is_there(c, p->name, growing))
			continue;
		p->number = number;
		*ret_name = p->name;
		c->opened++;
		return file_open(c->folder, p->name, ret_fd, err);
	}
	return OK;
}

enum status capture_files_open(struct capture_files *c, int *ret_fd, struct error *err)
{
	const char *name;
	return open_next(c, false, ret_fd, &name, err);
}

void capture_files_opened(struct capture_files *c)
{
	c->parts[c->opened++].number = 1;
}

static void note_end(void *files, uint64_t size, const unsigned char digest[static HASH_SIZE])
{
	struct capture_files *c = files;
	struct capture_part *p = &c->parts[c->ended++];
	p->size = size;
	memcpy(p->sha256, digest, sizeof p->sha256);
}

struct feeder_more capture_files_more(struct capture_files *c)
{
	return (struct feeder_more){.to = c, .next = open_next, .ended = note_end};
}
