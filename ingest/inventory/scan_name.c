/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names without a URL. In a program "electron.net" is as likely a member of an object as
 * a host: what stands on both sides of it decides.
 */
#include "ingest/inventory/scan_text.h"

#include "core/error.h"
#include "core/idn.h"
#include "ingest/inventory/top_level.h"

#include <string.h>

enum { LAST_MAX = 8 /* bytes of a label that counts alone */ };

enum side { SIDE_OTHER, SIDE_BLANK, SIDE_QUOTE };

/* The character at `at`, in ASCII; NUL outside and where it is none. */
static unsigned char character(const struct scan_text *t, size_t at)
{
	size_t size;
	int32_t c = scan_char(t, at, &size);
	return c > 0 && c < 0x7f ? (unsigned char)c : 0;
}

static bool is_name_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static enum side side_of(int32_t c, bool behind)
{
	if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
		return SIDE_BLANK;
	if (c >= 0x7f) /* within a word only where words have letters */
		return idn_is_letter((uint32_t)c) && !idn_runs_on((uint32_t)c) ? SIDE_OTHER : SIDE_QUOTE;
	if (c < ' ' || c == '"' || c == '\'' || c == '`')
		return SIDE_QUOTE;
	return behind && (c == '/' || c == ':') ? SIDE_QUOTE : SIDE_OTHER;
}

/* What stands before character `from`: "//vendor.com/" between quotes is a URL without
 * its scheme (RFC 3986, 4.2). */
static enum side left_side(const struct scan_text *t, size_t from)
{
	int32_t c[3] = {SCAN_END, SCAN_END, SCAN_END};
	size_t size;
	for (size_t i = 0; i < 3; i++, from -= size) {
		c[i] = scan_char_before(t, from, &size);
		if (c[i] == SCAN_END)
			break;
	}
	bool relative = c[0] == '/' && c[1] == '/' && c[2] > 0;
	return side_of(relative ? c[2] : c[0], false);
}

/* Letters of most scripts belong to the word that they stand in; of those without blanks,
 * only to a label of their own. */
static bool is_of_name(int32_t c, int32_t then)
{
	bool apart = then >= 0x80 && idn_runs_on((uint32_t)then);
	if (c < 0x80)
		return c == '.' || (c > 0 && !apart && is_name_byte((unsigned char)c));
	return idn_is_letter((uint32_t)c) && (!idn_runs_on((uint32_t)c) || then == '.' || then >= 0x80);
}

/* Where the name begins that ends before the dot; with it, and one more than a last label
 * may have, it has no more bytes than the longest name. */
static size_t start(const struct scan_text *t, bool *ret_wide)
{
	unsigned char bytes[4];
	size_t at = t->at, size = 0, step;
	int32_t c, then = '.';
	*ret_wide = false;
	for (; (c = scan_char_before(t, at, &step)) != SCAN_END && is_of_name(c, then); at -= step, then = c) {
		size += text_put_utf8((uint32_t)c, bytes);
		if (size > HOSTNAME_MAX - LAST_MAX - 2)
			break;
		*ret_wide = *ret_wide || c >= 0x80;
	}
	return at;
}

static size_t behind(const struct scan_text *t)
{
	size_t size = 0;
	while (size <= LAST_MAX && is_name_byte(character(t, t->at + (size + 1) * t->step)))
		size++;
	return size;
}

/* Names of packages and bundles are written the other way round: org.vendor.net. */
static bool is_reversed(struct slice name)
{
	static const char *const first[] = {"com.", "org.", "net.", "io.", "java.", "javax.", "android.", "dev.", "edu."};
	for (size_t i = 0; i < LENGTH(first); i++)
		if (slice_starts(name, first[i]))
			return true;
	return false;
}

static bool counts_alone(struct slice name, enum side left, enum side right)
{
	struct slice last;
	size_t labels;
	if (!hostname_labels(name, &last, &labels) || is_reversed(name))
		return false;
	enum top_level kind = top_level_find(last);
	if (kind < TOP_LEVEL_THREE || left == SIDE_OTHER || right == SIDE_OTHER)
		return false;
	bool quoted = left == SIDE_QUOTE && right == SIDE_QUOTE;
	return kind == TOP_LEVEL_TWO ? quoted || labels >= 3 : quoted && labels >= 3;
}

/* A known name that stands in the midst of other text, its last label followed by `right`. Two
 * labels alone may be a member of an object. */
static bool find_known(struct slice name, const struct scan_known *known, enum side left,
		       enum side right, struct slice *ret)
{
	for (size_t i = 0; i < known->count; i++) {
		struct slice suffix = known->at[i];
		bool three = slice_find(suffix, '.') < suffix.size - 1 - scan_last_label(suffix).size;
		if (suffix.size > name.size)
			continue;
		struct slice tail = slice_part(name, name.size - suffix.size, suffix.size);
		bool own = idn_is_below(name, suffix), alone = left != SIDE_OTHER && right != SIDE_OTHER;
		bool quoted = left == SIDE_QUOTE && right == SIDE_QUOTE;
		if ((three && slice_equal(tail, suffix)) || (own && (quoted || (alone && name.size > suffix.size)))) {
			*ret = own && left != SIDE_OTHER ? name : suffix;
			return true;
		}
	}
	return false;
}

struct slice scan_last_label(struct slice name)
{
	size_t at = name.size;
	while (at > 0 && name.at[at - 1] != '.')
		at--;
	return slice_part(name, at, name.size);
}

/* A known name whose end runs into other text: the last label is longer than its own. */
static bool find_run_on(struct slice name, const struct scan_known *known, struct slice *ret)
{
	size_t dot = name.size - scan_last_label(name).size;
	for (size_t i = 0; i < known->count; i++) {
		struct slice suffix = known->at[i];
		size_t front = suffix.size - scan_last_label(suffix).size;
		if (slice_find(suffix, '.') >= front - 1 || front > dot)
			continue;
		if (slice_equal(slice_part(name, dot - front, suffix.size), suffix)) {
			*ret = suffix;
			return true;
		}
	}
	return false;
}

/* The characters from `from` to `end`, in UTF-8. */
static size_t copy(const struct scan_text *t, size_t from, size_t end, char ret[static HOSTNAME_MAX + 1])
{
	unsigned char bytes[4];
	size_t size = 0, step = 1;
	for (; from < end; from += step) {
		int32_t c = scan_char(t, from, &step);
		size_t more = text_put_utf8((uint32_t)c, bytes);
		if (c == SCAN_END || size + more > HOSTNAME_MAX)
			break;
		memcpy(ret + size, bytes, more);
		size += more;
	}
	ret[size] = 0;
	return size;
}

bool scan_name_read(const struct scan_text *text, const struct scan_known *known, struct scan_name *ret)
{
	char ascii[IDN_NAME_MAX + 1];
	bool wide;
	size_t right_size = behind(text), end = text->at + (right_size + 1) * text->step, ignored;
	unsigned char then = character(text, end);
	int32_t next = scan_char(text, end, &ignored);
	if (then == '.' || then == '(' || right_size < 2 || (next >= 0x80 && side_of(next, true) == SIDE_OTHER))
		return false; /* this dot is not the last one, or it is a call, or the word goes on */
	size_t from = start(text, &wide);
	if (from == text->at)
		return false;
	enum side left = left_side(text, from), right = side_of(next, true);
	struct slice name = slice_of(ret->text, copy(text, from, end, ret->text)), found = name;
	size_t size = name.size;
	bool whole = then != '_' && !(then >= 'A' && then <= 'Z') && right_size <= LAST_MAX;
	bool spelt = wide && left != SIDE_OTHER && right != SIDE_OTHER && idn_to_ascii(name, ascii);
	bool plain = whole && (spelt || !wide) && counts_alone(spelt ? slice_of_string(ascii) : name, left, right);
	if (!plain && !(whole && find_known(name, known, left, right, &found)) &&
	    !find_run_on(name, known, &found))
		return false;
	if (found.size == size && wide) {
		if (!spelt)
			return false;
		memcpy(ret->text, ascii, strlen(ascii) + 1);
		found = slice_of_string(ret->text);
	}
	ret->from = from;
	ret->hit = (struct scan_hit){
		.host = found,
		.example = found,
		.how = SCAN_NAME,
		.guessed = !plain && (found.size < size || left == SIDE_OTHER || !whole),
	};
	return true;
}
