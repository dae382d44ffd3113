/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page_table.h"

static const double padding = 3;
static const struct page_colour light = {0.78, 0.78, 0.78};

static double column_width(const struct page_table *t, size_t i)
{
	return t->page->width * t->columns[i].share;
}

static unsigned lines_of(const struct page_column *c)
{
	return c->lines ? c->lines : PAGE_TABLE_LINES;
}

static void draw_line(struct page_table *t, double thickness, struct page_colour colour)
{
	struct page *p = t->page;
	page_colour(p, colour);
	page_line(p, p->x, p->y, p->x + p->width, p->y, thickness);
	page_colour(p, page_black);
}

/* Their structure: a table is one on each of its pages. Each element takes a hundred bytes
 * of the file; so a row of a long table is one cell, which is read in the same order. */
enum { ROWS_BY_CELL = 60 };

static void begin_row(struct page *p, const char *cells, bool as_one)
{
	page_tag(p, "TR");
	page_tag(p, as_one ? cells : "");
	p->cell_tag = as_one ? "" : cells;
}

static void end_row(struct page *p, const char *cells, bool as_one)
{
	page_untag(p, as_one ? cells : "");
	p->cell_tag = "P";
	page_untag(p, "TR");
}

static void draw_heads(struct page_table *t)
{
	struct page *p = t->page;
	double x = p->x, height = 0;
	for (size_t i = 0; i < t->count; i++) {
		double h = page_measure(p, PAGE_CELL_BOLD, column_width(t, i) - 2 * padding, 2,
					t->columns[i].head);
		height = h > height ? h : height;
	}
	page_box(p, p->x, p->y, p->width, height + 2 * padding, page_pale);
	begin_row(p, "TH", false);
	for (size_t i = 0; i < t->count; i++) {
		page_aligned_at(p, PAGE_CELL_BOLD,
				t->columns[i].right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
				x + padding, p->y + padding, column_width(t, i) - 2 * padding, 2,
				t->columns[i].head);
		x += column_width(t, i);
	}
	end_row(p, "TH", false);
	p->y += height + 2 * padding;
	draw_line(t, 0.8, page_black);
}

void page_table_begin(struct page_table *ret, struct page *p, const struct page_column *columns,
		      size_t count)
{
	*ret = (struct page_table){.page = p, .columns = columns, .count = count};
	for (size_t i = 0; i < count; i++)
		ret->cells[i] = text_make(PAGE_TABLE_CELL_MAX * 8);
	page_need(p, 48);
	page_tag(p, "Table");
	draw_heads(ret);
}

struct text *page_table_cell(struct page_table *t)
{
	return &t->cells[t->filled++];
}

void page_table_add_number(struct page_table *t, int64_t number)
{
	text_add_i64(page_table_cell(t), number);
}

void page_table_row(struct page_table *t)
{
	struct page *p = t->page;
	double height = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct page_column *c = &t->columns[i];
		double h = page_measure(p, c->style, column_width(t, i) - 2 * padding, lines_of(c),
					text_string(&t->cells[i]));
		height = h > height ? h : height;
	}
	if (p->y + height + 2 * padding > p->bottom) {
		page_untag(p, "Table");
		page_break(p);
		page_tag(p, "Table");
		draw_heads(t);
	}
	double x = p->x;
	bool as_one = t->rows >= ROWS_BY_CELL;
	begin_row(p, "TD", as_one);
	for (size_t i = 0; i < t->count; i++) {
		const struct page_column *c = &t->columns[i];
		page_aligned_at(p, c->style, c->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
				x + padding, p->y + padding, column_width(t, i) - 2 * padding,
				lines_of(c), text_string(&t->cells[i]));
		x += column_width(t, i);
		text_clear(&t->cells[i]);
	}
	end_row(p, "TD", as_one);
	p->y += height + 2 * padding;
	draw_line(t, 0.4, light);
	t->filled = 0;
	t->rows++;
}

void page_table_end(struct page_table *t)
{
	for (size_t i = 0; i < t->count; i++)
		text_free(&t->cells[i]);
	page_untag(t->page, "Table");
	page_space(t->page, 5);
}
