/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench/run.ndjson (airgap-verify-formats(5)): what the runner of `bench` wrote, a JSON
 * object a line. `kind` says what it is; members that are not known are passed over.
 *
 *   {"kind":"benchmark","format":1,"time_ns":1,"tool":"0.1.0","tasks_sha256":"…","seed":1,…}
 *   {"kind":"answer","time_ns":2,"model":"…","suite":"complete","task":"…","sample":0,
 *    "outcome":"passed","said":"…",…}
 *   {"kind":"end","time_ns":3,"complete":true,"interrupted":false}
 *
 * A last line that broke off is what a crash leaves; a file whose last line but that is no
 * end was not finished, which is for whoever judges it.
 */
#include "ingest/benchmark_kind.h"
#include "ingest/registry.h"

#include <stdlib.h>

enum {
	LINES_READ_MAX = 1 << 18, /* that become rows; the figures are computed over all of them */
	GPUS_MAX = 32,
};

struct reading {
	struct ingest *to;
	uint64_t record, rows;
	char *buffer; /* owned; INPUT_BUFFER bytes: a text out of its escapes */
};

static bool is_there(const struct json_value *v)
{
	return v->type != JSON_ABSENT && v->type != JSON_NULL;
}

/* NULL, or what is wrong: the members of `of`, filled in. */
static const char *read_members(const struct benchmark_kind *of, struct slice text,
				struct json_member m[static BENCHMARK_MEMBERS_MAX])
{
	size_t count = 0;
	for (; count < BENCHMARK_MEMBERS_MAX && of->members[count].key; count++)
		m[count] = (struct json_member){.key = of->members[count].key};
	const char *wrong = json_read_object(text, m, count, NULL);
	for (size_t i = 0; i < count && !wrong; i++)
		if (is_there(&m[i].value) ? !benchmark_kind_fits(of->members[i].form, &m[i].value) : of->members[i].needed)
			wrong = of->wrong;
	return wrong;
}

static void put_value(struct reading *r, struct row_stream *q, int at, enum benchmark_form form,
		      const struct json_value *v)
{
	int64_t number;
	struct slice text;
	if (form == BENCHMARK_FLAG)
		row_i64(q, at, v->type == JSON_TRUE);
	else if (form == BENCHMARK_NUMBER || form == BENCHMARK_SAMPLE)
		row_i64(q, at, json_i64(v, &number) ? number : 0);
	else if (v->type != JSON_STRING)
		row_slice(q, at, v->raw);
	else if (json_string(v, r->buffer, INPUT_BUFFER, &text))
		row_slice(q, at, text);
}

static enum status write_row(struct reading *r, const struct benchmark_kind *of, const struct json_member m[],
			     int64_t place, struct error *err)
{
	int at = 1;
	struct row_stream *q = row_begin(r->to->rows, of->query);
	row_i64(q, at++, r->to->source);
	row_i64(q, at++, (int64_t)r->record);
	if (place)
		row_i64(q, at++, place);
	for (size_t i = 0; i < BENCHMARK_MEMBERS_MAX && of->members[i].key; i++) {
		enum benchmark_form form = of->members[i].form;
		if (form == BENCHMARK_VERSION || form == BENCHMARK_GPUS)
			continue;
		if (is_there(&m[i].value))
			put_value(r, q, at, form, &m[i].value);
		at++;
	}
	return row_end(q, err);
}

static enum status write_gpus(struct reading *r, const struct json_value *list, struct error *err)
{
	enum status status = OK;
	int64_t place = 0;
	struct json_value v;
	for (struct cursor c = json_array(list); !status && json_next(&c, &v);) {
		struct json_member m[BENCHMARK_MEMBERS_MAX];
		const char *wrong = ++place > GPUS_MAX ? "more GPUS than are read"
						       : read_members(&benchmark_kind_gpu, v.raw, m);
		status = wrong ? ingest_skip(r->to, wrong, r->record, v.raw, err)
			       : write_row(r, &benchmark_kind_gpu, m, place, err);
	}
	return status;
}

static enum status write_line(struct reading *r, const struct benchmark_kind *of, const struct json_member m[],
			      struct error *err)
{
	enum status status = write_row(r, of, m, 0, err);
	for (size_t i = 0; i < BENCHMARK_MEMBERS_MAX && of->members[i].key && !status; i++)
		if (of->members[i].form == BENCHMARK_GPUS)
			status = write_gpus(r, &m[i].value, err);
	return status;
}

static enum status read_line(struct reading *r, struct slice line, bool cut, struct error *err)
{
	struct json_member kind = {.key = "kind"}, m[BENCHMARK_MEMBERS_MAX];
	const char *wrong = json_read_object(line, &kind, 1, NULL);
	/* no beginning of an object is one */
	if (wrong && cut)
		return ingest_skip(r->to, "a last line that broke off", r->record, line, err);
	const struct benchmark_kind *of = wrong ? NULL : benchmark_kind_find(&kind.value);
	if (!wrong)
		wrong = of ? read_members(of, line, m) : "a line of a kind that is not known";
	if (!wrong && r->rows == LINES_READ_MAX)
		wrong = "more lines than are read";
	if (wrong)
		return ingest_skip(r->to, wrong, r->record, line, err);
	r->rows++;
	return write_line(r, of, m, err);
}

static enum status read_lines(struct reading *r, struct input *in, struct error *err)
{
	enum status status = OK;
	struct slice line;
	enum line kind;
	while (!status && (kind = input_line(in, &line)) != LINE_END) {
		r->record++;
		if (kind == LINE_TOO_LONG)
			status = ingest_skip(r->to, "a line that is too long", r->record, line, err);
		else
			status = read_line(r, slice_trim(line), kind == LINE_CUT, err);
	}
	return status;
}

static enum status read_benchmark(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct reading r = {.to = to, .buffer = must_alloc(INPUT_BUFFER, 1)};
	enum status status = read_lines(&r, in, err);
	free(r.buffer);
	*ret_records = r.record;
	return status;
}

static unsigned sniff_benchmark(struct slice first)
{
	return slice_starts(first, "{\"kind\":\"benchmark\",") ? 100 : 0;
}

const struct reader reader_benchmark = {
	.name = "benchmark",
	.reads = "what the runner of a benchmark of models wrote (bench/run.ndjson)",
	.writes = ROW_WRITES_BENCHMARK,
	.sniff = sniff_benchmark,
	.read = read_benchmark,
};
