/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/member_rows.h"

#include "core/json.h"
#include "ingest/record_lines.h"

struct reading {
	const struct member_kind *kinds;
	size_t count;
	struct ingest *to;
	uint64_t rows, most;
};

static bool is_there(const struct json_value *v)
{
	return v->type != JSON_ABSENT && v->type != JSON_NULL;
}

static bool is_verdict(const struct json_value *v)
{
	return v->type == JSON_STRING &&
	       (slice_is(v->raw, "PASS") || slice_is(v->raw, "FAIL") || slice_is(v->raw, "INCONCLUSIVE"));
}

static bool fits(const struct member *m, const struct json_value *v)
{
	int64_t number;
	char buffer[MEMBER_ROWS_TEXT];
	struct slice text;
	switch (m->form) {
	case MEMBER_TEXT:
		return json_string(v, buffer, sizeof buffer, &text) && text.size <= MEMBER_ROWS_TEXT;
	case MEMBER_VERDICT:
		return is_verdict(v);
	case MEMBER_NUMBER:
		return json_i64(v, &number) && number >= (m->most != 0) && (!m->most || number <= m->most);
	case MEMBER_FLAG:
		return v->type == JSON_TRUE || v->type == JSON_FALSE;
	}
	return false;
}

/* NULL, or what is wrong. */
static const char *find_kind(const struct reading *r, struct slice line, const struct member_kind **ret)
{
	struct json_member which[MEMBER_ROWS_KINDS];
	for (size_t i = 0; i < r->count; i++)
		which[i] = (struct json_member){.key = r->kinds[i].key};
	const char *wrong = json_read_object(line, which, r->count, NULL);
	for (size_t i = 0; i < r->count && !wrong; i++)
		if (is_there(&which[i].value)) {
			*ret = &r->kinds[i];
			return NULL;
		}
	return wrong ? wrong : "a line of no kind that is known";
}

static const char *read_members(const struct member_kind *kind, struct slice line, struct json_member m[static MEMBER_ROWS_MEMBERS],
				size_t *ret_count)
{
	size_t count = 0;
	for (; count < MEMBER_ROWS_MEMBERS && kind->members[count].key; count++)
		m[count] = (struct json_member){.key = kind->members[count].key};
	*ret_count = count;
	const char *wrong = json_read_object(line, m, count, NULL);
	for (size_t i = 0; i < count && !wrong; i++)
		if (is_there(&m[i].value) ? !fits(&kind->members[i], &m[i].value) : kind->members[i].needed)
			wrong = kind->wrong;
	return wrong;
}

static enum status write_row(const struct reading *r, uint64_t record, const struct member_kind *kind, const struct json_member m[],
			     size_t count, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, kind->query);
	int at = 2;
	row_i64(q, 1, r->to->source);
	if (kind->numbered)
		row_i64(q, at++, (int64_t)record);
	for (size_t i = 0; i < count; i++, at++) {
		const struct json_value *v = &m[i].value;
		char buffer[MEMBER_ROWS_TEXT];
		struct slice text;
		int64_t number;
		if (!is_there(v))
			continue;
		if (kind->members[i].form == MEMBER_FLAG)
			row_i64(q, at, v->type == JSON_TRUE);
		else if (kind->members[i].form == MEMBER_NUMBER && json_i64(v, &number))
			row_i64(q, at, number);
		else if (json_string(v, buffer, sizeof buffer, &text))
			row_slice(q, at, text);
	}
	return row_end(q, err);
}

static enum status read_line(void *reading, uint64_t record, struct slice line, struct error *err)
{
	struct reading *r = reading;
	struct json_member m[MEMBER_ROWS_MEMBERS];
	const struct member_kind *kind = NULL;
	size_t count = 0;
	const char *wrong = find_kind(r, line, &kind);
	if (!wrong && r->rows == r->most)
		wrong = "more lines than are read";
	if (!wrong)
		wrong = read_members(kind, line, m, &count);
	if (wrong)
		return ingest_skip(r->to, wrong, record, line, err);
	r->rows++;
	return write_row(r, record, kind, m, count, err);
}

enum status member_rows(const struct member_kind kinds[], size_t count, uint64_t most, struct ingest *to, struct input *in,
			uint64_t *ret_records, struct error *err)
{
	struct reading r = {.kinds = kinds, .count = count, .to = to, .most = most};
	return record_lines(to, in, read_line, &r, ret_records, err);
}
