/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   authority = [ userinfo "@" ] host [ ":" port ]
 *
 * Programs leave out parts of a host until they run: "${region}.vendor.com",
 * "{0}.vendor.com", "%s.vendor.com", "*.vendor.com". Of such a name the labels behind
 * are kept, with "*." in front.
 *
 * Some compilers store texts one behind the other with nothing between: what is read as
 * "vendor.comsome other text" ends, at a guess, with the longest label that is known.
 * Scripts without blanks run on the same way.
 */
#include "ingest/inventory/hostname.h"

#include "core/address.h"
#include "core/idn.h"
#include "ingest/inventory/top_level.h"

#include <string.h>

enum {
	LABEL_MAX = 63,
	USER_MAX = 64,
	PLACEHOLDER_MAX = 64,
	WRITTEN_MAX = 384, /* bytes of a name */
	LATIN_END = 0x250,
};

/* A name as it is written, but folded: UTF-8 in small letters, with plain dots. */
struct written {
	char text[WRITTEN_MAX];
	size_t size;
	uint16_t ends[WRITTEN_MAX]; /* for each byte, where its character ends in what is read */
	bool wide;                  /* it has a letter outside ASCII */
};

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

static bool is_name_byte(unsigned char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool hostname_labels(struct slice name, struct slice *ret_last, size_t *ret_count)
{
	struct cursor c = cursor_over(name);
	bool more = true;
	for (*ret_count = 0; more; ++*ret_count) {
		more = cursor_until(&c, '.', LABEL_MAX, ret_last);
		if (!more)
			*ret_last = cursor_rest(&c);
		if (ret_last->size == 0 || ret_last->size > LABEL_MAX || ret_last->at[0] == '-' ||
		    ret_last->at[ret_last->size - 1] == '-')
			return false;
	}
	return *ret_count >= 2;
}

/* Passes over "user:password@": up to the last '@' of the authority (RFC 3986, 3.2; a '\'
 * ends it for browsers). */
static void skip_user(struct cursor *c)
{
	struct slice rest = slice_part(cursor_rest(c), 0, USER_MAX);
	size_t user = 0;
	for (size_t i = 0; i < rest.size && !memchr("/?#\\", rest.at[i], 4); i++)
		if (rest.at[i] == '@')
			user = i + 1;
	cursor_skip(c, user);
}

/* Passes over what a program fills in. False where there is nothing of the kind. */
static bool skip_placeholder(struct cursor *c)
{
	static const struct {
		const char *open;
		unsigned char close;
	} kinds[] = {{"${", '}'}, {"{", '}'}, {"<", '>'}, {"%{", '}'}};
	struct slice rest = cursor_rest(c), inner;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (slice_starts(rest, kinds[i].open))
			return cursor_until(c, kinds[i].close, PLACEHOLDER_MAX, &inner);
	bool one = slice_starts(rest, "*");
	if (!one && !slice_starts(rest, "%s") && !slice_starts(rest, "%v") && !slice_starts(rest, "%d"))
		return false;
	cursor_skip(c, one ? 1 : 2);
	return true;
}

/* The code point of a name that comes next, folded; 0 where there is none. The full stop
 * of East Asia also ends sentences: there letters of a host follow. */
static uint32_t next_of_name(const struct cursor *c, size_t *ret_size)
{
	struct slice rest = cursor_rest(c);
	uint32_t code;
	*ret_size = text_utf8(rest, &code);
	if (*ret_size == 0)
		return 0;
	if (code < 0x80)
		return code == '.' || is_name_byte((unsigned char)code) ? idn_fold(code) : 0;
	uint32_t folded = idn_fold(code);
	struct slice then = slice_part(rest, *ret_size, 1);
	if (folded == '.')
		return then.size && is_name_byte(then.at[0]) ? folded : 0;
	return idn_is_letter(code) ? folded : 0;
}

static bool keep(struct written *w, uint32_t code, size_t end)
{
	unsigned char bytes[4];
	size_t size = text_put_utf8(code, bytes);
	if (w->size + size > WRITTEN_MAX)
		return false;
	for (size_t i = 0; i < size; i++) {
		w->ends[w->size] = (uint16_t)end;
		w->text[w->size++] = (char)bytes[i];
	}
	w->wide = w->wide || code >= 0x80;
	return true;
}

/* What is written of a name, and whether its front is filled in later. */
static bool read_name(struct cursor *c, struct written *w, bool *ret_wild)
{
	size_t all = cursor_left(c), size;
	bool skipping = false; /* the label that a placeholder is part of */
	*ret_wild = false;
	while (cursor_left(c) > 0) {
		if (skip_placeholder(c)) {
			*ret_wild = skipping = true;
			w->size = 0;
			w->wide = false;
			continue;
		}
		uint32_t code = next_of_name(c, &size);
		if (code == 0)
			break;
		cursor_skip(c, size);
		if (skipping)
			skipping = code != '.';
		else if (!keep(w, code, all - cursor_left(c)))
			return false;
	}
	return true;
}

static void read_port(struct cursor *c, struct hostname *ret)
{
	struct slice rest = cursor_rest(c);
	size_t digits = 0;
	uint64_t port;
	if (!slice_starts(rest, ":"))
		return;
	rest = slice_part(rest, 1, rest.size);
	while (digits < rest.size && digits < 6 && rest.at[digits] >= '0' && rest.at[digits] <= '9')
		digits++;
	if (slice_u64(slice_part(rest, 0, digits), 65535, &port))
		ret->port = (unsigned)port;
}

static enum hostname_kind read_v6(struct cursor *c, struct hostname *ret)
{
	struct slice text;
	struct address a;
	cursor_skip(c, 1);
	if (!cursor_until(c, ']', ADDRESS_TEXT_MAX, &text) || !address_parse(text, &a) ||
	    !slice_to_string(text, ret->text, sizeof ret->text))
		return HOSTNAME_NONE;
	ret->size = text.size;
	read_port(c, ret);
	return HOSTNAME_ADDRESS;
}

/* Cuts a name behind the longest known label that its last one begins with. */
static bool guess_end(struct hostname *h, struct slice last)
{
	size_t front = h->size - last.size;
	for (size_t size = last.size < TOP_LEVEL_MAX ? last.size : TOP_LEVEL_MAX; size >= 2; size--)
		if (top_level_find(slice_part(last, 0, size)) >= TOP_LEVEL_THREE) {
			h->size = front + size;
			h->text[h->size] = 0;
			h->guessed = true;
			h->port = 0;
			return true;
		}
	return false;
}

static enum hostname_kind judge_name(struct hostname *h)
{
	struct slice name = slice_of_string(h->text), last;
	struct address a;
	size_t count;
	if (address_parse(name, &a))
		return HOSTNAME_ADDRESS;
	if (slice_is(name, "localhost"))
		return HOSTNAME_NAME;
	if (!hostname_labels(name, &last, &count))
		return HOSTNAME_NONE;
	if (last.at[0] >= '0' && last.at[0] <= '9')
		return HOSTNAME_NONE; /* a number at the end makes it an address that is none */
	if (count == 2 && slice_starts(name, "www."))
		return HOSTNAME_DYNAMIC; /* the middle is missing */
	if (top_level_find(last) != TOP_LEVEL_NONE || guess_end(h, last))
		return HOSTNAME_NAME;
	return HOSTNAME_UNKNOWN;
}

/* Cuts a name behind a last label that is known and runs on in another script. False where
 * it is not known: no top-level label mixes ASCII with other scripts than Latin. */
static bool cut_script(struct written *w, bool *ret_cut)
{
	size_t from = w->size, at;
	uint32_t code = 0;
	while (from > 0 && w->text[from - 1] != '.')
		from--;
	for (at = from; at < w->size && (unsigned char)w->text[at] < 0x80; at++)
		continue;
	*ret_cut = at < w->size && top_level_find(slice_of(w->text + from, at - from)) >= TOP_LEVEL_THREE;
	(void)text_utf8(slice_of(w->text + at, w->size - at), &code);
	if (*ret_cut)
		w->size = at;
	return *ret_cut || at == from || code < LATIN_END;
}

/* The name as it is looked up. */
static bool take_name(struct written *w, struct hostname *ret)
{
	if (w->size > 0 && w->text[w->size - 1] == '.')
		w->size--;
	struct slice name = slice_of(w->text, w->size);
	if (!w->wide && !slice_to_string(name, ret->text, HOSTNAME_MAX + 1))
		return false;
	if (w->wide) {
		if (!cut_script(w, &ret->guessed) || !idn_to_ascii(slice_part(name, 0, w->size), ret->text))
			return false;
		ret->port = ret->guessed ? 0 : ret->port;
	}
	ret->size = strlen(ret->text);
	return true;
}

enum hostname_kind hostname_read(struct slice text, struct hostname *ret)
{
	struct cursor c = cursor_over(text);
	struct written written;
	bool wild;
	written.size = 0;
	written.wide = false;
	*ret = (struct hostname){0};
	skip_user(&c);
	size_t user = text.size - cursor_left(&c);
	if (slice_starts(cursor_rest(&c), "["))
		return read_v6(&c, ret);
	if (!read_name(&c, &written, &wild))
		return HOSTNAME_UNKNOWN;
	read_port(&c, ret);
	if (!take_name(&written, ret))
		return HOSTNAME_UNKNOWN;
	if (ret->size == 0)
		return wild ? HOSTNAME_DYNAMIC : HOSTNAME_NONE;
	size_t whole = ret->size;
	enum hostname_kind kind = judge_name(ret);
	/* what is cut off at a guess is ASCII in both forms */
	ret->taken = user + written.ends[written.size - (whole - ret->size) - 1];
	if (!wild || kind == HOSTNAME_DYNAMIC)
		return kind;
	if (kind != HOSTNAME_NAME)
		return HOSTNAME_DYNAMIC;
	memmove(ret->text + 2, ret->text, ret->size + 1);
	memcpy(ret->text, "*.", 2);
	ret->size += 2;
	return HOSTNAME_NAME;
}
