/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 1035, section 4.1:
 *
 *   header    id:16  QR:1 opcode:4 AA TC RD RA:1 Z:3 rcode:4
 *             questions:16 answers:16 authority:16 additional:16
 *   question  name  type:16 class:16
 *   record    name  type:16 class:16 ttl:32 length:16  data
 *   name      labels: size:8 (0–63) bytes; 0 ends it; 11 in the upper bits of the
 *             size: the rest stands at the offset in the lower 14
 *
 * A pointer must go back behind where the name last jumped to: then it cannot go
 * round in circles.
 */
#include "ingest/capture/dns.h"

#include "core/error.h"

#include <stdio.h>
#include <string.h>

enum {
	HEADER = 12,
	NAME_BYTES_MAX = 255, /* RFC 1035, 2.3.4 */
	LABEL_MAX = 63,
	JUMPS_MAX = 128, /* as many as there can be labels */
	NETBIOS_LABEL = 32,
};

bool dns_head(struct slice message, struct dns_message *ret)
{
	struct cursor c = cursor_over(message);
	uint16_t id = cursor_be16(&c), flags = cursor_be16(&c);
	*ret = (struct dns_message){
		.bytes = message,
		.id = id,
		.response = flags & 0x8000,
		.rcode = flags & 15,
	};
	ret->questions = cursor_be16(&c);
	ret->answers = cursor_be16(&c);
	ret->further = cursor_be16(&c);
	ret->further += cursor_be16(&c);
	ret->rest = c;
	return !c.short_read;
}

static void add_char(struct dns_name *n, char c)
{
	if (n->size < DNS_NAME_MAX)
		n->text[n->size++] = c;
	n->text[n->size] = 0;
}

/* RFC 4343, section 2.1. */
static void add_escaped(struct dns_name *n, unsigned char byte, bool label)
{
	if (byte == '\\' || (label && byte == '.')) {
		add_char(n, '\\');
		add_char(n, (char)byte);
	} else if (byte > (label ? ' ' : ' ' - 1) && byte < 0x7f) {
		add_char(n, (char)byte);
	} else {
		add_char(n, '\\');
		add_char(n, (char)('0' + byte / 100));
		add_char(n, (char)('0' + byte / 10 % 10));
		add_char(n, (char)('0' + byte % 10));
	}
}

void dns_escape(struct slice bytes, struct dns_name *ret)
{
	ret->size = 0;
	ret->text[0] = 0;
	for (size_t i = 0; i < bytes.size && ret->size + 4 <= DNS_NAME_MAX; i++)
		add_escaped(ret, bytes.at[i], false);
}

static void add_label(struct dns_name *n, struct slice label)
{
	if (n->size > 0)
		add_char(n, '.');
	for (size_t i = 0; i < label.size; i++)
		add_escaped(n, label.at[i], true);
}

bool dns_read_name(struct slice message, struct cursor *c, struct dns_name *ret)
{
	unsigned jumps = 0;
	ret->size = 0;
	ret->text[0] = 0;
	if (cursor_left(c) == 0) {
		c->short_read = true;
		return false;
	}
	struct cursor at = *c;
	size_t bytes = 0, limit = (size_t)(c->at - message.at); /* where this part began */
	for (;;) {
		unsigned size = cursor_u8(&at);
		if (size > LABEL_MAX) {
			size_t offset = (size % 64) << 8 | cursor_u8(&at);
			if (jumps++ == 0)
				*c = at;
			if (size < 0xc0 || at.short_read || offset >= limit || jumps > JUMPS_MAX)
				break;
			limit = offset;
			at = cursor_over(slice_part(message, offset, message.size));
			continue;
		}
		struct slice label = cursor_take(&at, size);
		bytes += 1 + size;
		if (at.short_read || bytes > NAME_BYTES_MAX)
			break;
		if (size == 0) {
			if (jumps == 0)
				*c = at;
			if (ret->size == 0)
				add_char(ret, '.');
			return true;
		}
		add_label(ret, label);
	}
	c->short_read = true;
	return false;
}

bool dns_question(struct dns_message *m, struct dns_name *ret, uint16_t *ret_type)
{
	if (m->questions == 0)
		return false;
	m->questions--;
	if (!dns_read_name(m->bytes, &m->rest, ret))
		return false;
	*ret_type = cursor_be16(&m->rest);
	cursor_skip(&m->rest, 2);
	return !m->rest.short_read;
}

static bool read_record(struct dns_message *m, unsigned *left, struct dns_record *ret)
{
	if (*left == 0)
		return false;
	(*left)--;
	if (!dns_read_name(m->bytes, &m->rest, &ret->owner))
		return false;
	ret->type = cursor_be16(&m->rest);
	cursor_skip(&m->rest, 2);
	ret->ttl = cursor_be32(&m->rest);
	ret->data = cursor_child(&m->rest, cursor_be16(&m->rest));
	return !m->rest.short_read;
}

bool dns_answer(struct dns_message *m, struct dns_record *ret)
{
	return read_record(m, &m->answers, ret);
}

bool dns_further(struct dns_message *m, struct dns_record *ret)
{
	return m->answers == 0 && read_record(m, &m->further, ret);
}

bool dns_looks_right(struct slice message)
{
	enum { QUERY_MIN = HEADER + 5, RECORDS_MAX = 128, FLAGS_NEVER = 0x7840 };
	struct dns_message m;
	struct dns_record r;
	uint16_t type;
	if (message.size < QUERY_MIN || !dns_head(message, &m) || m.questions != 1)
		return false;
	unsigned flags = (unsigned)message.at[2] << 8 | message.at[3];
	bool bare = m.answers == 0 && m.further <= 2;
	if ((flags & FLAGS_NEVER) || m.rcode > 10 || m.answers > RECORDS_MAX ||
	    m.further > RECORDS_MAX || (!m.response && (!bare || (flags & 0x048f))))
		return false;
	if (!dns_question(&m, &r.owner, &type) || !dns_type_known(type) ||
	    slice_find(slice_of(r.owner.text, r.owner.size), '\\') < r.owner.size)
		return false;
	while (dns_answer(&m, &r) || dns_further(&m, &r))
		if (!dns_type_known(r.type))
			return false;
	return !m.rest.short_read && cursor_left(&m.rest) == 0;
}

/* The first 32 characters of `text`, each pair of them four bits and four bits. */
static bool halves(const char *text, char ret[static NETBIOS_LABEL / 2])
{
	for (size_t i = 0; i < NETBIOS_LABEL / 2; i++) {
		unsigned high = (unsigned char)text[2 * i] - 'A';
		unsigned low = (unsigned char)text[2 * i + 1] - 'A';
		if (high > 15 || low > 15)
			return false;
		ret[i] = (char)(high << 4 | low);
	}
	return true;
}

bool dns_netbios_name(struct dns_name *name)
{
	char plain[NETBIOS_LABEL / 2], scope[DNS_NAME_MAX + 1];
	if (name->size < NETBIOS_LABEL ||
	    (name->text[NETBIOS_LABEL] != 0 && name->text[NETBIOS_LABEL] != '.') ||
	    !halves(name->text, plain))
		return false;
	size_t size = sizeof plain - 1; /* the last byte is the kind of service */
	size_t scope_size = name->size - NETBIOS_LABEL;
	memcpy(scope, name->text + NETBIOS_LABEL, scope_size);
	while (size > 0 && (plain[size - 1] == ' ' || plain[size - 1] == 0))
		size--;
	unsigned char kind = (unsigned char)plain[sizeof plain - 1];
	dns_escape(slice_of(plain, size), name);
	name->size += (size_t)snprintf(name->text + name->size, 5, "<%02x>", kind);
	for (size_t i = 0; i < scope_size; i++)
		add_char(name, scope[i]);
	return true;
}
