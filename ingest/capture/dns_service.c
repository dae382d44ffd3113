/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9460, sections 2.2 and 7; RFC 1002, sections 4.2.13 and 4.2.18:
 *
 *   parameter  key:16 size:16 value; alpn (1): size:8 name …, port (3): 16 bits,
 *              ipv4hint (4), ipv6hint (6): addresses, ech (5): bytes
 *   NB         flags:16 address:32 …
 *   NBSTAT     count:8, then name:15 bytes kind:8 flags:16 …
 */
#include "ingest/capture/dns.h"

#include "core/address.h"

#include <stdio.h>

enum {
	PARAMETERS_MAX = 32,
	VALUES_MAX = 16,
	ALPN_MAX = 32,
	NODE_NAME = 15,
	NODES_MAX = 64,
};

enum { KEY_ALPN = 1, KEY_NO_DEFAULT = 2, KEY_PORT = 3, KEY_V4 = 4, KEY_ECH = 5, KEY_V6 = 6 };

static void add_names(struct cursor c, struct text *out)
{
	text_add_string(out, " alpn=");
	for (int i = 0; i < VALUES_MAX && cursor_left(&c) > 0 && !c.short_read; i++) {
		if (i > 0)
			text_add_char(out, ',');
		text_add_printable(out, cursor_take(&c, cursor_u8(&c)), ALPN_MAX);
	}
}

static void add_addresses(struct cursor c, bool v6, struct text *out)
{
	char text[ADDRESS_TEXT_MAX];
	text_add_string(out, v6 ? " ipv6hint=" : " ipv4hint=");
	for (int i = 0; i < VALUES_MAX && cursor_left(&c) >= (v6 ? 16 : 4); i++) {
		struct slice bytes = cursor_take(&c, v6 ? 16 : 4);
		struct address a = v6 ? address_v6(bytes.at) : address_v4(bytes.at);
		address_text(&a, text);
		text_addf(out, i ? ",%s" : "%s", text);
	}
}

void dns_service_parameters(struct cursor c, struct text *out)
{
	for (int i = 0; i < PARAMETERS_MAX && cursor_left(&c) > 0; i++) {
		unsigned key = cursor_be16(&c);
		struct cursor value = cursor_child(&c, cursor_be16(&c));
		if (c.short_read)
			return;
		if (key == KEY_ALPN)
			add_names(value, out);
		else if (key == KEY_V4 || key == KEY_V6)
			add_addresses(value, key == KEY_V6, out);
		else if (key == KEY_PORT)
			text_addf(out, " port=%u", cursor_be16(&value));
		else if (key == KEY_ECH)
			text_add_string(out, " ech");
		else if (key == KEY_NO_DEFAULT)
			text_add_string(out, " no-default-alpn");
		else
			text_addf(out, " key%u", key);
	}
}

static void add_nodes(struct cursor c, struct dns_name *scratch, struct json *out)
{
	char text[DNS_NAME_MAX + 8];
	unsigned count = cursor_u8(&c);
	for (unsigned i = 0; i < count && i < NODES_MAX; i++) {
		struct slice name = cursor_take(&c, NODE_NAME);
		unsigned kind = cursor_u8(&c);
		cursor_skip(&c, 2);
		if (c.short_read)
			return;
		dns_escape(slice_trim(name), scratch);
		snprintf(text, sizeof text, "%s<%02x>", scratch->text, kind);
		json_add_string(out, NULL, text);
	}
}

void dns_netbios_data(const struct dns_record *r, struct dns_name *scratch, struct json *out)
{
	struct cursor c = r->data;
	char text[ADDRESS_TEXT_MAX];
	if (r->type != DNS_TYPE_NB) {
		add_nodes(c, scratch, out);
		return;
	}
	for (int i = 0; i < VALUES_MAX && cursor_left(&c) >= 6; i++) {
		cursor_skip(&c, 2);
		struct address a = address_v4(cursor_take(&c, 4).at);
		address_text(&a, text);
		json_add_string(out, NULL, text);
	}
}
