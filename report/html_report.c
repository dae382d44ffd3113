/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_report.h"

#include "report/bench.h"
#include "report/html.h"
#include "report/review_words.h"

static const struct html_table tables[] = {
	{"findings", "Findings", "There is none.", QUERY_SHEET_FINDINGS, false, false},
	{"egress", "Attempts to leave this machine", "There was none.", QUERY_PAGE_EGRESS, false, false},
	{"lookups", "Name lookups", "None was captured.", QUERY_PAGE_LOOKUPS, false, false},
	{"mismatches", "Where the app's log and the machine differ", "Nowhere, or there is no log of an app.",
	 QUERY_PAGE_MISMATCHES, false, false},
	{"coverage", "Spans of what each witness could see", "The evidence names no witness.", QUERY_SHEET_COVERAGE, false, false},
	{"posture", "How the machine is set up", "Nothing was looked at.", QUERY_SHEET_POSTURE, false, false},
	{"controls", "Objectives that this evidence bears on", "There are none in the table of this build.",
	 QUERY_SHEET_CONTROLS, true, false},
	{"challenge", "Ways out that were tried on purpose", "None: challenge was not run.", QUERY_SHEET_CHALLENGE, false, false},
	{"past", "Earlier sessions of this host", "None was found, or none was looked for.", QUERY_SHEET_PAST, false, false},
	{"past-destinations", "Where they tried to go", "There is no earlier session.", QUERY_SHEET_PAST_DESTINATIONS, false, false},
	{"models", "Models that were measured", "None.", QUERY_SHEET_MODELS, false, true},
	{"model-verdicts", "Models by the policy's thresholds", "The policy has none.", QUERY_SHEET_MODEL_VERDICTS, false, true},
	{"model-groups", "Models by language and difficulty", "None.", QUERY_SHEET_MODEL_GROUPS, false, true},
	{"model-speed", "How fast models were", "None was measured.", QUERY_SHEET_MODEL_SPEED, false, true},
	{"model-outcomes", "What became of the answers", "There was none.", QUERY_SHEET_MODEL_OUTCOMES, false, true},
	{"model-pairs", "Two models on the same tasks (McNemar)", "There was one model.", QUERY_SHEET_MODEL_PAIRS, false, true},
	{"model-proofs", "The sandbox that the models' code ran in", "It was not proven.", QUERY_SHEET_MODEL_PROOFS, false, true},
	{"model-published", "What was published of the models of the tiers", "None is known.", QUERY_SHEET_MODEL_PUBLISHED, false, true},
	{"artefacts", "Artefacts of this evidence", "There is none.", QUERY_SHEET_ARTIFACTS, false, false},
};

static void add_verdict(struct html *h)
{
	html_verdict_write(h, "Network egress report");
	text_add_string(&h->out.text, "<nav aria-label=\"Contents\"><ul>");
	for (size_t i = 0; i < LENGTH(tables); i++)
		if (!tables[i].models || h->models)
			text_addf(&h->out.text, "<li><a href=\"#%s\">%s</a></li>", tables[i].id, tables[i].title);
	text_add_string(&h->out.text, "<li><a href=\"#reviews\">Reviews</a></li><li><a href=\"#limits\">What this does not show</a></li></ul></nav>\n");
}

static void add_facts(struct html *h)
{
	static const struct {
		const char *name;
		enum fact fact;
	} rows[] = {
		{"Session", FACT_ID},       {"Host", FACT_HOST},       {"Operating system", FACT_SYSTEM},
		{"Kernel", FACT_KERNEL},    {"User", FACT_USER},       {"Command", FACT_COMMAND},
		{"Witnessing", FACT_TIER},  {"Clock source", FACT_CLOCK_SOURCE},
		{"Policy (SHA-256)", FACT_POLICY_SHA256},
	};
	AUTO_TEXT struct text review = text_make(HTML_CELL_MAX * 12);
	text_add_string(&h->out.text, "<section aria-label=\"Who, where and when\"><dl>");
	html_fact_write(h, "Scope", h->facts->scope);
	text_add_string(&h->out.text, "<dt>Window (UTC)</dt><dd>");
	html_add_time(h, h->facts->from_ns);
	text_add_string(&h->out.text, h->facts->from_ns || h->facts->to_ns ? " to " : "not known");
	html_add_time(h, h->facts->to_ns);
	text_add_string(&h->out.text, "</dd>");
	for (size_t i = 0; i < LENGTH(rows); i++)
		html_fact_write(h, rows[i].name, h->facts->value[rows[i].fact]);
	html_organisation_write(h);
	review_words_state(&review, h->facts->reviews);
	html_fact_write(h, "Review", text_string(&review));
	text_add_string(&h->out.text, "</dl></section>\n");
}

static enum status add_charts(struct html *h, struct error *err)
{
	static const struct {
		const char *title;
		enum query query;
	} bars[] = {
		{"Attempts to leave, by vector", QUERY_FIGURE_VECTORS},
		{"Destinations that were tried most", QUERY_FIGURE_DESTINATIONS},
		{"The app's log held against the machine", QUERY_FIGURE_OUTCOMES},
		{"Findings by severity", QUERY_FIGURE_FINDINGS},
		{"How the machine is set up", QUERY_FIGURE_POSTURE},
		{"Models: share of answers that passed, in percent", QUERY_FIGURE_MODELS},
		{"Models: tokens a second", QUERY_FIGURE_MODEL_SPEED},
	};
	text_add_string(&h->out.text, "<section aria-labelledby=\"h-charts\"><h2 id=\"h-charts\">At a glance</h2>\n");
	enum status status = html_timeline_write(h, err);
	if (!status)
		status = html_coverage_write(h, err);
	for (size_t i = 0; i < LENGTH(bars) && !status; i++)
		status = html_bars_write(h, bars[i].title, bars[i].query, err);
	if (!status)
		status = html_past_write(h, err);
	text_add_string(&h->out.text, "</section>\n");
	return status;
}

static void add_tail(struct html *h)
{
	text_add_string(&h->out.text, "<section id=\"limits\"><h2>What this does not show</h2><ul>\n");
	for (size_t i = 0; facts_limits[i]; i++) {
		text_add_string(&h->out.text, "<li>");
		html_add(h, slice_of_string(facts_limits[i]));
	}
	text_add_string(&h->out.text, "</ul></section></main>\n");
	html_tail_write(h, "Written by airgap-verify " VERSION " out of audit.db, which is made of the raw evidence beside it.");
}

static enum status write_page(struct html *h, struct error *err)
{
	AUTO_TEXT struct text title = text_make(HTML_CELL_MAX);
	text_addf(&title, "%s: network egress report, session %s", h->facts->judged ? h->facts->verdict : "Not judged", h->facts->value[FACT_ID]);
	html_head_write(h, text_slice(&title), "findings", "Skip to the findings");
	add_verdict(h);
	add_facts(h);
	enum status status = add_charts(h, err);
	for (size_t i = 0; i < LENGTH(tables) && !status; i++)
		if (!tables[i].models || h->models)
			status = html_table_write(h, &tables[i], err);
	html_review_write(h);
	add_tail(h);
	return status ? status : stream_flush(&h->out, true, err);
}

enum status html_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct html h = {.store = store, .facts = &facts, .out = stream_to(fd)};
	status = bench_there(store, &h.models, err);
	if (!status)
		status = write_page(&h, err);
	stream_free(&h.out);
	return status;
}
