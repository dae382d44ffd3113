/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nights of many hosts as SVG within the page, as chart_nights.c draws them: the letter tells,
 * colour only helps.
 */
#include "report/chart_nights.h"
#include "report/html_fleet.h"

#include "core/clock.h"

#include <string.h>

enum { FIELD = 14, HEAD = 18, WEEK = 7, BARS = 110, BARS_MAX = 120, COLUMN_MOST = 22, DATE = 80 };

static void add_field(struct html *h, int64_t x, size_t y, char letter)
{
	if (letter != '.')
		text_addf(&h->out.text, "<rect class=\"night%c\" x=\"%lld\" y=\"%zu\" width=\"%d\" height=\"%d\"/>", letter, (long long)x + 1, y + 1,
			  FIELD - 2, FIELD - 2);
	text_addf(&h->out.text, "<text class=\"on%c\" x=\"%lld\" y=\"%zu\" text-anchor=\"middle\" font-size=\"9\">%c</text>", letter == '.' ? '0' : letter,
		  (long long)x + FIELD / 2, y + FIELD - 4, letter);
}

/* `at` goes on to the first night of the next host. */
static void add_host(struct html *h, const struct fleet *f, const char *name, int64_t first, int64_t count, size_t y, size_t *at)
{
	char letters[CHART_NIGHTS_COLUMNS];
	memset(letters, '.', sizeof letters);
	for (; *at < f->rows[FLEET_NIGHTS].count && !strcmp(fleet_at(f, FLEET_NIGHTS, *at)[NIGHTS_HOST].text, name); ++*at) {
		const struct fleet_cell *night = fleet_at(f, FLEET_NIGHTS, *at);
		int64_t day = night[NIGHTS_BEGAN].number / CLOCK_DAY - first;
		if (day >= 0 && day < count)
			letters[day] = chart_nights_letter(night[NIGHTS_VERDICT].text);
	}
	html_label(h, slice_of_string(name), (double)y + FIELD - 3);
	for (int64_t i = 0; i < count; i++)
		add_field(h, HTML_LABEL + i * FIELD, y, letters[i]);
	text_add_char(&h->out.text, '\n');
}

static enum status add_block(struct html *h, const struct fleet *f, int64_t block, struct error *err)
{
	int64_t first, count;
	size_t at = 0, all = f->rows[FLEET_HOSTS].count, hosts = all < CHART_NIGHTS_HOSTS ? all : CHART_NIGHTS_HOSTS;
	char from[CHART_NIGHTS_DAY], to[CHART_NIGHTS_DAY];
	enum status status = OK;
	chart_nights_span(f, block, &first, &count);
	chart_nights_day(first, from);
	chart_nights_day(first + count - 1, to);
	text_addf(&h->out.text, "<figure><figcaption>%s to %s</figcaption><svg role=\"img\" aria-label=\"Verdicts of %zu hosts in %lld nights; "
		  "the table below has them in words\" viewBox=\"0 0 %d %zu\">\n", from, to, hosts, (long long)count, HTML_WIDTH, HEAD + hosts * FIELD + 4);
	for (int64_t i = 0; i < count; i += WEEK) {
		chart_nights_day(first + i, from);
		text_addf(&h->out.text, "<text x=\"%lld\" y=\"%d\" font-size=\"10\">%s</text>", HTML_LABEL + (long long)i * FIELD, HEAD - 5, from + CHART_NIGHTS_YEAR);
	}
	for (size_t i = 0; i < hosts && !status; i++) {
		add_host(h, f, fleet_at(f, FLEET_HOSTS, i)[HOSTS_NAME].text, first, count, HEAD + i * FIELD, &at);
		status = stream_flush(&h->out, false, err);
	}
	text_add_string(&h->out.text, "</svg></figure>\n");
	return status;
}

enum status html_nights_write(struct html *h, const struct fleet *f, struct error *err)
{
	enum status status = OK;
	text_add_string(&h->out.text, "<p>P: PASS, F: FAIL, I: INCONCLUSIVE, a dot: no evidence. The hosts that stand worst come first.</p>\n");
	for (int64_t i = 0; i < chart_nights_blocks(f) && !status; i++)
		status = add_block(h, f, i, err);
	if (f->rows[FLEET_HOSTS].count > CHART_NIGHTS_HOSTS || f->days > CHART_NIGHTS_BLOCKS * CHART_NIGHTS_COLUMNS)
		text_addf(&h->out.text, "<p>Of %zu hosts and %lld days the %d hosts that stand worst and the last %d days.</p>\n",
			  f->rows[FLEET_HOSTS].count, (long long)f->days, CHART_NIGHTS_HOSTS, CHART_NIGHTS_BLOCKS * CHART_NIGHTS_COLUMNS);
	return status;
}

static void add_bar(struct html *h, const struct fleet_cell *row, double x, double width, int64_t most)
{
	static const struct {
		size_t column;
		char letter;
	} parts[] = {{TREND_FAIL, 'F'}, {TREND_OPEN, 'I'}, {TREND_PASS, 'P'}};
	double foot = HEAD + BARS;
	text_add_string(&h->out.text, "<g><title>");
	html_add(h, slice_of_string(row[TREND_NIGHT].text));
	text_addf(&h->out.text, ": %lld FAIL, %lld INCONCLUSIVE, %lld PASS</title>", (long long)row[TREND_FAIL].number, (long long)row[TREND_OPEN].number,
		  (long long)row[TREND_PASS].number);
	for (size_t i = 0; i < LENGTH(parts); i++) {
		double height = (double)BARS * (double)row[parts[i].column].number / (double)most;
		if (height <= 0)
			continue;
		foot -= height;
		text_addf(&h->out.text, "<rect class=\"night%c\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", parts[i].letter, x, foot, width, height);
		if (width > 8 && height > 11)
			text_addf(&h->out.text, "<text class=\"on%c\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"9\">%c</text>", parts[i].letter,
				  x + width / 2, foot + height / 2 + 3, parts[i].letter);
	}
	text_add_string(&h->out.text, "</g>\n");
}

void html_nights_trend(struct html *h, const struct fleet *f)
{
	const struct fleet_rows *rows = &f->rows[FLEET_TREND];
	size_t shown = rows->count < BARS_MAX ? rows->count : BARS_MAX, from = rows->count - shown;
	int64_t most = 1;
	double column = (double)HTML_ROOM / (double)(shown ? shown : 1), next = 0;
	column = column < COLUMN_MOST ? column : COLUMN_MOST;
	for (size_t i = from; i < rows->count; i++)
		most = fleet_at(f, FLEET_TREND, i)[TREND_HOSTS].number > most ? fleet_at(f, FLEET_TREND, i)[TREND_HOSTS].number : most;
	text_addf(&h->out.text, "<figure><figcaption>Hosts by verdict, the last %zu nights; at most %lld hosts</figcaption><svg role=\"img\" "
		  "aria-label=\"Hosts by verdict and night; the table below has the numbers\" viewBox=\"0 0 %d %d\">\n", shown, (long long)most, HTML_WIDTH,
		  HEAD + BARS + 22);
	html_label(h, SLICE("Hosts"), HEAD + 12);
	for (size_t i = 0; i < shown; i++) {
		double x = HTML_LABEL + column * (double)i;
		const struct fleet_cell *row = fleet_at(f, FLEET_TREND, from + i);
		add_bar(h, row, x + column * 0.08, column * 0.84, most);
		if (x < next)
			continue;
		text_addf(&h->out.text, "<text x=\"%.1f\" y=\"%d\" font-size=\"10\">", x, HEAD + BARS + 14);
		html_add(h, slice_of_string(row[TREND_NIGHT].text));
		text_add_string(&h->out.text, "</text>");
		next = x + DATE;
	}
	text_add_string(&h->out.text, "</svg></figure>\n");
}
