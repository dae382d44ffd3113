/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text on a page: paragraphs that run over page ends, and boxes that do not.
 */
#include "report/page.h"

#include <cairo-pdf.h>
#include <stdio.h>

static void set_text(struct page *p, enum page_style style, double width, unsigned lines,
		     const char *text)
{
	pango_layout_set_font_description(p->layout, p->styles[style]);
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_LEFT);
	pango_layout_set_ellipsize(p->layout, lines ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	pango_layout_set_height(p->layout, lines ? -(int)lines : -1);
	pango_layout_set_text(p->layout, text, -1);
}

static void note_font(struct page *p, PangoFont *font)
{
	for (size_t i = 0; i < p->used_count; i++)
		if (p->used[i] == font)
			return;
	if (p->used_count < PAGE_FONTS_MAX)
		p->used[p->used_count++] = g_object_ref(font);
}

/* The fonts of what is drawn: where one has no picture of a letter, another is taken. */
static void note_fonts(struct page *p)
{
	PangoLayoutIter *runs = pango_layout_get_iter(p->layout);
	do {
		const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(runs);
		if (run && run->item->analysis.font)
			note_font(p, run->item->analysis.font);
	} while (pango_layout_iter_next_run(runs));
	pango_layout_iter_free(runs);
}

static double height_of(struct page *p)
{
	PangoRectangle logical;
	pango_layout_get_extents(p->layout, NULL, &logical);
	return (double)logical.height / PANGO_SCALE;
}

double page_measure(struct page *p, enum page_style style, double width, unsigned lines,
		    const char *text)
{
	set_text(p, style, width, lines, text);
	return height_of(p);
}

double page_aligned_at(struct page *p, enum page_style style, PangoAlignment alignment, double x,
		       double y, double width, unsigned lines, const char *text)
{
	set_text(p, style, width, lines, text);
	pango_layout_set_alignment(p->layout, alignment);
	/* the first run only wants to know where things end */
	if (p->fd >= 0) {
		note_fonts(p);
		page_tag(p, p->cell_tag);
		cairo_move_to(p->cr, x, y);
		pango_cairo_show_layout(p->cr, p->layout);
		cairo_new_path(p->cr);
		page_untag(p, p->cell_tag);
	}
	return height_of(p);
}

double page_text_at(struct page *p, enum page_style style, double x, double y, double width,
		    unsigned lines, const char *text)
{
	return page_aligned_at(p, style, PANGO_ALIGN_LEFT, x, y, width, lines, text);
}

/* In the first run nothing is written: neither tags nor places are asked for. */
void page_tag(struct page *p, const char *name)
{
	if (p->fd >= 0 && *name)
		cairo_tag_begin(p->cr, name, NULL);
}

void page_untag(struct page *p, const char *name)
{
	if (p->fd >= 0 && *name)
		cairo_tag_end(p->cr, name);
}

void page_place(struct page *p, const char *name)
{
	char attributes[96];
	snprintf(attributes, sizeof attributes, "name='%s' x=%d y=%d internal", name, (int)p->x, (int)p->y);
	if (p->fd < 0)
		return;
	cairo_tag_begin(p->cr, CAIRO_TAG_DEST, attributes);
	cairo_tag_end(p->cr, CAIRO_TAG_DEST);
}

void page_link(struct page *p, const char *name)
{
	char attributes[96];
	snprintf(attributes, sizeof attributes, "dest='%s'", name);
	if (p->fd >= 0)
		cairo_tag_begin(p->cr, CAIRO_TAG_LINK, attributes);
}

void page_link_end(struct page *p)
{
	if (p->fd >= 0)
		cairo_tag_end(p->cr, CAIRO_TAG_LINK);
}

/* Line by line, because a page may end between any two. A break draws header and
 * footer with a layout of their own, so that the iterator stays good. */
void page_text(struct page *p, enum page_style style, const char *text)
{
	static const char *const tags[PAGE_STYLES] = {
		[PAGE_TITLE] = "H1", [PAGE_HEADING] = "H2", [PAGE_SUBHEADING] = "H3"};
	const char *tag = tags[style] ? tags[style] : "P";
	set_text(p, style, p->width, 0, text);
	if (p->fd >= 0)
		note_fonts(p);
	page_tag(p, tag);
	PangoLayoutIter *lines = pango_layout_get_iter(p->layout);
	do {
		PangoRectangle logical;
		pango_layout_iter_get_line_extents(lines, NULL, &logical);
		double height = (double)logical.height / PANGO_SCALE;
		double ascent =
			(double)(pango_layout_iter_get_baseline(lines) - logical.y) / PANGO_SCALE;
		double below = pango_layout_iter_at_last_line(lines) ? p->below : 0;
		if (p->y + height + below > p->bottom && p->y > PAGE_TOP) {
			page_untag(p, tag);
			page_break(p);
			page_tag(p, tag);
		}
		if (p->fd >= 0) {
			cairo_move_to(p->cr, p->x, p->y + ascent);
			pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(lines));
			cairo_new_path(p->cr);
		}
		p->y += height;
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
	page_untag(p, tag);
}

void page_textf(struct page *p, enum page_style style, const char *format, ...)
{
	char text[4096]; /* of ours, and short */
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	page_text(p, style, text);
}

void page_item(struct page *p, const char *mark, enum page_style style, const char *text)
{
	const double inset = 11;
	double height = page_measure(p, style, p->width - inset, 0, text);
	page_need(p, height < 60 ? height : 30);
	page_text_at(p, style, p->x, p->y, inset, 1, mark);
	p->x += inset;
	p->width -= inset;
	page_text(p, style, text);
	p->x -= inset;
	p->width += inset;
	page_space(p, 2);
}

void page_foreign(struct page *p, enum page_style style, struct slice text, size_t max, double below)
{
	AUTO_TEXT struct text shown = text_make(PAGE_TEXT_MAX);
	struct cursor c = cursor_over(slice_part(text, 0, max));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		text_clear(&shown);
		text_add_printable(&shown, line, PAGE_TEXT_MAX / 8);
		p->below = cursor_left(&c) || text.size > max ? 0 : below;
		page_text(p, style, text_string(&shown));
	}
	p->below = text.size > max ? below : 0;
	if (text.size > max)
		page_textf(p, style, "… (%zu bytes in all)", text.size);
	p->below = 0;
}

static void add_bookmark(struct page *p, const char *text)
{
	char place[64];
	if (p->fd < 0)
		return;
	snprintf(place, sizeof place, "page=%u pos=[%d %d]", p->number, (int)PAGE_LEFT, (int)p->y);
	cairo_pdf_surface_add_outline(p->surface, CAIRO_PDF_OUTLINE_ROOT, text, place, 0);
}

void page_heading(struct page *p, const char *text)
{
	page_space(p, 14);
	page_need(p, 90);
	add_bookmark(p, text);
	page_text(p, PAGE_HEADING, text);
	page_space(p, 5);
}

void page_subheading(struct page *p, const char *text)
{
	page_space(p, 8);
	page_need(p, 44);
	page_text(p, PAGE_SUBHEADING, text);
	page_space(p, 3);
}
