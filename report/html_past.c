/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions of a host one after the other, as SVG within the page: a column each. Height and
 * form tell; colour only helps.
 */
#include "report/html.h"
#include "report/past_rows.h"

enum { BARS = 110, TOP = 18, VERDICT_Y = TOP + BARS + 18, SEEN = 22, SEEN_Y = VERDICT_Y + 14 + SEEN, HEIGHT = SEEN_Y + 26, COLUMN_MOST = 34 };

static void add_verdict(struct html *h, enum past_verdict verdict, double x, double r)
{
	const double y = VERDICT_Y;
	switch (verdict) {
	case PAST_PASS:
		text_addf(&h->out.text, "<circle class=\"local\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", x, y, r);
		break;
	case PAST_FAIL:
		text_addf(&h->out.text, "<rect class=\"leaving\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x - r, y - r, 2 * r, 2 * r);
		break;
	case PAST_INCONCLUSIVE:
		text_addf(&h->out.text, "<path class=\"sight2\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\"/>", x, y - r, x + r, y + r, x - r, y + r);
		break;
	case PAST_NOT_KNOWN:
	case PAST_VERDICTS:
		text_addf(&h->out.text, "<path class=\"sight2\" d=\"M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f\"/>", x - r, y - r, x + r, y + r,
			  x - r, y + r, x + r, y - r);
		break;
	}
}

static void add_column(struct html *h, const struct past_rows *rows, size_t i, double column)
{
	const struct past_row *r = &rows->at[i];
	double left = HTML_LABEL + column * (double)i, width = column * 0.7;
	double height = rows->most > 0 && r->leaving > 0 ? (double)BARS * (double)r->leaving / (double)rows->most : 0;
	double seen = (double)SEEN * (double)(r->seen_permille > 1000 ? 1000 : r->seen_permille) / 1000;
	text_addf(&h->out.text, "<g><title>No. %lld, ", (long long)r->number);
	html_add_time(h, r->started_ns);
	text_addf(&h->out.text, " UTC: %s", past_verdict_name(r->verdict));
	if (r->leaving >= 0)
		text_addf(&h->out.text, ", %lld attempts to leave", (long long)r->leaving);
	if (r->seen_permille >= 0)
		text_addf(&h->out.text, ", %.1f %% of the window seen", (double)r->seen_permille / 10);
	text_add_string(&h->out.text, "</title>");
	if (r->leaving > 0)
		text_addf(&h->out.text, "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", left + column * 0.15,
			  TOP + BARS - (height > 1 ? height : 1), width, height > 1 ? height : 1);
	if (r->leaving >= 0 && column >= 24)
		text_addf(&h->out.text, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%lld</text>", left + column / 2, TOP + BARS - height - 4,
			  (long long)r->leaving);
	add_verdict(h, r->verdict, left + column / 2, column < 14 ? column * 0.35 : 5);
	if (r->seen_permille > 0)
		text_addf(&h->out.text, "<rect class=\"local\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", left + column * 0.15, SEEN_Y - seen,
			  width, seen);
	text_add_string(&h->out.text, "</g>\n");
}

static void add_lines(struct html *h, const struct past_rows *rows, double column)
{
	double end = HTML_LABEL + column * (double)rows->count;
	for (int i = 0; i < 2; i++)
		text_addf(&h->out.text, "<line x1=\"%d\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", HTML_LABEL, end, i ? SEEN_Y : TOP + BARS, i ? SEEN_Y : TOP + BARS);
	text_addf(&h->out.text, "<rect class=\"sight2\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", end - column, TOP - 2, column, SEEN_Y - TOP + 4);
	text_addf(&h->out.text, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">this session</text>", end - column / 2, SEEN_Y + 20,
		  end > HTML_LABEL + HTML_ROOM - 40 ? "end" : "middle");
	if (column * (double)(rows->count - 1) > 200) {
		text_addf(&h->out.text, "<text x=\"%d\" y=\"%d\">", HTML_LABEL, SEEN_Y + 20);
		html_add_time(h, rows->at[0].started_ns);
		text_add_string(&h->out.text, "</text>");
	}
}

enum status html_past_write(struct html *h, struct error *err)
{
	struct past_rows rows;
	AUTO_TEXT struct text most = text_make(64);
	enum status status = past_rows_read(h->store, &rows, err);
	if (status || rows.count < 2)
		return status;
	double column = (double)HTML_ROOM / (double)rows.count;
	column = column < COLUMN_MOST ? column : COLUMN_MOST;
	text_addf(&h->out.text, "<figure><figcaption>Earlier sessions of this host, and this one: a disc is PASS, a square FAIL, a triangle INCONCLUSIVE, "
		  "a cross not known</figcaption>"
		  "<svg role=\"img\" aria-label=\"Attempts to leave, verdict and coverage of %zu sessions; the table below has the numbers\""
		  " viewBox=\"0 0 %d %d\">\n", rows.count, HTML_WIDTH, HEIGHT);
	html_label(h, SLICE("Attempts to leave"), TOP + 14);
	text_addf(&most, "at most %lld", (long long)rows.most);
	html_label(h, text_slice(&most), TOP + 32);
	html_label(h, SLICE("Verdict"), VERDICT_Y + 4);
	html_label(h, SLICE("Seen, of the window"), SEEN_Y - 6);
	for (size_t i = 0; i < rows.count; i++)
		add_column(h, &rows, i, column);
	add_lines(h, &rows, column);
	text_add_string(&h->out.text, "</svg></figure>\n");
	return OK;
}
