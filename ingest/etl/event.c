/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers of events (evntrace.h, evntcons.h of the Windows SDK), little-endian. The
 * fourth byte is a mark: its two upper bits tell a header, and with 0x10 a message; the
 * third one tells which.
 *
 *   1, 2 system       version:2 kind:1 mark:1 size:2 hook:2 tid:4 pid:4 stamp:8 times:8
 *   3, 4 compact      the same without times
 *   16, 17 short      version:2 kind:1 mark:1 size:2 hook:2 stamp:8
 *   10, 20 full       size:2 kind:1 mark:1 opcode:1 level:1 version:2 tid:4 pid:4 stamp:8
 *                     provider:16 times:8
 *   11, 21 instance   the same, then id:4 parent:4 of:16
 *   18, 19 manifest   size:2 kind:1 mark:1 flags:2 property:2 tid:4 pid:4 stamp:8
 *                     provider:16 id:2 version:1 channel:1 level:1 opcode:1 task:2
 *                     keyword:8 times:8 activity:16, and where flags has 1:
 *     item            0:2 kind:2 more:2 (lowest bit) size:2 bytes, on a multiple of 8
 *   message           size:2 0:1 mark:1 number:2 options:2, then by its options
 *                     1 sequence:4  2 provider:16  4 component:4  8 or 16 stamp:8
 *                     32 tid:4 pid:4
 *
 * Of two numbers the second is for pointers of 64 bits. `hook` is a group:1 (upper) and
 * an opcode:1. The size is that of all, without what rounds it up to a multiple of 8.
 */
#include "ingest/etl/event.h"

enum {
	MARK_HEADER = 0xc0,
	MARK_MESSAGE = 0x90,
	MARK_MASK = 0xd0,
	ALIGN = 8,
	HEAD_MIN = 8,
	FILLER = 0xff,
	ITEMS_MAX = 64,
	FLAG_ITEMS = 1,
	ITEM_HEAD = 8,
};

enum message_option {
	MESSAGE_SEQUENCE = 1,
	MESSAGE_GUID = 2,
	MESSAGE_COMPONENT = 4,
	MESSAGE_STAMP = 8,
	MESSAGE_STAMP_PRECISE = 16,
	MESSAGE_SYSTEM = 32,
};

static void read_who(struct cursor *c, struct event *e)
{
	e->tid = cursor_le32(c);
	e->pid = cursor_le32(c);
}

static void read_stamp(struct cursor *c, struct event *e)
{
	e->stamp = cursor_le64(c);
	e->has_stamp = true;
}

static void read_hook(struct cursor *c, struct event *e)
{
	e->kind = EVENT_KERNEL;
	e->version = cursor_le16(c);
	cursor_skip(c, 4); /* kind, mark, size */
	e->opcode = cursor_u8(c);
	e->group = cursor_u8(c);
}

static void read_system(struct cursor *c, struct event *e)
{
	read_hook(c, e);
	read_who(c, e);
	read_stamp(c, e);
	cursor_skip(c, 8);
}

static void read_compact(struct cursor *c, struct event *e)
{
	read_hook(c, e);
	read_who(c, e);
	read_stamp(c, e);
}

static void read_short(struct cursor *c, struct event *e)
{
	read_hook(c, e);
	read_stamp(c, e);
}

static void read_full(struct cursor *c, struct event *e)
{
	e->kind = EVENT_CLASSIC;
	cursor_skip(c, 4);
	e->opcode = cursor_u8(c);
	cursor_skip(c, 1);
	e->version = cursor_le16(c);
	read_who(c, e);
	read_stamp(c, e);
	e->provider = cursor_take(c, GUID_SIZE);
	cursor_skip(c, 8);
}

static void read_instance(struct cursor *c, struct event *e)
{
	read_full(c, e);
	cursor_skip(c, 8 + GUID_SIZE);
}

static void skip_items(struct cursor *c)
{
	bool more = true;
	for (int i = 0; more && i < ITEMS_MAX && !c->short_read; i++) {
		cursor_skip(c, 4);
		more = cursor_le16(c) & 1;
		size_t size = cursor_le16(c);
		size_t all = (ITEM_HEAD + size + ALIGN - 1) / ALIGN * ALIGN - ITEM_HEAD;
		cursor_skip(c, more || all <= cursor_left(c) ? all : size);
	}
}

static void read_manifest(struct cursor *c, struct event *e)
{
	e->kind = EVENT_MANIFEST;
	cursor_skip(c, 4);
	unsigned flags = cursor_le16(c);
	cursor_skip(c, 2);
	read_who(c, e);
	read_stamp(c, e);
	e->provider = cursor_take(c, GUID_SIZE);
	e->id = cursor_le16(c);
	e->version = cursor_u8(c);
	cursor_skip(c, 2);
	e->opcode = cursor_u8(c);
	cursor_skip(c, 2);
	e->keyword = cursor_le64(c);
	cursor_skip(c, 8 + GUID_SIZE);
	if (flags & FLAG_ITEMS)
		skip_items(c);
}

static void read_message(struct cursor *c, struct event *e)
{
	e->kind = EVENT_MESSAGE;
	cursor_skip(c, 4);
	e->id = cursor_le16(c);
	unsigned options = cursor_le16(c);
	if (options & MESSAGE_SEQUENCE)
		cursor_skip(c, 4);
	if (options & MESSAGE_GUID)
		e->provider = cursor_take(c, GUID_SIZE);
	else if (options & MESSAGE_COMPONENT)
		cursor_skip(c, 4);
	if (options & (MESSAGE_STAMP | MESSAGE_STAMP_PRECISE))
		read_stamp(c, e);
	if (options & MESSAGE_SYSTEM)
		read_who(c, e);
}

static const struct layout {
	unsigned kind, pointer;
	bool hooked; /* the size stands at the fifth byte, not the first */
	void (*read)(struct cursor *c, struct event *e);
} layouts[] = {
	{1, 4, true, read_system},     {2, 8, true, read_system},	{3, 4, true, read_compact},
	{4, 8, true, read_compact},    {16, 4, true, read_short},	{17, 8, true, read_short},
	{10, 4, false, read_full},     {20, 8, false, read_full},	{11, 4, false, read_instance},
	{21, 8, false, read_instance}, {18, 4, false, read_manifest}, {19, 8, false, read_manifest},
};

static const struct layout message = {0, 8, false, read_message};

static const struct layout *find_layout(unsigned kind, unsigned mark)
{
	if ((mark & MARK_MASK) == MARK_MESSAGE)
		return &message;
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (layouts[i].kind == kind && (mark & MARK_HEADER) == MARK_HEADER)
			return &layouts[i];
	return NULL;
}

/* Where the next one begins, or the end of the buffer. */
static struct cursor take_event(struct cursor *c, size_t size)
{
	size_t all = (size + ALIGN - 1) / ALIGN * ALIGN;
	struct slice bytes = cursor_take(c, all <= cursor_left(c) ? all : size);
	return cursor_over(slice_part(bytes, 0, size));
}

enum event_step event_next(struct cursor *c, struct event *ret)
{
	struct cursor ahead = *c;
	unsigned first = cursor_le16(&ahead), kind = cursor_u8(&ahead), mark = cursor_u8(&ahead);
	unsigned second = cursor_le16(&ahead);
	*ret = (struct event){.pid = EVENT_NOBODY, .tid = EVENT_NOBODY};
	if (cursor_left(c) == 0 || (mark == FILLER && kind == FILLER))
		return EVENT_END;
	const struct layout *layout = find_layout(kind, mark);
	/* all layouts that are not known have it in front */
	size_t size = layout && layout->hooked ? second : first;
	ret->payload = cursor_rest(c);
	if (cursor_left(c) < HEAD_MIN || (mark & 0x80) == 0 || size < HEAD_MIN || size > cursor_left(c))
		return EVENT_BROKEN;
	struct cursor event = take_event(c, size);
	ret->payload = cursor_rest(&event);
	if (!layout)
		return EVENT_UNKNOWN;
	ret->pointer = layout->pointer;
	layout->read(&event, ret);
	if (event.short_read)
		return EVENT_UNKNOWN;
	ret->payload = cursor_rest(&event);
	return EVENT_READ;
}
