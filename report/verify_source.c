/* SPDX-License-Identifier: Apache-2.0 */
#include "report/verify_source.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct verify_source verify_source_folder(int fd)
{
	return (struct verify_source){.fd = fd};
}

enum status verify_source_archive(int fd, struct arena *arena, struct verify_source *ret, struct error *err)
{
	*ret = (struct verify_source){.fd = fd, .archive = true};
	enum status status = zip_read(fd, arena, &ret->zip, err);
	if (status)
		return status;
	if (!ret->zip.count)
		return fail(err, ERR_MALFORMED, "an archive without files");
	struct slice first = slice_of_string(ret->zip.entries[0].path);
	ret->top = slice_find(first, '/') + 1;
	for (size_t i = 0; i < ret->zip.count; i++) {
		const char *path = ret->zip.entries[i].path;
		if (strlen(path) <= ret->top || memcmp(path, first.at, ret->top) != 0)
			return fail(err, ERR_MALFORMED, "%s does not lie in the one folder of a bundle", path);
	}
	return OK;
}

/* Paths of one folder are in the same order with its name in front. */
static const struct zip_entry *find(const struct verify_source *s, const char *path)
{
	size_t low = 0, high = s->zip.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(path, s->zip.entries[middle].path + s->top);
		if (order == 0)
			return &s->zip.entries[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

enum status verify_source_list(const struct verify_source *s, struct arena *arena, struct file_entry **ret,
			       size_t *ret_count, struct error *err)
{
	if (!s->archive)
		return file_list(s->fd, arena, ret, ret_count, err);
	*ret = arena_alloc(arena, (s->zip.count + 1) * sizeof **ret);
	if (!*ret)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	for (size_t i = 0; i < s->zip.count; i++)
		(*ret)[i] = (struct file_entry){s->zip.entries[i].path + s->top, s->zip.entries[i].size, true};
	*ret_count = s->zip.count;
	return OK;
}

bool verify_source_has(const struct verify_source *s, const char *path)
{
	return s->archive ? find(s, path) != NULL : faccessat(s->fd, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

enum status verify_source_read(const struct verify_source *s, const char *path, size_t max, struct text *ret, struct error *err)
{
	if (!s->archive)
		return file_read(s->fd, path, max, ret, err);
	const struct zip_entry *e = find(s, path);
	if (!e)
		return fail(err, ERR_NO_INPUT, "it is not there");
	if (e->size > max)
		return fail(err, ERR_LIMIT, "more than %zu bytes", max);
	AUTO_FREE unsigned char *bytes = must_alloc((size_t)e->size + 1, 1);
	for (size_t done = 0; done < e->size;) {
		ssize_t got = pread(s->fd, bytes + done, (size_t)e->size - done, (off_t)(e->at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail_errno(err, ERR_IO, got ? errno : EIO, "%s", path);
		done += (size_t)got;
	}
	text_add(ret, slice_of(bytes, (size_t)e->size));
	return OK;
}

enum status verify_source_hash(const struct verify_source *s, const char *path, unsigned char ret[static HASH_SIZE],
			       uint64_t *ret_size, struct error *err)
{
	if (!s->archive) {
		AUTO_FD int fd = -1;
		enum status status = file_open(s->fd, path, &fd, err);
		return status ? status : hash_fd(fd, ret, ret_size, err);
	}
	bool whole = true;
	const struct zip_entry *e = find(s, path);
	if (!e)
		return fail(err, ERR_NO_INPUT, "it is not there");
	*ret_size = e->size;
	enum status status = zip_hash(s->fd, e, ret, &whole, err);
	return status || whole ? status : fail(err, ERR_MALFORMED, "its checksum in the archive is another");
}

enum status verify_source_copy(const struct verify_source *s, const char *path, int to, struct error *err)
{
	enum { BUFFER_SIZE = 1 << 16 };
	AUTO_FD int own = -1;
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	const struct zip_entry *e = s->archive ? find(s, path) : NULL;
	if (s->archive && !e)
		return fail(err, ERR_NO_INPUT, "%s: it is not there", path);
	enum status status = s->archive ? OK : file_open(s->fd, path, &own, err);
	uint64_t at = e ? e->at : 0, end = e ? e->at + e->size : UINT64_MAX;
	while (!status && at < end) {
		size_t want = end - at < BUFFER_SIZE ? (size_t)(end - at) : BUFFER_SIZE;
		ssize_t got = pread(e ? s->fd : own, buffer, want, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || (got == 0 && e))
			return fail_errno(err, ERR_IO, got ? errno : EIO, "%s", path);
		if (got == 0)
			break;
		status = file_write_fd(to, slice_of(buffer, (size_t)got), path, err);
		at += (uint64_t)got;
	}
	return status;
}

enum status verify_source_open(const struct verify_source *s, const char *path, int *ret_fd, uint64_t *ret_at,
			       uint64_t *ret_size, struct error *err)
{
	const struct zip_entry *e = s->archive ? find(s, path) : NULL;
	if (s->archive && !e)
		return fail(err, ERR_NO_INPUT, "%s: it is not there", path);
	AUTO_FD int fd = -1;
	struct stat st = {0};
	enum status status = OK;
	if (!e)
		status = file_open(s->fd, path, &fd, err);
	else
		fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
	if (!status && (fd < 0 || fstat(fd, &st) != 0))
		status = fail_errno(err, ERR_IO, errno, "%s", path);
	if (status)
		return status;
	*ret_at = e ? e->at : 0;
	*ret_size = e ? e->size : (uint64_t)st.st_size;
	*ret_fd = take_fd(&fd);
	return OK;
}

enum status verify_source_chain(const struct verify_source *s, struct seal_chain *ret, struct error *err)
{
	if (!s->archive)
		return seal_chain_read(s->fd, ret, err);
	*ret = (struct seal_chain){0};
	static const char *const paths[] = {SEAL_EVIDENCE, SEAL_EVIDENCE_RAW};
	for (size_t i = 0; i < LENGTH(paths); i++) {
		const struct zip_entry *e = find(s, paths[i]);
		if (e)
			return seal_chain_read_part(s->fd, e->at, e->size, paths[i], ret, err);
	}
	return OK;
}
