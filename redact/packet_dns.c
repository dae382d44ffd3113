/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 1035, section 4: id:2 flags:2 questions:2 answers:2 authorities:2 additional:2, then
 * names with type:2 class:2, and of records ttl:4 length:2 and data. Also mDNS and LLMNR.
 *
 * A label is written once, where it stands; a name that points to it has it already. Data of
 * other types than those below is not understood, and so becomes zeros.
 */
#include "redact/packet_parts.h"

#include <string.h>

enum {
	HEADER = 12,
	MESSAGE_MAX = 1 << 16,
	NAME_BYTES = 256,
	LABELS_MAX = 128,
	RECORDS_MAX = 4096,
	TYPE_A = 1, TYPE_NS = 2, TYPE_CNAME = 5, TYPE_SOA = 6, TYPE_PTR = 12, TYPE_MX = 15, TYPE_TXT = 16, TYPE_AAAA = 28,
	TYPE_SRV = 33, TYPE_DNAME = 39, TYPE_OPT = 41,
};

struct message {
	struct packet *k;
	size_t from, end; /* in the packet */
	unsigned char done[MESSAGE_MAX / 8]; /* labels, by where they stand in the message */
};

struct label {
	size_t at, size; /* in the packet; its text */
};

static bool was_done(struct message *m, size_t at)
{
	size_t bit = at - m->from;
	bool done = m->done[bit / 8] >> bit % 8 & 1;
	m->done[bit / 8] |= (unsigned char)(1u << bit % 8);
	return done;
}

/* The labels of a name, with what stands between them copied. False: it is none. `ret_at`
 * is where what follows it stands. */
static bool read_labels(struct message *m, size_t *ret_at, struct label labels[static LABELS_MAX], size_t *ret_count)
{
	size_t at = *ret_at, bytes = 0;
	bool jumped = false;
	for (*ret_count = 0; at < m->end;) {
		unsigned size = packet_u8(m->k, at);
		if (size >= 0xc0) {
			size_t to = m->from + (packet_be16(m->k, at) & 0x3fff);
			if (m->end - at < 2 || to >= at) /* forwards: a loop, or nonsense */
				return false;
			packet_keep(m->k, at, 2);
			if (!jumped)
				*ret_at = at + 2;
			jumped = true;
			at = to;
			continue;
		}
		bytes += size + 1;
		if (size > 63 || bytes >= NAME_BYTES || size + 1 > m->end - at || *ret_count == LABELS_MAX)
			return false;
		packet_keep(m->k, at, 1);
		if (size == 0) {
			if (!jumped)
				*ret_at = at + 1;
			return true;
		}
		labels[(*ret_count)++] = (struct label){at + 1, size};
		at += size + 1;
	}
	return false;
}

static bool mask_name(struct message *m, size_t *at)
{
	struct label labels[LABELS_MAX];
	unsigned char text[NAME_BYTES];
	size_t count, size = 0;
	if (!read_labels(m, at, labels, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct slice label = slice_part(m->k->in, labels[i].at, labels[i].size);
		if (size)
			text[size++] = '.';
		memcpy(text + size, label.at, label.size);
		size += label.size;
	}
	mask_text(m->k->p, MASK_NAME, text, size);
	for (size_t i = 0, from = 0; i < count; from += labels[i++].size + 1)
		if (!was_done(m, labels[i].at))
			memcpy(m->k->out + labels[i].at, text + from, labels[i].size);
	return true;
}

/* Their lengths stay, what they say does not. */
static void mask_strings(struct message *m, size_t at, size_t end, size_t before)
{
	while (at < end && end - at >= before) {
		size_t size = before == 1 ? packet_u8(m->k, at) : packet_be16(m->k, at + 2);
		packet_keep(m->k, at, before);
		at += before + size;
	}
}

/* Names, and `numbers` bytes in front of them that stay. */
static bool mask_names(struct message *m, size_t at, size_t numbers, size_t names, size_t behind)
{
	packet_keep(m->k, at, numbers);
	at += numbers;
	for (size_t i = 0; i < names; i++)
		if (!mask_name(m, &at))
			return false;
	packet_keep(m->k, at, behind);
	return true;
}

static bool mask_data(struct message *m, unsigned type, size_t at, size_t end)
{
	size_t size = end - at;
	switch (type) {
	case TYPE_A:
		if (size == 4)
			packet_v4(m->k, at);
		return true;
	case TYPE_AAAA:
		if (size == 16)
			packet_v6(m->k, at);
		return true;
	case TYPE_NS:
	case TYPE_CNAME:
	case TYPE_PTR:
	case TYPE_DNAME:
		return mask_names(m, at, 0, 1, 0);
	case TYPE_MX:
		return size > 2 && mask_names(m, at, 2, 1, 0);
	case TYPE_SRV:
		return size > 6 && mask_names(m, at, 6, 1, 0);
	case TYPE_SOA:
		return size >= 22 && mask_names(m, at, 0, 2, 20);
	case TYPE_TXT:
		mask_strings(m, at, end, 1);
		return true;
	case TYPE_OPT:
		mask_strings(m, at, end, 4);
		return true;
	default:
		return true;
	}
}

static bool mask_record(struct message *m, size_t *at)
{
	if (!mask_name(m, at) || m->end - *at < 10)
		return false;
	unsigned type = packet_be16(m->k, *at), size = packet_be16(m->k, *at + 8);
	packet_keep(m->k, *at, 10);
	*at += 10;
	if (size > m->end - *at)
		return false;
	bool good = mask_data(m, type, *at, *at + size);
	*at += size;
	return good;
}

void packet_dns(struct packet *k, size_t at, size_t end)
{
	if (at > end || end > k->in.size || end - at < HEADER || end - at >= MESSAGE_MAX)
		return;
	struct message m = {.k = k, .from = at, .end = end};
	unsigned questions = packet_be16(k, at + 4);
	unsigned records = packet_be16(k, at + 6) + packet_be16(k, at + 8) + packet_be16(k, at + 10);
	packet_keep(k, at, HEADER);
	at += HEADER;
	for (unsigned i = 0; i < questions && i < RECORDS_MAX; i++) {
		if (!mask_name(&m, &at) || end - at < 4)
			return;
		packet_keep(k, at, 4);
		at += 4;
	}
	for (unsigned i = 0; i < records && i < RECORDS_MAX && mask_record(&m, &at); i++)
		;
}
