/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_period.h"

#include "core/hash.h"

#include <inttypes.h>
#include <stdio.h>

enum { ID_DIGITS = 32, LINE_MAX_BYTES = 256 };

static const enum fleet_query queries[FLEET_PARTS] = {
	[FLEET_ALARMS] = FLEET_PERIOD_ALARMS,	[FLEET_HOSTS] = FLEET_PERIOD_HOSTS,
	[FLEET_NIGHTS] = FLEET_PERIOD_NIGHTS,	[FLEET_TREND] = FLEET_PERIOD_TREND,
	[FLEET_DESTINATIONS] = FLEET_PERIOD_DESTINATIONS, [FLEET_VECTORS] = FLEET_PERIOD_VECTORS,
	[FLEET_FINDINGS] = FLEET_PERIOD_FINDINGS, [FLEET_CONTROLS] = FLEET_PERIOD_CONTROLS,
	[FLEET_REFUSED] = FLEET_PERIOD_REFUSED, [FLEET_BUNDLES] = FLEET_PERIOD_BUNDLES,
};

static bool is_number(enum fleet_kind kind)
{
	return kind == FLEET_NUMBER || kind == FLEET_PERMILLE || kind == FLEET_TIME;
}

static enum status take_row(struct fleet *f, enum fleet_part part, const struct answer *a, struct error *err)
{
	struct fleet_cell *row;
	enum status status = fleet_row(f, part, &row, err);
	for (size_t i = 0; i < f->rows[part].columns && !status; i++) {
		if (answer_is_null(a, i))
			continue;
		if (is_number(fleet_about[part].columns[i].kind))
			row[i].number = answer_number(a, i);
		else
			status = fleet_put(f, part, i, answer_text(a, i), err);
	}
	return status;
}

/* As period_alarms.sql wants them; the others want two of them. */
enum { FROM, TO, EVERY, OPEN_FROM, OPEN_TO, VALUES };

static enum status take_part(struct depot *d, const struct value values[static VALUES], struct fleet *f, enum fleet_part part, struct error *err)
{
	bool row = true;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, queries[part], part == FLEET_REFUSED ? values + OPEN_FROM : values, part == FLEET_ALARMS ? VALUES : 2, &a, err);
	if (!status && answer_columns(a) != f->rows[part].columns)
		status = fail(err, ERR_INTERNAL, "%s: %zu columns", fleet_about[part].id, answer_columns(a));
	while (!status && !(status = answer_step(a, &row, err)) && row)
		status = take_row(f, part, a, err);
	return status;
}

/* Where the period is not told, all that there is: never until now, which would be another one with
 * each report. */
static enum status find_span(struct depot *d, const struct fleet_period *p, struct fleet *f, struct error *err)
{
	bool row = false;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, FLEET_PERIOD_SPAN, NULL, 0, &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	if (status)
		return status;
	bool empty = !row || answer_is_null(a, 0);
	if (empty && !(p->from_ns && p->to_ns))
		return fail(err, ERR_NO_INPUT, "the store has no bundles yet (airgap-verify fleet add takes them in)");
	f->facts.from_ns = p->from_ns ? *p->from_ns : answer_number(a, 0);
	f->facts.to_ns = p->to_ns ? *p->to_ns : answer_number(a, 1);
	if (f->facts.from_ns < f->facts.to_ns)
		return OK;
	return fail(err, ERR_USAGE, "fleet report: the period ends before it begins; --from and --to tell which is meant");
}

/* The same bundles, looked at in the same way, are the same report. */
static enum status name_report(const struct fleet_period *p, struct fleet *f, struct error *err)
{
	static const struct {
		enum fleet_part part;
		size_t column;
	} lists[] = {{FLEET_BUNDLES, 6}, {FLEET_REFUSED, 7}};
	AUTO_HASH struct hash *h = hash_new();
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX], line[LINE_MAX_BYTES];
	snprintf(line, sizeof line, "%" PRId64 " %" PRId64 "\n", f->facts.from_ns, f->facts.to_ns);
	hash_add(h, slice_of_string(line));
	if (p->every.type == VALUE_NUMBER) {
		snprintf(line, sizeof line, "every %" PRId64 "\n", p->every.number);
		hash_add(h, slice_of_string(line));
	}
	for (size_t l = 0; l < LENGTH(lists); l++)
		for (size_t i = 0; i < f->rows[lists[l].part].count; i++) {
			snprintf(line, sizeof line, "%zu %s\n", l, fleet_at(f, lists[l].part, i)[lists[l].column].text);
			hash_add(h, slice_of_string(line));
		}
	hash_peek(h, digest);
	hash_text(digest, text);
	f->facts.value[FACT_ID] = arena_string(f->facts.arena, slice_part(slice_of_string(text), 0, ID_DIGITS));
	return f->facts.value[FACT_ID] ? OK : fail(err, ERR_LIMIT, "more text than fits into a report");
}

enum status fleet_period_read(struct depot *d, const struct fleet_period *p, struct fleet *ret, struct error *err)
{
	enum status status = depot_begin_reading(d, err);
	if (!status)
		status = find_span(d, p, ret, err);
	/* what was refused may be the first or the last that there is, by what it claims: no period ends before it unless told to */
	const struct value values[VALUES] = {
		[FROM] = value_number(ret->facts.from_ns),
		[TO] = value_number(ret->facts.to_ns),
		[EVERY] = p->every,
		[OPEN_FROM] = value_number(p->from_ns ? *p->from_ns : INT64_MIN),
		[OPEN_TO] = value_number(p->to_ns ? *p->to_ns : INT64_MAX),
	};
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = take_part(d, values, ret, (enum fleet_part)i, err);
	depot_rollback(d); /* nothing was written */
	if (!status)
		status = fleet_sum_up(ret, err);
	return status ? status : name_report(p, ret, err);
}
