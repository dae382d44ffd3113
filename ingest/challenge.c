/* SPDX-License-Identifier: Apache-2.0 */
/*
 * challenge.ndjson (airgap-verify-formats(5)): what the prober of `challenge` tried, a
 * JSON object a line.
 *
 *   {"format":"airgap-verify challenge","version":1,"token":"…"}
 *   {"probe":"tcp","proto":"tcp","dst":"192.0.2.2","dport":443,"sport":40000,"pid":17,
 *    "from_ns":1,"to_ns":2,"call":"connect","errno":111,"answer":"none","detail":""}
 *   {"probe":"proxy","skipped":"no proxy is named in the environment"}
 *   {"end":"all were tried"}
 *
 * Without the last line the prober did not come to its end, and that counts as not read.
 */
#include "ingest/record_lines.h"
#include "ingest/registry.h"

#include "core/json.h"

enum { TEXT_MAX = 1024 };

enum field {
	PROBE,
	SKIPPED,
	PROTO,
	DST,
	DPORT,
	SPORT,
	PID,
	FROM,
	TO,
	CALL,
	ERRNO,
	ANSWER,
	DETAIL,
	END,
	FORMAT,
	FIELDS
};

struct reading {
	struct ingest *to;
	bool ended;
};

static bool is_number(size_t field)
{
	return (field >= DPORT && field <= TO) || field == ERRNO;
}

static bool is_answer(const struct json_value *v)
{
	return slice_is(v->raw, "none") || slice_is(v->raw, "other") || slice_is(v->raw, "token");
}

/* Of one that was tried all of this must be there; a port and a detail may be missing. */
static const char *check(const struct json_member m[])
{
	static const enum field needed[] = {PROTO, DST, PID, FROM, TO, CALL, ERRNO, ANSWER};
	int64_t number;
	if (m[PROBE].value.type != JSON_STRING)
		return "a line that is about no probe";
	if (m[SKIPPED].value.type == JSON_STRING)
		return NULL;
	for (size_t i = 0; i < LENGTH(needed); i++) {
		const struct json_value *v = &m[needed[i]].value;
		if (is_number(needed[i]) ? !json_i64(v, &number) : v->type != JSON_STRING)
			return "a probe of which not all is told";
	}
	return is_answer(&m[ANSWER].value) ? NULL : "a probe of which not all is told";
}

static enum status write_row(const struct reading *r, uint64_t record, const struct json_member m[], struct error *err)
{
	char buffer[TEXT_MAX];
	struct row_stream *q = row_begin(r->to->rows, QUERY_CHALLENGE_INSERT);
	for (size_t i = PROBE; i <= DETAIL; i++) {
		struct slice text;
		int64_t number;
		if (is_number(i) && json_i64(&m[i].value, &number))
			row_i64(q, (int)i + 1, number);
		else if (!is_number(i) && json_string(&m[i].value, buffer, sizeof buffer, &text))
			row_slice(q, (int)i + 1, text);
	}
	row_i64(q, DETAIL + 2, r->to->source);
	row_i64(q, DETAIL + 3, (int64_t)record);
	return row_end(q, err);
}

static enum status read_line(void *reading, uint64_t record, struct slice line, struct error *err)
{
	struct reading *r = reading;
	struct json_member m[] = {
		[PROBE] = {.key = "probe"},	[SKIPPED] = {.key = "skipped"}, [PROTO] = {.key = "proto"},
		[DST] = {.key = "dst"},		[DPORT] = {.key = "dport"},	[SPORT] = {.key = "sport"},
		[PID] = {.key = "pid"},		[FROM] = {.key = "from_ns"},	[TO] = {.key = "to_ns"},
		[CALL] = {.key = "call"},	[ERRNO] = {.key = "errno"},	[ANSWER] = {.key = "answer"},
		[DETAIL] = {.key = "detail"},	[END] = {.key = "end"},		[FORMAT] = {.key = "format"},
	};
	const char *wrong = json_read_object(line, m, FIELDS, NULL);
	if (!wrong && m[FORMAT].value.type == JSON_STRING)
		return OK;
	if (!wrong && m[END].value.type == JSON_STRING) {
		r->ended = true;
		return OK;
	}
	if (!wrong)
		wrong = check(m);
	return wrong ? ingest_skip(r->to, wrong, record, line, err) : write_row(r, record, m, err);
}

static enum status read_challenge(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct reading r = {.to = to};
	enum status status = record_lines(to, in, read_line, &r, ret_records, err);
	if (!status && !r.ended)
		status = ingest_skip(to, "the prober did not come to its end", *ret_records, slice_of(NULL, 0), err);
	return status;
}

static unsigned sniff_challenge(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify challenge\",") ? 100 : 0;
}

const struct reader reader_challenge = {
	.name = "challenge",
	.reads = "what the prober of a challenge tried (challenge.ndjson)",
	.writes = ROW_WRITES_CHALLENGE,
	.sniff = sniff_challenge,
	.read = read_challenge,
};
