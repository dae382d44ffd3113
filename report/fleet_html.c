/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page about many hosts: it stands alone and fetches nothing, as that of a session.
 */
#include "report/html_fleet.h"

enum { UNBROKEN_MAX = 20 };

static void add_nav(struct html *h)
{
	text_add_string(&h->out.text, "<nav aria-label=\"Contents\"><ul>");
	for (size_t i = 0; i < FLEET_PARTS; i++)
		text_addf(&h->out.text, "<li><a href=\"#%s\">%s</a></li>", fleet_about[i].id, fleet_about[i].title);
	text_add_string(&h->out.text, "<li><a href=\"#method\">How this was made</a></li><li><a href=\"#limits\">What this does not show</a></li></ul></nav>\n");
}

static void add_facts(struct html *h)
{
	text_add_string(&h->out.text, "<section aria-label=\"Who and when\"><dl><dt>Period (UTC)</dt><dd>");
	html_add_time(h, h->facts->from_ns);
	text_add_string(&h->out.text, " to ");
	html_add_time(h, h->facts->to_ns);
	text_add_string(&h->out.text, "</dd>");
	html_fact_write(h, "Number", h->facts->value[FACT_ID]);
	html_organisation_write(h);
	text_add_string(&h->out.text, "</dl></section>\n");
}

static void add_cell(struct html *h, enum fleet_kind kind, const struct fleet_cell *c)
{
	if (kind == FLEET_TIME) {
		text_add_string(&h->out.text, "<td class=\"t\">");
		html_add_time(h, c->number == FLEET_NO_NUMBER ? 0 : c->number);
	} else if (c->text) {
		struct slice text = slice_of_string(c->text);
		/* a day or the name of a host is not to be broken at its hyphens */
		text_add_string(&h->out.text, text.size <= UNBROKEN_MAX ? "<td class=\"t\">" : html_cell_of(text.size));
		html_add(h, text);
	} else {
		text_add_string(&h->out.text, "<td class=\"n\">");
		if (c->number != FLEET_NO_NUMBER && kind == FLEET_PERMILLE)
			fleet_add_cell(&h->out.text, kind, c);
		else if (c->number != FLEET_NO_NUMBER)
			text_add_i64(&h->out.text, c->number); /* without commas, to be sorted */
	}
}

static enum status add_rows(struct html *h, const struct fleet *f, enum fleet_part part, struct error *err)
{
	const struct fleet_about *about = &fleet_about[part];
	const struct fleet_rows *rows = &f->rows[part];
	size_t shown = rows->count < HTML_ROWS_MAX ? rows->count : HTML_ROWS_MAX;
	enum status status = OK;
	text_addf(&h->out.text, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-%s\"><table id=\"t-%s\"><thead><tr>",
		  about->id, about->id);
	for (size_t i = 0; i < rows->columns; i++)
		text_addf(&h->out.text, "<th scope=\"col\">%s</th>", about->columns[i].name);
	text_add_string(&h->out.text, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < shown && !status; i++) {
		text_add_string(&h->out.text, "<tr>");
		for (size_t k = 0; k < rows->columns; k++)
			add_cell(h, about->columns[k].kind, &fleet_at(f, part, i)[k]);
		text_add_char(&h->out.text, '\n');
		status = stream_flush(&h->out, false, err);
	}
	text_add_string(&h->out.text, "</tbody></table></div>");
	if (shown < rows->count)
		text_addf(&h->out.text, "<p><strong>The first %zu of %zu rows; the workbook has all of them.</strong></p>", shown, rows->count);
	return status;
}

static enum status add_part(struct html *h, const struct fleet *f, enum fleet_part part, struct error *err)
{
	const struct fleet_about *about = &fleet_about[part];
	enum status status = OK;
	text_addf(&h->out.text, "<section id=\"%s\"><h2 id=\"h-%s\">%s</h2>\n", about->id, about->id, about->title);
	if (!f->rows[part].count) {
		text_addf(&h->out.text, "<p class=\"none\">%s</p></section>\n", about->none);
		return OK;
	}
	if (part == FLEET_NIGHTS)
		status = html_nights_write(h, f, err);
	if (part == FLEET_TREND)
		html_nights_trend(h, f);
	if (!status)
		status = add_rows(h, f, part, err);
	text_add_string(&h->out.text, "</section>\n");
	return status;
}

static void add_list(struct html *h, const char *id, const char *heading, const char *const lines[])
{
	text_addf(&h->out.text, "<section id=\"%s\"><h2>%s</h2><ul>\n", id, heading);
	for (size_t i = 0; lines[i]; i++) {
		text_add_string(&h->out.text, "<li>");
		html_add(h, slice_of_string(lines[i]));
	}
	text_add_string(&h->out.text, "</ul></section>\n");
}

static enum status write_page(struct html *h, const struct fleet *f, struct error *err)
{
	enum status status = OK;
	AUTO_TEXT struct text title = text_make(HTML_CELL_MAX);
	text_addf(&title, "%s: network egress of many hosts", f->facts.verdict);
	html_head_write(h, text_slice(&title), fleet_about[0].id, "Skip to what stands out");
	html_verdict_write(h, "Network egress of many hosts");
	add_nav(h);
	add_facts(h);
	for (size_t i = 0; i < FLEET_PARTS && !status; i++)
		status = add_part(h, f, (enum fleet_part)i, err);
	add_list(h, "method", "How this was made", fleet_method);
	add_list(h, "limits", "What this does not show", fleet_limits);
	text_add_string(&h->out.text, "</main>\n");
	html_tail_write(h, "Written by airgap-verify " VERSION " out of the store of the bundles that are listed here.");
	return status ? status : stream_flush(&h->out, true, err);
}

enum status fleet_html_write(const struct fleet *f, int fd, struct error *err)
{
	struct html h = {.facts = &f->facts, .out = stream_to(fd)};
	enum status status = write_page(&h, f, err);
	stream_free(&h.out);
	return status;
}
