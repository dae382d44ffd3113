/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of a description, one row each; "when X", "fixed X" and words of [pairs],
 * [disposition] and [direction] are keys of the site's own.
 */
#include "ingest/description_text.h"

#include "core/text.h"

#include <string.h>

typedef enum status set_fn(struct reading *r, struct slice value, struct error *err);

enum app_field description_field(struct slice name)
{
	static const struct {
		const char *name;
		enum app_field field;
	} fields[] = {
		{"time", FIELD_TIME},	{"date", FIELD_DATE},	{"process", FIELD_PROCESS},
		{"pid", FIELD_PID},	{"host", FIELD_HOST},	{"dst", FIELD_DST},
		{"port", FIELD_PORT},	{"src", FIELD_SRC},	{"sport", FIELD_SPORT},
		{"proto", FIELD_PROTO}, {"url", FIELD_URL},	{"disposition", FIELD_DISPOSITION},
		{"direction", FIELD_DIRECTION}, {"in", FIELD_IN}, {"out", FIELD_OUT},
		{"count", FIELD_SUM},	{"until", FIELD_SUM_UNTIL},
	};
	for (size_t i = 0; i < LENGTH(fields); i++)
		if (slice_is(name, fields[i].name))
			return fields[i].field;
	return FIELD_NONE;
}

enum status description_layout(struct description *d, struct slice text, unsigned *ret, struct error *err)
{
	struct log_time_layout one;
	memset(&one, 0, sizeof one);
	enum status status = log_time_layout(text, &one, err);
	if (status)
		return status;
	for (size_t i = 0; i < d->layout_count; i++)
		if (!memcmp(&d->layouts[i], &one, sizeof one)) {
			*ret = (unsigned)i;
			return OK;
		}
	if (d->layout_count == DESCRIPTION_LAYOUTS_MAX)
		return fail(err, ERR_CONFIG, "more than %d time layouts", DESCRIPTION_LAYOUTS_MAX);
	*ret = (unsigned)d->layout_count;
	d->layouts[d->layout_count++] = one;
	return OK;
}

static enum status keep(struct slice value, char *ret, size_t capacity, struct error *err)
{
	return slice_to_string(value, ret, capacity) ? OK
						     : fail(err, ERR_CONFIG, "longer than %zu bytes", capacity - 1);
}

static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!text.at[i] || !strchr("abcdefghijklmnopqrstuvwxyz0123456789-", text.at[i]))
			return false;
	return text.size > 0;
}

bool description_name(struct slice name)
{
	return is_name(name) && name.size < DESCRIPTION_NAME_MAX;
}

static enum status set_name(struct reading *r, struct slice value, struct error *err)
{
	if (!is_name(value))
		return fail(err, ERR_CONFIG, "a name holds lower-case letters, digits and '-' only");
	return keep(value, r->d->name, sizeof r->d->name, err);
}

static enum status set_app(struct reading *r, struct slice value, struct error *err)
{
	return keep(value, r->d->app, sizeof r->d->app, err);
}

static enum status set_about(struct reading *r, struct slice value, struct error *err)
{
	return keep(value, r->d->about, sizeof r->d->about, err);
}

/* One of a list of words; its place in it. */
static enum status choose(struct slice value, const char *const words[], size_t count, size_t *ret, struct error *err)
{
	AUTO_TEXT struct text list = text_make(256);
	for (*ret = 0; *ret < count; ++*ret) {
		if (slice_is(value, words[*ret]))
			return OK;
		text_addf(&list, "%s%s", *ret ? ", " : "", words[*ret]);
	}
	return fail(err, ERR_CONFIG, "is one of %s", text_string(&list));
}

static enum status set_format(struct reading *r, struct slice value, struct error *err)
{
	size_t n;
	enum status status = choose(value, (const char *const[]){"line", "json", "table", "export"}, 4, &n, err);
	r->d->format = (enum description_format)n;
	return status;
}

static enum status set_time(struct reading *r, struct slice value, struct error *err)
{
	unsigned layout = 0;
	enum status status = description_layout(r->d, value, &layout, err);
	if (r->section == SECTION_EVENT)
		r->rule->layout = (int)layout;
	else if (!status && layout != 0)
		return fail(err, ERR_CONFIG, "time_layout of [log] stands in front of all others");
	return status;
}

static enum status set_zone(struct reading *r, struct slice value, struct error *err)
{
	size_t n;
	enum status status = choose(value, (const char *const[]){"local", "utc"}, 2, &n, err);
	r->d->zone_utc = n == 1;
	return status;
}

static enum status set_sure(struct reading *r, struct slice value, struct error *err)
{
	uint64_t n;
	if (!slice_u64(value, 99, &n) || n == 0)
		return fail(err, ERR_CONFIG, "is a number from 1 to 99");
	r->d->sure = (unsigned)n;
	return OK;
}

static enum status set_otherwise(struct reading *r, struct slice value, struct error *err)
{
	size_t n;
	enum status status = choose(value, (const char *const[]){"unread", "other"}, 2, &n, err);
	r->d->otherwise_other = n == 1;
	return status;
}

static enum status set_separator(struct reading *r, struct slice value, struct error *err)
{
	size_t n;
	enum status status = choose(
		value, (const char *const[]){"blank", "tab", "comma", "semicolon", "bar"}, 5, &n, err);
	if (!status)
		r->d->separator = (unsigned char)" \t,;|"[n];
	return status;
}

static enum status set_heading(struct reading *r, struct slice value, struct error *err)
{
	(void)err;
	r->d->heading_first = slice_is(value, "first");
	if (!r->d->heading_first)
		r->d->heading = value;
	return OK;
}

static enum status set_slice(struct slice *ret, struct slice value)
{
	*ret = value;
	return OK;
}

static enum status set_comment(struct reading *r, struct slice value, struct error *err)
{
	(void)err;
	return set_slice(&r->d->comment, value);
}

static enum status set_columns(struct reading *r, struct slice value, struct error *err)
{
	(void)err;
	return set_slice(&r->d->columns, value);
}

static enum status set_utc_when(struct reading *r, struct slice value, struct error *err)
{
	(void)err;
	return set_slice(&r->d->utc_when, value);
}

static enum status set_is(struct reading *r, struct slice value, struct error *err)
{
	size_t n;
	enum status status = choose(value, (const char *const[]){"event", "other", "mark"}, 3, &n, err);
	r->rule->other = n > 0;
	r->rule->mark = n == 2;
	return status;
}

static enum status set_pattern(struct reading *r, struct slice value, struct error *err)
{
	struct description *d = r->d;
	size_t wrong = 0;
	r->rule->step = (unsigned)d->step_count;
	enum status status = pattern_compile(d, value, &wrong, err);
	r->rule->step_count = (unsigned)d->step_count - r->rule->step;
	r->at += status ? wrong : 0;
	return status;
}

/* The number of a member path or column, which is added where it is new. */
static enum status slot_of(struct description *d, struct slice path, int *ret, struct error *err)
{
	if (path.size == 0)
		return fail(err, ERR_CONFIG, "a place without a name");
	for (size_t i = 0; i < d->slot_count; i++)
		if (slice_equal(d->slots[i], path)) {
			*ret = (int)i;
			return OK;
		}
	if (d->slot_count == DESCRIPTION_SLOTS_MAX)
		return fail(err, ERR_CONFIG, "more than %d different places", DESCRIPTION_SLOTS_MAX);
	*ret = (int)d->slot_count;
	d->slots[d->slot_count++] = path;
	return OK;
}

static enum status set_within(struct reading *r, struct slice value, struct error *err)
{
	return slot_of(r->d, value, &r->rule->within, err);
}

static const struct {
	unsigned sections; /* a bit for each */
	const char *key;
	set_fn *set;
} keys[] = {
	{1u << SECTION_LOG, "name", set_name},
	{1u << SECTION_LOG, "app", set_app},
	{1u << SECTION_LOG, "about", set_about},
	{1u << SECTION_LOG, "format", set_format},
	{1u << SECTION_LOG | 1u << SECTION_EVENT, "time_layout", set_time},
	{1u << SECTION_LOG, "zone", set_zone},
	{1u << SECTION_LOG, "sure", set_sure},
	{1u << SECTION_LOG, "otherwise", set_otherwise},
	{1u << SECTION_LOG, "comment", set_comment},
	{1u << SECTION_LOG, "separator", set_separator},
	{1u << SECTION_LOG, "heading", set_heading},
	{1u << SECTION_LOG, "columns", set_columns},
	{1u << SECTION_LOG, "utc_when", set_utc_when},
	{1u << SECTION_EVENT, "is", set_is},
	{1u << SECTION_EVENT, "pattern", set_pattern},
	{1u << SECTION_EVENT, "within", set_within},
};

/* fixed FIELD = value */
static enum status set_fixed(struct reading *r, struct slice name, struct slice value, struct error *err)
{
	enum app_field field = description_field(name);
	struct slice *fixed = r->section == SECTION_LOG ? r->fixed : r->rule->fixed;
	if (field == FIELD_NONE || field == FIELD_TIME)
		return fail(err, ERR_CONFIG, "no field that can be fixed");
	if (fixed[field].size)
		return fail(err, ERR_CONFIG, "is given twice");
	return set_slice(&fixed[field], value);
}

/* when PLACE = a|b */
static enum status add_condition(struct reading *r, struct slice place, struct slice value, struct error *err)
{
	struct description *d = r->d;
	if (d->format == DESCRIBES_LINES)
		return fail(err, ERR_CONFIG, "\"when\" is for format = json, table or export, which stands in front");
	if (d->condition_count == DESCRIPTION_CONDITIONS_MAX)
		return fail(err, ERR_CONFIG, "more than %d conditions", DESCRIPTION_CONDITIONS_MAX);
	struct condition *c = &d->conditions[d->condition_count];
	c->values = value;
	enum status status = slot_of(d, place, &c->slot, err);
	d->condition_count += !status;
	r->rule->condition_count += !status;
	return status;
}

/* FIELD = place|place */
static enum status set_places(struct reading *r, enum app_field field, struct slice value, struct error *err)
{
	signed char *slots = r->rule->slots[field];
	struct cursor c = cursor_over(value);
	size_t n = 0;
	if (r->d->format == DESCRIBES_LINES)
		return fail(err, ERR_CONFIG, "a place is for format = json, table or export; a line has its pattern");
	if (slots[0] >= 0)
		return fail(err, ERR_CONFIG, "is given twice");
	for (bool more = true; more; n++) {
		struct slice place;
		int slot = 0;
		more = cursor_until(&c, '|', value.size, &place);
		if (!more)
			place = cursor_rest(&c);
		if (n == DESCRIPTION_OTHERS_MAX)
			return fail(err, ERR_CONFIG, "more than %d places", DESCRIPTION_OTHERS_MAX);
		enum status status = slot_of(r->d, slice_trim(place), &slot, err);
		if (status)
			return status;
		slots[n] = (signed char)slot;
	}
	return OK;
}

static enum status add_pair(struct reading *r, struct slice key, struct slice value, struct error *err)
{
	struct description *d = r->d;
	enum app_field field = description_field(value);
	if (field == FIELD_NONE || field == FIELD_DATE)
		return fail(err, ERR_CONFIG, "there is no such field");
	if (d->pair_count == DESCRIPTION_WORDS_MAX)
		return fail(err, ERR_CONFIG, "more than %d pairs", DESCRIPTION_WORDS_MAX);
	d->pairs[d->pair_count++] = (struct pair){key, field};
	return OK;
}

static enum status add_word(struct reading *r, struct slice key, struct slice value, struct error *err)
{
	static const char *const values[] = {"allowed", "blocked", "logged", "other", "in", "out", "forward"};
	struct description *d = r->d;
	bool direction = r->section == SECTION_DIRECTION;
	struct word *words = direction ? d->directions : d->dispositions;
	size_t *count = direction ? &d->direction_count : &d->disposition_count, n = 0;
	enum status status = direction ? choose(value, values + WORD_IN, 3, &n, err)
				       : choose(value, values, WORD_IN, &n, err);
	if (status)
		return status;
	if (*count == DESCRIPTION_WORDS_MAX)
		return fail(err, ERR_CONFIG, "more than %d words", DESCRIPTION_WORDS_MAX);
	struct word w = {.text = key, .value = (enum word_value)(n + (direction ? WORD_IN : 0))};
	w.open_front = slice_starts(w.text, "*");
	w.text = slice_part(w.text, w.open_front, w.text.size);
	w.open_back = slice_ends(w.text, "*");
	w.text.size -= w.open_back;
	words[(*count)++] = w;
	return OK;
}

static enum status set_known(struct reading *r, struct slice key, struct slice value, struct error *err)
{
	for (size_t i = 0; i < LENGTH(keys); i++) {
		if (!slice_is(key, keys[i].key) || !(keys[i].sections & 1u << r->section))
			continue;
		if (r->given & 1u << i)
			return fail(err, ERR_CONFIG, "is given twice");
		r->given |= 1u << i;
		return keys[i].set(r, value, err);
	}
	enum app_field field = r->section == SECTION_EVENT ? description_field(key) : FIELD_NONE;
	if (field != FIELD_NONE)
		return set_places(r, field, value, err);
	r->at = r->key_at;
	return fail(err, ERR_CONFIG, "there is no such key here");
}

enum status description_set(struct reading *r, struct slice key, struct slice value, struct error *err)
{
	bool own = r->section == SECTION_EVENT || r->section == SECTION_LOG;
	if (value.size == 0)
		return fail(err, ERR_CONFIG, "nothing behind the =");
	if (r->section == SECTION_PAIRS)
		return add_pair(r, key, value, err);
	if (r->section == SECTION_DISPOSITION || r->section == SECTION_DIRECTION)
		return add_word(r, key, value, err);
	if (own && slice_starts(key, "fixed "))
		return set_fixed(r, slice_trim(slice_part(key, 6, key.size)), value, err);
	if (r->section == SECTION_EVENT && slice_starts(key, "when "))
		return add_condition(r, slice_trim(slice_part(key, 5, key.size)), value, err);
	return set_known(r, key, value, err);
}
