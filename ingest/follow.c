/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/follow.h"

#include "core/auto.h"
#include "ingest/capture_files.h"
#include "ingest/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PIPE_SIZE = 256 << 10,
	MESSAGE_MAX = ROW_BATCH_MAX + ROW_BATCH,
	MESSAGE_FIRST = 2 * ROW_BATCH,
};

struct follow {
	struct decode child;
	struct ingest to;
	struct start *start;   /* owned */
	pid_t pid;             /* 0: not running */
	int feed, answers;     /* owned; -1: none */
	struct feeder *feeder; /* owned */
	struct capture_files files;
	struct feeder_more more; /* of `files` */
	unsigned char *message; /* owned: a head, and what belongs to it */
	size_t used, room;
	bool taken; /* the message was handed out */
	bool done;
};

static enum status open_channels(struct follow *f, struct error *err)
{
	int feed[2], answers[2];
	enum status status = ring_open(&f->child.ring, err);
	if (status)
		return status;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, feed) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a socket");
	f->feed = feed[0];
	f->child.input = feed[1];
	if (pipe2(answers, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	f->answers = answers[0];
	f->child.output = answers[1];
	fcntl(f->answers, F_SETPIPE_SZ, PIPE_SIZE); /* a smaller one only waits more often */
	if (fcntl(f->answers, F_SETFL, O_NONBLOCK) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot set up a pipe");
	return OK;
}

static enum status start(struct follow *f, const struct follow_request *r, struct error *err)
{
	enum status status = open_channels(f, err);
	if (status)
		return status;
	f->pid = fork();
	if (f->pid < 0) {
		f->pid = 0;
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	}
	if (f->pid == 0)
		decode_run(&f->child, &f->to);
	close(f->child.input);
	close(f->child.output);
	f->child.input = f->child.output = -1;
	f->files.folder = r->folder;
	capture_files_opened(&f->files);
	f->more = capture_files_more(&f->files);
	const struct feeder_file file = {.fd = r->fd, .name = r->name, .growing = r->growing,
					 .more = r->capture ? &f->more : NULL};
	return feeder_start(&file, &f->child.ring, f->feed, &f->feeder, err);
}

enum status follow_start(const struct follow_request *r, struct follow **ret, struct error *err)
{
	struct follow *f = must_alloc(1, sizeof *f);
	*f = (struct follow){.feed = -1, .answers = -1, .room = MESSAGE_FIRST};
	f->message = must_alloc(f->room, 1);
	f->start = must_alloc(1, sizeof *f->start);
	f->start->flow = f->start->dns = f->start->attempt = f->start->process = 1;
	f->start->host_scope = r->host_scope;
	zone_unknown(&f->start->zone);
	f->to = (struct ingest){.start = f->start, .source = 1, .path = r->name};
	f->child = (struct decode){.input = -1, .output = -1, .as = r->as, .at_once = true};
	enum status status = start(f, r, err);
	if (status)
		follow_free(f);
	*ret = status ? NULL : f;
	return status;
}

/* Until `size` bytes of the message are there. False where they are not yet, or where
 * nothing more will come, which `ret_end` then tells. */
static bool fill(struct follow *f, size_t size, bool *ret_end)
{
	if (size > f->room) {
		f->room = size;
		f->message = must_realloc(f->message, size, 1);
	}
	while (f->used < size) {
		ssize_t got = read(f->answers, f->message + f->used, size - f->used);
		if (got < 0 && errno == EINTR)
			continue;
		*ret_end = got == 0 || (got < 0 && errno != EAGAIN);
		if (got <= 0)
			return false;
		f->used += (size_t)got;
	}
	return true;
}

/* What it says at its end: that it failed, or that all is read. */
static enum status on_done(struct follow *f, struct slice bytes, struct error *err)
{
	struct cursor c = cursor_over(bytes);
	char text[ERROR_TEXT_MAX];
	enum status status = (enum status)cursor_le32(&c);
	(void)cursor_le64(&c);
	f->done = true;
	if (!status)
		return OK;
	if (!slice_to_string(cursor_rest(&c), text, sizeof text))
		text[0] = 0;
	return fail(err, status > OK && status <= ERR_STORE ? status : ERR_INTERNAL, "%s: %s", f->to.path, text);
}

static enum status on_message(struct follow *f, unsigned type, struct slice bytes, struct slice *ret, struct error *err)
{
	switch (type) {
	case DECODE_READER:
		return OK; /* it was named */
	case DECODE_ROWS:
		*ret = bytes;
		return OK;
	case DECODE_DONE:
		return on_done(f, bytes, err);
	default:
		return fail(err, ERR_MALFORMED, "%s: the decoder sent a message of no known kind", f->to.path);
	}
}

enum status follow_next(struct follow *f, struct slice *ret, bool *ret_end, struct error *err)
{
	enum status status = OK;
	bool end = false;
	*ret = slice_of(NULL, 0);
	while (!status && !f->done && ret->size == 0) {
		if (f->taken)
			f->used = 0;
		f->taken = false;
		if (!fill(f, DECODE_HEAD, &end))
			break;
		struct cursor c = cursor_over(slice_of(f->message, DECODE_HEAD));
		unsigned type = cursor_le32(&c);
		size_t size = cursor_le32(&c);
		if (size > MESSAGE_MAX)
			return fail(err, ERR_MALFORMED, "%s: the decoder sent a message that is too long", f->to.path);
		if (!fill(f, DECODE_HEAD + size, &end))
			break;
		f->taken = true;
		status = on_message(f, type, slice_part(slice_of(f->message, f->used), DECODE_HEAD, size), ret, err);
	}
	if (!status && end && !f->done) {
		f->done = true;
		status = fail(err, ERR_INTERNAL, "%s: the process that read it ended without an answer", f->to.path);
	}
	*ret_end = f->done && ret->size == 0;
	return status;
}

int follow_fd(const struct follow *f)
{
	return f->answers;
}

void follow_end(struct follow *f)
{
	feeder_end(f->feeder);
}

void follow_free(struct follow *f)
{
	unsigned char digest[HASH_SIZE];
	uint64_t size;
	struct error ignored;
	if (!f)
		return;
	const int fds[] = {f->feed, f->answers, f->child.input, f->child.output};
	if (f->pid > 0)
		kill(f->pid, SIGKILL);
	while (f->pid > 0 && waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (f->feeder) {
		feeder_stop(f->feeder);
		enum status status = feeder_finish(TAKE(&f->feeder), &size, digest, &ignored);
		(void)status; /* whoever frees it wants no more */
	}
	for (size_t i = 0; i < LENGTH(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	ring_close(&f->child.ring);
	free(f->start);
	free(f->message);
	free(f);
}
