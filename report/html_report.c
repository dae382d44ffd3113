/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_report.h"

#include "report/bench.h"
#include "report/html.h"
#include "report/organisation.h"
#include "report/review_words.h"

#include "core/clock.h"
#include "core/hash.h"
#include "tables.h" /* generated */

#include <openssl/evp.h>
#include <string.h>

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

/* & < > and " as HTML wants them (13.1.2.6); the rest is printable already. */
void html_add(struct html *h, struct slice text)
{
	AUTO_TEXT struct text plain = text_make(HTML_CELL_MAX * 12);
	text_add_printable(&plain, text, HTML_CELL_MAX);
	struct slice rest = text_slice(&plain);
	for (size_t i = 0, from = 0; i <= rest.size; i++) {
		const char *mark = i == rest.size ? "" : rest.at[i] == '&' ? "&amp;" : rest.at[i] == '<' ? "&lt;"
			: rest.at[i] == '>' ? "&gt;" : rest.at[i] == '"' ? "&quot;" : NULL;
		if (!mark)
			continue;
		text_add(&h->out.text, slice_part(rest, from, i - from));
		text_add_string(&h->out.text, mark);
		from = i + 1;
	}
}

void html_add_time(struct html *h, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	if (!ns)
		return;
	clock_text(ns, 3, text);
	text[10] = ' ';
	text_add(&h->out.text, slice_of(text, 23));
}

/* "'sha256-…'": the scripts and styles that may be (CSP level 2, section 7.17). */
static void add_source(struct html *h, struct slice content)
{
	unsigned char digest[HASH_SIZE], text[4 * HASH_SIZE];
	hash_bytes(content, digest);
	EVP_EncodeBlock(text, digest, HASH_SIZE);
	text_addf(&h->out.text, "'sha256-%s'", (char *)text);
}

static struct slice style(void)
{
	return slice_of(embedded_page_report_css, embedded_page_report_css_size);
}

static struct slice script(void)
{
	return slice_of(embedded_page_report_js, embedded_page_report_js_size);
}

/* A style that puts the marking above and below each printed page, as a string of CSS
 * (css-syntax-3, 4.3.5). A browser without boxes in the margins of a page (css-page-3, 5)
 * prints it on the first and the last. */
static void add_marking_style(struct text *css, const char *marking)
{
	AUTO_TEXT struct text plain = text_make(HTML_CELL_MAX * 12), string = text_make(HTML_CELL_MAX * 48);
	text_add_printable(&plain, slice_of_string(marking), HTML_CELL_MAX);
	for (const char *c = text_string(&plain); *c; c++) {
		if (strchr("\"\\<>&", *c))
			text_addf(&string, "\\%x ", (unsigned)*c);
		else
			text_add_char(&string, *c);
	}
	text_addf(css, "@page { @top-center { content: \"%s\"; font: bold 9pt sans-serif } "
		  "@bottom-center { content: \"%s\"; font: bold 9pt sans-serif } }", text_string(&string), text_string(&string));
}

static void add_head(struct html *h)
{
	const struct facts *f = h->facts;
	AUTO_TEXT struct text marking = text_make(HTML_CELL_MAX * 100);
	if (*f->value[FACT_MARKING])
		add_marking_style(&marking, f->value[FACT_MARKING]);
	text_add_string(&h->out.text, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
			"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
			"form-action 'none'; style-src ");
	add_source(h, style());
	if (marking.size) {
		text_add_char(&h->out.text, ' ');
		add_source(h, text_slice(&marking));
	}
	text_add_string(&h->out.text, "; script-src ");
	add_source(h, script());
	text_add_string(&h->out.text, "\">\n<meta name=\"referrer\" content=\"no-referrer\">"
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	html_add(h, slice_of_string(f->judged ? f->verdict : "Not judged"));
	text_add_string(&h->out.text, ": network egress report, session ");
	html_add(h, slice_of_string(f->value[FACT_ID]));
	text_add_string(&h->out.text, "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>");
	text_add(&h->out.text, style());
	if (marking.size) {
		text_add_string(&h->out.text, "</style>\n<style>");
		text_add(&h->out.text, text_slice(&marking));
	}
	text_add_string(&h->out.text, "</style></head>\n<body><a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n");
}

/* "CUI" and the like, at both ends of the page and on each that is printed. */
static void add_marking(struct html *h)
{
	if (!*h->facts->value[FACT_MARKING])
		return;
	text_add_string(&h->out.text, "<p class=\"marking\">");
	html_add(h, slice_of_string(h->facts->value[FACT_MARKING]));
	text_add_string(&h->out.text, "</p>\n");
}

static void add_verdict(struct html *h)
{
	const struct facts *f = h->facts;
	text_add_string(&h->out.text, "<header>");
	add_marking(h);
	text_add_string(&h->out.text, "<h1>Network egress report</h1></header><main>\n<div class=\"verdict ");
	html_add(h, slice_of_string(f->judged ? f->verdict : "none"));
	text_add_string(&h->out.text, "\"><strong>");
	html_add(h, slice_of_string(f->judged ? f->verdict : "NOT JUDGED"));
	text_add_string(&h->out.text, "</strong>");
	html_add(h, slice_of_string(f->summary));
	text_add_string(&h->out.text, "</div>\n<nav aria-label=\"Contents\"><ul>");
	for (size_t i = 0; i < LENGTH(tables); i++)
		if (!tables[i].models || h->models)
			text_addf(&h->out.text, "<li><a href=\"#%s\">%s</a></li>", tables[i].id, tables[i].title);
	text_add_string(&h->out.text, "<li><a href=\"#reviews\">Reviews</a></li><li><a href=\"#limits\">What this does not show</a></li></ul></nav>\n");
}

static void add_fact(struct html *h, const char *name, const char *value)
{
	if (!*value)
		return;
	text_addf(&h->out.text, "<dt>%s</dt><dd>", name);
	html_add(h, slice_of_string(value));
	text_add_string(&h->out.text, "</dd>");
}

/* In the site's own words. */
static void add_organisation(struct html *h)
{
	struct organisation_field field;
	AUTO_TEXT struct text label = text_make(HTML_CELL_MAX * 12);
	struct cursor fields = organisation_fields(h->facts);
	while (organisation_next(&fields, &field)) {
		text_clear(&label);
		organisation_add_label(&label, &field);
		text_add_string(&h->out.text, "<dt>");
		html_add(h, text_slice(&label));
		text_add_string(&h->out.text, "</dt><dd>");
		html_add(h, field.value);
		text_add_string(&h->out.text, "</dd>");
	}
}

static void add_facts(struct html *h)
{
	static const struct {
		const char *name;
		enum fact fact;
	} rows[] = {
		{"Session", FACT_ID},       {"Host", FACT_HOST},       {"System", FACT_SYSTEM},
		{"Kernel", FACT_KERNEL},    {"User", FACT_USER},       {"Command", FACT_COMMAND},
		{"Witnessing", FACT_TIER},  {"Clock source", FACT_CLOCK_SOURCE},
		{"Policy (SHA-256)", FACT_POLICY_SHA256},
	};
	AUTO_TEXT struct text review = text_make(HTML_CELL_MAX * 12);
	text_add_string(&h->out.text, "<section aria-label=\"Who, where and when\"><dl>");
	add_fact(h, "Scope", h->facts->scope);
	text_add_string(&h->out.text, "<dt>Window (UTC)</dt><dd>");
	html_add_time(h, h->facts->from_ns);
	text_add_string(&h->out.text, h->facts->from_ns || h->facts->to_ns ? " to " : "not known");
	html_add_time(h, h->facts->to_ns);
	text_add_string(&h->out.text, "</dd>");
	for (size_t i = 0; i < LENGTH(rows); i++)
		add_fact(h, rows[i].name, h->facts->value[rows[i].fact]);
	add_organisation(h);
	review_words_state(&review, h->facts->reviews);
	add_fact(h, "Review", text_string(&review));
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
	text_add_string(&h->out.text, "</ul></section></main>\n<footer>");
	add_marking(h);
	text_add_string(&h->out.text, "<p>Written by airgap-verify " VERSION " out of audit.db, "
			"which is made of the raw evidence beside it. HOW_TO_VERIFY.txt tells how to check every byte "
			"without it. This page fetches nothing.</p></footer>\n<script>");
	text_add(&h->out.text, script());
	text_add_string(&h->out.text, "</script></body></html>\n");
}

static enum status write_page(struct html *h, struct error *err)
{
	add_head(h);
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
