/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.ndjson (airgap-verify-formats(5)): what a scheduled audit knew of the last ones, what
 * it looked at itself, and how it found the logs again; a JSON object a line.
 *
 *   {"format":"airgap-verify audit","version":1,"began_ns":9,"every_ns":5,"past":30,"scope":"host",
 *    "boot_id":"…","fingerprint":"…","last_id":"…","last_ended_ns":4,…}
 *   {"known":"listener","name":"tcp 0.0.0.0 port 80 nginx","value":"","first_ns":2,"last_ns":4}
 *   {"fact":"extension","name":"dev VS Code a.b","value":"1.0 sha256:…"}
 *   {"log":"ufw","path":"/var/log/ufw.log","trail":"rotated","from":4711}
 *   {"piece":"applogs/since-1-ufw.log","log":"ufw","path":"/var/log/ufw.log.1","from":4711,"to":5000}
 */
#include "ingest/registry.h"

#include "core/json.h"

enum {
	LINE_MAX_BYTES = 16 << 10,
	TEXT_MAX = 4096,
	ROWS_READ_MAX = 400000,
	MEMBERS_MAX = 16,
};

enum form { TEXT, VERDICT, NUMBER };

struct member {
	const char *key;
	enum form form;
	bool needed;
};

/* Told by its first key; the members in the order of the values of the statement. */
static const struct kind {
	const char *key;
	enum query query;
	bool numbered; /* the second value is the number of the record */
	const char *wrong;
	struct member members[MEMBERS_MAX];
} kinds[] = {
	{"format", QUERY_AUDIT_RUN_INSERT, false, "a first line of which not all is told",
	 {{"began_ns", NUMBER, true}, {"every_ns", NUMBER, true}, {"past", NUMBER, true}, {"boot_id", TEXT, false}, {"scope", TEXT, true},
	  {"fingerprint", TEXT, false}, {"last_id", TEXT, false}, {"last_began_ns", NUMBER, false}, {"last_ended_ns", NUMBER, false},
	  {"last_verdict", VERDICT, false}, {"last_boot_id", TEXT, false}, {"last_fingerprint", TEXT, false}, {"trouble_ns", NUMBER, false},
	  {"trouble", TEXT, false}, {"forgotten", TEXT, false}}},
	{"known", QUERY_AUDIT_KNOWN_INSERT, true, "something known of which not all is told",
	 {{"known", TEXT, true}, {"name", TEXT, true}, {"value", TEXT, true}, {"first_ns", NUMBER, true}, {"last_ns", NUMBER, true}}},
	{"fact", QUERY_AUDIT_FACT_INSERT, true, "a fact of which not all is told",
	 {{"fact", TEXT, true}, {"name", TEXT, true}, {"value", TEXT, true}}},
	{"piece", QUERY_AUDIT_PIECE_INSERT, true, "a piece of a log of which not all is told",
	 {{"log", TEXT, true}, {"path", TEXT, true}, {"piece", TEXT, true}, {"from", NUMBER, true}, {"to", NUMBER, true}, {"problem", TEXT, false}}},
	{"log", QUERY_AUDIT_LOG_INSERT, true, "a log of which not all is told",
	 {{"log", TEXT, true}, {"path", TEXT, true}, {"trail", TEXT, true}, {"from", NUMBER, false}, {"problem", TEXT, false}}},
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
	}
	return false;
}

static const struct kind *kind_of(const struct json_member which[static LENGTH(kinds)])
{
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (is_there(&which[i].value))
			return &kinds[i];
	return NULL;
}

/* NULL, or what is wrong. */
static const char *read_members(const struct kind *kind, struct slice line, struct json_member m[static MEMBERS_MAX],
				size_t *ret_count)
{
	size_t count = 0;
	for (; count < MEMBERS_MAX && kind->members[count].key; count++)
		m[count] = (struct json_member){.key = kind->members[count].key};
	*ret_count = count;
	const char *wrong = json_read_object(line, m, count, NULL);
	for (size_t i = 0; i < count && !wrong; i++)
		if (is_there(&m[i].value) ? !fits(&kind->members[i], &m[i].value) : kind->members[i].needed)
			wrong = kind->wrong;
	return wrong;
}

static enum status write_row(struct reading *r, const struct kind *kind, const struct json_member m[], size_t count,
			     struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, kind->query);
	int at = 2;
	row_i64(q, 1, r->to->source);
	if (kind->numbered)
		row_i64(q, at++, (int64_t)r->record);
	for (size_t i = 0; i < count; i++, at++) {
		char buffer[TEXT_MAX];
		struct slice text;
		int64_t number;
		if (!is_there(&m[i].value))
			continue;
		if (kind->members[i].form == NUMBER && json_i64(&m[i].value, &number))
			row_i64(q, at, number);
		else if (json_string(&m[i].value, buffer, sizeof buffer, &text))
			row_slice(q, at, text);
	}
	return row_end(q, err);
}

static enum status read_line(struct reading *r, struct slice line, struct error *err)
{
	size_t count = 0;
	struct json_member which[LENGTH(kinds)], m[MEMBERS_MAX];
	for (size_t i = 0; i < LENGTH(kinds); i++)
		which[i] = (struct json_member){.key = kinds[i].key};
	const char *wrong = line.size > LINE_MAX_BYTES ? "a line that is too long" : json_read_object(line, which, LENGTH(kinds), NULL);
	const struct kind *kind = wrong ? NULL : kind_of(which);
	if (!wrong && !kind)
		wrong = "a line of no kind that is known";
	if (!wrong && r->rows == ROWS_READ_MAX)
		wrong = "more lines than are read";
	if (!wrong)
		wrong = read_members(kind, line, m, &count);
	if (wrong)
		return ingest_skip(r->to, wrong, r->record, line, err);
	r->rows++;
	return write_row(r, kind, m, count, err);
}

static enum status read_audit(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
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

static unsigned sniff_audit(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify audit\",") ? 100 : 0;
}

const struct reader reader_audit = {
	.name = "audit",
	.reads = "what a scheduled audit knew of the last ones (audit.ndjson)",
	.writes = ROW_WRITES_AUDIT,
	.sniff = sniff_audit,
	.read = read_audit,
};
