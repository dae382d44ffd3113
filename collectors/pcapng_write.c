/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, sections 3 and 4:
 *
 *   block     type:4  length:4  body  length:4        (length of all, multiple of 4)
 *   section   0x0A0D0D0A: magic:4  major:2 minor:2  section length:8 (-1)  options
 *   interface 1: linktype:2 0:2 snaplen:4  options
 *   packet    6: interface:4 time high:4 low:4 captured:4 original:4  bytes, padded
 *   statistics 5: interface:4 time high:4 low:4  options
 *   option    code:2 length:2 value, padded to 4; code 0 ends them
 */
#include "collectors/pcapng_write.h"

#include "core/file.h"

#include <string.h>

enum {
	BLOCK_SECTION = 0x0A0D0D0A,
	BLOCK_INTERFACE = 1,
	BLOCK_STATISTICS = 5,
	BLOCK_PACKET = 6,
	OPTION_END = 0,
	SECTION_APPLICATION = 4,
	INTERFACE_NAME = 2,
	INTERFACE_RESOLUTION = 9,
	STATISTICS_START = 2,
	STATISTICS_END = 3,
	STATISTICS_RECEIVED = 4,
	STATISTICS_DROPPED = 5,
	BLOCK_MAX = 1024, /* of all but packet blocks */
};

/* Hashed on its way: what the file holds later may be another's. */
static void hand_over(struct pcapng_writer *w, struct slice bytes)
{
	if (w->failure.status)
		return;
	hash_add(w->hash, bytes);
	w->size += bytes.size;
	w->failure.status = file_write_fd(w->fd, bytes, w->name, &w->failure);
}

void pcapng_write_flush(struct pcapng_writer *w)
{
	if (w->used)
		hand_over(w, slice_of(w->buffer, w->used));
	w->used = 0;
}

static void put(struct pcapng_writer *w, const void *bytes, size_t size)
{
	if (size > sizeof w->buffer - w->used)
		pcapng_write_flush(w);
	if (size > sizeof w->buffer) { /* a packet larger than the buffer: straight through */
		hand_over(w, slice_of(bytes, size));
		return;
	}
	if (size)
		memcpy(w->buffer + w->used, bytes, size);
	w->used += size;
}

static void put_u32(struct pcapng_writer *w, uint32_t value)
{
	put(w, &value, sizeof value);
}

static void put_padding(struct pcapng_writer *w, size_t size)
{
	static const unsigned char zeros[3];
	put(w, zeros, (4 - size % 4) % 4);
}

/* A block body that is put together before its length is known. */
struct body {
	size_t used;
	unsigned char bytes[BLOCK_MAX];
};

static void add(struct body *b, const void *bytes, size_t size)
{
	size_t padded = (size + 3) / 4 * 4;
	if (padded > sizeof b->bytes - b->used)
		return;
	memcpy(b->bytes + b->used, bytes, size);
	memset(b->bytes + b->used + size, 0, padded - size);
	b->used += padded;
}

static void add_option(struct body *b, uint16_t code, const void *value, size_t size)
{
	uint16_t head[2] = {code, (uint16_t)size};
	add(b, head, sizeof head);
	if (size)
		add(b, value, size);
}

/* Times are two halves, the upper first, whatever the byte order. */
static void halves(int64_t wall_ns, uint32_t ret[static 2])
{
	ret[0] = (uint32_t)((uint64_t)wall_ns >> 32);
	ret[1] = (uint32_t)wall_ns;
}

static void add_time_option(struct body *b, uint16_t code, int64_t wall_ns)
{
	uint32_t time[2];
	halves(wall_ns, time);
	add_option(b, code, time, sizeof time);
}

static void put_block(struct pcapng_writer *w, uint32_t type, const struct body *b)
{
	uint32_t length = (uint32_t)b->used + 12;
	put_u32(w, type);
	put_u32(w, length);
	put(w, b->bytes, b->used);
	put_u32(w, length);
}

void pcapng_write_start(struct pcapng_writer *w, int fd, const char *name, unsigned linktype, unsigned snaplen,
		  const char *what)
{
	static const char application[] = "airgap-collect " VERSION;
	w->fd = fd;
	w->name = name;
	w->hash = hash_new();
	w->used = 0;
	w->packets = w->bytes = w->size = 0;
	w->failure = (struct error){0};

	struct body section = {0};
	uint32_t magic = 0x1A2B3C4D;
	uint16_t version[2] = {1, 0};
	int64_t unknown = -1;
	add(&section, &magic, sizeof magic);
	add(&section, version, sizeof version);
	add(&section, &unknown, sizeof unknown);
	add_option(&section, SECTION_APPLICATION, application, sizeof application - 1);
	add_option(&section, OPTION_END, NULL, 0);
	put_block(w, BLOCK_SECTION, &section);

	struct body interface = {0};
	uint16_t type[2] = {(uint16_t)linktype, 0};
	uint32_t snap = snaplen;
	unsigned char nanoseconds = 9;
	add(&interface, type, sizeof type);
	add(&interface, &snap, sizeof snap);
	add_option(&interface, INTERFACE_NAME, what, strlen(what));
	add_option(&interface, INTERFACE_RESOLUTION, &nanoseconds, 1);
	add_option(&interface, OPTION_END, NULL, 0);
	put_block(w, BLOCK_INTERFACE, &interface);
	pcapng_write_flush(w);
}

void pcapng_write_packet(struct pcapng_writer *w, int64_t wall_ns, struct slice kept, uint32_t size)
{
	uint32_t length = 32 + (uint32_t)((kept.size + 3) / 4 * 4), time[2];
	halves(wall_ns, time);
	/* the whole block at once, so that a flush never cuts one */
	if (length > sizeof w->buffer - w->used)
		pcapng_write_flush(w);
	const uint32_t head[] = {BLOCK_PACKET, length, 0, time[0], time[1], (uint32_t)kept.size, size};
	put(w, head, sizeof head);
	put(w, kept.at, kept.size);
	put_padding(w, kept.size);
	put_u32(w, length);
	w->packets++;
	w->bytes += kept.size;
}

uint64_t pcapng_write_size(const struct pcapng_writer *w)
{
	return w->size + w->used;
}

void pcapng_write_end(struct pcapng_writer *w, int64_t from_ns, int64_t to_ns, uint64_t received, uint64_t dropped)
{
	struct body b = {0};
	uint32_t interface = 0, time[2];
	halves(to_ns, time);
	add(&b, &interface, sizeof interface);
	add(&b, time, sizeof time);
	add_time_option(&b, STATISTICS_START, from_ns);
	add_time_option(&b, STATISTICS_END, to_ns);
	add_option(&b, STATISTICS_RECEIVED, &received, sizeof received);
	add_option(&b, STATISTICS_DROPPED, &dropped, sizeof dropped);
	add_option(&b, OPTION_END, NULL, 0);
	put_block(w, BLOCK_STATISTICS, &b);
	pcapng_write_flush(w);
	hash_peek(w->hash, w->sha256);
	hash_free(w->hash);
	w->hash = NULL;
}

enum status pcapng_write_close(struct pcapng_writer *w, struct error *err)
{
	if (!w->failure.status)
		w->failure.status = file_sync(w->fd, w->name, &w->failure);
	enum status closed = file_close(&w->fd, w->name, w->failure.status ? NULL : &w->failure);
	if (closed)
		w->failure.status = closed;
	if (w->failure.status && err)
		*err = w->failure;
	return w->failure.status;
}
