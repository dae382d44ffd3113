/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes and the images loaded into them, little-endian; p: a pointer.
 *
 * The kernel's group process (MOF class Process; 1 and 3 start, 2 and 4 end, 3 and 4 of
 * what is there when the trace begins and ends):
 *
 *   version 0   pid:p ppid:p user name
 *   1 and up    key:p pid:4 ppid:4 session:4 status:4, from 3 on directory:p, from 4 on
 *               flags:4, then user name, and what is not needed
 *   user        0:4, or two pointers and a SID: 1:1 count:1 6 bytes, 4 more each
 *   name        bytes with a NUL
 *
 * Its group image, and its opcode 10 (MOF class Image):
 *
 *   0           base:p size:4 name
 *   1           base:p size:p pid:4 name
 *   2 and up    base:p size:p pid:4 sum:4 time:4 other:4 base:p other:16 name
 *
 * Microsoft-Windows-Kernel-Process (its manifest; from version 3 of 1 and 2 of 2 on
 * with a sequence:8 behind each process):
 *
 *   1 started, 15 is there   pid:4 time:8 ppid:4 session:4, from version 1 on flags:4,
 *               from 3 on elevation:4 elevated:4 label (a SID), then name
 *   2 ended     pid:4 time:8 end:8 status:4
 *   5 image     base:p size:p pid:4 sum:4 time:4 base:p name
 *
 * Names of images, and those of Kernel-Process, are UTF-16 with a NUL.
 */
#include "ingest/etl/decode_event.h"

#include "ingest/etl/utf16.h"

#include "core/error.h"

enum {
	CLASSIC_LOAD = 10,
	STARTED = 1,
	ENDED = 2,
	IMAGE = 5,
	RUNDOWN = 15,
	NAME_MAX_BYTES = 260,
};

static void skip_user(struct cursor *c, unsigned pointer)
{
	struct cursor ahead = *c;
	if (cursor_le32(&ahead) == 0) {
		*c = ahead;
		return;
	}
	cursor_skip(c, 2 * (size_t)pointer);
	event_skip_sid(c);
}

static uint64_t read_pointer(struct cursor *c, unsigned pointer)
{
	return pointer == 8 ? cursor_le64(c) : cursor_le32(c);
}

/* Bytes of a code page: what is not ASCII cannot be known. */
static void read_narrow(struct cursor *c, char *ret, size_t capacity)
{
	struct slice text;
	ret[0] = 0;
	if (!cursor_until(c, 0, NAME_MAX_BYTES, &text)) {
		c->short_read = true;
		return;
	}
	size_t size = text.size < capacity - 1 ? text.size : capacity - 1;
	for (size_t i = 0; i < size; i++)
		ret[i] = text.at[i] >= ' ' && text.at[i] < 0x7f ? (char)text.at[i] : '?';
	ret[size] = 0;
}

static enum use finish(const struct cursor *c, struct process_event *ret)
{
	ret->told.name = ret->name;
	return c->short_read ? USE_MALFORMED : USE_ROW;
}

static enum use classic_process(const struct event *e, struct process_event *ret)
{
	static const enum process_moment moments[] = {
		[1] = PROCESS_STARTS, [2] = PROCESS_ENDS, [3] = PROCESS_IS, [4] = PROCESS_IS};
	struct cursor c = cursor_over(e->payload);
	if (e->opcode == 0 || e->opcode >= LENGTH(moments))
		return USE_NONE; /* counters, and what is left of dead ones */
	ret->told.moment = moments[e->opcode];
	if (e->version == 0) {
		ret->told.pid = (uint32_t)read_pointer(&c, e->pointer);
		ret->told.ppid = (uint32_t)read_pointer(&c, e->pointer);
	} else {
		cursor_skip(&c, e->pointer);
		ret->told.pid = cursor_le32(&c);
		ret->told.ppid = cursor_le32(&c);
		cursor_skip(&c, 4);
		ret->told.status = (int32_t)cursor_le32(&c);
		cursor_skip(&c, e->version >= 3 ? e->pointer : 0);
		cursor_skip(&c, e->version >= 4 ? 4 : 0);
	}
	skip_user(&c, e->pointer);
	read_narrow(&c, ret->name, sizeof ret->name);
	return finish(&c, ret);
}

static enum use classic_image(const struct event *e, struct process_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	if (e->opcode != CLASSIC_LOAD && (e->opcode < 2 || e->opcode > 4))
		return USE_NONE;
	if (e->opcode == 2) /* unloaded */
		return USE_NONE;
	ret->image = true;
	ret->told.pid = e->pid;
	cursor_skip(&c, e->pointer);
	cursor_skip(&c, e->version == 0 ? 4 : e->pointer);
	if (e->version >= 1)
		ret->told.pid = cursor_le32(&c);
	if (e->version >= 2)
		cursor_skip(&c, 4 + 4 + 4 + (size_t)e->pointer + 16);
	(void)utf16_read(&c, ret->name, sizeof ret->name);
	return finish(&c, ret);
}

static enum use process_began(const struct event *e, struct process_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	bool numbered = e->version >= (e->id == RUNDOWN ? 1U : 3U);
	ret->told.moment = e->id == RUNDOWN ? PROCESS_IS : PROCESS_STARTS;
	ret->told.pid = cursor_le32(&c);
	cursor_skip(&c, numbered ? 16 : 8);
	ret->told.ppid = cursor_le32(&c);
	cursor_skip(&c, numbered ? 12 : 4);
	cursor_skip(&c, e->version >= 1 || e->id == RUNDOWN ? 4 : 0);
	if (numbered) {
		cursor_skip(&c, 8);
		event_skip_sid(&c);
	}
	(void)utf16_read(&c, ret->name, sizeof ret->name);
	return finish(&c, ret);
}

static enum use process_ended(const struct event *e, struct process_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	ret->told.moment = PROCESS_ENDS;
	ret->told.pid = cursor_le32(&c);
	cursor_skip(&c, (e->version >= 2 ? 8 : 0) + (size_t)16);
	ret->told.status = (int32_t)cursor_le32(&c);
	return finish(&c, ret);
}

static enum use image_loaded(const struct event *e, struct process_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	ret->image = true;
	cursor_skip(&c, 2 * (size_t)e->pointer);
	ret->told.pid = cursor_le32(&c);
	cursor_skip(&c, 8 + (size_t)e->pointer);
	(void)utf16_read(&c, ret->name, sizeof ret->name);
	return finish(&c, ret);
}

enum use process_event(const struct event *e, struct process_event *ret)
{
	ret->image = false;
	ret->told = (struct process_told){.name = ret->name};
	ret->name[0] = 0;
	if (e->kind == EVENT_KERNEL)
		return e->group == GROUP_IMAGE || e->opcode == CLASSIC_LOAD ? classic_image(e, ret)
									     : classic_process(e, ret);
	switch (e->id) {
	case STARTED:
	case RUNDOWN:
		return process_began(e, ret);
	case ENDED:
		return process_ended(e, ret);
	case IMAGE:
		return image_loaded(e, ret);
	default:
		return USE_OTHER;
	}
}
