/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/inspector.h"

#include "core/clock.h"
#include "ingest/inventory/inspect.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PROGRESS_MS = 200,
	SILENCE_S = 120, /* that long without a word is too long */
};

struct inspector {
	struct inspector_options how;
	struct ring ring; /* owned */
	int socket;       /* owned; -1: no process */
	pid_t pid;        /* 0: none */
	uint64_t bytes;   /* read of all files */
	bool done;        /* with the file at hand */
	int fd;           /* of it; not owned */
	const char *path;
};

/* Whether it sits behind its filter: nothing foreign is read without that. */
static enum status hear_ready(struct inspector *i, struct error *err)
{
	unsigned char message[INSPECT_MESSAGE_MAX];
	ssize_t got;
	do
		got = recv(i->socket, message, sizeof message, 0);
	while (got < 0 && errno == EINTR);
	struct cursor c = cursor_over(slice_of(message, got > 0 ? (size_t)got : 0));
	uint32_t type = cursor_le32(&c);
	struct slice why = cursor_take(&c, cursor_le16(&c));
	if (c.short_read || type != INSPECT_READY)
		return fail(err, ERR_UNAVAILABLE, "the process that reads ended before it could begin");
	if (why.size == 0)
		return OK;
	return fail(err, ERR_UNAVAILABLE, "%.*s", (int)why.size, (const char *)why.at);
}

static enum status start(struct inspector *i, struct error *err)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a socket");
	fflush(NULL);
	i->pid = fork();
	if (i->pid == 0)
		inspect_run(&i->ring, ends[1], i->how.known);
	int code = errno;
	close(ends[1]);
	i->socket = ends[0];
	if (i->pid > 0)
		return hear_ready(i, err);
	i->pid = 0;
	return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start a process");
}

static void stop(struct inspector *i)
{
	if (i->socket >= 0)
		close(i->socket);
	i->socket = -1;
	if (i->pid > 0) {
		kill(i->pid, SIGKILL);
		while (waitpid(i->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	i->pid = 0;
}

enum status inspector_new(const struct inspector_options *how, struct inspector **ret, struct error *err)
{
	struct inspector *i = must_alloc(1, sizeof *i);
	i->how = *how;
	i->socket = -1;
	enum status status = ring_open(&i->ring, err);
	if (!status)
		status = start(i, err);
	*ret = status ? NULL : i;
	if (status)
		inspector_free(i);
	return status;
}

void inspector_free(struct inspector *i)
{
	if (!i)
		return;
	stop(i);
	ring_close(&i->ring);
	free(i);
}

static void put(unsigned char *at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static bool send_bytes(struct inspector *i, const unsigned char *message, size_t size)
{
	ssize_t sent;
	do
		sent = send(i->socket, message, size, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)size;
}

/* As much of a window as there is; a file may have become shorter. */
static size_t read_window(struct inspector *i, uint64_t offset, unsigned char *to)
{
	size_t size = 0;
	while (size < INSPECT_WINDOW) {
		ssize_t got = pread(i->fd, to + size, INSPECT_WINDOW - size, (off_t)(offset + size));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		size += (size_t)got;
	}
	i->bytes += size;
	return size;
}

static bool on_want(struct inspector *i, struct cursor c)
{
	unsigned char answer[8];
	uint32_t number = cursor_le32(&c);
	uint64_t offset = cursor_le64(&c);
	if (c.short_read || number >= INSPECT_WINDOWS || offset > INT64_MAX - INSPECT_WINDOW)
		return false;
	put(answer, INSPECT_BYTES, 4);
	put(answer + 4, read_window(i, offset, ring_room(&i->ring, (uint64_t)number * INSPECT_WINDOW)), 4);
	return send_bytes(i, answer, sizeof answer);
}

static bool is_host(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = text.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F')) &&
		    (c == 0 || !strchr("-._*:", c)))
			return false;
	}
	return text.size > 0 && text.size <= 255;
}

/* It may have been taken over by what it read: then it can tell of hosts that are none,
 * in this file, and of nothing else. */
static bool on_found(struct inspector *i, struct cursor c)
{
	struct scan_hit hit = {0};
	uint64_t count = cursor_le64(&c);
	hit.offset = cursor_le64(&c);
	hit.port = cursor_le32(&c);
	unsigned how = cursor_u8(&c);
	hit.guessed = cursor_u8(&c) != 0;
	hit.host = cursor_take(&c, cursor_le16(&c));
	hit.example = cursor_take(&c, cursor_le16(&c));
	struct slice member = cursor_take(&c, cursor_le16(&c));
	if (c.short_read || how > SCAN_ADDRESS || hit.port > 65535 || count == 0 || !is_host(hit.host))
		return false;
	hit.how = (enum scan_how)how;
	found_add(i->how.found, member, &hit, count);
	return true;
}

static bool on_noted(struct inspector *i, struct cursor c)
{
	char place[FOUND_NOTES_MAX + 4096], member[4096];
	uint32_t note = cursor_le32(&c);
	uint64_t count = cursor_le64(&c);
	struct slice text = cursor_take(&c, cursor_le16(&c));
	if (c.short_read || note >= EXAMINE_NOTES || !slice_to_string(text, member, sizeof member))
		return false;
	snprintf(place, sizeof place, "%s%s%s", i->path, *member ? "!" : "", member);
	found_note(i->how.found, examine_note_text((enum examine_note)note), place, count);
	return true;
}

static bool on_message(struct inspector *i, struct slice bytes)
{
	struct cursor c = cursor_over(bytes);
	switch (cursor_le32(&c)) {
	case INSPECT_WANT:
		return on_want(i, c);
	case INSPECT_FOUND:
		return on_found(i, c);
	case INSPECT_NOTED:
		return on_noted(i, c);
	case INSPECT_DONE:
		i->how.found->bytes += cursor_le64(&c);
		i->how.found->members += cursor_le64(&c);
		i->done = true;
		return true;
	default:
		return false;
	}
}

/* Until the file is done. NULL, or why the process is of no more use (a constant);
 * `ret_stopped`: nobody wants to know any more. */
static const char *serve(struct inspector *i, bool *ret_stopped)
{
	unsigned char message[INSPECT_MESSAGE_MAX];
	int64_t heard = clock_mono();
	while (!i->done) {
		struct pollfd p = {.fd = i->socket, .events = POLLIN};
		int ready = poll(&p, 1, PROGRESS_MS);
		*ret_stopped = i->how.tell && !i->how.tell(i->how.to, i->bytes);
		if (*ret_stopped)
			return NULL;
		if (ready <= 0 && clock_mono() - heard > SILENCE_S * CLOCK_SECOND)
			return "files that took too long: the rest was not read";
		if (ready <= 0)
			continue;
		ssize_t got = recv(i->socket, message, sizeof message, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return "files that ended the process that read them: the rest was not read";
		heard = clock_mono();
		if (!on_message(i, slice_of(message, (size_t)got)))
			return "files whose reading went wrong: the rest was not read";
	}
	return NULL;
}

enum status inspector_file(struct inspector *i, int fd, const char *path, struct error *err)
{
	unsigned char message[12];
	struct stat st;
	bool stopped = false;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	enum status status = i->pid ? OK : start(i, err);
	if (status)
		return status;
	i->fd = fd;
	i->path = path;
	i->done = false;
	found_file(i->how.found, path);
	put(message, INSPECT_FILE, 4);
	put(message + 4, (uint64_t)st.st_size, 8);
	const char *problem = send_bytes(i, message, sizeof message)
				      ? serve(i, &stopped)
				      : "files that nobody could be found to read";
	i->how.found->files++;
	if (problem) {
		found_note(i->how.found, problem, path, 1);
		stop(i);
	}
	return stopped ? fail(err, ERR_UNAVAILABLE, "interrupted") : OK;
}
