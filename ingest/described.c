/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/described.h"

#include "ingest/container_line.h"
#include "ingest/described_export.h"
#include "ingest/described_fields.h"
#include "ingest/described_table.h"

#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

enum { SPAN_MAX_S = 366 * 86400 /* of a sum; a larger number is a time */ };

struct described {
	const struct description *d;
	struct log_time_context context;
	struct app_zone zone; /* of times that tell none */
	bool first; /* nothing but empty lines so far */
	bool marked; /* the last line was one that only this log has */
	struct described_table table;
	struct described_export entry;
	struct json_value slots[DESCRIPTION_SLOTS_MAX];
	char scratch[APP_LINE_MAX]; /* plain text of what held escapes, of one line */
	size_t used;
	char within[APP_LINE_MAX]; /* the same for what a pattern is run over */
	char wrapped[APP_LINE_MAX]; /* the same for what stood in a container's wrap */
};

static const struct zone *utc_zone(void)
{
	static const struct zone utc = {.name = "UTC", .given = true, .count = 1,
					.changes = {{INT64_MIN, 0}}};
	return &utc;
}

static struct app_zone zone_of(const struct description *d, const struct zone *zone)
{
	if (d->zone_utc)
		return (struct app_zone){"UTC", "its description tells it", false};
	if (zone->given)
		return (struct app_zone){zone->name, "--timezone tells it", false};
	return (struct app_zone){zone->name, "a guess: nothing tells it", true};
}

struct described *described_new(const struct description *d, const struct start *start)
{
	struct described *s = must_alloc(1, sizeof *s);
	s->d = d;
	s->context = (struct log_time_context){d->zone_utc ? utc_zone() : &start->zone, start->reference_ns};
	s->zone = zone_of(d, &start->zone);
	s->first = true;
	s->marked = false;
	s->used = 0;
	described_table_begin(d, &s->table);
	return s;
}

void described_free(struct described *s)
{
	free(s);
}

/* As text: strings made plain, numbers and words as they stand; nothing of null. */
static struct slice plain(struct described *s, const struct json_value *v)
{
	struct slice text = {0};
	switch (v->type) {
	case JSON_STRING:
		if (s->d->format != DESCRIBES_JSON)
			return v->raw;
		if (!json_string(v, s->scratch + s->used, sizeof s->scratch - s->used, &text))
			return slice_of(NULL, 0);
		if (text.at != v->raw.at)
			s->used += text.size;
		return text;
	case JSON_NUMBER:
	case JSON_TRUE:
	case JSON_FALSE:
		return v->raw;
	case JSON_ABSENT:
	case JSON_NULL:
	case JSON_OBJECT:
	case JSON_ARRAY:
		break;
	}
	return text;
}

/* Whether one of "a|b" is the value. */
static bool is_one_of(struct slice values, struct slice value)
{
	struct cursor c = cursor_over(values);
	struct slice one;
	while (cursor_until(&c, '|', values.size, &one))
		if (slice_equal(slice_trim(one), value))
			return true;
	return slice_equal(slice_trim(cursor_rest(&c)), value);
}

static bool conditions_hold(struct described *s, const struct rule *rule)
{
	for (unsigned i = 0; i < rule->condition_count; i++) {
		const struct condition *c = &s->d->conditions[rule->condition + i];
		const struct json_value *v = &s->slots[c->slot];
		bool there = v->type != JSON_ABSENT && v->type != JSON_NULL;
		if (slice_is(c->values, "*") ? !there : !is_one_of(c->values, plain(s, v)))
			return false;
	}
	return true;
}

static void read_time(struct described *s, const struct rule *rule, struct found *f)
{
	struct slice date = f->fields[FIELD_DATE], time = f->fields[FIELD_TIME];
	const struct log_time_layout *layout = &s->d->layouts[rule->layout < 0 ? 0 : rule->layout];
	char both[128];
	if (!time.size || f->has_time)
		return;
	if (date.size && date.size + time.size + 1 <= sizeof both) {
		memcpy(both, date.at, date.size);
		both[date.size] = ' ';
		memcpy(both + date.size + 1, time.at, time.size);
		time = slice_of(both, date.size + 1 + time.size);
	}
	f->has_time = log_time_read(layout, &s->context, time, &f->time);
}

/* The end of a sum's span: seconds after its time, or a time. */
static void read_until(struct described *s, const struct rule *rule, struct found *f)
{
	const struct log_time_layout *layout = &s->d->layouts[rule->layout < 0 ? 0 : rule->layout];
	struct slice until = f->fields[FIELD_SUM_UNTIL].size ? f->fields[FIELD_SUM_UNTIL] : rule->fixed[FIELD_SUM_UNTIL];
	struct log_time end;
	uint64_t seconds;
	if (!until.size || !f->has_time)
		return;
	if (slice_u64(until, SPAN_MAX_S, &seconds))
		f->until_ns = f->time.ns + (int64_t)seconds * CLOCK_SECOND;
	else if (log_time_read(layout, &s->context, until, &end))
		f->until_ns = end.ns;
}

static void gather(struct described *s, const struct rule *rule, struct found *f)
{
	for (size_t i = 1; i < FIELDS; i++)
		for (size_t n = 0; n < DESCRIPTION_OTHERS_MAX && rule->slots[i][n] >= 0; n++) {
			struct slice value = plain(s, &s->slots[(int)rule->slots[i][n]]);
			if (value.size) {
				f->fields[i] = value;
				break;
			}
		}
}

/* What the pattern of a rule is run over. */
static bool text_within(struct described *s, const struct rule *rule, struct slice *ret)
{
	const struct json_value *v = &s->slots[rule->within];
	if (s->d->format == DESCRIBES_JSON)
		return json_string(v, s->within, sizeof s->within, ret);
	*ret = v->raw;
	return v->type == JSON_STRING;
}

/* The rules in their order; the first that holds decides. */
static enum app_kind by_slots(struct described *s, struct app_line *ret)
{
	for (size_t i = 0; i < s->d->rule_count; i++) {
		const struct rule *rule = &s->d->rules[i];
		struct found f;
		struct slice text;
		if (!conditions_hold(s, rule))
			continue;
		memset(&f, 0, sizeof f);
		if (rule->within >= 0 &&
		    (!text_within(s, rule, &text) || !pattern_match(s->d, rule, text, &s->context, &f)))
			continue;
		gather(s, rule, &f);
		read_time(s, rule, &f);
		read_until(s, rule, &f);
		s->marked = !rule->other || rule->mark;
		return described_finish(s->d, rule, &f, ret);
	}
	ret->problem = "no rule of its description holds";
	return s->d->otherwise_other ? APP_OTHER : APP_UNREAD;
}

static enum app_kind by_pattern(struct described *s, struct slice line, struct app_line *ret)
{
	for (size_t i = 0; i < s->d->rule_count; i++) {
		const struct rule *rule = &s->d->rules[i];
		struct found f;
		memset(&f, 0, sizeof f);
		if (!pattern_match(s->d, rule, line, &s->context, &f))
			continue;
		read_until(s, rule, &f);
		s->marked = !rule->other || rule->mark;
		return described_finish(s->d, rule, &f, ret);
	}
	ret->problem = "no pattern of its description fits";
	return s->d->otherwise_other ? APP_OTHER : APP_UNREAD;
}

static enum app_kind by_columns(struct described *s, struct slice line, struct app_line *ret)
{
	ret->problem = described_table_row(&s->table, line, s->slots);
	return ret->problem ? APP_UNREAD : by_slots(s, ret);
}

/* What journalctl -o json-seq (RFC 7464) and json-sse put in front of an object. */
static struct slice unframed(struct slice line)
{
	static const char *const frames[] = {"\x1e", "data: "};
	for (size_t i = 0; i < LENGTH(frames); i++)
		if (slice_starts(line, frames[i]))
			return slice_part(line, strlen(frames[i]), line.size);
	return line;
}

static enum app_kind by_members(struct described *s, struct slice line, struct app_line *ret)
{
	ret->problem = json_pick(unframed(line), s->d->nodes, s->slots, s->d->slot_count, NULL);
	return ret->problem ? APP_UNREAD : by_slots(s, ret);
}

static enum app_kind by_entry(struct described *s, struct slice entry, struct app_line *ret)
{
	ret->problem = described_export_fields(s->d, entry, s->slots);
	return ret->problem ? APP_UNREAD : by_slots(s, ret);
}

/* Lines that tell of the log itself. */
static bool is_heading(struct described *s, struct slice line, bool first)
{
	const struct description *d = s->d;
	if (d->utc_when.size && slice_equal(line, d->utc_when)) {
		s->context.zone = utc_zone();
		s->zone = (struct app_zone){"UTC", "its heading tells it", false};
		s->marked = true;
		return true;
	}
	bool heading = (first && d->heading_first) ||
		       (d->heading.size && slice_equal(slice_part(line, 0, d->heading.size), d->heading));
	if (heading) {
		/* "#fields" is none of the columns, "date,…" is */
		size_t mark = slice_starts(d->heading, "#") ? d->heading.size : 0;
		described_table_heading(d, slice_part(line, mark, line.size), &s->table);
		s->marked = s->table.known;
	}
	return heading;
}

enum app_kind described_line(struct described *s, struct slice line, struct app_line *ret)
{
	const struct description *d = s->d;
	bool first = s->first;
	s->used = 0;
	s->marked = false;
	if (d->format != DESCRIBES_EXPORT)
		(void)container_line(line, s->wrapped, sizeof s->wrapped, &line);
	struct slice trimmed = slice_trim(line);
	if (trimmed.size == 0)
		return APP_OTHER;
	s->first = false;
	if (is_heading(s, trimmed, first))
		return APP_OTHER;
	if (d->comment.size && slice_equal(slice_part(trimmed, 0, d->comment.size), d->comment))
		return APP_OTHER;
	switch (d->format) {
	case DESCRIBES_LINES:
		return by_pattern(s, line, ret);
	case DESCRIBES_JSON:
		return by_members(s, trimmed, ret);
	case DESCRIBES_TABLE:
		return by_columns(s, line, ret);
	case DESCRIBES_EXPORT:
		return by_entry(s, line, ret);
	}
	return APP_UNREAD;
}

bool described_marked(const struct described *s)
{
	return s->marked;
}

static enum line next_entry(void *with, struct input *in, struct slice *ret)
{
	struct described *s = with;
	return described_export_next(&s->entry, in, ret);
}

static enum app_kind read_one(void *with, struct slice line, struct app_line *ret)
{
	return described_line(with, line, ret);
}

enum status described_read(const struct description *d, struct ingest *to, struct input *in,
			   uint64_t *ret_records, struct error *err)
{
	struct described *s = described_new(d, to->start);
	const struct app_parser parser = {
		.line = read_one,
		.next = d->format == DESCRIBES_EXPORT ? next_entry : NULL,
		.with = s,
		.needs_all = d->heading.size || d->heading_first || d->utc_when.size,
		.zone = &s->zone,
		.app = d->app,
		.described = d->origin,
	};
	enum status status = app_read(to, in, &parser, ret_records, err);
	described_free(s);
	return status;
}
