/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/record.h"

#include "benchmark/record_line.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

struct record {
	int fd;
	pthread_mutex_t lock;
};

static struct record *make(int fd)
{
	struct record *r = must_alloc(1, sizeof *r);
	r->fd = fd;
	pthread_mutex_init(&r->lock, NULL);
	return r;
}

enum status record_create(int folder, struct record **ret, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_create(folder, RECORD_NAME, &fd, err);
	if (status)
		return status;
	/* the name of it too is to outlive a crash */
	status = file_sync(folder, RECORD_NAME, err);
	if (status)
		return status;
	*ret = make(take_fd(&fd));
	return OK;
}

/* How much of the file is whole lines. */
static enum status whole_size(int fd, off_t size, off_t *ret, struct error *err)
{
	char part[4096];
	while (size > 0) {
		size_t step = size > (off_t)sizeof part ? sizeof part : (size_t)size;
		if (pread(fd, part, step, size - (off_t)step) != (ssize_t)step)
			return fail_errno(err, ERR_IO, errno, "cannot read " RECORD_NAME);
		for (size_t i = step; i > 0; i--) {
			if (part[i - 1] == '\n') {
				*ret = size - (off_t)(step - i);
				return OK;
			}
		}
		size -= (off_t)step;
	}
	*ret = 0;
	return OK;
}

enum status record_continue(int folder, struct record **ret, struct error *err)
{
	struct stat st;
	off_t whole = 0;
	AUTO_FD int fd = openat(folder, RECORD_NAME, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot go on with " RECORD_NAME);
	enum status status = whole_size(fd, st.st_size, &whole, err);
	if (status)
		return status;
	if (whole != st.st_size && ftruncate(fd, whole) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot cut half a line off " RECORD_NAME);
	*ret = make(take_fd(&fd));
	return OK;
}

enum status record_close(struct record *r, struct error *err)
{
	enum status status = file_sync(r->fd, RECORD_NAME, err);
	if (!status)
		status = file_close(&r->fd, RECORD_NAME, err);
	else
		close(r->fd);
	pthread_mutex_destroy(&r->lock);
	free(r);
	return status;
}

void record_begin(struct record_line *l, const char *kind)
{
	l->text = text_make(RECORD_LINE_MAX);
	l->json = json_on(&l->text);
	json_begin_object(&l->json, NULL);
	json_add_string(&l->json, "kind", kind);
	if (kind[0] == 'b') /* "benchmark": which file this is comes first */
		json_add_u64(&l->json, "format", RECORD_FORMAT);
	json_add_i64(&l->json, "time_ns", clock_now().wall_ns);
}

enum status record_write(struct record *r, struct record_line *l, struct error *err)
{
	json_end_object(&l->json);
	text_add_char(&l->text, '\n');
	enum status status = OK;
	if (l->text.overflow)
		status = fail(err, ERR_LIMIT, RECORD_NAME ": a line longer than %d MiB", RECORD_LINE_MAX >> 20);
	pthread_mutex_lock(&r->lock);
	if (!status)
		status = file_write_fd(r->fd, text_slice(&l->text), RECORD_NAME, err);
	if (!status)
		status = file_sync(r->fd, RECORD_NAME, err);
	pthread_mutex_unlock(&r->lock);
	text_free(&l->text);
	return status;
}
