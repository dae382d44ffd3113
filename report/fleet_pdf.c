/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The PDF of many hosts: one page that tells, nights, tables, then what it rests on.
 */
#include "report/chart_nights.h"
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

#include "core/clock.h"

#include <string.h>

enum { RUNNING_MAX = 120, WORDS_MAX = 400 };

static const char title[] = "Network egress of many hosts";

static void draw_cover(struct pdf *d, const struct fleet *f)
{
	AUTO_TEXT struct text t = text_make(WORDS_MAX * 8);
	page_text(&d->page, PAGE_TITLE, title);
	page_space(&d->page, 2);
	page_text(&d->page, PAGE_BODY, "Did a session on one of these hosts reach beyond its machine, and for which nights can that be told?");
	page_space(&d->page, 8);
	pdf_verdict(d);
	pdf_add_time(&t, f->facts.from_ns);
	text_add_string(&t, " to ");
	pdf_add_time(&t, f->facts.to_ns);
	pdf_pair(d, "Period", &t);
	text_clear(&t);
	text_add_printable(&t, slice_of_string(f->facts.value[FACT_ID]), WORDS_MAX);
	pdf_pair(d, "Number", &t);
	pdf_organisation(d);
	page_space(&d->page, 4);
	page_text(&d->page, PAGE_SMALL, "FAIL: a night of the period failed, or something was forged. INCONCLUSIVE: a host has no evidence, a night "
		  "is undecided, or something else stands out. PASS: each host has evidence, each of its nights passed, and nothing "
		  "stands out; it speaks of the nights that were watched alone.");
	page_space(&d->page, 10);
	chart_nights_trend(&d->page, f);
}

/* A cell's style by what it holds. */
static struct page_column column_of(const struct fleet_column *c)
{
	static const struct {
		enum page_style style;
		bool right;
		unsigned lines;
	} as[] = {
		[FLEET_WORD] = {PAGE_CELL, false, 4},	  [FLEET_VERDICT] = {PAGE_CELL_BOLD, false, 1}, [FLEET_MONO] = {PAGE_CELL_MONO, false, 2},
		[FLEET_NUMBER] = {PAGE_CELL, true, 1},	  [FLEET_PERMILLE] = {PAGE_CELL, true, 1},	[FLEET_TIME] = {PAGE_CELL, false, 2},
	};
	return (struct page_column){c->name, c->share, as[c->kind].style, as[c->kind].right, as[c->kind].lines};
}

static void draw_rows(struct page *p, const struct fleet *f, enum fleet_part part)
{
	const struct fleet_about *about = &fleet_about[part];
	const struct fleet_rows *rows = &f->rows[part];
	struct page_column columns[PAGE_TABLE_COLUMNS];
	size_t from[PAGE_TABLE_COLUMNS], count = 0, shown = rows->count < about->printed ? rows->count : about->printed;
	struct page_table t;
	for (size_t i = 0; i < rows->columns && count < PAGE_TABLE_COLUMNS; i++)
		if (about->columns[i].share > 0) {
			columns[count] = column_of(&about->columns[i]);
			from[count++] = i;
		}
	page_table_begin(&t, p, columns, count);
	for (size_t i = 0; i < shown; i++) {
		for (size_t k = 0; k < count; k++)
			fleet_add_cell(page_table_cell(&t), about->columns[from[k]].kind, &fleet_at(f, part, i)[from[k]]);
		page_table_row(&t);
	}
	page_table_end(&t);
	if (shown < rows->count)
		page_textf(p, PAGE_SMALL, "The first %zu of %zu; the workbook has all of them.", shown, rows->count);
}

static void draw_part(struct page *p, const struct fleet *f, enum fleet_part part)
{
	const struct fleet_about *about = &fleet_about[part];
	page_need(p, 90);
	page_heading(p, about->title);
	if (!f->rows[part].count) {
		page_text(p, PAGE_BODY, about->none);
		return;
	}
	if (part == FLEET_NIGHTS)
		chart_nights_draw(p, f);
	if (part == FLEET_CONTROLS)
		page_text(p, PAGE_BODY, "For how many hosts there is evidence in the period, of which kind and strength. Whether an objective is "
			  "fulfilled is for an assessor to say.");
	if (about->printed)
		draw_rows(p, f, part);
}

static void draw_list(struct page *p, const char *heading, const char *const lines[])
{
	page_need(p, 90);
	page_heading(p, heading);
	for (size_t i = 0; lines[i]; i++)
		page_item(p, "•", PAGE_BODY, lines[i]);
}

static enum status write_pages(const struct fleet *f, int fd, unsigned total, unsigned *ret_pages, struct error *err)
{
	char date[CLOCK_TEXT_MAX], from[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text right = text_make(RUNNING_MAX), marking = text_make(RUNNING_MAX * 12);
	clock_text(f->facts.from_ns, 0, from);
	clock_text(f->facts.to_ns, 0, date); /* not that of writing: the same store gives the same bytes */
	text_addf(&right, "%.10s to %.10s", from, date);
	text_add_printable(&marking, slice_of_string(f->facts.value[FACT_MARKING]), RUNNING_MAX);
	const struct page_form form = {
		.title = title,
		.date = date,
		.running_left = title,
		.running_right = text_string(&right),
		.marking = text_string(&marking),
		.paper = !strcmp(f->facts.value[FACT_PAPER], "letter") ? PAGE_LETTER : PAGE_A4,
		.total = total,
	};
	struct pdf d = {.facts = &f->facts};
	page_begin(&d.page, fd, &form);
	draw_cover(&d, f);
	for (size_t i = 0; i < FLEET_BUNDLES; i++)
		draw_part(&d.page, f, (enum fleet_part)i);
	draw_list(&d.page, "How this was made", fleet_method);
	draw_list(&d.page, "What this does not show", fleet_limits);
	draw_part(&d.page, f, FLEET_BUNDLES);
	*ret_pages = d.page.number;
	return page_end(&d.page, err);
}

enum status fleet_pdf_write(const struct fleet *f, int fd, struct error *err)
{
	unsigned total = 0, again = 0;
	enum status status = write_pages(f, -1, 0, &total, err);
	if (!status)
		status = write_pages(f, fd, total, &again, err);
	return status || again == total ? status : fail(err, ERR_INTERNAL, "%u pages, then %u", total, again);
}
