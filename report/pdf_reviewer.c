/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last page: what persons decided with a signature of a key of their own; where nobody
 * did yet, boxes to be filled by hand.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/review_words.h"

static const double box_height = 21, label_width = 96;

enum { COMMENT_MAX = 2000, OBJECTIVE_MAX = 200 };

static void draw_box(struct page *p, const char *label, double height)
{
	page_need(p, height);
	cairo_set_line_width(p->cr, 0.6);
	cairo_rectangle(p->cr, p->x, p->y, p->width, height);
	cairo_move_to(p->cr, p->x + label_width, p->y);
	cairo_line_to(p->cr, p->x + label_width, p->y + height);
	cairo_stroke(p->cr);
	page_text_at(p, PAGE_BOLD, p->x + 5, p->y + 5, label_width - 8, 1, label);
	p->y += height;
}

static void draw_boxes(struct page *p)
{
	static const struct {
		const char *label;
		double lines;
	} boxes[] = {
		{"Name", 1}, {"Role", 1}, {"Decision", 1}, {"Remarks", 3}, {"Date (UTC)", 1}, {"Signature", 2},
	};
	page_need(p, 300);
	page_heading(p, "Reviewer");
	page_text(p, PAGE_BODY,
		  "Not reviewed. Until a named person has reviewed this report and the evidence behind it, and has "
		  "filled in these boxes or signed with a key of their own, it is a draft. A review that was signed "
		  "after this was written lies in the folder review, and in the report once it is written again.");
	page_space(p, 5);
	for (size_t i = 0; i < LENGTH(boxes); i++)
		draw_box(p, boxes[i].label, box_height * boxes[i].lines);
}

static void draw_decisions(struct page *p, const struct reviews *all)
{
	static const struct page_column columns[] = {
		PAGE_NUMBERS("No.", 0.05),
		PAGE_COLUMN("Name and role", 0.16, PAGE_CELL_BOLD),
		PAGE_COLUMN("Decision", 0.1, PAGE_CELL_BOLD),
		PAGE_COLUMN("Time, by their clock", 0.2, PAGE_CELL),
		PAGE_COLUMN("SHA-256 of their certificate", 0.49, PAGE_CELL_MONO),
	};
	struct page_table t;
	page_table_begin(&t, p, columns, LENGTH(columns));
	for (size_t i = 0; i < all->count; i++) {
		const struct review *r = all->at[i];
		page_table_add_number(&t, r->number);
		review_words_who(page_table_cell(&t), r);
		text_add_string(page_table_cell(&t), review_decision_name(r->decision));
		review_words_time(page_table_cell(&t), r);
		text_add_hex(page_table_cell(&t), r->fingerprint, HASH_SIZE);
		page_table_row(&t);
	}
	page_table_end(&t);
}

static void draw_comments(struct page *p, const struct reviews *all)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct review *r = all->at[i];
		if (!r->comment || !*r->comment)
			continue;
		AUTO_TEXT struct text t = text_make(8 * COMMENT_MAX);
		text_addf(&t, "Review %u: ", r->number);
		text_add_printable(&t, slice_of_string(r->comment), COMMENT_MAX);
		page_text(p, PAGE_BODY, text_string(&t));
	}
}

/* The words for the states are a reviewer's; the report has none of its own. */
static void draw_objectives(struct page *p, const struct reviews *all)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Objective", 0.4, PAGE_CELL_BOLD),
		PAGE_COLUMN("State, in the word of the reviewer", 0.35, PAGE_CELL),
		PAGE_COLUMN("Review", 0.25, PAGE_CELL),
	};
	struct page_table t;
	bool open = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct review *r = all->at[i];
		for (size_t n = 0; n < r->objective_count; n++) {
			if (!open) {
				page_subheading(p, "Objectives that were decided on");
				page_table_begin(&t, p, columns, LENGTH(columns));
				open = true;
			}
			text_add_printable(page_table_cell(&t), slice_of_string(r->objectives[n].id), OBJECTIVE_MAX);
			text_add_string(page_table_cell(&t), review_state_name(r->objectives[n].satisfied));
			text_addf(page_table_cell(&t), "%u, %s", r->number, review_decision_name(r->decision));
			page_table_row(&t);
		}
	}
	if (open)
		page_table_end(&t);
}

enum status pdf_reviewer(struct pdf *d, struct error *err)
{
	const struct reviews *all = d->facts->reviews;
	(void)err;
	if (all->count == 0) {
		draw_boxes(&d->page);
		return OK;
	}
	page_heading(&d->page, "Reviewer");
	draw_decisions(&d->page, all);
	draw_comments(&d->page, all);
	draw_objectives(&d->page, all);
	page_space(&d->page, 4);
	page_text(&d->page, PAGE_SMALL, review_words_trust);
	return OK;
}
