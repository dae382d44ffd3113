/* SPDX-License-Identifier: Apache-2.0 */
#include "report/chart_bars.h"

#include "report/pdf_words.h"

enum { NAME_BYTES_MAX = 4000 };

static const double bar_height = 12, label_width = 190, number_width = 60;
static const struct page_colour blue = {0, 0.35, 0.58};

struct bar {
	struct text name; /* owned */
	int64_t number;
};

static enum status read_bars(struct pdf *d, const struct chart_bars *bars, struct bar ret[static CHART_BARS_MAX],
			     size_t *ret_all, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, bars->query);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if ((*ret_all)++ >= CHART_BARS_MAX)
			continue;
		struct bar *bar = &ret[*ret_all - 1];
		bars->add_name(&bar->name, store_slice(q, 0));
		bar->number = store_i64(q, 1);
	}
	sqlite3_reset(q);
	return status;
}

/* Their length tells, and the number: nothing rests on the colour. */
static void draw_bar(struct page *p, const struct bar *bar, int64_t most)
{
	const double room = p->width - label_width - number_width;
	double length = most > 0 ? room * (double)bar->number / (double)most : 0;
	AUTO_TEXT struct text number = text_make(32);
	pdf_add_number(&number, bar->number);
	page_aligned_at(p, PAGE_CELL, PANGO_ALIGN_RIGHT, p->x, p->y + 1, label_width - 6, 1, text_string(&bar->name));
	page_box(p, p->x + label_width, p->y + 1.5, length < 0.8 ? 0.8 : length, bar_height - 4, blue);
	page_text_at(p, PAGE_CELL_BOLD, p->x + label_width + length + 5, p->y + 1, number_width - 5, 1, text_string(&number));
	p->y += bar_height;
}

enum status chart_bars_draw(struct pdf *d, const struct chart_bars *bars, struct error *err)
{
	struct page *p = &d->page;
	struct bar shown[CHART_BARS_MAX];
	size_t all = 0, i;
	int64_t most = 0;
	for (i = 0; i < CHART_BARS_MAX; i++)
		shown[i] = (struct bar){.name = text_make(NAME_BYTES_MAX)};
	enum status status = read_bars(d, bars, shown, &all, err);
	size_t count = all < CHART_BARS_MAX ? all : CHART_BARS_MAX;
	for (i = 0; i < count; i++)
		most = shown[i].number > most ? shown[i].number : most;
	page_need(p, 30 + (double)count * bar_height);
	page_subheading(p, bars->title);
	if (!all)
		page_text(p, PAGE_BODY, bars->none);
	for (i = 0; i < count; i++)
		draw_bar(p, &shown[i], most);
	if (all > count)
		page_textf(p, PAGE_SMALL, "and %zu more, in the workbook", all - count);
	for (i = 0; i < CHART_BARS_MAX; i++)
		text_free(&shown[i].name);
	return status;
}
