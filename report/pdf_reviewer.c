/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last page's boxes for the person who reviews: they are filled by hand, and what a
 * reviewer decides with a signature of a key stands in the seal.
 */
#include "report/pdf.h"

static const double box_height = 21, label_width = 96;

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

enum status pdf_reviewer(struct pdf *d, struct error *err)
{
	static const struct {
		const char *label;
		double lines;
	} boxes[] = {
		{"Name", 1}, {"Role", 1}, {"Decision", 1}, {"Remarks", 3}, {"Date (UTC)", 1}, {"Signature", 2},
	};
	(void)err;
	page_need(&d->page, 300);
	page_heading(&d->page, "Reviewer");
	page_text(&d->page, PAGE_BODY,
		  "Until a named person has reviewed this report and the evidence behind it, and has "
		  "filled in these boxes or signed with a key of their own, it is not reviewed.");
	page_space(&d->page, 5);
	for (size_t i = 0; i < LENGTH(boxes); i++)
		draw_box(&d->page, boxes[i].label, box_height * boxes[i].lines);
	return OK;
}
