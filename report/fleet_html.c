/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet_document.h"

#include "report/html.h"

#include "core/clock.h"
#include "core/hash.h"
#include "tables.h" /* generated */

#include <openssl/evp.h>
#include <string.h>

enum { CELL = 14, NAME = 220, TOP = 24, WEEK = 7, TREND = 90, WHOLE_MAX = 24 /* bytes of a text that is not broken */ };

/* The scripts and styles that may be (CSP level 2, section 7.17). */
static void add_source(struct html *h, const void *content, size_t size)
{
	unsigned char digest[HASH_SIZE], text[4 * HASH_SIZE];
	hash_bytes(slice_of(content, size), digest);
	EVP_EncodeBlock(text, digest, HASH_SIZE);
	text_addf(&h->out.text, "'sha256-%s'", (char *)text);
}

static void add_head(struct html *h, const struct fleet_document *d)
{
	text_add_string(&h->out.text, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
			"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src ");
	add_source(h, embedded_page_report_css, embedded_page_report_css_size);
	text_add_string(&h->out.text, "; script-src ");
	add_source(h, embedded_page_report_js, embedded_page_report_js_size);
	text_addf(&h->out.text, "\">\n<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width, "
		  "initial-scale=1\">\n<title>%s: network egress of many hosts</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>", d->verdict);
	text_add(&h->out.text, slice_of(embedded_page_report_css, embedded_page_report_css_size));
	text_add_string(&h->out.text, "</style></head>\n<body><a class=\"skip\" href=\"#alarms\">Skip to what stands out</a>\n<header><h1>Network "
			"egress of many hosts</h1></header><main>\n");
	text_addf(&h->out.text, "<div class=\"verdict %s\"><strong>%s</strong>", d->verdict, d->verdict);
	fleet_document_sentence(d, &h->out.text);
	text_add_string(&h->out.text, "</div>\n<nav aria-label=\"Contents\"><ul><li><a href=\"#nights\">Hosts and nights</a></li>");
	for (size_t i = 0; i < FLEET_PARTS; i++)
		text_addf(&h->out.text, "<li><a href=\"#%s\">%s</a></li>", fleet_headings[i].id, fleet_headings[i].title);
	text_add_string(&h->out.text, "</ul></nav>\n");
}

/* A letter tells too: colour only helps. */
static void add_night(struct html *h, enum fleet_night night, size_t x, size_t y)
{
	static const struct {
		const char *fill, *ink, *letter;
	} looks[] = {
		[FLEET_NONE] = {"none", "", "\u00b7"},
		[FLEET_PASS] = {"#176b38", "light", "P"},
		[FLEET_INCONCLUSIVE] = {"#ffcc47", "dark", "?"},
		[FLEET_FAIL] = {"#a81c17", "light", "F"},
	};
	if (night != FLEET_NONE)
		text_addf(&h->out.text, "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", x, y, CELL - 1, CELL - 1, looks[night].fill);
	text_addf(&h->out.text, "<text x=\"%zu\" y=\"%zu\" font-size=\"10\" text-anchor=\"middle\" class=\"%s\">%s</text>", x + CELL / 2, y + CELL - 4,
		  looks[night].ink, looks[night].letter);
}

static void add_days(struct html *h, const struct fleet_document *d)
{
	for (size_t i = 0; i < d->days; i += WEEK) {
		char day[CLOCK_TEXT_MAX];
		clock_text((d->first_day + (int64_t)i) * 86400 * CLOCK_SECOND, 0, day);
		text_addf(&h->out.text, "<text x=\"%zu\" y=\"%d\" font-size=\"10\">%.10s</text>", (size_t)NAME + i * CELL, TOP - 10, day);
	}
}

static enum status add_picture(struct html *h, const struct fleet_document *d, struct error *err)
{
	enum status status = OK;
	const size_t width = NAME + (d->days + WEEK) * CELL, height = TOP + d->picture_count * CELL + CELL;
	text_add_string(&h->out.text, "<section id=\"nights\"><h2 id=\"h-nights\">Hosts and nights</h2>\n");
	if (!d->picture_count)
		text_add_string(&h->out.text, "<p class=\"none\">There is no night.</p>");
	else
		text_addf(&h->out.text, "<figure><figcaption>The last %zu nights: P is PASS, ? INCONCLUSIVE, F FAIL, a dot no evidence</figcaption>"
			  "<svg viewBox=\"0 0 %zu %zu\" role=\"img\" aria-labelledby=\"h-nights\">", d->days, width, height);
	if (d->picture_count)
		add_days(h, d);
	for (size_t i = 0; i < d->picture_count && !status; i++) {
		size_t y = TOP + i * CELL;
		text_addf(&h->out.text, "<g><title>");
		html_add(h, slice_of_string(d->picture[i].name));
		text_addf(&h->out.text, "</title><text x=\"0\" y=\"%zu\" font-size=\"11\">", y + CELL - 3);
		html_add(h, slice_part(slice_of_string(d->picture[i].name), 0, 30));
		text_add_string(&h->out.text, "</text>");
		for (size_t n = 0; n < d->days; n++)
			add_night(h, d->picture[i].nights[n], NAME + n * CELL, y);
		text_add_string(&h->out.text, "</g>\n");
		status = stream_flush(&h->out, false, err);
	}
	text_add_string(&h->out.text, d->picture_count ? "</svg></figure>" : "");
	if (d->picture_more)
		text_addf(&h->out.text, "<p><strong>There are more hosts than the %d shown here; the table has them.</strong></p>", FLEET_HOSTS_MAX);
	text_add_string(&h->out.text, "</section>\n");
	return status;
}

/* A column a night, from the foot up FAIL, INCONCLUSIVE and PASS; its title tells the numbers. */
static void add_trend(struct html *h, const struct fleet_table *t)
{
	static const struct {
		size_t column;
		const char *fill;
	} parts[] = {{4, "#a81c17"}, {3, "#ffcc47"}, {2, "#176b38"}};
	const size_t count = t->rows < FLEET_NIGHTS_MAX ? t->rows : FLEET_NIGHTS_MAX;
	int64_t most = 1;
	for (size_t i = 0; i < count; i++)
		most = t->cells[i * t->columns + 1].number > most ? t->cells[i * t->columns + 1].number : most;
	text_addf(&h->out.text, "<figure><figcaption>Hosts by verdict, the last %zu nights: FAIL at the foot, then INCONCLUSIVE, then PASS; up to %lld"
		  "</figcaption><svg viewBox=\"0 0 %zu %d\" role=\"img\" aria-labelledby=\"h-trend\">", count, (long long)most,
		  (size_t)NAME + (count + WEEK) * CELL, TREND + 20);
	for (size_t i = 0; i < count; i++) {
		const struct fleet_cell *row = &t->cells[(count - 1 - i) * t->columns];
		double foot = TREND;
		text_addf(&h->out.text, "<g><title>%s: PASS %lld, INCONCLUSIVE %lld, FAIL %lld</title>", row[0].text, (long long)row[2].number,
			  (long long)row[3].number, (long long)row[4].number);
		for (size_t n = 0; n < LENGTH(parts); n++) {
			double height = TREND * (double)row[parts[n].column].number / (double)most;
			foot -= height;
			if (height > 0)
				text_addf(&h->out.text, "<rect x=\"%zu\" y=\"%.2f\" width=\"%d\" height=\"%.2f\" fill=\"%s\"/>",
					  (size_t)NAME + i * CELL, foot, CELL - 1, height, parts[n].fill);
		}
		if (i % WEEK == 0)
			text_addf(&h->out.text, "<text x=\"%zu\" y=\"%d\" font-size=\"10\">%s</text>", (size_t)NAME + i * CELL, TREND + 14, row[0].text);
		text_add_string(&h->out.text, "</g>\n");
	}
	text_add_string(&h->out.text, "</svg></figure>\n");
}

static void add_cell(struct html *h, const struct fleet_cell *c)
{
	bool whole = c->type == FLEET_TIME || (c->type == FLEET_TEXT && strlen(c->text) <= WHOLE_MAX);
	text_add_string(&h->out.text, c->type == FLEET_NUMBER ? "<td class=\"n\">" : whole ? "<td class=\"t\">" : "<td>");
	if (c->type == FLEET_NUMBER)
		text_add_i64(&h->out.text, c->number);
	else if (c->type == FLEET_TIME)
		html_add_time(h, c->number);
	else if (c->type == FLEET_TEXT)
		html_add(h, slice_of_string(c->text));
}

static enum status add_table(struct html *h, const struct fleet_document *d, enum fleet_part part, struct error *err)
{
	const struct fleet_table *t = &d->tables[part];
	const struct fleet_heading *heading = &fleet_headings[part];
	enum status status = OK;
	text_addf(&h->out.text, "<section id=\"%s\"><h2 id=\"h-%s\">%s</h2>\n", heading->id, heading->id, heading->title);
	if (!t->rows) {
		text_addf(&h->out.text, "<p class=\"none\">%s</p></section>\n", heading->none);
		return OK;
	}
	if (part == FLEET_TREND)
		add_trend(h, t);
	text_addf(&h->out.text, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-%s\"><table id=\"t-%s\"><thead><tr>",
		  heading->id, heading->id);
	for (size_t c = 0; c < t->columns; c++)
		text_addf(&h->out.text, "<th scope=\"col\">%s</th>", t->names[c]);
	text_add_string(&h->out.text, "</tr></thead><tbody>\n");
	for (size_t r = 0; r < t->rows && !status; r++) {
		text_add_string(&h->out.text, "<tr>");
		for (size_t c = 0; c < t->columns; c++)
			add_cell(h, &t->cells[r * t->columns + c]);
		text_add_char(&h->out.text, '\n');
		status = stream_flush(&h->out, false, err);
	}
	text_add_string(&h->out.text, "</tbody></table></div>");
	if (t->more)
		text_add_string(&h->out.text, "<p><strong>There are more rows than these; the store has all of them.</strong></p>");
	text_add_string(&h->out.text, "</section>\n");
	return status;
}

enum status fleet_html_write(const struct fleet_document *d, int fd, struct error *err)
{
	struct html h = {.out = stream_to(fd)};
	add_head(&h, d);
	enum status status = add_picture(&h, d, err);
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = add_table(&h, d, (enum fleet_part)i, err);
	text_add_string(&h.out.text, "</main>\n<script>");
	text_add(&h.out.text, slice_of(embedded_page_report_js, embedded_page_report_js_size));
	text_add_string(&h.out.text, "</script></body></html>\n");
	if (!status)
		status = stream_flush(&h.out, true, err);
	stream_free(&h.out);
	return status;
}
