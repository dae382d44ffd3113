/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/past.h"

#include "cli/past_audit.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 << 20 };

struct looking {
	const char *place;
	struct past_session self, *found; /* found: owned; PAST_AUDITS_MAX, oldest first */
	size_t count, folders;
	uint64_t left_out; /* earlier than those */
	struct error problem;
};

/* The latest are kept. */
static void keep(struct looking *l, const struct past_session *s)
{
	size_t at = l->count;
	while (at > 0 && (l->found[at - 1].started_ns > s->started_ns ||
			  (l->found[at - 1].started_ns == s->started_ns && strcmp(l->found[at - 1].id, s->id) > 0)))
		at--;
	l->left_out += l->count == PAST_AUDITS_MAX;
	if (l->count == PAST_AUDITS_MAX) {
		if (at == 0)
			return;
		at--;
		memmove(&l->found[0], &l->found[1], at * sizeof *l->found);
	} else {
		memmove(&l->found[at + 1], &l->found[at], (l->count - at) * sizeof *l->found);
		l->count++;
	}
	l->found[at] = *s;
}

/* What anybody else put there is no history of ours. */
static int open_own(int place, const char *name)
{
	struct stat st;
	AUTO_FD int fd = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || (st.st_uid != geteuid() && st.st_uid != 0) || (st.st_mode & 022) != 0)
		return -1;
	return take_fd(&fd);
}

static void look_into(struct looking *l, int place, const char *name)
{
	struct past_session s = {0};
	AUTO_FD int fd = open_own(place, name);
	if (fd < 0 || !slice_to_string(slice_of_string(name), s.folder, sizeof s.folder) || !past_session_read(fd, &s))
		return;
	if (!strcmp(s.host, l->self.host) && strcmp(s.id, l->self.id) != 0 && s.started_ns < l->self.started_ns)
		keep(l, &s);
}

static void look(struct looking *l, int place)
{
	struct dirent *entry;
	int again = dup(place);
	AUTO_DIR DIR *dir = again < 0 ? NULL : fdopendir(again);
	if (!dir) {
		fail_errno(&l->problem, ERR_IO, errno, "cannot be listed");
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (l->folders++ == PAST_FOLDERS_MAX) {
			fail(&l->problem, ERR_LIMIT, "holds more than the %d that are looked into", PAST_FOLDERS_MAX);
			return;
		}
		look_into(l, place, entry->d_name);
	}
}

static void write_head(const struct looking *l, struct text *out)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify past");
	json_add_u64(&j, "version", 1);
	json_add_string(&j, "host", l->self.host);
	json_add_string(&j, "place", l->place);
	json_add_u64(&j, "found", l->count);
	json_add_u64(&j, "left_out", l->left_out);
	json_add_string(&j, "problem", l->problem.status ? l->problem.text : NULL);
	json_end_object(&j);
	text_add_char(out, '\n');
}

enum status past_write(int folder, const char *place, struct error *err)
{
	struct looking l = {.place = place};
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	AUTO_FD int fd = -1;
	if (!past_session_read(folder, &l.self))
		return fail(err, ERR_MALFORMED, "session.json tells no host: there is no past to look for");
	AUTO_FREE struct past_session *found = must_alloc(PAST_AUDITS_MAX, sizeof *found);
	l.found = found;
	if (!file_open_folder(AT_FDCWD, place, &fd, &l.problem))
		look(&l, fd);
	write_head(&l, &out);
	for (size_t i = 0; i < l.count; i++) {
		AUTO_FD int one = open_own(fd, l.found[i].folder);
		past_audit_write(one, &l.found[i], (unsigned)i + 1, &out);
	}
	return out.overflow ? fail(err, ERR_LIMIT, PAST_FILE " would be longer than %d bytes", OUTPUT_MAX)
			    : file_write(folder, PAST_FILE, text_slice(&out), err);
}
