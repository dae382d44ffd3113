/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/input.h"

#include "core/file.h"
#include "ingest/compressed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void input_close(struct input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	hash_free(in->hash);
	compressed_free(in->packed);
	free(in->buffer);
	*in = (struct input){.fd = -1, .at_end = true};
}

/* The bytes of the file itself, counted and hashed; 0 at their end. */
static ssize_t read_file(void *from, unsigned char *to, size_t size)
{
	struct input *in = from;
	ssize_t got;
	do
		got = in->fd >= 0 ? read(in->fd, to, size) : 0;
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		fail_errno(&in->failure, ERR_IO, errno, "%s", in->name);
		return 0;
	}
	hash_add(in->hash, slice_of(to, (size_t)got));
	in->file_size += (size_t)got;
	return got;
}

/* The same for a packed file in memory, whose bytes are hashed. */
static ssize_t read_memory(void *from, unsigned char *to, size_t size)
{
	struct input *in = from;
	struct slice part = slice_part(in->packed_left, 0, size);
	in->packed_left = slice_part(in->packed_left, part.size, in->packed_left.size);
	if (part.size)
		memcpy(to, part.at, part.size);
	return (ssize_t)part.size;
}

/* What was read of a packed file goes through the unpacking once more. */
static void unpack(struct input *in, struct slice ahead, struct compressed_source source)
{
	in->packed = compressed_new(ahead, source);
	in->from = in->to = 0;
	in->at_end = false;
}

static void fill_up(struct input *in)
{
	while (!in->at_end && in->to < INPUT_BUFFER) {
		unsigned char *to = in->buffer + in->to;
		size_t size = INPUT_BUFFER - in->to;
		size_t got = in->packed ? compressed_read(in->packed, to, size)
					: (size_t)read_file(in, to, size);
		in->at_end = got == 0;
		in->to += got;
	}
}

/* Fills the buffer up behind what it holds. */
static void fill(struct input *in)
{
	if (in->from > 0) {
		memmove(in->buffer, in->buffer + in->from, in->to - in->from);
		in->to -= in->from;
		in->from = 0;
	}
	fill_up(in);
	if (in->looked)
		return;
	in->looked = true;
	struct slice first = slice_of(in->buffer, in->to);
	if (compressed_sniff(first)) {
		unpack(in, first, (struct compressed_source){read_file, in});
		fill_up(in);
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

static void start(struct input *in, int fd, const char *name, size_t buffer)
{
	*in = (struct input){.fd = fd, .name = name, .hash = hash_new()};
	in->buffer = must_alloc(buffer ? buffer : 1, 1);
}

enum status input_open(int dirfd, const char *path, struct input *ret, struct error *err)
{
	int fd = -1;
	enum status status = OK;
	if (strcmp(path, "-"))
		status = file_open(dirfd, path, &fd, err);
	else if ((fd = fcntl(0, F_DUPFD_CLOEXEC, 3)) < 0)
		status = fail_errno(err, ERR_NO_INPUT, errno, "standard input");
	if (status)
		return status;
	start(ret, fd, path, INPUT_BUFFER);
	return OK;
}

void input_over(struct slice bytes, const char *name, struct input *ret)
{
	bool packed = compressed_sniff(bytes);
	start(ret, -1, name, packed ? INPUT_BUFFER : bytes.size);
	hash_add(ret->hash, bytes);
	ret->file_size = bytes.size;
	ret->looked = true;
	if (packed) {
		ret->packed_left = slice_part(bytes, INPUT_SNIFF, bytes.size);
		unpack(ret, slice_part(bytes, 0, INPUT_SNIFF),
		       (struct compressed_source){read_memory, ret});
		return;
	}
	if (bytes.size)
		memcpy(ret->buffer, bytes.at, bytes.size);
	ret->to = bytes.size;
	ret->at_end = true;
}

const char *input_problem(const struct input *in)
{
	return in->packed ? compressed_problem(in->packed) : NULL;
}

enum status input_finish(struct input *in, uint64_t *ret_size,
			 unsigned char ret_digest[static HASH_SIZE], struct error *err)
{
	while (held(in) > 0 || !in->at_end) {
		in->offset += held(in);
		in->from = in->to;
		fill(in);
	}
	while (in->packed && read_file(in, in->buffer, INPUT_BUFFER) > 0)
		continue; /* behind what was packed */
	*ret_size = in->file_size;
	hash_peek(in->hash, ret_digest);
	if (in->failure.status && err)
		*err = in->failure;
	return in->failure.status;
}
