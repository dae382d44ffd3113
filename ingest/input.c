/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/input.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void start(struct input *in, int fd, const char *name)
{
	*in = (struct input){.fd = fd, .name = name, .hash = hash_new()};
	in->buffer = must_alloc(INPUT_BUFFER, 1);
}

enum status input_open(int dirfd, const char *path, struct input *ret, struct error *err)
{
	int fd = -1;
	enum status status = OK;
	if (strcmp(path, "-"))
		status = file_open(dirfd, path, &fd, err);
	else if ((fd = fcntl(0, F_DUPFD_CLOEXEC, 3)) < 0)
		status = fail_errno(err, ERR_NO_INPUT, errno, "standard input");
	if (!status)
		start(ret, fd, path);
	return status;
}

void input_over(struct slice bytes, const char *name, struct input *ret)
{
	*ret = (struct input){.fd = -1, .name = name, .hash = hash_new(), .at_end = true};
	ret->buffer = must_alloc(bytes.size, 1);
	if (bytes.size)
		memcpy(ret->buffer, bytes.at, bytes.size);
	ret->to = bytes.size;
	hash_add(ret->hash, bytes);
}

void input_close(struct input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	hash_free(in->hash);
	free(in->buffer);
	*in = (struct input){.fd = -1, .at_end = true};
}

/* Fills the buffer up behind what it holds. */
static void fill(struct input *in)
{
	if (in->from > 0) {
		memmove(in->buffer, in->buffer + in->from, in->to - in->from);
		in->to -= in->from;
		in->from = 0;
	}
	while (!in->at_end && in->to < INPUT_BUFFER) {
		ssize_t got = read(in->fd, in->buffer + in->to, INPUT_BUFFER - in->to);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			fail_errno(&in->failure, ERR_IO, errno, "%s", in->name);
		if (got <= 0) {
			in->at_end = true;
			return;
		}
		hash_add(in->hash, slice_of(in->buffer + in->to, (size_t)got));
		in->to += (size_t)got;
	}
}

static size_t held(const struct input *in)
{
	return in->to - in->from;
}

struct slice input_peek(struct input *in)
{
	if (held(in) < INPUT_SNIFF)
		fill(in);
	return slice_part(slice_of(in->buffer + in->from, held(in)), 0, INPUT_SNIFF);
}

struct slice input_take(struct input *in, size_t size)
{
	if (held(in) < size)
		fill(in);
	struct slice taken = slice_part(slice_of(in->buffer + in->from, held(in)), 0, size);
	in->from += taken.size;
	in->offset += taken.size;
	return taken;
}

uint64_t input_skip(struct input *in, uint64_t size)
{
	uint64_t left = size;
	while (left > 0) {
		size_t step = left < INPUT_BUFFER ? (size_t)left : INPUT_BUFFER;
		size_t got = input_take(in, step).size;
		left -= got;
		if (got < step)
			break;
	}
	return size - left;
}

/* Passes over the rest of a line that does not fit the buffer. */
static void skip_line(struct input *in)
{
	for (;;) {
		if (held(in) == 0)
			fill(in);
		struct slice have = slice_of(in->buffer + in->from, held(in));
		size_t at = slice_find(have, '\n');
		size_t step = at < have.size ? at + 1 : have.size;
		in->from += step;
		in->offset += step;
		if (at < have.size || have.size == 0)
			return;
	}
}

enum line input_line(struct input *in, struct slice *ret)
{
	struct slice have = slice_of(in->buffer + in->from, held(in));
	size_t at = slice_find(have, '\n');
	if (at == have.size && !in->at_end) {
		fill(in);
		have = slice_of(in->buffer + in->from, held(in));
		at = slice_find(have, '\n');
	}
	*ret = slice_part(have, 0, at);
	if (at < have.size) {
		in->from += at + 1;
		in->offset += at + 1;
		return LINE_WHOLE;
	}
	if (have.size == 0)
		return LINE_END;
	in->from += have.size;
	in->offset += have.size;
	if (in->at_end)
		return LINE_CUT;
	skip_line(in);
	*ret = slice_of(in->buffer, 0);
	return LINE_TOO_LONG;
}

enum status input_finish(struct input *in, uint64_t *ret_size,
			 unsigned char ret_digest[static HASH_SIZE], struct error *err)
{
	while (held(in) > 0 || !in->at_end) {
		in->offset += held(in);
		in->from = in->to;
		fill(in);
	}
	*ret_size = in->offset;
	hash_peek(in->hash, ret_digest);
	if (in->failure.status && err)
		*err = in->failure;
	return in->failure.status;
}
