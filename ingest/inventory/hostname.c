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
 */
#include "ingest/inventory/hostname.h"

#include "core/address.h"
#include "ingest/inventory/top_level.h"

#include <string.h>

enum { LABEL_MAX = 63, USER_MAX = 64, PLACEHOLDER_MAX = 64 };

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

/* Passes over "user:password@". */
static void skip_user(struct cursor *c)
{
	struct slice rest = slice_part(cursor_rest(c), 0, USER_MAX);
	size_t at = slice_find(rest, '@');
	if (at < rest.size && slice_find(slice_part(rest, 0, at), '/') == at)
		cursor_skip(c, at + 1);
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

/* The bytes of a name, and whether its front is filled in later. */
static bool read_name(struct cursor *c, struct hostname *ret, bool *ret_wild)
{
	bool skipping = false; /* the label that a placeholder is part of */
	*ret_wild = false;
	while (cursor_left(c) > 0) {
		unsigned char byte = cursor_rest(c).at[0];
		if (skip_placeholder(c)) {
			*ret_wild = skipping = true;
			ret->size = 0;
			continue;
		}
		if (byte != '.' && !is_name_byte(byte))
			break;
		cursor_skip(c, 1);
		if (skipping) {
			skipping = byte != '.';
			continue;
		}
		if (ret->size == HOSTNAME_MAX)
			return false;
		ret->text[ret->size++] = (char)lower(byte);
	}
	ret->text[ret->size] = 0;
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

enum hostname_kind hostname_read(struct slice text, struct hostname *ret)
{
	struct cursor c = cursor_over(text);
	bool wild;
	*ret = (struct hostname){0};
	skip_user(&c);
	if (slice_starts(cursor_rest(&c), "["))
		return read_v6(&c, ret);
	if (!read_name(&c, ret, &wild))
		return HOSTNAME_NONE;
	read_port(&c, ret);
	if (ret->size > 0 && ret->text[ret->size - 1] == '.')
		ret->text[--ret->size] = 0;
	if (!wild)
		return ret->size ? judge_name(ret) : HOSTNAME_NONE;
	if (ret->size == 0 || judge_name(ret) != HOSTNAME_NAME)
		return HOSTNAME_DYNAMIC;
	memmove(ret->text + 2, ret->text, ret->size + 1);
	memcpy(ret->text, "*.", 2);
	ret->size += 2;
	return HOSTNAME_NAME;
}
