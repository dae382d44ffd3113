/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the front: each head is read, written anew and compared; then what should stand
 * behind the last file is written and compared with what does. So two heads of one file
 * cannot differ, and nothing can lie between, behind or over the files.
 */
#include "report/zip_form.h"

#include "core/auto.h"
#include "core/cursor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { HEAD_MAX = ZIP_LOCAL_SIZE + ZIP_PATH_MAX + ZIP_LOCAL_EXTRA, BUFFER_SIZE = 1 << 18, LIST_MAX = 1 << 30 };

struct reading {
	int fd;
	uint64_t at, size; /* of the whole file */
	struct arena *arena;
	struct zip_entry *entries; /* owned while reading */
	uint64_t *heads;           /* owned: where the head of each lies */
	size_t count, capacity;
};

static void reading_free(struct reading *r)
{
	free(r->entries);
	free(r->heads);
}

static enum status read_at(int fd, uint64_t at, void *to, size_t size, size_t *ret, struct error *err)
{
	*ret = 0;
	while (*ret < size) {
		ssize_t got = pread(fd, (char *)to + *ret, size - *ret, (off_t)(at + *ret));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "cannot read the archive");
		if (got == 0)
			break;
		*ret += (size_t)got;
	}
	return OK;
}

static enum status broken(const struct reading *r, const char *what, struct error *err)
{
	return fail(err, ERR_MALFORMED, "byte %llu of the archive: %s", (unsigned long long)r->at, what);
}

/* What the head says; whether it says nothing else shows when it is written anew. */
static enum status parse_head(const struct reading *r, struct slice head, struct zip_entry *ret, struct error *err)
{
	struct cursor c = cursor_over(head);
	cursor_skip(&c, 6);
	unsigned flags = cursor_le16(&c), method = cursor_le16(&c);
	cursor_skip(&c, 4);
	ret->crc = cursor_le32(&c);
	ret->size = cursor_le32(&c);
	cursor_skip(&c, 4);
	size_t name = cursor_le16(&c), extra = cursor_le16(&c);
	struct slice path = cursor_take(&c, name);
	if (c.short_read || method != 0 || flags & ~(1u << 11) || extra > ZIP_LOCAL_EXTRA)
		return broken(r, "a file that is packed, encrypted or cut off; unpack it all and verify the folder", err);
	if (extra == ZIP_LOCAL_EXTRA) {
		cursor_skip(&c, 4);
		ret->size = cursor_le64(&c);
	}
	if (memchr(path.at, 0, path.size))
		return broken(r, "a path with a NUL", err);
	ret->path = arena_string(r->arena, path);
	if (!ret->path)
		return fail(err, ERR_LIMIT, "the list of the archive is too long");
	const char *wrong = zip_form_path(ret->path);
	return wrong ? broken(r, wrong, err) : OK;
}

static void keep(struct reading *r, const struct zip_entry *e)
{
	if (r->count == r->capacity) {
		r->capacity = r->capacity ? 2 * r->capacity : 64;
		r->entries = must_realloc(r->entries, r->capacity, sizeof *r->entries);
		r->heads = must_realloc(r->heads, r->capacity, sizeof *r->heads);
	}
	r->heads[r->count] = r->at;
	r->entries[r->count++] = *e;
}

static enum status read_file(struct reading *r, bool *ret_more, struct error *err)
{
	unsigned char head[HEAD_MAX];
	size_t got;
	struct zip_entry e = {0};
	enum status status = read_at(r->fd, r->at, head, sizeof head, &got, err);
	if (status)
		return status;
	struct cursor c = cursor_over(slice_of(head, got));
	uint32_t signature = cursor_le32(&c);
	*ret_more = signature == ZIP_LOCAL;
	if (!*ret_more)
		return signature == ZIP_CENTRAL ? OK : broken(r, "neither a file nor the list of files", err);
	status = parse_head(r, slice_of(head, got), &e, err);
	if (status)
		return status;
	AUTO_TEXT struct text wanted = text_make(HEAD_MAX);
	zip_form_local(&wanted, &e);
	if (!slice_equal(text_slice(&wanted), slice_part(slice_of(head, got), 0, wanted.size)))
		return broken(r, "the head of a file is not as it was written", err);
	/* parse_head() gave it its path: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	if (r->count == ZIP_FILES_MAX || (r->count && strcmp(e.path, r->entries[r->count - 1].path) <= 0))
		return broken(r, "more files than fit, one that is there twice, or one out of order", err);
	e.at = r->at + wanted.size;
	if (e.at > r->size || e.size > r->size - e.at)
		return broken(r, "a file that goes past the end", err);
	keep(r, &e);
	r->at = e.at + e.size;
	return OK;
}

static enum status check_list(struct reading *r, struct error *err)
{
	AUTO_TEXT struct text wanted = text_make(LIST_MAX);
	for (size_t i = 0; i < r->count; i++)
		zip_form_central(&wanted, &r->entries[i], r->heads[i]);
	zip_form_end(&wanted, r->count, r->at, wanted.size);
	if (wanted.overflow || r->size - r->at != wanted.size)
		return broken(r, "the list of files is not as it was written, or something stands behind it", err);
	AUTO_FREE unsigned char *found = must_alloc(wanted.size + 1, 1);
	size_t got;
	enum status status = read_at(r->fd, r->at, found, wanted.size, &got, err);
	if (status)
		return status;
	for (size_t i = 0; i < wanted.size; i++)
		if (i >= got || found[i] != (unsigned char)wanted.at[i]) {
			r->at += i;
			return broken(r, "the list of files is not as it was written", err);
		}
	return OK;
}

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

static int by_caseless_path(const void *a, const void *b)
{
	const unsigned char *x = (const unsigned char *)((const struct zip_entry *)a)->path;
	const unsigned char *y = (const unsigned char *)((const struct zip_entry *)b)->path;
	while (*x && lower(*x) == lower(*y)) {
		x++;
		y++;
	}
	return lower(*x) - lower(*y);
}

/* On Windows and macOS one of two such files would take the place of the other. */
static enum status check_case(const struct reading *r, struct error *err)
{
	AUTO_FREE struct zip_entry *sorted = must_alloc(r->count + 1, sizeof *sorted);
	for (size_t i = 0; i < r->count; i++)
		sorted[i] = r->entries[i];
	qsort(sorted, r->count, sizeof *sorted, by_caseless_path);
	for (size_t i = 1; i < r->count; i++)
		if (by_caseless_path(&sorted[i - 1], &sorted[i]) == 0)
			return fail(err, ERR_MALFORMED, "%s and %s differ in case alone", sorted[i - 1].path, sorted[i].path);
	return OK;
}

enum status zip_read(int fd, struct arena *arena, struct zip *ret, struct error *err)
{
	struct stat st;
	bool more = true;
	*ret = (struct zip){0};
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return fail(err, ERR_NO_INPUT, "not a plain file");
	__attribute__((cleanup(reading_free))) struct reading r = {.fd = fd, .size = (uint64_t)st.st_size, .arena = arena};
	enum status status = OK;
	while (more && !status)
		status = read_file(&r, &more, err);
	if (!status)
		status = check_list(&r, err);
	if (!status)
		status = check_case(&r, err);
	if (status)
		return status;
	ret->entries = arena_alloc(arena, (r.count + 1) * sizeof *ret->entries);
	if (!ret->entries)
		return fail(err, ERR_LIMIT, "the list of the archive is too long");
	for (size_t i = 0; i < r.count; i++)
		ret->entries[i] = r.entries[i];
	ret->count = r.count;
	return OK;
}

enum status zip_hash(int fd, const struct zip_entry *e, unsigned char ret[static HASH_SIZE], bool *ret_whole, struct error *err)
{
	/* what is allocated is cleared too, which takes longer than to hash a small file */
	size_t room = e->size < BUFFER_SIZE ? (size_t)e->size : BUFFER_SIZE;
	AUTO_FREE unsigned char *buffer = must_alloc(room + 1, 1);
	AUTO_HASH struct hash *hash = hash_new();
	uLong crc = crc32(0, NULL, 0);
	for (uint64_t done = 0; done < e->size;) {
		size_t want = e->size - done < room ? (size_t)(e->size - done) : room, got;
		enum status status = read_at(fd, e->at + done, buffer, want, &got, err);
		if (status)
			return status;
		if (got < want)
			return fail(err, ERR_IO, "%s: the archive became shorter while it was read", e->path);
		crc = crc32(crc, buffer, (uInt)got);
		hash_add(hash, slice_of(buffer, got));
		done += got;
	}
	hash_peek(hash, ret);
	*ret_whole = crc == e->crc;
	return OK;
}
