/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_status.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"

#include <stdio.h>

enum { OUTPUT_MAX = 256 << 20, SHOWN_MAX = 200, DETAIL_MAX = 1000 };

struct telling {
	struct text *out; /* not owned */
	struct json json;
	bool as_json;
	int exit_status; /* the worst so far */
};

/* FAIL before INCONCLUSIVE before all else. */
static void note(struct telling *t, struct slice word)
{
	if (slice_is(word, "FAIL"))
		t->exit_status = 1;
	else if (slice_is(word, "INCONCLUSIVE") && !t->exit_status)
		t->exit_status = 2;
}

static void add_json_row(struct telling *t, const struct answer *a, size_t numbers_of)
{
	for (size_t i = 0; i < answer_columns(a); i++) {
		if (answer_is_null(a, i))
			json_add_null(&t->json, answer_name(a, i));
		else if (numbers_of >> i & 1)
			json_add_i64(&t->json, answer_name(a, i), answer_number(a, i));
		else
			json_add_slice(&t->json, answer_name(a, i), answer_text(a, i));
	}
}

static void add_cell(struct telling *t, struct slice text, int width)
{
	AUTO_TEXT struct text shown = text_make(16 * DETAIL_MAX);
	text_add_printable(&shown, text, width ? SHOWN_MAX : DETAIL_MAX);
	text_addf(t->out, "%-*s%s", width, text_string(&shown), width ? " " : "\n");
}

static enum status tell_totals(struct telling *t, struct depot *d, const struct value *until, struct error *err)
{
	AUTO_ANSWER struct answer *a = NULL;
	bool row = false;
	enum status status = depot_ask(d, FLEET_STATUS_TOTALS, until, 1, &a, err);
	if (!status)
		status = answer_step(a, &row, err);
	if (status || !row)
		return status;
	if (t->as_json) {
		json_begin_object(&t->json, "totals");
		add_json_row(t, a, 0x3f);
		json_end_object(&t->json);
		return OK;
	}
	const uint64_t n[] = {(uint64_t)answer_number(a, 0), (uint64_t)answer_number(a, 1), (uint64_t)answer_number(a, 4), (uint64_t)answer_number(a, 5)};
	text_addf(t->out, "%llu %s, %llu %s, %llu %s to leave, %llu refused\n\n", (unsigned long long)n[0], text_plural(n[0], "host", "hosts"),
		  (unsigned long long)n[1], text_plural(n[1], "bundle", "bundles"), (unsigned long long)n[2],
		  text_plural(n[2], "attempt", "attempts"), (unsigned long long)n[3]);
	return OK;
}

static void tell_host(struct telling *t, const struct answer *a)
{
	enum { HOST, NIGHT, VERDICT, NIGHTS = 4, REASON = 15, NUMBERS = 0x1ff8 };
	note(t, answer_text(a, VERDICT));
	if (t->as_json) {
		json_begin_object(&t->json, NULL);
		add_json_row(t, a, NUMBERS);
		json_end_object(&t->json);
		return;
	}
	add_cell(t, answer_is_null(a, VERDICT) ? SLICE("no evidence") : answer_text(a, VERDICT), 12);
	add_cell(t, answer_text(a, NIGHT), 10);
	text_addf(t->out, "%5lld %s  ", (long long)answer_number(a, NIGHTS), answer_number(a, NIGHTS) == 1 ? "night " : "nights");
	if (answer_is_null(a, REASON)) {
		add_cell(t, answer_text(a, HOST), 0);
		return;
	}
	add_cell(t, answer_text(a, HOST), 16);
	add_cell(t, answer_text(a, REASON), 0); /* the first that made the verdict of that night */
}

static void tell_alarm(struct telling *t, const struct answer *a)
{
	enum { HOST, KIND, SEVERITY, NIGHT = 4, DETAIL = 6, NUMBERS = 1 << 3 };
	note(t, answer_text(a, SEVERITY));
	if (t->as_json) {
		json_begin_object(&t->json, NULL);
		add_json_row(t, a, NUMBERS);
		json_end_object(&t->json);
		return;
	}
	add_cell(t, answer_text(a, SEVERITY), 12);
	add_cell(t, answer_text(a, NIGHT), 10);
	add_cell(t, answer_text(a, KIND), 13);
	add_cell(t, answer_is_null(a, HOST) ? SLICE("host not known") : answer_text(a, HOST), 16);
	add_cell(t, answer_text(a, DETAIL), 0);
}

static enum status tell_all(struct telling *t, struct depot *d, enum fleet_query query, const struct value values[], size_t count,
			    const char *key, void (*tell)(struct telling *, const struct answer *), struct error *err)
{
	bool row = true, any = false;
	AUTO_ANSWER struct answer *a = NULL;
	enum status status = depot_ask(d, query, values, count, &a, err);
	if (t->as_json)
		json_begin_array(&t->json, key);
	while (!status && !(status = answer_step(a, &row, err)) && row) {
		if (!any && !t->as_json && query == FLEET_STATUS_ALARMS)
			text_add_string(t->out, "\nStands out\n");
		any = true;
		tell(t, a);
	}
	if (t->as_json)
		json_end_array(&t->json);
	return status;
}

enum { AS_OF, EVERY, SINCE, UNTIL, TIMES }; /* as status_alarms.sql wants them */

static enum status read_times(const struct fleet_settings *s, struct value ret[static TIMES], struct error *err)
{
	int64_t at = clock_now().wall_ns, since = 0;
	enum status status = s->at ? fleet_store_time(s->at, "--at", &at, err) : OK;
	if (!status)
		status = fleet_store_every(s, &ret[EVERY], err);
	if (!status && s->since)
		status = fleet_store_time(s->since, "--since", &since, err);
	ret[AS_OF] = value_number(at);
	ret[SINCE] = value_number(since);
	ret[UNTIL] = value_number(s->at ? at : INT64_MAX);
	return status;
}

int fleet_status(const struct fleet_settings *s, char *const names[], size_t count, struct error *err)
{
	struct value times[TIMES];
	AUTO_DEPOT struct depot *d = NULL;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	struct telling t = {.out = &out, .json = json_on(&out), .as_json = s->common.json};
	(void)names, (void)count;
	enum status status = read_times(s, times, err);
	if (!status)
		status = fleet_store_open(s, DEPOT_READ, &d, err);
	if (t.as_json)
		json_begin_object(&t.json, NULL);
	if (!status)
		status = tell_totals(&t, d, &times[UNTIL], err);
	if (!status)
		status = tell_all(&t, d, FLEET_STATUS_HOSTS, &times[UNTIL], 1, "hosts", tell_host, err);
	if (!status)
		status = tell_all(&t, d, FLEET_STATUS_ALARMS, times, LENGTH(times), "alarms", tell_alarm, err);
	if (t.as_json) {
		json_end_object(&t.json);
		text_add_char(&out, '\n');
	}
	if (!status && out.overflow)
		status = fail(err, ERR_LIMIT, "the list is too long: --since tells of later nights alone");
	if (!status && (t.as_json || !s->common.quiet))
		fputs(text_string(&out), stdout);
	return status ? 0 : t.exit_status;
}
