/* SPDX-License-Identifier: Apache-2.0 */
/*
 * past.ndjson (airgap-verify-formats(5)): what earlier sessions of the same host found, a
 * JSON object a line; the oldest first, each before its destinations.
 *
 *   {"format":"airgap-verify past","version":1,"host":"a","place":"…","found":2,"left_out":0,"problem":null}
 *   {"audit":1,"id":"…","folder":"…","started_ns":1,"from_ns":1,"to_ns":2,"scope":"session",
 *    "verdict":"FAIL","attempts":3,"attempts_leaving":2,…,"seal":"holds","fingerprint":"…"}
 *   {"audit":1,"destination":"198.51.100.1","attempts":2}
 *   {"audit":2,"id":"…","folder":"…","started_ns":5,"problem":"…"}
 */
#include "ingest/registry.h"

#include "core/json.h"

enum {
	LINE_MAX_BYTES = 16 << 10,
	TEXT_MAX = 4096,
	AUDITS_MAX = 100,
	ROWS_READ_MAX = 60000, /* of AUDITS_MAX with 500 destinations each, and the first line */
};

enum form { TEXT, VERDICT, NUMBER, FLAG };

struct member {
	const char *key;
	enum form form;
	bool needed;
};

enum { MEMBERS_MAX = 20 };

/* In the order of the values of the statement. */
static const struct kind {
	enum query query;
	const char *wrong;
	struct member members[MEMBERS_MAX];
} kinds[] = {
	{QUERY_PAST_SEARCH_INSERT, "a first line of which not all is told",
	 {{"host", TEXT, true}, {"place", TEXT, true}, {"found", NUMBER, true}, {"left_out", NUMBER, true}, {"problem", TEXT, false}}},
	{QUERY_PAST_DESTINATION_INSERT, "a destination of which not all is told",
	 {{"audit", NUMBER, true}, {"destination", TEXT, true}, {"attempts", NUMBER, true}}},
	{QUERY_PAST_INSERT, "an earlier session of which not all is told",
	 {{"audit", NUMBER, true}, {"id", TEXT, true}, {"folder", TEXT, true}, {"started_ns", NUMBER, true},
	  {"from_ns", NUMBER, false}, {"to_ns", NUMBER, false}, {"scope", TEXT, false}, {"verdict", VERDICT, false},
	  {"attempts", NUMBER, false}, {"attempts_leaving", NUMBER, false}, {"lookups_leaving", NUMBER, false},
	  {"findings_fail", NUMBER, false}, {"findings_inconclusive", NUMBER, false}, {"seen_permille", NUMBER, false},
	  {"destinations_more", NUMBER, false}, {"destinations_cut", FLAG, false}, {"seal", TEXT, false},
	  {"fingerprint", TEXT, false}, {"tool", TEXT, false}, {"problem", TEXT, false}}},
};

struct reading {
	struct ingest *to;
	uint64_t record, rows;
};

static bool is_there(const struct json_value *v)
{
	return v->type != JSON_ABSENT && v->type != JSON_NULL;
}

static bool fits(const struct member *m, const struct json_value *v)
{
	int64_t number;
	char buffer[TEXT_MAX];
	struct slice text;
	switch (m->form) {
	case TEXT:
		return json_string(v, buffer, sizeof buffer, &text) && text.size <= TEXT_MAX;
	case VERDICT: /* another word would stand in a report */
		return v->type == JSON_STRING &&
		       (slice_is(v->raw, "PASS") || slice_is(v->raw, "FAIL") || slice_is(v->raw, "INCONCLUSIVE"));
	case NUMBER:
		return json_i64(v, &number) && number >= 0;
	case FLAG:
		return v->type == JSON_TRUE || v->type == JSON_FALSE;
	}
	return false;
}

static const struct kind *kind_of(const struct json_member m[static 2])
{
	if (is_there(&m[0].value))
		return &kinds[0];
	return is_there(&m[1].value) ? &kinds[1] : &kinds[2];
}

/* NULL, or what is wrong. */
static const char *read_members(const struct kind *kind, struct slice line, struct json_member m[static MEMBERS_MAX],
				size_t *ret_count)
{
	size_t count = 0;
	int64_t audit;
	for (; count < MEMBERS_MAX && kind->members[count].key; count++)
		m[count] = (struct json_member){.key = kind->members[count].key};
	*ret_count = count;
	const char *wrong = json_read_object(line, m, count, NULL);
	for (size_t i = 0; i < count && !wrong; i++)
		if (is_there(&m[i].value) ? !fits(&kind->members[i], &m[i].value) : kind->members[i].needed)
			wrong = kind->wrong;
	if (!wrong && kind != &kinds[0] && (!json_i64(&m[0].value, &audit) || audit < 1 || audit > AUDITS_MAX))
		wrong = "an earlier session whose number is none";
	return wrong;
}

static enum status write_row(struct reading *r, const struct kind *kind, const struct json_member m[], size_t count,
			     struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, kind->query);
	row_i64(q, 1, r->to->source);
	for (size_t i = 0; i < count; i++) {
		const struct json_value *v = &m[i].value;
		char buffer[TEXT_MAX];
		struct slice text;
		int64_t number;
		if (!is_there(v))
			continue;
		if (kind->members[i].form == FLAG)
			row_i64(q, (int)i + 2, v->type == JSON_TRUE);
		else if (kind->members[i].form == NUMBER && json_i64(v, &number))
			row_i64(q, (int)i + 2, number);
		else if (json_string(v, buffer, sizeof buffer, &text))
			row_slice(q, (int)i + 2, text);
	}
	return row_end(q, err);
}

static enum status read_line(struct reading *r, struct slice line, struct error *err)
{
	size_t count = 0;
	struct json_member which[] = {{.key = "format"}, {.key = "destination"}}, m[MEMBERS_MAX];
	const char *wrong = line.size > LINE_MAX_BYTES ? "a line that is too long" : json_read_object(line, which, LENGTH(which), NULL);
	const struct kind *kind = kind_of(which);
	if (!wrong && r->rows == ROWS_READ_MAX)
		wrong = "more lines than are read";
	if (!wrong)
		wrong = read_members(kind, line, m, &count);
	if (wrong)
		return ingest_skip(r->to, wrong, r->record, line, err);
	r->rows++;
	return write_row(r, kind, m, count, err);
}

static enum status read_past(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct reading r = {.to = to};
	enum status status = OK;
	struct slice line;
	enum line kind;
	while (!status && (kind = input_line(in, &line)) != LINE_END) {
		r.record++;
		if (kind == LINE_TOO_LONG)
			status = ingest_skip(to, "a line that is too long", r.record, line, err);
		else
			status = read_line(&r, slice_trim(line), err);
	}
	*ret_records = r.record;
	return status;
}

static unsigned sniff_past(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify past\",") ? 100 : 0;
}

const struct reader reader_past = {
	.name = "past",
	.reads = "what earlier sessions of the host found (past.ndjson)",
	.writes = ROW_WRITES_PAST,
	.sniff = sniff_past,
	.read = read_past,
};
