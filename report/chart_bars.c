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

static void draw_bars(struct page *p, const struct chart_bars *bars, const struct bar shown[], size_t all)
{
	int64_t most = 0;
	size_t count = all < CHART_BARS_MAX ? all : CHART_BARS_MAX;
	for (size_t i = 0; i < count; i++)
		most = shown[i].number > most ? shown[i].number : most;
	page_need(p, 30 + (double)count * bar_height);
	page_subheading(p, bars->title);
	if (!all)
		page_text(p, PAGE_BODY, bars->none);
	for (size_t i = 0; i < count; i++)
		draw_bar(p, &shown[i], most);
	if (all == count)
		return;
	AUTO_TEXT struct text rest = text_make(64);
	text_add_string(&rest, "and ");
	pdf_add_number(&rest, (int64_t)(all - count));
	text_add_string(&rest, " more, in the workbook");
	page_text(p, PAGE_SMALL, text_string(&rest));
}

static void add_bar(struct bar *bar, const struct chart_bars *bars, struct slice name, int64_t number)
{
	bar->name = text_make(NAME_BYTES_MAX);
	bars->add_name(&bar->name, name);
	bar->number = number;
}

enum status chart_bars_draw(struct pdf *d, const struct chart_bars *bars, enum query query, struct error *err)
{
	struct bar shown[CHART_BARS_MAX] = {0};
	bool row = true;
	size_t all = 0;
	enum status status = OK;
	sqlite3_stmt *q = store_query(d->store, query);
	while (!status && !(status = store_step(q, &row, err)) && row)
		if (all++ < CHART_BARS_MAX)
			add_bar(&shown[all - 1], bars, store_slice(q, 0), store_i64(q, 1));
	sqlite3_reset(q);
	if (!status)
		draw_bars(&d->page, bars, shown, all);
	for (size_t i = 0; i < CHART_BARS_MAX; i++)
		text_free(&shown[i].name);
	return status;
}

void chart_bars_draw_counts(struct pdf *d, const struct chart_bars *bars, const struct tally_count counts[], size_t count)
{
	struct bar shown[CHART_BARS_MAX] = {0};
	for (size_t i = 0; i < count && i < CHART_BARS_MAX; i++)
		add_bar(&shown[i], bars, slice_of_string(counts[i].name), counts[i].count);
	draw_bars(&d->page, bars, shown, count);
	for (size_t i = 0; i < CHART_BARS_MAX; i++)
		text_free(&shown[i].name);
}
