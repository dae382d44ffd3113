/* SPDX-License-Identifier: Apache-2.0 */
#include "report/summary.h"

#include "core/shell_word.h"
#include "report/bench.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum { FINDINGS_MAX = 12, FIELD_MAX = 1500, WIDTH = 88, INDENT = 2 };

static const char RED[] = "\033[1;31m", GREEN[] = "\033[1;32m", AMBER[] = "\033[1;33m",
		  PLAIN[] = "\033[0m";

/* Adds text in lines of at most WIDTH columns, further ones indented. */
static void add_wrapped(struct text *t, const char *lead, unsigned indent, struct slice body)
{
	AUTO_TEXT struct text safe = text_make(8 * FIELD_MAX);
	text_add_printable(&safe, body, FIELD_MAX);
	struct cursor c = cursor_over(text_slice(&safe));
	struct slice word;
	size_t column = strlen(lead);
	text_add_string(t, lead);
	for (bool first = true; cursor_word(&c, 8 * FIELD_MAX, &word); first = false) {
		if (!first && column + 1 + word.size > WIDTH) {
			text_addf(t, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			text_add_char(t, ' ');
			column++;
		}
		text_add(t, word);
		column += word.size;
	}
	text_add_char(t, '\n');
}

static const char *colour_of(const char *verdict)
{
	return !strcmp(verdict, "PASS") ? GREEN : !strcmp(verdict, "FAIL") ? RED : AMBER;
}

static enum status add_verdict(struct store *store, const struct summary_request *r, struct text *t,
			       struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_VERDICT);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		const char *verdict = store_text(q, 0);
		text_add_char(t, '\n');
		if (r->colour)
			text_add_string(t, colour_of(verdict));
		text_add_string(t, verdict);
		if (r->colour)
			text_add_string(t, PLAIN);
		text_add_string(t, "\n\n");
		add_wrapped(t, "  ", INDENT, store_slice(q, 4));
	}
	sqlite3_reset(q);
	return status;
}

struct remedy {
	struct text text; /* owned */
	unsigned number; /* of the finding that it was printed with */
};

/* Of many findings of a kind the remedy is one, and printed with the first. */
static void add_remedy(struct slice text, unsigned number, struct remedy *last, struct text *t)
{
	if (last->number && slice_equal(text, text_slice(&last->text))) {
		text_addf(t, "      → as for %u\n", last->number);
		return;
	}
	add_wrapped(t, "      → ", 8, text);
	text_clear(&last->text);
	text_add(&last->text, text);
	last->number = number;
}

static void add_finding(sqlite3_stmt *q, unsigned number, struct remedy *last, struct text *t)
{
	char lead[32];
	snprintf(lead, sizeof lead, "  %2u. ", number);
	add_wrapped(t, lead, 6, store_slice(q, 3));
	add_wrapped(t, "      ", 6, store_slice(q, 4));
	if (store_slice(q, 5).size)
		add_remedy(store_slice(q, 5), number, last, t);
}

static enum status add_findings(struct store *store, const struct summary_request *r, struct text *t,
				struct error *err)
{
	bool row = true;
	unsigned shown = 0, more = 0, notes = 0;
	struct remedy last = {.text = text_make(8 * FIELD_MAX)};
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_FINDING);
	store_bind_i64(q, 1, 0);
	enum status status = OK;
	while (!status && row) {
		status = store_step(q, &row, err);
		if (status || !row)
			break;
		bool note = !strcmp(store_text(q, 0), "NOTE");
		notes += note;
		if (note && !r->verbose)
			continue;
		if (shown == FINDINGS_MAX && !r->verbose) {
			more++;
			continue;
		}
		if (shown == 0 && !note)
			text_add_string(t, "\nWhy\n");
		if (note && notes == 1)
			text_add_string(t, "\nNotes (they change nothing of the verdict)\n");
		add_finding(q, ++shown, &last, t);
	}
	sqlite3_reset(q);
	text_free(&last.text);
	if (more)
		text_addf(t, "      … and %u more, in the report\n", more);
	if (notes && !r->verbose)
		text_addf(t, "\n  %u %s in the report (or -v)\n", notes, text_plural(notes, "note", "notes"));
	return status;
}

static void add_number(struct text *t, int64_t n, const char *one, const char *many, const char *behind)
{
	text_addf(t, "%lld %s%s", (long long)n, text_plural((uint64_t)n, one, many), behind);
}

static enum status add_counts(struct store *store, struct text *t, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_COUNTS);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		/* without the kernel witness a process is known by its calls, and not by its birth */
		bool born = store_is_null(q, 5) || slice_is(store_slice(q, 5), "full");
		text_add_string(t, "\nSeen       ");
		add_number(t, store_i64(q, 0), born ? "process" : "process by its calls", born ? "processes" : "processes by their calls", ", ");
		add_number(t, store_i64(q, 1), "local connection", "local connections", ", ");
		add_number(t, store_i64(q, 2), "attempt to leave", "attempts to leave", ",\n           ");
		add_number(t, store_i64(q, 3), "lookup left this machine", "lookups left this machine", ", ");
		add_number(t, store_i64(q, 4), "packet", "packets", " on all interfaces, without our own tests\n");
	}
	sqlite3_reset(q);
	return status;
}

static enum status add_witnesses(struct store *store, struct text *t, struct error *err)
{
	char name[64] = "";
	bool row = true, first = true;
	enum status status = OK;
	while (!status && row) {
		char before[sizeof name];
		memcpy(before, name, sizeof name);
		sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_WITNESS);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		if (!status && row && slice_to_string(store_slice(q, 0), name, sizeof name)) {
			bool on = !strcmp(store_text(q, 1), "on"), gaps = store_i64(q, 4) > 0;
			text_addf(t, "%s%s %s", first ? "Witnesses  " : ", ", name,
				  !on ? store_text(q, 1) : gaps ? "with gaps" : "on");
			if (on && store_i64(q, 5) && !gaps)
				text_addf(t, " (%.1f s shown)", sqlite3_column_double(q, 3));
			first = false;
		}
		sqlite3_reset(q);
	}
	text_add_string(t, first ? "" : "\n");
	return status;
}

static void add_command(const struct summary_request *r, struct text *t)
{
	if (!r->command_status)
		return;
	int status = *r->command_status;
	if (WIFSIGNALED(status))
		text_addf(t, "Command    ended by signal %d (%s)\n", WTERMSIG(status),
			  strsignal(WTERMSIG(status)));
	else
		text_addf(t, "Command    ended with exit status %d\n", WEXITSTATUS(status));
}

static void add_paths(const struct summary_request *r, struct text *t)
{
	AUTO_TEXT struct text path = text_make(8192);
	text_add_printable(&path, slice_of_string(r->path), 4096);
	const char *p = text_string(&path);
	if (!r->folder) {
		text_addf(t, "Database   %s\n", p);
		return;
	}
	text_addf(t, "Folder     %s\nReport     %s/report/report.pdf\nCheck it   airgap-verify verify ", p, p);
	shell_word_add(t, slice_of_string(r->path), 4096);
	text_add_string(t, ", or HOW_TO_VERIFY.txt in it\n");
}

enum status summary_text(struct store *store, const struct summary_request *r, struct text *ret,
			 struct error *err)
{
	enum status status = add_verdict(store, r, ret, err);
	if (!status)
		status = add_findings(store, r, ret, err);
	if (!status)
		status = add_counts(store, ret, err);
	if (!status)
		status = add_witnesses(store, ret, err);
	add_command(r, ret);
	add_paths(r, ret);
	struct bench_request bench = {.colour = r->colour, .verbose = r->verbose};
	return status ? status : bench_text(store, &bench, ret, err);
}

static enum status add_json_verdict(struct store *store, struct json *j, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_VERDICT);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		json_add_slice(j, "verdict", store_slice(q, 0));
		json_add_slice(j, "scope", store_slice(q, 1));
		json_add_i64(j, "from_ns", store_i64(q, 2));
		json_add_i64(j, "to_ns", store_i64(q, 3));
		json_add_slice(j, "summary", store_slice(q, 4));
	}
	sqlite3_reset(q);
	if (status)
		return status;
	q = store_query(store, QUERY_SUMMARY_COUNTS);
	status = store_step(q, &row, err);
	if (!status && row) {
		static const char *const names[] = {"processes", "local_connections", "leaving_attempts",
						    "lookups_left", "packets"};
		for (int i = 0; i < (int)LENGTH(names); i++)
			json_add_i64(j, names[i], store_i64(q, i));
	}
	sqlite3_reset(q);
	return status;
}

static enum status add_json_findings(struct store *store, struct json *j, struct error *err)
{
	static const char *const names[] = {"effect", "severity", "check_id", "title", "detail", "remedy", "vector"};
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_FINDING);
	store_bind_i64(q, 1, 0);
	json_begin_array(j, "findings");
	while (!status && row) {
		status = store_step(q, &row, err);
		if (status || !row)
			break;
		json_begin_object(j, NULL);
		for (int i = 0; i < (int)LENGTH(names); i++)
			json_add_slice(j, names[i], store_slice(q, i));
		json_add_raw(j, "evidence", store_slice(q, 7));
		json_end_object(j);
	}
	sqlite3_reset(q);
	json_end_array(j);
	return status;
}

enum status summary_json(struct store *store, const struct summary_request *r, struct text *ret,
			 struct error *err)
{
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "path", r->path);
	enum status status = add_json_verdict(store, &j, err);
	if (r->command_status) {
		int s = *r->command_status;
		json_add_i64(&j, WIFSIGNALED(s) ? "command_signal" : "command_exit",
			     WIFSIGNALED(s) ? WTERMSIG(s) : WEXITSTATUS(s));
	}
	bool bench = false;
	if (!status)
		status = add_json_findings(store, &j, err);
	if (!status)
		status = bench_there(store, &bench, err);
	if (!status && bench)
		status = bench_json(store, &j, "benchmark", err);
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status ? status : ret->overflow ? fail(err, ERR_LIMIT, "too many findings to print") : OK;
}
