/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of bars behind the first page. The workbook and the page for browsers draw the
 * same queries.
 */
#include "report/chart_bars.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

enum { NAME_SHOWN_MAX = 120 };

static void add_plain(struct text *t, struct slice name)
{
	text_add_printable(t, name, NAME_SHOWN_MAX);
}

static void add_state(struct text *t, struct slice name)
{
	static const struct {
		const char *state, *words;
	} states[] = {
		{"finding", "found: to be mended"},
		{"unknown", "unclear"},
		{"ok", "good"},
		{"absent", "absent: nothing to look at"},
	};
	for (size_t i = 0; i < LENGTH(states); i++) {
		if (slice_is(name, states[i].state)) {
			text_add_string(t, states[i].words);
			return;
		}
	}
	add_plain(t, name);
}

enum status pdf_figures(struct pdf *d, struct error *err)
{
	static const struct chart_bars vectors = {"Attempts to leave, by vector", "There was none.", pdf_add_vector},
				       destinations = {"Destinations that were tried most", "There was none.", add_plain};
	static const struct {
		struct chart_bars bars;
		enum query query;
	} charts[] = {
		{{"Findings by severity", "There is none.", add_plain}, QUERY_FIGURE_FINDINGS},
		{{"Cross-check of the application's log", "No record was held against another.", add_plain}, QUERY_FIGURE_OUTCOMES},
		{{"How the machine is set up: checks by result", "Nothing was looked at.", add_state}, QUERY_FIGURE_POSTURE},
	};
	const struct tally *t = d->tally;
	enum status status = OK;
	page_break(&d->page);
	page_heading(&d->page, "At a glance");
	chart_bars_draw_counts(d, &vectors, t->vectors, t->vector_count);
	chart_bars_draw_counts(d, &destinations, t->destinations, t->destinations_all);
	for (size_t i = 0; i < LENGTH(charts) && !status; i++)
		status = chart_bars_draw(d, &charts[i].bars, charts[i].query, err);
	return status;
}
