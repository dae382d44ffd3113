/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names without a URL. In a program "electron.net" is as likely a member of an object as
 * a host: what stands on both sides of it decides.
 */
#include "ingest/inventory/scan_text.h"

#include "core/error.h"
#include "ingest/inventory/top_level.h"

#include <string.h>

enum { LAST_MAX = 8 /* bytes of a label that counts alone */ };

enum side { SIDE_OTHER, SIDE_BLANK, SIDE_QUOTE };

/* The character at `at`; NUL outside and where it is no ASCII. */
static unsigned char character(const struct scan_text *t, size_t at)
{
	if (at >= t->bytes.size)
		return 0;
	if (t->step == 2 && at + 1 < t->bytes.size && t->bytes.at[at + 1])
		return 0;
	return t->bytes.at[at] < 0x7f ? t->bytes.at[at] : 0;
}

static bool is_name_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static enum side side_of(unsigned char c, bool behind)
{
	if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
		return SIDE_BLANK;
	if (c < ' ' || c == '"' || c == '\'' || c == '`')
		return SIDE_QUOTE;
	return behind && (c == '/' || c == ':') ? SIDE_QUOTE : SIDE_OTHER;
}

/* What stands before character `from`: "//vendor.com/" between quotes is a URL without
 * its scheme (RFC 3986, 4.2). */
static enum side left_side(const struct scan_text *t, size_t from)
{
	unsigned char c[3] = {0};
	for (size_t i = 0; i < 3 && from >= (i + 1) * t->step; i++)
		c[i] = character(t, from - (i + 1) * t->step);
	bool relative = c[0] == '/' && c[1] == '/' && c[2] != 0;
	return side_of(relative ? c[2] : c[0], false);
}

/* How many characters of a name stand before the dot: with it, and one more than a last
 * label may have, no more than the longest name. */
static size_t before(const struct scan_text *t)
{
	size_t size = 0;
	while (size < HOSTNAME_MAX - LAST_MAX - 2 && (size + 1) * t->step <= t->at) {
		unsigned char c = character(t, t->at - (size + 1) * t->step);
		if (c != '.' && !is_name_byte(c))
			break;
		size++;
	}
	return size;
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

/* "vendor.com" of "api.vendor.com", not of "my-vendor.com". */
static bool has_suffix(struct slice name, struct slice suffix)
{
	size_t lead = name.size - suffix.size;
	return suffix.size <= name.size && slice_equal(slice_part(name, lead, suffix.size), suffix) &&
	       (lead == 0 || name.at[lead - 1] == '.');
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
		bool own = has_suffix(name, suffix), alone = left != SIDE_OTHER && right != SIDE_OTHER;
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

bool scan_name_read(const struct scan_text *text, const struct scan_known *known, struct scan_name *ret)
{
	size_t right_size = behind(text);
	unsigned char then = character(text, text->at + (right_size + 1) * text->step);
	if (then == '.' || then == '(' || right_size < 2)
		return false; /* this dot is not the last one, or it is a call */
	size_t left_size = before(text), size = left_size + 1 + right_size;
	size_t from = text->at - left_size * text->step;
	enum side left = left_side(text, from), right = side_of(then, true);
	struct slice name, found;
	if (left_size == 0)
		return false;
	for (size_t i = 0; i < size; i++)
		ret->text[i] = (char)character(text, from + i * text->step);
	ret->text[size] = 0;
	name = found = slice_of(ret->text, size);
	bool whole = then != '_' && !(then >= 'A' && then <= 'Z') && right_size <= LAST_MAX;
	bool plain = whole && counts_alone(name, left, right);
	if (!plain && !(whole && find_known(name, known, left, right, &found)) &&
	    !find_run_on(name, known, &found))
		return false;
	ret->from = from;
	ret->hit = (struct scan_hit){
		.host = found,
		.example = found,
		.how = SCAN_NAME,
		.guessed = !plain && (found.size < size || left == SIDE_OTHER || !whole),
	};
	return true;
}
