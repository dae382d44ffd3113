/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

/*
 * Pages of a PDF, filled from the top: a pen that moves down and starts a new
 * page where there is no room. Lengths are points (1/72 inch), y grows downwards.
 *
 * How many pages there are is known only at the end; the document is therefore
 * made twice, the first time into nothing (fd -1, total 0).
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/text.h"

#include "report/drawn.h"

#include <pango/pangocairo.h>

#define PAGE_LEFT 45.0
#define PAGE_TOP 62.0

enum {
	PAGE_COUNT_MAX = 2000,
	PAGE_TEXT_MAX = 64 << 10, /* bytes of one paragraph */
	PAGE_FONTS_MAX = 128, /* of which it is noted that they were used, each size for itself */
};

enum page_style {
	PAGE_TITLE,
	PAGE_VERDICT,
	PAGE_HEADING,
	PAGE_SUBHEADING,
	PAGE_BODY,
	PAGE_BOLD,
	PAGE_SMALL,
	PAGE_CELL,
	PAGE_CELL_BOLD,
	PAGE_CELL_MONO,
	PAGE_STYLES
};

struct page_colour {
	double red, green, blue;
};

extern const struct page_colour page_black, page_grey, page_pale;

enum page_paper { PAGE_A4 /* ISO 216 */, PAGE_LETTER /* ANSI/ASME Y14.1 */ };

/* What a document is made with; the texts must outlive it. */
struct page_form {
	const char *title, *date;                 /* of the file's own description; RFC 3339 */
	const char *running_left, *running_right; /* above every page */
	const char *marking;                      /* above and below every page; "": none */
	enum page_paper paper;
	unsigned total; /* pages, as counted by a first run, or 0 */
	struct drawn *drawn; /* gets what it was drawn with, at page_end(); NULL: nobody asks */
};

struct page {
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *context;
	PangoLayout *layout, *margin_layout; /* all owned */
	PangoAttrList *plain; /* no hyphens: a hash or a path must read as it is */
	PangoFontDescription *styles[PAGE_STYLES];
	PangoFont *used[PAGE_FONTS_MAX]; /* owned */
	size_t used_count;
	double x, width, y; /* the column, and where the next thing begins */
	double below; /* room that must be left under the last line of a paragraph; 0: none */
	double paper_width, paper_height, inner, bottom; /* inner: between the margins */
	unsigned number;
	bool too_many;
	const struct page_form *form; /* not owned */
	const char *cell_tag;         /* what boxes of text are (14.8.4); "": no part of the text */
	int fd;                                   /* not owned */
	struct error *err;                        /* of the write that failed first */
	enum status status;
};

/* Opens the first page. */
void page_begin(struct page *ret, int fd, const struct page_form *form);

/* Ends the last page and the file; tells what went wrong since page_begin(). */
enum status page_end(struct page *p, struct error *err) MUST_CHECK;

/* A new page where less than `height` is left. */
void page_need(struct page *p, double height);
void page_break(struct page *p);
void page_space(struct page *p, double height);

/* Begins and ends an element of the document's structure (ISO 32000-1, 14.8.4), as
 * "Table"; elements nest, and none may be open when a page ends. */
void page_tag(struct page *p, const char *name);
void page_untag(struct page *p, const char *name);

/* A place that links lead to, and what leads there: all that is drawn until
 * page_link_end(), on one page. `name` holds letters, digits and '-' alone, and each that
 * is led to must be a place of the document. */
void page_place(struct page *p, const char *name);
void page_link(struct page *p, const char *name);
void page_link_end(struct page *p);

/* A heading that keeps with what follows; it also becomes a bookmark. */
void page_heading(struct page *p, const char *text);
void page_subheading(struct page *p, const char *text);

/* A paragraph: wrapped, and over page ends. `text` is UTF-8, fit for a page. */
void page_text(struct page *p, enum page_style style, const char *text);
void page_textf(struct page *p, enum page_style style, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same with a mark in front and the text set in. */
void page_item(struct page *p, const char *mark, enum page_style style, const char *text);

/* Foreign text of several lines: each becomes a paragraph made fit for a page. `below`: the last
 * line keeps with what follows, which takes so much room; 0: nothing does. */
void page_foreign(struct page *p, enum page_style style, struct slice text, size_t max, double below);

/* One box of text at a place, not moving the pen: at most `lines` lines (0: all),
 * an ellipsis behind what is cut. Returns the height; draws nothing for
 * page_measure(). */
double page_text_at(struct page *p, enum page_style style, double x, double y, double width,
		    unsigned lines, const char *text);
double page_measure(struct page *p, enum page_style style, double width, unsigned lines,
		    const char *text);
/* The same, right-aligned or centred in the width. */
double page_aligned_at(struct page *p, enum page_style style, PangoAlignment alignment, double x,
		       double y, double width, unsigned lines, const char *text);

/* What is drawn from here on has this colour. */
void page_colour(struct page *p, struct page_colour c);
void page_line(struct page *p, double x, double y, double x2, double y2, double thickness);
void page_rule(struct page *p, double y, double thickness); /* from margin to margin */
void page_box(struct page *p, double x, double y, double width, double height,
	      struct page_colour fill);

#endif
