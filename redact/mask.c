/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/mask.h"

#include "core/text.h"

#include <string.h>

enum {
	PORT_DIGITS = 5,
	NUMBER_DIGITS = 7, /* of a number that stays in text: those of a pid; */
	OUTPUT_DIGITS = 10, /* of a tool's: of an inode */
	TIME_MAX = 16,
	HOST_MAX = 253, /* RFC 1035, 2.3.4 */
	MAC_TEXT = 17,
	MAC_SIZE = 6,
	REVERSE_V6 = 32, /* labels in front of ip6.arpa */
};

struct masking {
	struct pseudonyms *p;
	enum mask how;
	unsigned char *text;
	size_t size;
	size_t hidden; /* words */
};

static bool is_text(enum mask how)
{
	return how == MASK_TEXT || how == MASK_OUTPUT;
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static unsigned hex_value(unsigned char c) /* 16: none */
{
	unsigned char small = c | 0x20;
	if (is_digit(c))
		return c - '0';
	return small >= 'a' && small <= 'f' ? small - 'a' + 10u : 16;
}

static bool is_part_at(const struct masking *m, size_t at)
{
	return at < m->size && pseudonym_is_part(m->text[at]);
}

/* All letters and digits away, for what has no form of ours: 'x' and '0'. */
static void blank(unsigned char *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (pseudonym_is_part(at[i]))
			at[i] = is_digit(at[i]) ? '0' : 'x';
}

/* An address in a spelling of its own has no pseudonym of that length. */
static void write_address(struct masking *m, size_t at, size_t size, const struct address *a)
{
	char text[ADDRESS_TEXT_MAX];
	const struct address made = pseudonym_address(m->p, a);
	if (address_equal(&made, a))
		return;
	address_text(&made, text);
	if (strlen(text) == size)
		memcpy(m->text + at, text, size);
	else
		blank(m->text + at, size);
}

/* What follows may be a port behind a colon or, as BSD writes it, behind a point. */
size_t mask_address_end(const unsigned char *text, size_t size, size_t from, struct address *ret)
{
	size_t end = from;
	unsigned signs = 0;
	for (; end < size && end - from < ADDRESS_TEXT_MAX; end++) {
		bool sign = text[end] == '.' || text[end] == ':';
		if (!sign && hex_value(text[end]) == 16)
			break;
		signs += sign;
	}
	if (end < size && pseudonym_is_part(text[end]))
		while (end > from && pseudonym_is_part(text[end - 1]))
			end--;
	for (; signs > 1 && end > from + 1; end--) {
		bool boundary = end == size || !pseudonym_is_part(text[end]);
		if (boundary && address_parse(slice_of(text + from, end - from), ret))
			return end;
	}
	return 0;
}

/* netstat(8) writes "::1:443": in what tools print, digits behind an address are its port. */
static size_t without_port(const struct masking *m, size_t from, size_t end, struct address *ret)
{
	struct address shorter;
	size_t colon = end;
	while (colon > from && is_digit(m->text[colon - 1]))
		colon--;
	if (m->how != MASK_OUTPUT || colon == end || colon == from || m->text[colon - 1] != ':' ||
	    (from > 0 && m->text[from - 1] == '[') || !address_parse(slice_of(m->text + from, colon - 1 - from), &shorter))
		return end;
	*ret = shorter;
	return colon - 1;
}

/* "::ffff:192.0.2.1" is the IPv4 address behind its last colon. */
static size_t mask_address(struct masking *m, size_t from)
{
	struct address a;
	size_t end = mask_address_end(m->text, m->size, from, &a);
	if (!end)
		return 0;
	end = without_port(m, from, end, &a);
	if (a.family == ADDRESS_V4)
		for (size_t i = end; i > from; i--)
			if (m->text[i - 1] == ':') {
				from = i;
				break;
			}
	write_address(m, from, end - from, &a);
	/* a port */
	size_t next = end + 1;
	while (next < m->size && next - end <= PORT_DIGITS && is_digit(m->text[next]))
		next++;
	return next > end + 1 && (m->text[end] == ':' || m->text[end] == '.') && !is_part_at(m, next) ? next : end;
}

static bool read_mac(const unsigned char *at, unsigned char ret[static MAC_SIZE])
{
	unsigned char sign = at[2];
	for (size_t i = 0; i < MAC_SIZE; i++) {
		unsigned high = hex_value(at[3 * i]), low = hex_value(at[3 * i + 1]);
		if (high > 15 || low > 15 || (i + 1 < MAC_SIZE && at[3 * i + 2] != sign))
			return false;
		ret[i] = (unsigned char)(high << 4 | low);
	}
	return sign == ':' || sign == '-';
}

static size_t mask_mac(struct masking *m, size_t from)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char mac[MAC_SIZE];
	if (m->size - from < MAC_TEXT || !read_mac(m->text + from, mac) || is_part_at(m, from + MAC_TEXT))
		return 0;
	pseudonym_mac(m->p, mac);
	for (size_t i = 0; i < MAC_SIZE; i++) {
		m->text[from + 3 * i] = (unsigned char)digits[mac[i] >> 4];
		m->text[from + 3 * i + 1] = (unsigned char)digits[mac[i] & 15];
	}
	return from + MAC_TEXT;
}

/* "28T09", "123Z", "20261128T094354Z": of a time (RFC 3339, ISO 8601). */
static bool is_of_time(struct slice word)
{
	size_t letters = 0;
	for (size_t i = 0; i < word.size; i++) {
		bool sign = i > 0 && (word.at[i] == 'T' || (word.at[i] == 'Z' && i + 1 == word.size));
		if (!sign && !is_digit(word.at[i]))
			return false;
		letters += sign;
	}
	return letters > 0 && letters < 3 && word.size <= TIME_MAX;
}

/* "api.model.example", "ollama.com": words with points between, of which there are two or
 * behind the last of which stands an end that names of hosts have. The size; 0: none. */
static size_t host_size(const struct masking *m, size_t from)
{
	static const char *const ends[] = {"com", "org", "net", "edu", "gov", "mil", "io", "ai", "dev", "app", "cloud", "google",
					   "local", "lan", "internal", "corp", "home", "intranet", "example"};
	size_t end = from, last = from, points = 0;
	bool letter = false, known = false;
	for (; end < m->size && end - from < HOST_MAX; end++) {
		bool point = m->text[end] == '.' && is_part_at(m, end + 1);
		if (!is_part_at(m, end) && !point && m->text[end] != '-')
			break;
		points += point;
		letter = point ? false : letter || !is_digit(m->text[end]);
		last = point ? end + 1 : last;
	}
	for (size_t i = 0; i < LENGTH(ends) && points; i++)
		known = known || slice_is_nocase(slice_of(m->text + last, end - last), ends[i]);
	return letter && (known || points > 1) ? end - from : 0;
}

static size_t mask_word(struct masking *m, size_t from)
{
	size_t end = from;
	bool number = true;
	while (is_part_at(m, end))
		number = is_digit(m->text[end++]) && number;
	bool port = number && end - from <= PORT_DIGITS && from > 0 && m->text[from - 1] == ':';
	bool small = number && is_text(m->how) && end - from <= (m->how == MASK_OUTPUT ? OUTPUT_DIGITS : NUMBER_DIGITS);
	bool time = m->how != MASK_NAME && is_of_time(slice_of(m->text + from, end - from));
	if (!port && !small && !time && pseudonym_word(m->p, m->text + from, end - from, m->how != MASK_NAME))
		m->hidden++;
	return end;
}

/* Of JSON and the like: "\\n" is a sign, and no word begins with its n. */
static size_t skip_escape(const struct masking *m, size_t at)
{
	unsigned char c = is_text(m->how) && m->text[at] == '\\' && at + 1 < m->size ? m->text[at + 1] : 0;
	if (c == 'u' && at + 6 <= m->size)
		return at + 6;
	return c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\\' ? at + 2 : 0;
}

/* A name of a host in other text: nothing of it stays. */
static size_t mask_host(struct masking *m, size_t from)
{
	size_t size = host_size(m, from), end = from + size, before = m->hidden;
	enum mask how = m->how;
	m->how = MASK_NAME;
	for (size_t at = from, next; at < end; at = next)
		next = is_part_at(m, at) ? mask_word(m, at) : at + 1;
	m->how = how;
	pseudonyms_note_whole(m->p, slice_of(m->text + from, m->hidden > before ? size : 0));
	return size ? end : 0;
}

static bool ends_nocase(const struct masking *m, const char *suffix)
{
	size_t size = strlen(suffix);
	return m->size > size && slice_is_nocase(slice_of(m->text + m->size - size, size), suffix);
}

/* Of a name that asks who an address belongs to (RFC 1035, 3.5; RFC 3596, 2.5) the address is
 * masked as one, back to front. False: it is no such name. */
static bool mask_reverse(struct masking *m)
{
	bool v4 = ends_nocase(m, ".in-addr.arpa"), v6 = ends_nocase(m, ".ip6.arpa");
	struct cursor c = cursor_over(slice_of(m->text, m->size));
	struct address a = {.family = v4 ? ADDRESS_V4 : ADDRESS_V6};
	struct slice label;
	uint64_t value;
	for (size_t i = 0; (v4 || v6) && i < (v4 ? 4 : REVERSE_V6); i++) {
		if (!cursor_until(&c, '.', 3, &label))
			return false;
		if (v4 ? !slice_u64(label, 255, &value) : !slice_hex_u64(label, 15, &value) || label.size != 1)
			return false;
		if (v4)
			a.bytes[3 - i] = (unsigned char)value;
		else
			a.bytes[15 - i / 2] |= (unsigned char)(i % 2 ? value << 4 : value);
	}
	if (!v4 && !v6)
		return false;
	const struct address made = pseudonym_address(m->p, &a);
	AUTO_TEXT struct text text = text_make(80);
	for (size_t i = 0; i < (v4 ? 4 : REVERSE_V6); i++) {
		unsigned byte = made.bytes[v4 ? 3 - i : 15 - i / 2];
		text_addf(&text, v4 ? "%u." : "%x.", v4 ? byte : byte >> (i % 2 ? 4 : 0) & 15u);
	}
	if (text.size == m->size - cursor_left(&c))
		memcpy(m->text, text.at, text.size);
	else
		blank(m->text, m->size - cursor_left(&c)); /* zeros in front of its numbers */
	return true;
}

/* Bytes that no text has between its words would carry others through. */
static void mask_sign(unsigned char *sign)
{
	if ((*sign < ' ' && *sign != '\t' && *sign != '\n' && *sign != '\r') || *sign == 0x7f)
		*sign = '?';
}

void mask_text(struct pseudonyms *p, enum mask how, unsigned char *at, size_t size)
{
	struct masking m = {p, how, at, size, 0};
	if (how == MASK_NAME && mask_reverse(&m))
		return;
	if (size && memchr(at, 0, size)) { /* in UTF-16 each letter would be a word */
		blank(at, size);
		return;
	}
	for (size_t i = 0, next; i < size; i = next) {
		next = skip_escape(&m, i);
		if (next)
			continue;
		bool begins = i == 0 || !pseudonym_is_part(at[i - 1]);
		bool may_be = begins && (hex_value(at[i]) < 16 || (at[i] == ':' && i + 1 < size && at[i + 1] == ':'));
		next = may_be ? mask_mac(&m, i) : 0;
		next = may_be && !next ? mask_address(&m, i) : next;
		if (!next && begins && how != MASK_NAME && pseudonym_is_part(at[i]))
			next = mask_host(&m, i);
		if (!next && pseudonym_is_part(at[i]))
			next = mask_word(&m, i);
		if (!next) {
			mask_sign(&at[i]);
			next = i + 1;
		}
	}
	if (m.hidden && how == MASK_NAME)
		pseudonyms_note_whole(p, slice_of(at, size));
}
