/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The algorithm as FoxIO published it (JA4, TLS client):
 *
 *   transport version d|i ciphers:2 extensions:2 alpn:2 _ hash:12 _ hash:12
 *
 * d: with a server name. The counts are decimal and at most 99; values of RFC 8701
 * are left out everywhere. alpn: first and last character of the first name. The
 * first hash is over the sorted ciphers ("1301,1302,…"), the second over the sorted
 * extensions without server_name and ALPN, then '_' and the signature algorithms in
 * their own order; both are the start of a SHA-256, twelve zeros over nothing.
 */
#include "ingest/capture/ja4.h"

#include "core/hash.h"

#include <stdio.h>
#include <string.h>

enum {
	VALUES_MAX = 512,
	VALUE_TEXT = 5, /* "1301," */
	EXTENSION_NAME = 0,
	EXTENSION_ALPN = 16,
	HASH_SHOWN = 12,
};

struct values {
	size_t count;
	bool too_many;
	uint16_t all[VALUES_MAX];
};

static void add(struct values *v, uint16_t value)
{
	if (tls_is_grease(value))
		return;
	if (v->count == VALUES_MAX)
		v->too_many = true;
	else
		v->all[v->count++] = value;
}

static void add_list(struct values *v, struct slice list)
{
	struct cursor c = cursor_over(list);
	v->count = 0;
	while (cursor_left(&c) >= 2)
		add(v, cursor_be16(&c));
}

/* By insertion: the lists are short, and nothing may be allocated. */
static void sort(struct values *v)
{
	for (size_t i = 1; i < v->count; i++) {
		uint16_t value = v->all[i];
		size_t at = i;
		for (; at > 0 && v->all[at - 1] > value; at--)
			v->all[at] = v->all[at - 1];
		v->all[at] = value;
	}
}

struct line {
	size_t size;
	char text[2 * VALUES_MAX * VALUE_TEXT + 2];
};

static void write_values(struct line *l, const struct values *v)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < v->count; i++) {
		if (i > 0)
			l->text[l->size++] = ',';
		for (int shift = 12; shift >= 0; shift -= 4)
			l->text[l->size++] = digits[v->all[i] >> shift & 15];
	}
}

static void write_hash(const struct line *l, char ret[static HASH_SHOWN + 1])
{
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	memset(ret, '0', HASH_SHOWN);
	ret[HASH_SHOWN] = 0;
	if (l->size == 0)
		return;
	hash_bytes(slice_of(l->text, l->size), digest);
	hash_text(digest, text);
	memcpy(ret, text, HASH_SHOWN);
}

static const char *version_text(uint16_t version)
{
	static const struct {
		uint16_t version;
		char text[3];
	} all[] = {
		{0x0304, "13"}, {0x0303, "12"}, {0x0302, "11"}, {0x0301, "10"}, {0x0300, "s3"},
		{0x0002, "s2"}, {0xfeff, "d1"}, {0xfefd, "d2"}, {0xfefc, "d3"},
	};
	for (size_t i = 0; i < LENGTH(all); i++)
		if (all[i].version == version)
			return all[i].text;
	return "00";
}

static bool is_alphanumeric(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void alpn_ends(const struct tls_hello *h, char ret[static 3])
{
	static const char digits[] = "0123456789abcdef";
	struct cursor c = cursor_over(h->alpn);
	struct slice name = cursor_take(&c, cursor_u8(&c));
	memcpy(ret, "00", 3);
	if (name.size == 0)
		return;
	unsigned char first = name.at[0], last = name.at[name.size - 1];
	bool plain = is_alphanumeric(first) && is_alphanumeric(last);
	ret[0] = plain ? (char)first : digits[first >> 4];
	ret[1] = plain ? (char)last : digits[last & 15];
}

/* The sorted extensions and what follows them; returns how many there are. */
static size_t write_extensions(const struct tls_hello *h, struct values *v, struct line *l)
{
	struct cursor c = cursor_over(h->extensions);
	size_t left_out = 0;
	v->count = 0;
	while (cursor_left(&c) >= 4) {
		uint16_t type = cursor_be16(&c);
		cursor_skip(&c, cursor_be16(&c));
		if (type == EXTENSION_NAME || type == EXTENSION_ALPN)
			left_out++;
		else
			add(v, type);
	}
	size_t count = v->count + left_out;
	sort(v);
	write_values(l, v);
	add_list(v, h->signatures);
	if (v->count > 0)
		l->text[l->size++] = '_';
	write_values(l, v);
	return count;
}

bool ja4_of(const struct tls_hello *h, char transport, char ret[static JA4_TEXT_MAX])
{
	struct values v = {.count = 0};
	struct line l = {.size = 0};
	char alpn[3], ciphers_hash[HASH_SHOWN + 1], extensions_hash[HASH_SHOWN + 1];
	add_list(&v, h->ciphers);
	size_t ciphers = v.count;
	sort(&v);
	write_values(&l, &v);
	write_hash(&l, ciphers_hash);
	l.size = 0;
	size_t extensions = write_extensions(h, &v, &l);
	write_hash(&l, extensions_hash);
	alpn_ends(h, alpn);
	ret[0] = 0;
	if (v.too_many)
		return false;
	snprintf(ret, JA4_TEXT_MAX, "%c%s%c%02zu%02zu%s_%s_%s", transport,
		 version_text(h->version), h->has_name ? 'd' : 'i', ciphers < 99 ? ciphers : 99,
		 extensions < 99 ? extensions : 99, alpn, ciphers_hash, extensions_hash);
	return true;
}
