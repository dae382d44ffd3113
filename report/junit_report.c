/* SPDX-License-Identifier: Apache-2.0 */
#include "report/junit_report.h"

#include "report/facts.h"
#include "report/stream.h"

#include <string.h>

enum { TEXT_MAX = 4000, CASES_MAX = 5000 };

static const char *const ways[] = {"model_api", "telemetry", "update", "webview", "extension", "name_lookup", "model_download",
				   "licence", "sync", "other", "unclassified"};

enum { WAYS = LENGTH(ways) };

struct suite {
	struct stream out;
	const struct facts *facts;
	int64_t left[WAYS];
};

/* XML 1.0, section 2.4. */
static void add_escaped(struct suite *s, struct slice text)
{
	AUTO_TEXT struct text plain = text_make(8 * TEXT_MAX);
	text_add_printable(&plain, text, TEXT_MAX);
	struct slice rest = text_slice(&plain);
	for (size_t i = 0; i < rest.size; i++)
		switch (rest.at[i]) {
		case '&':
			text_add_string(&s->out.text, "&amp;");
			break;
		case '<':
			text_add_string(&s->out.text, "&lt;");
			break;
		case '>':
			text_add_string(&s->out.text, "&gt;");
			break;
		case '"':
			text_add_string(&s->out.text, "&quot;");
			break;
		default:
			text_add_char(&s->out.text, (char)rest.at[i]);
		}
}

static enum status read_ways(struct suite *s, struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_VECTORS);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		size_t i = 0;
		while (i < WAYS - 1 && !slice_is(store_slice(q, 0), ways[i]))
			i++;
		s->left[i] += store_i64(q, 1) - store_i64(q, 2);
	}
	sqlite3_reset(q);
	s->left[5] += s->facts->count[COUNT_LOOKUPS_TOLD];
	return status;
}

static bool passes(const struct facts *f)
{
	return f->judged && !strcmp(f->verdict, "PASS");
}

static void add_ways(struct suite *s)
{
	for (size_t i = 0; i < WAYS; i++) {
		text_addf(&s->out.text, "    <testcase classname=\"airgap-verify.egress\" name=\"nothing left by %s\">", ways[i]);
		if (s->left[i])
			text_addf(&s->out.text, "<failure message=\"%lld %s to leave\"/>", (long long)s->left[i],
				  text_plural((uint64_t)s->left[i], "attempt", "attempts"));
		else if (!passes(s->facts))
			text_add_string(&s->out.text, "<skipped message=\"none was seen, but the verdict is not PASS\"/>");
		text_add_string(&s->out.text, "</testcase>\n");
	}
}

/* Columns of report_findings.sql. What decides nothing is no test. */
static bool add_finding(struct suite *s, sqlite3_stmt *q)
{
	bool fails = slice_is(store_slice(q, 2), "FAIL");
	if (!fails && !slice_is(store_slice(q, 2), "INCONCLUSIVE"))
		return false;
	text_add_string(&s->out.text, "    <testcase classname=\"airgap-verify.findings\" name=\"");
	add_escaped(s, store_slice(q, 3));
	text_addf(&s->out.text, " %lld\"><%s message=\"", (long long)store_i64(q, 0), fails ? "failure" : "error");
	add_escaped(s, store_slice(q, 4));
	text_add_string(&s->out.text, "\">");
	add_escaped(s, store_slice(q, 5));
	text_add_string(&s->out.text, "\nRemedy: ");
	add_escaped(s, store_slice(q, 8));
	text_addf(&s->out.text, "</%s></testcase>\n", fails ? "failure" : "error");
	return true;
}

static void add_verdict(struct suite *s)
{
	const struct facts *f = s->facts;
	text_add_string(&s->out.text, "    <testcase classname=\"airgap-verify\" name=\"verdict\">");
	if (!passes(f)) {
		const char *kind = f->judged && !strcmp(f->verdict, "FAIL") ? "failure" : "error";
		text_addf(&s->out.text, "<%s message=\"", kind);
		add_escaped(s, slice_of_string(f->judged ? f->verdict : "not judged"));
		text_add_string(&s->out.text, ": ");
		add_escaped(s, slice_of_string(f->summary));
		text_add_string(&s->out.text, "\"/>");
	}
	text_add_string(&s->out.text, "</testcase>\n");
}

static void begin(struct suite *s)
{
	const struct facts *f = s->facts;
	bool fails = f->judged && !strcmp(f->verdict, "FAIL");
	int64_t failing = f->count[COUNT_FAILING], undecided = f->count[COUNT_UNDECIDED], ways_left = 0;
	for (size_t i = 0; i < WAYS; i++)
		ways_left += s->left[i] != 0;
	failing = failing < CASES_MAX ? failing : CASES_MAX;
	undecided = undecided < CASES_MAX - failing ? undecided : CASES_MAX - failing;
	text_addf(&s->out.text,
		  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"airgap-verify\" "
		  "tests=\"%lld\" failures=\"%lld\" errors=\"%lld\" skipped=\"%lld\" time=\"%.3f\">\n",
		  1LL + WAYS + failing + undecided, 0LL + failing + ways_left + fails,
		  0LL + undecided + (!passes(f) && !fails), passes(f) ? 0LL : 0LL + WAYS - ways_left,
		  f->to_ns > f->from_ns ? (double)(f->to_ns - f->from_ns) / 1e9 : 0.0);
}

static enum status add_findings(struct suite *s, struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	/* worst first: behind the first that decides nothing comes none that does */
	bool decides = true;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_FINDINGS);
	store_bind_i64(q, 1, CASES_MAX);
	while (!status && decides && !(status = store_step(q, &row, err)) && row) {
		decides = add_finding(s, q);
		status = stream_flush(&s->out, false, err);
	}
	sqlite3_reset(q);
	return status;
}

enum status junit_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct suite s = {.out = stream_to(fd), .facts = &facts};
	status = read_ways(&s, store, err);
	begin(&s);
	add_verdict(&s);
	add_ways(&s);
	if (!status)
		status = add_findings(&s, store, err);
	text_add_string(&s.out.text, "  </testsuite>\n</testsuites>\n");
	if (!status)
		status = stream_flush(&s.out, true, err);
	stream_free(&s.out);
	return status;
}
