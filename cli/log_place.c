/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/log_place.h"

#include "cli/log_packed.h"
#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *const log_trail_names[] = {"new", "followed", "rotated", "gap", "missing"};

/* A file that may hold what was written to a log. */
struct neighbour {
	char name[256];
	int64_t changed_ns;
	uint64_t size, device, inode;
	bool is_log; /* the log itself: what is written now goes there */
	bool holds, packed;
};

struct search {
	char folder[FILE_PATH_MAX];
	const char *name; /* of the log in it; not owned */
	int fd;
	struct neighbour *all; /* owned */
	size_t count;
};

static enum status read_tail(int fd, uint64_t offset, unsigned char ret[static HASH_SIZE], struct error *err)
{
	unsigned char bytes[LOG_TAIL];
	size_t size = offset < LOG_TAIL ? (size_t)offset : LOG_TAIL, done = 0;
	while (done < size) {
		ssize_t got = pread(fd, bytes + done, size - done, (off_t)(offset - size + done));
		if (got < 0 && errno != EINTR)
			return fail_errno(err, ERR_IO, errno, "cannot read the log");
		if (got == 0)
			break; /* cut meanwhile */
		done += got > 0 ? (size_t)got : 0;
	}
	hash_bytes(slice_of(bytes, done), ret);
	return OK;
}

enum status log_place_take(int fd, uint64_t offset, struct log_place *ret, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot read the log");
	*ret = (struct log_place){.device = st.st_dev, .inode = st.st_ino, .offset = offset};
	return read_tail(fd, offset, ret->tail, err);
}

static bool split_path(const char *path, struct search *s)
{
	const char *slash = strrchr(path, '/');
	s->name = slash ? slash + 1 : path;
	int size = snprintf(s->folder, sizeof s->folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
	return size > 0 && size < (int)sizeof s->folder && *s->name;
}

/* log, log.1, log.2.gz, log-20261128, … */
static bool is_neighbour(const struct search *s, const char *name)
{
	struct slice rest = slice_of_string(name);
	size_t size = strlen(s->name);
	if (!slice_starts(rest, s->name) || rest.size >= sizeof s->all->name)
		return false;
	return rest.size == size || rest.at[size] == '.' || rest.at[size] == '-';
}

static int by_age(const void *a, const void *b)
{
	const struct neighbour *x = a, *y = b;
	if (x->is_log != y->is_log)
		return x->is_log - y->is_log;
	int order = (x->changed_ns > y->changed_ns) - (x->changed_ns < y->changed_ns);
	return order ? order : strcmp(y->name, x->name); /* log.2 is older than log.1 */
}

static enum status list(struct search *s, struct error *err)
{
	struct stat st;
	struct dirent *entry;
	int again = openat(s->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_DIR DIR *dir = again < 0 ? NULL : fdopendir(again);
	if (!dir)
		return fail_errno(err, ERR_IO, errno, "%s", s->folder);
	while ((entry = readdir(dir)) != NULL) {
		if (!is_neighbour(s, entry->d_name) || fstatat(s->fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
			continue;
		if (s->count == LOG_NEIGHBOURS_MAX)
			return fail(err, ERR_LIMIT, "more than %d files stand beside it", LOG_NEIGHBOURS_MAX);
		struct neighbour *n = &s->all[s->count++];
		*n = (struct neighbour){
			.changed_ns = (int64_t)st.st_mtim.tv_sec * CLOCK_SECOND + st.st_mtim.tv_nsec,
			.size = (uint64_t)st.st_size,
			.device = st.st_dev,
			.inode = st.st_ino,
			.is_log = !strcmp(entry->d_name, s->name),
		};
		snprintf(n->name, sizeof n->name, "%s", entry->d_name);
	}
	qsort(s->all, s->count, sizeof *s->all, by_age);
	return OK;
}

static bool is_same_file(const struct neighbour *n, const struct log_place *p)
{
	return n->device == p->device && n->inode == p->inode;
}

static enum status look_into(const struct search *s, struct neighbour *n, const struct log_place *p, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_FD int fd = -1;
	enum status status = file_open(s->fd, n->name, &fd, err);
	if (status)
		return status;
	n->packed = log_packed_is(fd);
	if (p->offset == 0 && !n->packed) { /* nothing stands in front of it: only the file itself can tell */
		n->holds = is_same_file(n, p);
		return OK;
	}
	if (n->packed)
		return log_packed_look(fd, p, &n->holds, &n->size, err);
	if (n->size < p->offset)
		return OK;
	status = read_tail(fd, p->offset, digest, err);
	n->holds = !status && !memcmp(digest, p->tail, HASH_SIZE);
	return status;
}

/* The file itself before a copy of it, and a later one before an earlier. */
static const struct neighbour *choose(const struct search *s, const struct log_place *p)
{
	const struct neighbour *found = NULL;
	for (size_t i = 0; i < s->count; i++)
		if (s->all[i].holds && (!found || !is_same_file(found, p)))
			found = &s->all[i];
	return found;
}

static void add_piece(const struct search *s, const struct neighbour *n, uint64_t from, struct log_piece ret[static LOG_PIECES_MAX],
		      size_t *count)
{
	if (*count == LOG_PIECES_MAX)
		return;
	struct log_piece *piece = &ret[(*count)++];
	snprintf(piece->path, sizeof piece->path, "%s%s", s->folder, n->name);
	piece->from = from;
	piece->packed = n->packed;
	piece->size = n->size;
}

static enum status find(struct search *s, const struct log_place *p, enum log_trail *ret_trail,
			struct log_piece ret[static LOG_PIECES_MAX], size_t *ret_count, struct error *err)
{
	enum status status = list(s, err);
	const struct neighbour *log = s->count && s->all[s->count - 1].is_log ? &s->all[s->count - 1] : NULL, *found = NULL;
	for (size_t i = 0; p && i < s->count && !status; i++)
		status = look_into(s, &s->all[i], p, err);
	if (status)
		return status;
	if (p)
		found = choose(s, p);
	*ret_trail = !p ? LOG_NEW : !found ? LOG_GAP : found->is_log ? LOG_FOLLOWED : LOG_ROTATED;
	if (!log && !found)
		*ret_trail = LOG_MISSING;
	if (found)
		add_piece(s, found, p->offset, ret, ret_count);
	/* what lies between, and the log itself */
	for (size_t i = found ? (size_t)(found - s->all) + 1 : 0; i < s->count; i++)
		if (found || s->all[i].is_log)
			add_piece(s, &s->all[i], 0, ret, ret_count);
	return OK;
}

enum status log_place_find(const char *path, const struct log_place *place, enum log_trail *ret_trail,
			   struct log_piece ret[static LOG_PIECES_MAX], size_t *ret_count, struct error *err)
{
	struct search s = {.fd = -1};
	struct error why = {0};
	*ret_count = 0;
	*ret_trail = LOG_MISSING;
	if (!split_path(path, &s))
		return fail(err, ERR_USAGE, "%s: the path is too long, or names no file", path);
	enum status status = file_open_folder(AT_FDCWD, s.folder, &s.fd, &why);
	if (status == ERR_NO_INPUT)
		return OK;
	s.all = must_alloc(LOG_NEIGHBOURS_MAX, sizeof *s.all);
	if (!status)
		status = find(&s, place, ret_trail, ret, ret_count, &why);
	auto_close(&s.fd);
	free(s.all);
	if (status) {
		*err = why;
		return fail_in(err, "%s", path);
	}
	return OK;
}
