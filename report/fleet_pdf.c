/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet_document.h"

#include "report/fleet_chart.h"
#include "report/page_table.h"
#include "report/pdf_words.h"

#include "core/clock.h"

#include <string.h>

enum {
	ROWS_MAX = 500, /* of one table */
	TOP_MAX = 60,	/* of one that is in order of weight, or of time */
	CELL_MAX = 400,
	SHOWN_COLUMNS_MAX = 8,
};

/* Which columns of a table are printed, and how wide. */
struct shown {
	size_t column;
	struct page_column as;
};

#define WORDS(column, head, share) {column, {head, share, PAGE_CELL, false, 2}}
#define NUMBERS(column, head, share) {column, PAGE_NUMBERS(head, share)}
#define BOLD(column, head, share) {column, {head, share, PAGE_CELL_BOLD, false, 1}}
static const struct shown shown[FLEET_PARTS][SHOWN_COLUMNS_MAX] = {
	[FLEET_ALARMS] = {WORDS(4, "Night", 0.11), BOLD(2, "Bears", 0.15), WORDS(1, "What", 0.14), WORDS(0, "Host", 0.18),
			  {6, {"Detail", 0.42, PAGE_CELL, false, 4}}},
	[FLEET_HOSTS] = {WORDS(0, "Host", 0.26), BOLD(1, "Last verdict", 0.16), WORDS(2, "Last night", 0.12), NUMBERS(3, "Nights", 0.08),
			 NUMBERS(4, "PASS", 0.08), NUMBERS(5, "Undecided", 0.11), NUMBERS(6, "FAIL", 0.07), NUMBERS(7, "To leave", 0.12)},
	[FLEET_TREND] = {WORDS(0, "Night", 0.2), NUMBERS(1, "Hosts", 0.16), NUMBERS(2, "PASS", 0.16), NUMBERS(3, "Undecided", 0.16),
			 NUMBERS(4, "FAIL", 0.16), NUMBERS(5, "To leave", 0.16)},
	[FLEET_DESTINATIONS] = {WORDS(0, "Destination", 0.45), NUMBERS(1, "To leave", 0.16), NUMBERS(2, "Allowed", 0.15),
				NUMBERS(3, "Hosts", 0.12), NUMBERS(4, "Nights", 0.12)},
	[FLEET_VECTORS] = {WORDS(0, "What for", 0.45), NUMBERS(1, "To leave", 0.16), NUMBERS(2, "Allowed", 0.15), NUMBERS(3, "Hosts", 0.12),
			   NUMBERS(4, "Nights", 0.12)},
	[FLEET_FINDINGS] = {BOLD(0, "Effect", 0.16), WORDS(1, "Severity", 0.1), WORDS(2, "Check", 0.15), WORDS(3, "One of them", 0.35),
			    NUMBERS(4, "Hosts", 0.07), NUMBERS(5, "Nights", 0.08), NUMBERS(6, "All", 0.09)},
	[FLEET_CONTROLS] = {WORDS(0, "Framework", 0.12), WORDS(1, "Control", 0.19), WORDS(2, "Objective", 0.1), WORDS(3, "Evidence", 0.14),
			    WORDS(4, "Status", 0.27), NUMBERS(5, "Hosts", 0.07), WORDS(7, "Last night", 0.11)},
};

static void add_cell(struct page_table *t, const struct fleet_cell *c)
{
	struct text *cell = page_table_cell(t);
	if (c->type == FLEET_NUMBER)
		pdf_add_number(cell, c->number);
	else if (c->type == FLEET_TIME)
		pdf_add_time(cell, c->number);
	else if (c->type == FLEET_TEXT)
		text_add_printable(cell, slice_of_string(c->text), CELL_MAX);
}

static void draw_table(struct page *p, const struct fleet_document *d, enum fleet_part part)
{
	const struct fleet_table *t = &d->tables[part];
	struct page_column columns[SHOWN_COLUMNS_MAX];
	struct page_table table;
	size_t count = 0, most = part == FLEET_DESTINATIONS || part == FLEET_TREND ? TOP_MAX : ROWS_MAX;
	page_heading(p, fleet_headings[part].title);
	if (!t->rows) {
		page_text(p, PAGE_BODY, fleet_headings[part].none);
		return;
	}
	if (part == FLEET_TREND)
		fleet_chart_trend(p, d);
	for (; count < SHOWN_COLUMNS_MAX && shown[part][count].as.head; count++)
		columns[count] = shown[part][count].as;
	page_table_begin(&table, p, columns, count);
	for (size_t r = 0; r < t->rows && r < most; r++) {
		for (size_t c = 0; c < count; c++)
			add_cell(&table, &t->cells[r * t->columns + shown[part][c].column]);
		page_table_row(&table);
	}
	page_table_end(&table);
	if (t->more || t->rows > most)
		page_textf(p, PAGE_SMALL, "There are more than these %zu: report.xlsx has the first %d, the store all.", most, FLEET_ROWS_MAX);
}

static enum status write_pages(const struct fleet_document *d, int fd, unsigned total, unsigned *ret_pages, struct error *err)
{
	char date[CLOCK_TEXT_MAX];
	struct page p;
	AUTO_TEXT struct text sentence = text_make(1024);
	fleet_document_sentence(d, &sentence);
	clock_text(d->as_of_ns, 0, date);
	const struct page_form form = {.title = "Network egress of many hosts", .date = date, .running_left = "Network egress of many hosts",
				       .running_right = date, .marking = "", .paper = PAGE_A4, .total = total};
	page_begin(&p, fd, &form);
	page_text(&p, PAGE_TITLE, "Network egress of many hosts");
	page_text(&p, PAGE_VERDICT, d->verdict);
	page_text(&p, PAGE_BODY, text_string(&sentence));
	page_text(&p, PAGE_SMALL, "FAIL: the last night of a host failed, or something was forged. INCONCLUSIVE: a host is silent, or its last "
		  "night is undecided. Each bundle was verified when it came in; that its database follows from its raw evidence, airgap-verify "
		  "reproduce shows.");
	draw_table(&p, d, FLEET_ALARMS);
	page_heading(&p, "Hosts and nights");
	fleet_chart_nights(&p, d);
	for (size_t i = FLEET_HOSTS; i < FLEET_PARTS; i++)
		draw_table(&p, d, (enum fleet_part)i);
	*ret_pages = p.number;
	return page_end(&p, err);
}

enum status fleet_pdf_write(const struct fleet_document *d, int fd, struct error *err)
{
	unsigned total = 0, again = 0;
	enum status status = write_pages(d, -1, 0, &total, err);
	if (!status)
		status = write_pages(d, fd, total, &again, err);
	if (!status && again != total)
		status = fail(err, ERR_INTERNAL, "%u pages, then %u", total, again);
	return status;
}
