/* SPDX-License-Identifier: Apache-2.0 */
#include "report/zip_form.h"

#include "core/file.h"
#include "report/crc_beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 18, EARLY = 16 << 20, CENTRAL_MAX = 1 << 30, HEAD_MAX = ZIP_PATH_MAX + 256 };

struct zip_writer {
	int fd; /* not owned */
	uint64_t at, count;
	struct text central; /* the list, which comes last */
	char last[ZIP_PATH_MAX + 1];
	unsigned char *buffers[2]; /* by turns */
	struct crc_beside *crc;
};

struct zip_writer *zip_writer_new(int fd)
{
	struct zip_writer *w = must_alloc(1, sizeof *w);
	*w = (struct zip_writer){.fd = fd, .central = text_make(CENTRAL_MAX), .crc = crc_beside_new()};
	for (size_t i = 0; i < LENGTH(w->buffers); i++)
		w->buffers[i] = must_alloc(BUFFER_SIZE, 1);
	return w;
}

void zip_writer_free(struct zip_writer *w)
{
	if (!w)
		return;
	text_free(&w->central);
	crc_beside_free(w->crc);
	for (size_t i = 0; i < LENGTH(w->buffers); i++)
		free(w->buffers[i]);
	free(w);
}

/* The disk is given work while there is more to be read. */
static void write_early(struct zip_writer *w, uint64_t at, uint64_t size)
{
	if (at / EARLY != (at + size) / EARLY)
		(void)sync_file_range(w->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

static enum status copy(struct zip_writer *w, int from, struct zip_entry *e, struct error *err)
{
	enum status status = OK;
	for (size_t turn = 0; !status; turn = 1 - turn) {
		ssize_t got = read(from, w->buffers[turn], BUFFER_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			status = fail_errno(err, ERR_IO, errno, "%s", e->path);
		if (got <= 0)
			break;
		struct slice bytes = slice_of(w->buffers[turn], (size_t)got);
		crc_beside_add(w->crc, bytes);
		status = file_write_fd(w->fd, bytes, "the archive", err);
		write_early(w, w->at + e->size, bytes.size);
		e->size += bytes.size;
	}
	e->crc = crc_beside_take(w->crc);
	return status;
}

/* The head is known when the contents have gone by; its length must be known before. */
static enum status write_head(struct zip_writer *w, const struct zip_entry *e, struct error *err)
{
	AUTO_TEXT struct text head = text_make(HEAD_MAX);
	zip_form_local(&head, e);
	ssize_t put = pwrite(w->fd, head.at, head.size, (off_t)w->at);
	if (put != (ssize_t)head.size)
		return fail_errno(err, ERR_IO, put < 0 ? errno : ENOSPC, "cannot write to the archive");
	return OK;
}

enum status zip_add(struct zip_writer *w, const char *path, int from, struct error *err)
{
	const char *wrong = zip_form_path(path);
	if (wrong)
		return fail(err, ERR_MALFORMED, "%s: %s", path, wrong);
	if (w->count == ZIP_FILES_MAX || strcmp(path, w->last) <= 0)
		return fail(err, ERR_INTERNAL, "%s: more files than fit, or not in order", path);
	off_t end = lseek(from, 0, SEEK_END), start = end < 0 ? -1 : lseek(from, 0, SEEK_SET);
	struct zip_entry e = {.path = path, .size = end > 0 ? (uint64_t)end : 0};
	if (start < 0 || lseek(w->fd, (off_t)(w->at + zip_form_local_size(&e)), SEEK_SET) < 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	uint64_t expected = e.size;
	e.size = 0;
	enum status status = copy(w, from, &e, err);
	if (!status && e.size != expected)
		status = fail(err, ERR_IO, "%s changed while it was read", path);
	if (!status)
		status = write_head(w, &e, err);
	if (status)
		return status;
	zip_form_central(&w->central, &e, w->at);
	w->at += zip_form_local_size(&e) + e.size;
	w->count++;
	memcpy(w->last, path, strlen(path) + 1);
	return OK;
}

enum status zip_finish(struct zip_writer *w, struct error *err)
{
	uint64_t size = w->central.size;
	zip_form_end(&w->central, w->count, w->at, size);
	if (w->central.overflow)
		return fail(err, ERR_LIMIT, "the list of the archive is too long");
	if (lseek(w->fd, (off_t)w->at, SEEK_SET) < 0)
		return fail_errno(err, ERR_IO, errno, "the archive");
	return file_write_fd(w->fd, text_slice(&w->central), "the archive", err);
}
