/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/inspect.h"

#include "core/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Address space: an archive within an archive is held as a whole, and so on. */
#define MEMORY_MAX (UINT64_C(4) << 30)

/* A part of the file in shared memory. */
struct window {
	uint64_t offset;
	size_t size;
	bool coming; /* asked for */
};

struct inspect {
	const struct ring *ring;
	int socket;
	uint64_t file_size;
	struct window windows[INSPECT_WINDOWS];
	unsigned char message[INSPECT_MESSAGE_MAX];
	size_t used;
};

static void put(struct inspect *p, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		p->message[p->used++] = (unsigned char)(value >> 8 * i);
}

static void put_text(struct inspect *p, struct slice text)
{
	size_t room = sizeof p->message - p->used - 2;
	text = slice_part(text, 0, room);
	put(p, text.size, 2);
	if (text.size)
		memcpy(p->message + p->used, text.at, text.size);
	p->used += text.size;
}

static void begin(struct inspect *p, enum inspect_message type)
{
	p->used = 0;
	put(p, (uint64_t)type, 4);
}

/* Nobody to tell anything to: nothing is left to do. */
static void send_message(struct inspect *p)
{
	ssize_t sent;
	do
		sent = write(p->socket, p->message, p->used);
	while (sent < 0 && errno == EINTR);
	if (sent != (ssize_t)p->used)
		_exit(1);
}

static struct cursor receive(struct inspect *p, unsigned char *to, size_t room)
{
	ssize_t got;
	do
		got = read(p->socket, to, room);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		_exit(0);
	return cursor_over(slice_of(to, (size_t)got));
}

static void ask(struct inspect *p, size_t number, uint64_t offset)
{
	struct window *w = &p->windows[number];
	*w = (struct window){.offset = offset, .coming = true};
	begin(p, INSPECT_WANT);
	put(p, number, 4);
	put(p, offset, 8);
	send_message(p);
}

/* At most one is on its way. */
static void wait_for(struct inspect *p, struct window *w)
{
	unsigned char bytes[64];
	struct cursor c = receive(p, bytes, sizeof bytes);
	uint32_t type = cursor_le32(&c), size = cursor_le32(&c);
	if (c.short_read || type != INSPECT_BYTES || size > INSPECT_WINDOW)
		_exit(1);
	w->size = size;
	w->coming = false;
}

static size_t window_of(const struct inspect *p, uint64_t offset)
{
	for (size_t i = 0; i < INSPECT_WINDOWS; i++) {
		const struct window *w = &p->windows[i];
		if (offset >= w->offset && offset - w->offset < (w->coming ? INSPECT_WINDOW : w->size))
			return i;
	}
	return INSPECT_WINDOWS;
}

/* Asks for what follows a window, unless it is there or on its way. */
static void ask_ahead(struct inspect *p, size_t number)
{
	uint64_t next = p->windows[number].offset + INSPECT_WINDOW;
	size_t other = (number + 1) % INSPECT_WINDOWS;
	if (next < p->file_size && !p->windows[other].coming && p->windows[other].offset != next &&
	    p->windows[number].size == INSPECT_WINDOW)
		ask(p, other, next);
}

static size_t read_at(void *from, uint64_t offset, unsigned char *to, size_t size)
{
	struct inspect *p = from;
	size_t number = window_of(p, offset);
	if (number == INSPECT_WINDOWS) {
		for (size_t i = 0; i < INSPECT_WINDOWS; i++)
			if (p->windows[i].coming)
				wait_for(p, &p->windows[i]);
		/* one that is free, else the lower one: what is read goes on upwards */
		bool second = p->windows[1].offset == UINT64_MAX || p->windows[1].offset < p->windows[0].offset;
		number = second && p->windows[0].offset != UINT64_MAX ? 1 : 0;
		ask(p, number, offset - offset % INSPECT_WINDOW);
	}
	struct window *w = &p->windows[number];
	bool fresh = w->coming;
	if (fresh)
		wait_for(p, w);
	if (fresh)
		ask_ahead(p, number);
	size_t at = (size_t)(offset - w->offset);
	struct slice all = slice_of(ring_room(p->ring, number * INSPECT_WINDOW), w->size);
	struct slice part = slice_part(all, at, size);
	if (part.size)
		memcpy(to, part.at, part.size);
	return part.size;
}

static void on_found(void *to, struct slice member, const struct hits_entry *entry)
{
	struct inspect *p = to;
	const struct scan_hit *hit = &entry->hit;
	begin(p, INSPECT_FOUND);
	put(p, entry->count, 8);
	put(p, hit->offset, 8);
	put(p, hit->port, 4);
	put(p, (uint64_t)hit->how, 1);
	put(p, hit->guessed, 1);
	put_text(p, hit->host);
	put_text(p, hit->example);
	put_text(p, member);
	send_message(p);
}

static void on_noted(void *to, struct slice member, enum examine_note note, uint64_t count)
{
	struct inspect *p = to;
	begin(p, INSPECT_NOTED);
	put(p, (uint64_t)note, 4);
	put(p, count, 8);
	put_text(p, member);
	send_message(p);
}

/* What was asked for ahead may still come. */
static void settle(struct inspect *p)
{
	for (size_t i = 0; i < INSPECT_WINDOWS; i++) {
		if (p->windows[i].coming)
			wait_for(p, &p->windows[i]);
		p->windows[i] = (struct window){.offset = UINT64_MAX};
	}
}

static void examine_next(struct inspect *p, struct examine *e)
{
	unsigned char bytes[64];
	struct cursor c = receive(p, bytes, sizeof bytes);
	uint32_t type = cursor_le32(&c);
	p->file_size = cursor_le64(&c);
	if (c.short_read || type != INSPECT_FILE)
		_exit(1);
	struct range file = {read_at, p, 0, p->file_size};
	struct examine_tally tally = examine_file(e, &file);
	settle(p);
	begin(p, INSPECT_DONE);
	put(p, tally.bytes, 8);
	put(p, tally.members, 8);
	send_message(p);
}

_Noreturn void inspect_run(const struct ring *ring, int socket, const struct scan_known *known)
{
	struct inspect p = {.ring = ring, .socket = socket};
	struct examine_sink sink = {on_found, on_noted, &p};
	struct error err = {0};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_IGN); /* the other side decides */
	settle(&p);
	enum status status = ring_protect(ring, &err);
	if (!status)
		status = sandbox_enter(&socket, 1, MEMORY_MAX, &err);
	begin(&p, INSPECT_READY);
	put_text(&p, slice_of_string(err.text));
	send_message(&p);
	if (status)
		_exit(1);
	struct examine *e = examine_new(known, &sink);
	for (;;)
		examine_next(&p, e);
}
