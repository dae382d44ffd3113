/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pdf_words.h"

#include "core/clock.h"

#include <stdlib.h>

enum { COLUMN_MAX = 1000 };

struct word {
	const char *name, *shown;
};

static const struct word classes[] = {
	{"loopback", "loopback"},     {"own", "this machine"},    {"unix", "Unix socket"},
	{"link_local", "link-local"}, {"multicast", "multicast"}, {"private", "private"},
	{"public", "public"},         {"", "not known"},
};

static const struct word vectors[] = {
	{"model_api", "model API"},     {"telemetry", "telemetry"},
	{"update", "update"},           {"webview", "WebView"},
	{"extension", "extension"},     {"model_download", "model download"},
	{"name_lookup", "name lookup"}, {"", "unclassified"},
};

static void add_word(struct text *t, const struct word words[], size_t count, struct slice name)
{
	for (size_t i = 0; i < count; i++) {
		if (slice_is(name, words[i].name)) {
			text_add_string(t, words[i].shown);
			return;
		}
	}
	text_add_printable(t, name, COLUMN_MAX);
}

void pdf_add_class(struct text *t, struct slice class)
{
	add_word(t, classes, LENGTH(classes), class);
}

void pdf_add_vector(struct text *t, struct slice vector)
{
	add_word(t, vectors, LENGTH(vectors), vector);
}

void pdf_add_number(struct text *t, int64_t number)
{
	if (number < 0) {
		text_add_i64(t, number);
		return;
	}
	lldiv_t split = lldiv(number, 1000);
	if (split.quot) {
		pdf_add_number(t, split.quot);
		text_addf(t, ",%03lld", split.rem);
	} else {
		text_add_i64(t, split.rem);
	}
}

void pdf_add_count(struct text *t, int64_t number, const char *one, const char *many)
{
	pdf_add_number(t, number);
	text_addf(t, " %s", text_plural((uint64_t)number, one, many));
}

void pdf_add_time(struct text *t, int64_t ns)
{
	char stamp[CLOCK_TEXT_MAX];
	if (ns == 0) {
		text_add_string(t, "not known");
		return;
	}
	clock_text(ns, 0, stamp);
	struct slice s = slice_of_string(stamp);
	text_add(t, slice_part(s, 0, 10));
	text_add_char(t, ' ');
	text_add(t, slice_part(s, 11, 8));
	text_add_string(t, " UTC");
}

void pdf_add_clock(struct text *t, int64_t ns, int64_t start_ns)
{
	char stamp[CLOCK_TEXT_MAX], start[CLOCK_TEXT_MAX];
	clock_text(ns, 3, stamp);
	clock_text(start_ns, 3, start);
	struct slice s = slice_of_string(stamp);
	struct slice day = slice_part(s, 0, 10);
	if (!slice_equal(day, slice_part(slice_of_string(start), 0, 10))) {
		text_add(t, day);
		text_add_char(t, ' ');
	}
	text_add(t, slice_part(s, 11, 12));
}

void pdf_add_duration(struct text *t, int64_t ns)
{
	int64_t seconds = ns / CLOCK_SECOND;
	if (seconds < 60) {
		text_addf(t, "%lld.%03lld s", (long long)seconds,
			  (long long)(ns % CLOCK_SECOND / CLOCK_MILLISECOND));
		return;
	}
	if (seconds >= 86400)
		text_addf(t, "%lld d ", (long long)(seconds / 86400));
	if (seconds >= 3600)
		text_addf(t, "%lld h ", (long long)(seconds / 3600 % 24));
	text_addf(t, "%lld min %lld s", (long long)(seconds / 60 % 60), (long long)(seconds % 60));
}

void pdf_add_column(struct text *t, sqlite3_stmt *q, int column)
{
	text_add_printable(t, store_slice(q, column), COLUMN_MAX);
}

void pdf_add_endpoint(struct text *t, sqlite3_stmt *q, int address, int port)
{
	if (store_is_null(q, address) || store_slice(q, address).size == 0) {
		text_add_string(t, "not known");
		return;
	}
	struct slice host = store_slice(q, address);
	bool brackets = !store_is_null(q, port) && slice_find(host, ':') < host.size;
	if (brackets)
		text_add_char(t, '[');
	pdf_add_column(t, q, address);
	if (brackets)
		text_add_char(t, ']');
	if (!store_is_null(q, port))
		text_addf(t, ":%lld", (long long)store_i64(q, port));
}

void pdf_add_process(struct text *t, sqlite3_stmt *q, int pid, int comm)
{
	if (store_is_null(q, pid) && store_is_null(q, comm)) {
		text_add_string(t, "not attributed");
		return;
	}
	pdf_add_column(t, q, comm);
	if (!store_is_null(q, pid))
		text_addf(t, " (%lld)", (long long)store_i64(q, pid));
}
