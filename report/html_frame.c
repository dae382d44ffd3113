/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every page of ours has around its own: the head with its content policy, the verdict,
 * the marking, the end.
 */
#include "report/html.h"
#include "report/organisation.h"

#include "core/clock.h"
#include "core/hash.h"
#include "tables.h" /* generated */

#include <openssl/evp.h>
#include <string.h>

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

void html_head_write(struct html *h, struct slice title, const char *skip, const char *words)
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
	html_add(h, title);
	text_add_string(&h->out.text, "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>");
	text_add(&h->out.text, style());
	if (marking.size) {
		text_add_string(&h->out.text, "</style>\n<style>");
		text_add(&h->out.text, text_slice(&marking));
	}
	text_addf(&h->out.text, "</style></head>\n<body><a class=\"skip\" href=\"#%s\">%s</a>\n", skip, words);
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

void html_verdict_write(struct html *h, const char *heading)
{
	const struct facts *f = h->facts;
	text_add_string(&h->out.text, "<header>");
	add_marking(h);
	text_addf(&h->out.text, "<h1>%s</h1></header><main>\n<div class=\"verdict ", heading);
	html_add(h, slice_of_string(f->judged ? f->verdict : "none"));
	text_add_string(&h->out.text, "\"><strong>");
	html_add(h, slice_of_string(f->judged ? f->verdict : "NOT JUDGED"));
	text_add_string(&h->out.text, "</strong>");
	html_add(h, slice_of_string(f->summary));
	text_add_string(&h->out.text, "</div>\n");
}

void html_fact_write(struct html *h, const char *name, const char *value)
{
	if (!*value)
		return;
	text_addf(&h->out.text, "<dt>%s</dt><dd>", name);
	html_add(h, slice_of_string(value));
	text_add_string(&h->out.text, "</dd>");
}

/* In the site's own words. */
void html_organisation_write(struct html *h)
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

void html_tail_write(struct html *h, const char *words)
{
	text_add_string(&h->out.text, "<footer>");
	add_marking(h);
	text_addf(&h->out.text, "<p>%s HOW_TO_VERIFY.txt tells how to check every byte without it. This page fetches nothing.</p></footer>\n"
		  "<script>", words);
	text_add(&h->out.text, script());
	text_add_string(&h->out.text, "</script></body></html>\n");
}
