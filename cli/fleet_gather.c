/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_gather.h"

#include "core/auto.h"
#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_PICTURED = 16, DAY_S = 86400, TEXT_KEPT = 2000 };
static const int64_t day_ns = DAY_S * CLOCK_SECOND;

/* How many columns of each, in order, are numbers: a bit each. */
static const struct {
	enum fleet_query query;
	unsigned numbers;
} parts[FLEET_PARTS] = {
	[FLEET_ALARMS] = {FLEET_STATUS_ALARMS, 1 << 3},
	[FLEET_HOSTS] = {FLEET_REPORT_HOSTS, 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8},
	[FLEET_TREND] = {FLEET_REPORT_TREND, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5},
	[FLEET_DESTINATIONS] = {FLEET_REPORT_DESTINATIONS, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6},
	[FLEET_VECTORS] = {FLEET_REPORT_VECTORS, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6},
	[FLEET_FINDINGS] = {FLEET_REPORT_FINDINGS, 1 << 4 | 1 << 5 | 1 << 6},
	[FLEET_CONTROLS] = {FLEET_REPORT_CONTROLS, 1 << 5},
};

static const char *keep(struct fleet_document *doc, struct slice text)
{
	return arena_string(doc->arena, slice_part(text, 0, TEXT_KEPT));
}

static enum status too_much(struct error *err)
{
	return fail(err, ERR_LIMIT, "more text than fits into a report");
}

static enum status take_names(struct fleet_document *doc, struct fleet_table *t, const struct answer *a, struct error *err)
{
	/* the statement is that of the status, whose names are for programs */
	static const char *const alarms[] = {"Host", "What", "Bears", "When (UTC)", "Night", "Bundle (SHA-256)", "Detail"};
	bool named = t == &doc->tables[FLEET_ALARMS];
	t->columns = answer_columns(a);
	if (t->columns > FLEET_COLUMNS_MAX)
		return fail(err, ERR_INTERNAL, "%zu columns", t->columns);
	for (size_t i = 0; i < t->columns; i++)
		if (!(t->names[i] = keep(doc, slice_of_string(named && i < LENGTH(alarms) ? alarms[i] : answer_name(a, i)))))
			return too_much(err);
	return OK;
}

static enum status take_row(struct fleet_document *doc, struct fleet_table *t, const struct answer *a, unsigned numbers, struct error *err)
{
	struct fleet_cell *row = fleet_document_row(t);
	for (size_t i = 0; row && i < t->columns; i++) {
		bool number = numbers >> i & 1;
		if (answer_is_null(a, i))
			continue;
		row[i].type = !number ? FLEET_TEXT : strstr(t->names[i], "(UTC)") ? FLEET_TIME : FLEET_NUMBER;
		if (number)
			row[i].number = answer_number(a, i);
		else if (!(row[i].text = keep(doc, answer_text(a, i))))
			return too_much(err);
	}
	return OK;
}

static enum status take_part(struct depot *d, const struct value times[static 3], struct fleet_document *doc, enum fleet_part part,
			     struct error *err)
{
	static const size_t values[FLEET_PARTS] = {[FLEET_ALARMS] = 3, [FLEET_TREND] = 1};
	bool row = true;
	struct fleet_table *t = &doc->tables[part];
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, parts[part].query, times, values[part], &a, err);
	if (!status)
		status = take_names(doc, t, a, err);
	while (!status && !(status = answer_step(a, &row, err)) && row && !t->more)
		status = take_row(doc, t, a, parts[part].numbers, err);
	return status;
}

static enum status take_totals(struct depot *d, struct fleet_document *doc, struct error *err)
{
	int64_t *const to[] = {&doc->hosts, &doc->bundles, &doc->nights, &doc->attempts, &doc->leaving, &doc->refused};
	bool row = false;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, FLEET_STATUS_TOTALS, NULL, 0, &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	for (size_t i = 0; !status && row && i < LENGTH(to); i++)
		*to[i] = answer_number(a, i);
	return status;
}

/* From when to when, and the days of the picture. */
static enum status take_span(struct depot *d, const struct value *as_of, struct fleet_document *doc, struct error *err)
{
	bool row = false;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, FLEET_REPORT_SPAN, as_of, 1, &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	if (status || !row || answer_is_null(a, 0))
		return status;
	doc->from_ns = answer_number(a, 0);
	doc->to_ns = answer_number(a, 1);
	int64_t first = doc->from_ns / day_ns, last = answer_number(a, 2) / day_ns;
	doc->first_day = last - first >= FLEET_NIGHTS_MAX ? last - FLEET_NIGHTS_MAX + 1 : first;
	doc->days = (size_t)(last - doc->first_day + 1);
	return OK;
}

static enum fleet_night night_of(struct slice verdict)
{
	return slice_is(verdict, "PASS") ? FLEET_PASS : slice_is(verdict, "FAIL") ? FLEET_FAIL : FLEET_INCONCLUSIVE;
}

/* The row of a host, which come one after the other; NULL past the last that is shown. */
static struct fleet_host *host_of(struct fleet_document *doc, struct slice name)
{
	size_t n = doc->picture_count;
	if (n && slice_is(name, doc->picture[n - 1].name))
		return &doc->picture[n - 1];
	doc->picture_more |= n == FLEET_HOSTS_MAX;
	if (doc->picture_more)
		return NULL;
	if (n == 0 || (n >= FIRST_PICTURED && (n & (n - 1)) == 0))
		doc->picture = must_realloc(doc->picture, n ? 2 * n : FIRST_PICTURED, sizeof *doc->picture);
	doc->picture[n] = (struct fleet_host){.name = keep(doc, name)};
	if (!doc->picture[n].name)
		return NULL;
	doc->picture_count++;
	return &doc->picture[n];
}

static enum status take_picture(struct depot *d, const struct value *as_of, struct fleet_document *doc, struct error *err)
{
	const struct value values[] = {*as_of, value_number(doc->first_day * day_ns)};
	bool row = true;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = doc->days ? depot_ask(d, FLEET_REPORT_NIGHTS, values, LENGTH(values), &a, err) : OK;
	while (doc->days && !status && !(status = answer_step(a, &row, err)) && row) {
		struct fleet_host *host = host_of(doc, answer_text(a, 0));
		int64_t day = answer_number(a, 1) / day_ns - doc->first_day;
		if (host && day >= 0 && (size_t)day < doc->days)
			host->nights[day] = (unsigned char)night_of(answer_text(a, 2));
	}
	return status;
}

/* As fleet_status() has it: the worst of the last nights and of what stands out. */
static void judge(struct fleet_document *doc)
{
	static const struct {
		enum fleet_part part;
		size_t column;
	} words[] = {{FLEET_ALARMS, 2}, {FLEET_HOSTS, 1}};
	unsigned worst = 0;
	for (size_t w = 0; w < LENGTH(words); w++)
		for (size_t r = 0; r < doc->tables[words[w].part].rows; r++) {
			const struct fleet_table *t = &doc->tables[words[w].part];
			const char *word = t->cells[r * t->columns + words[w].column].text;
			unsigned found = !strcmp(word, "FAIL") ? 2 : !strcmp(word, "PASS") || !strcmp(word, "NOTE") ? 0 : 1;
			worst = found > worst ? found : worst;
		}
	bool cut = doc->tables[FLEET_ALARMS].more || doc->tables[FLEET_HOSTS].more || !doc->tables[FLEET_HOSTS].rows;
	doc->verdict = worst == 2 ? "FAIL" : worst == 1 || cut ? "INCONCLUSIVE" : "PASS";
}

enum status fleet_gather(struct depot *d, const struct value times[static 3], struct fleet_document *ret, struct error *err)
{
	ret->as_of_ns = times[0].number;
	enum status status = take_totals(d, ret, err);
	if (!status)
		status = take_span(d, &times[0], ret, err);
	if (!status)
		status = take_picture(d, &times[0], ret, err);
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = take_part(d, times, ret, (enum fleet_part)i, err);
	if (!status)
		judge(ret);
	return status;
}
