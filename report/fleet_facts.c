/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet.h"

#include "report/pdf_words.h"

#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64, SUMMARY_MAX = 2000, CELL_MAX = 600 };

struct fleet fleet_new(void)
{
	static const struct reviews none;
	struct fleet f = {.facts = {.arena = arena_new(FLEET_MEMORY_MAX), .verdict = "INCONCLUSIVE", .scope = "", .summary = "",
				    .frameworks = "", .reviews = &none, .judged = true}};
	for (size_t i = 0; i < FACT_COUNT; i++)
		f.facts.value[i] = "";
	for (size_t i = 0; i < FLEET_PARTS; i++)
		while (f.rows[i].columns < FLEET_COLUMNS_MAX && fleet_about[i].columns[f.rows[i].columns].name)
			f.rows[i].columns++;
	return f;
}

void fleet_free(struct fleet *f)
{
	for (size_t i = 0; i < FLEET_PARTS; i++) {
		free(f->rows[i].cells);
		f->rows[i].cells = NULL;
	}
	facts_free(&f->facts);
}

enum status fleet_row(struct fleet *f, enum fleet_part part, struct fleet_cell **ret, struct error *err)
{
	struct fleet_rows *r = &f->rows[part];
	if (r->count == FLEET_ROWS_MAX)
		return fail(err, ERR_LIMIT, "%s: more than %d rows; --from and --to take a shorter period", fleet_about[part].title, FLEET_ROWS_MAX);
	/* twice the room whenever it is full: that is at each power of two */
	if (r->count == 0 || (r->count >= FIRST_ROOM && (r->count & (r->count - 1)) == 0))
		r->cells = must_realloc(r->cells, (r->count ? 2 * r->count : FIRST_ROOM) * r->columns, sizeof *r->cells);
	*ret = &r->cells[r->count++ * r->columns];
	for (size_t i = 0; i < r->columns; i++)
		(*ret)[i] = (struct fleet_cell){NULL, FLEET_NO_NUMBER};
	return OK;
}

enum status fleet_put(struct fleet *f, enum fleet_part part, size_t column, struct slice text, struct error *err)
{
	const struct fleet_rows *r = &f->rows[part];
	struct fleet_cell *cell = &r->cells[(r->count - 1) * r->columns + column];
	const char *above = r->count > 1 ? cell[-(ptrdiff_t)r->columns].text : NULL;
	/* hosts, verdicts and the like stand below each other */
	cell->text = above && slice_is(text, above) ? above : arena_string(f->facts.arena, text);
	return cell->text ? OK : fail(err, ERR_LIMIT, "%s: more text than fits into a report; --from and --to take a shorter period",
				      fleet_about[part].title);
}

static void count(struct fleet *f)
{
	for (size_t i = 0; i < f->rows[FLEET_HOSTS].count; i++) {
		const struct fleet_cell *row = fleet_at(f, FLEET_HOSTS, i);
		f->total_nights += row[HOSTS_NIGHTS].number;
		f->total_fail += row[HOSTS_FAIL].number;
		f->total_open += row[HOSTS_OPEN].number;
		f->total_pass += row[HOSTS_PASS].number;
		f->silent_hosts += row[HOSTS_NIGHTS].number == 0;
		f->attempts += row[HOSTS_ATTEMPTS].number;
		f->leaving += row[HOSTS_LEAVING].number;
		f->lookups += row[HOSTS_LOOKUPS].number;
	}
	int64_t last = 0;
	for (size_t i = 0; i < f->rows[FLEET_NIGHTS].count; i++) {
		int64_t at = fleet_at(f, FLEET_NIGHTS, i)[NIGHTS_BEGAN].number / CLOCK_DAY;
		f->first_day = i == 0 || at < f->first_day ? at : f->first_day;
		last = i == 0 || at > last ? at : last;
	}
	f->days = f->rows[FLEET_NIGHTS].count ? last - f->first_day + 1 : 0;
}

static const char *judge(const struct fleet *f)
{
	bool failed = f->total_fail > 0, open = f->total_open > 0 || f->silent_hosts > 0 || f->total_nights == 0;
	for (size_t i = 0; i < f->rows[FLEET_ALARMS].count; i++) {
		const char *severity = fleet_at(f, FLEET_ALARMS, i)[ALARMS_SEVERITY].text;
		failed |= severity && !strcmp(severity, "FAIL");
		open |= !severity || !strcmp(severity, "INCONCLUSIVE");
	}
	return failed ? "FAIL" : open ? "INCONCLUSIVE" : "PASS";
}

enum status fleet_sum_up(struct fleet *f, struct error *err)
{
	AUTO_TEXT struct text t = text_make(SUMMARY_MAX);
	count(f);
	pdf_add_count(&t, (int64_t)f->rows[FLEET_HOSTS].count, "host", "hosts");
	text_add_string(&t, ", ");
	pdf_add_count(&t, (int64_t)f->rows[FLEET_BUNDLES].count, "bundle", "bundles");
	text_add_string(&t, " of ");
	pdf_add_count(&t, f->total_nights, "night of a host", "nights of hosts");
	text_add_string(&t, ": ");
	pdf_add_number(&t, f->total_fail);
	text_add_string(&t, " FAIL, ");
	pdf_add_number(&t, f->total_open);
	text_add_string(&t, " INCONCLUSIVE, ");
	pdf_add_number(&t, f->total_pass);
	text_add_string(&t, " PASS. ");
	pdf_add_count(&t, f->silent_hosts, "host has", "hosts have");
	text_add_string(&t, " no evidence in the period; ");
	pdf_add_count(&t, (int64_t)f->rows[FLEET_REFUSED].count, "bundle was", "bundles were");
	text_add_string(&t, " refused; ");
	pdf_add_count(&t, (int64_t)f->rows[FLEET_ALARMS].count, "thing stands", "things stand");
	text_add_string(&t, " out. ");
	pdf_add_count(&t, f->leaving, "attempt", "attempts");
	text_add_string(&t, " of ");
	pdf_add_number(&t, f->attempts);
	text_add_string(&t, " aimed at another machine.");
	f->facts.verdict = judge(f);
	f->facts.summary = arena_string(f->facts.arena, text_slice(&t));
	return f->facts.summary ? OK : fail(err, ERR_LIMIT, "more text than fits into a report");
}

void fleet_add_cell(struct text *t, enum fleet_kind kind, const struct fleet_cell *c)
{
	if (c->text)
		text_add_printable(t, slice_of_string(c->text), CELL_MAX);
	else if (c->number == FLEET_NO_NUMBER)
		return;
	else if (kind == FLEET_TIME)
		pdf_add_time(t, c->number);
	else if (kind == FLEET_PERMILLE)
		text_addf(t, "%lld.%lld", (long long)(c->number / 10), (long long)(c->number % 10));
	else
		pdf_add_number(t, c->number);
}
