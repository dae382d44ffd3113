/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The letter tells; colour only helps, and lies far apart in lightness too: a FAIL is dark with a
 * white letter, an INCONCLUSIVE bright with a frame, a PASS in between. Without evidence
 * there is a dot.
 */
#include "report/chart_nights.h"

#include "report/chart_axis.h"
#include "report/pdf_words.h"

#include "core/clock.h"

#include <math.h>
#include <string.h>

enum { NAME_SHOWN_MAX = 60, HEAD = 12, WEEK = 7 };

static const double cell = 10.6, label_width = 132, trend_height = 84, trend_most = 22, trend_label = 70, trend_date = 56;

static const struct look {
	char letter;
	const char *words;
	struct page_colour fill, ink;
	bool framed;
} looks[] = {
	{'P', "PASS", {0.62, 0.80, 0.90}, {0, 0, 0}, false},
	{'I', "INCONCLUSIVE", {1.0, 0.87, 0.45}, {0, 0, 0}, true},
	{'F', "FAIL", {0.55, 0.08, 0.06}, {1, 1, 1}, false},
	{'.', "no evidence", {1, 1, 1}, {0.35, 0.35, 0.35}, false},
};

static const struct look *look_of(char letter)
{
	for (size_t i = 0; i < LENGTH(looks) - 1; i++)
		if (looks[i].letter == letter)
			return &looks[i];
	return &looks[LENGTH(looks) - 1];
}

char chart_nights_letter(const char *verdict)
{
	return !strcmp(verdict, "PASS") ? 'P' : !strcmp(verdict, "FAIL") ? 'F' : 'I';
}

int64_t chart_nights_blocks(const struct fleet *f)
{
	int64_t blocks = (f->days + CHART_NIGHTS_COLUMNS - 1) / CHART_NIGHTS_COLUMNS;
	return blocks < CHART_NIGHTS_BLOCKS ? blocks : CHART_NIGHTS_BLOCKS;
}

void chart_nights_span(const struct fleet *f, int64_t block, int64_t *ret_first, int64_t *ret_count)
{
	int64_t most = CHART_NIGHTS_BLOCKS * CHART_NIGHTS_COLUMNS, end = f->first_day + f->days;
	int64_t from = f->days > most ? end - most : f->first_day;
	*ret_first = from + block * CHART_NIGHTS_COLUMNS;
	*ret_count = end - *ret_first < CHART_NIGHTS_COLUMNS ? end - *ret_first : CHART_NIGHTS_COLUMNS;
}

void chart_nights_day(int64_t day, char ret[static CHART_NIGHTS_DAY])
{
	char text[CLOCK_TEXT_MAX];
	clock_text(day * CLOCK_DAY, 0, text);
	slice_to_string(slice_part(slice_of_string(text), 0, CHART_NIGHTS_DAY - 1), ret, CHART_NIGHTS_DAY);
}

static void draw_field(struct page *p, double x, double y, double size, char letter)
{
	const struct look *look = look_of(letter);
	const char text[] = {look->letter, 0};
	page_box(p, x + 0.4, y + 0.4, size - 0.8, size - 0.8, look->fill);
	page_colour(p, page_black);
	if (look->framed) {
		cairo_set_line_width(p->cr, 0.8);
		cairo_rectangle(p->cr, x + 0.8, y + 0.8, size - 1.6, size - 1.6);
		cairo_stroke(p->cr);
	}
	page_colour(p, look->ink);
	page_aligned_at(p, PAGE_CELL_MONO, PANGO_ALIGN_CENTER, x, y + 1.2, size, 1, text);
	page_colour(p, page_black);
}

static void draw_legend(struct page *p)
{
	page_need(p, 40);
	for (size_t i = 0; i < LENGTH(looks); i++) {
		double x = p->x + 110 * (double)i;
		draw_field(p, x, p->y, cell, looks[i].letter);
		page_text_at(p, PAGE_SMALL, x + cell + 4, p->y + 0.5, 90, 1, looks[i].words);
	}
	p->y += 18;
}

static void draw_days(struct page *p, int64_t first, int64_t count)
{
	for (int64_t i = 0; i < count; i += WEEK) {
		char day[CHART_NIGHTS_DAY];
		chart_nights_day(first + i, day);
		page_text_at(p, PAGE_SMALL, p->x + label_width + cell * (double)i, p->y, cell * WEEK, 1, day + CHART_NIGHTS_YEAR);
	}
	p->y += HEAD;
}

/* `at` goes on to the first night of the next host. */
static void draw_host(struct page *p, const struct fleet *f, const char *name, int64_t first, int64_t count, size_t *at)
{
	char letters[CHART_NIGHTS_COLUMNS];
	AUTO_TEXT struct text shown = text_make(NAME_SHOWN_MAX * 12);
	memset(letters, '.', sizeof letters);
	for (; *at < f->rows[FLEET_NIGHTS].count; ++*at) {
		const struct fleet_cell *night = fleet_at(f, FLEET_NIGHTS, *at);
		int64_t day = night[NIGHTS_BEGAN].number / CLOCK_DAY - first;
		if (strcmp(night[NIGHTS_HOST].text, name) != 0)
			break;
		if (day >= 0 && day < count)
			letters[day] = chart_nights_letter(night[NIGHTS_VERDICT].text);
	}
	text_add_printable(&shown, slice_of_string(name), NAME_SHOWN_MAX);
	page_text_at(p, PAGE_CELL, p->x, p->y + 0.5, label_width - 6, 1, text_string(&shown));
	for (int64_t i = 0; i < count; i++)
		draw_field(p, p->x + label_width + cell * (double)i, p->y, cell, letters[i]);
	p->y += cell;
}

static void draw_block(struct page *p, const struct fleet *f, int64_t block)
{
	int64_t first, count;
	size_t at = 0;
	const struct fleet_rows *hosts = &f->rows[FLEET_HOSTS];
	chart_nights_span(f, block, &first, &count);
	page_need(p, HEAD + 3 * cell);
	draw_days(p, first, count);
	for (size_t i = 0; i < hosts->count && i < CHART_NIGHTS_HOSTS; i++) {
		if (p->y + cell > p->bottom) {
			page_break(p);
			draw_days(p, first, count);
		}
		draw_host(p, f, fleet_at(f, FLEET_HOSTS, i)[HOSTS_NAME].text, first, count, &at);
	}
	page_space(p, 8);
}

void chart_nights_draw(struct page *p, const struct fleet *f)
{
	draw_legend(p);
	for (int64_t i = 0; i < chart_nights_blocks(f); i++)
		draw_block(p, f, i);
	if (f->rows[FLEET_HOSTS].count > CHART_NIGHTS_HOSTS)
		page_textf(p, PAGE_SMALL, "The %d hosts that stand worst; the workbook has the nights of all %zu.", CHART_NIGHTS_HOSTS,
			   f->rows[FLEET_HOSTS].count);
	if (f->days > CHART_NIGHTS_BLOCKS * CHART_NIGHTS_COLUMNS)
		page_textf(p, PAGE_SMALL, "The last %d days; the workbook has all nights.", CHART_NIGHTS_BLOCKS * CHART_NIGHTS_COLUMNS);
}

/* The numbers of a night, from the worst up: FAIL stands on the ground. */
static void draw_night(struct page *p, const struct fleet_cell *row, double x, double width, double foot, double scale)
{
	static const struct {
		size_t column;
		char letter;
	} parts[] = {{TREND_FAIL, 'F'}, {TREND_OPEN, 'I'}, {TREND_PASS, 'P'}};
	for (size_t i = 0; i < LENGTH(parts); i++) {
		double height = scale * (double)row[parts[i].column].number;
		const struct look *look = look_of(parts[i].letter);
		if (height <= 0)
			continue;
		page_box(p, x, foot - height, width, height, look->fill);
		if (width > 7 && height > 9) {
			const char text[] = {look->letter, 0};
			page_colour(p, look->ink);
			page_aligned_at(p, PAGE_CELL_MONO, PANGO_ALIGN_CENTER, x, foot - height / 2 - 4.5, width, 1, text);
		}
		page_colour(p, page_black);
		cairo_set_line_width(p->cr, 0.3);
		cairo_rectangle(p->cr, x, foot - height, width, height);
		cairo_stroke(p->cr);
		foot -= height;
	}
}

static void draw_date(struct page *p, const struct fleet_cell *row, double x, double y)
{
	AUTO_TEXT struct text night = text_make(NAME_SHOWN_MAX * 12);
	text_add_printable(&night, slice_of_string(row[TREND_NIGHT].text), NAME_SHOWN_MAX);
	page_text_at(p, PAGE_SMALL, x, y, trend_date, 1, text_string(&night));
}

void chart_nights_trend(struct page *p, const struct fleet *f)
{
	const struct fleet_rows *rows = &f->rows[FLEET_TREND];
	int64_t most = 1;
	size_t shown = rows->count < CHART_BINS ? rows->count : CHART_BINS, from = rows->count - shown;
	AUTO_TEXT struct text words = text_make(64);
	for (size_t i = from; i < rows->count; i++)
		most = fleet_at(f, FLEET_TREND, i)[TREND_HOSTS].number > most ? fleet_at(f, FLEET_TREND, i)[TREND_HOSTS].number : most;
	if (!shown)
		return;
	page_need(p, trend_height + 50);
	page_subheading(p, "Hosts by verdict, night by night");
	double column = fmin(trend_most, (p->width - trend_label) / (double)shown), foot = p->y + trend_height;
	pdf_add_count(&words, most, "host", "hosts");
	page_text_at(p, PAGE_CELL, p->x, p->y, trend_label - 6, 2, text_string(&words));
	for (size_t i = 0; i < shown; i++)
		draw_night(p, fleet_at(f, FLEET_TREND, from + i), p->x + trend_label + column * (double)i + column * 0.08, column * 0.84, foot,
			   trend_height / (double)most);
	page_rule(p, foot, 0.5);
	for (size_t i = 0; i < shown; i += (size_t)ceil(trend_date / column))
		draw_date(p, fleet_at(f, FLEET_TREND, from + i), p->x + trend_label + column * (double)i, foot + 2);
	p->y = foot + 16;
	page_text(p, PAGE_SMALL, "From the ground up: FAIL (dark), INCONCLUSIVE (bright), PASS. Where a column is lower, hosts gave no evidence of that night.");
	if (from)
		page_textf(p, PAGE_SMALL, "The last %zu nights that there are of %zu.", shown, rows->count);
}
