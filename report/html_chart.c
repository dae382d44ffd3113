/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bars as SVG within the page. Length and words tell; colour only helps.
 */
#include "report/html.h"

enum { BARS_MAX = 64, BAR_HEIGHT = 22, NAME_MAX = 36 /* characters of a name that are shown */ };

struct bars {
	struct text names[BARS_MAX];
	double values[BARS_MAX], most;
	size_t count;
};

static enum status read_bars(struct html *h, enum query query, struct bars *b, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, query);
	while (!status && !(status = store_step(q, &row, err)) && row && b->count < BARS_MAX) {
		b->names[b->count] = text_make(HTML_CELL_MAX);
		text_add(&b->names[b->count], slice_part(store_slice(q, 0), 0, HTML_CELL_MAX));
		b->values[b->count] = sqlite3_column_double(q, 1);
		b->most = b->values[b->count] > b->most ? b->values[b->count] : b->most;
		b->count++;
	}
	sqlite3_reset(q);
	return status;
}

void html_label(struct html *h, struct slice name, double y)
{
	size_t shown = 0;
	for (size_t n = 0; n < NAME_MAX && shown < name.size; n++) {
		uint32_t code;
		size_t size = text_utf8(slice_part(name, shown, name.size), &code);
		shown += size ? size : 1;
	}
	text_addf(&h->out.text, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\"><title>", HTML_LABEL - 8, y);
	html_add(h, name);
	text_add_string(&h->out.text, "</title>");
	html_add(h, slice_part(name, 0, shown));
	text_add_string(&h->out.text, shown < name.size ? "…</text>" : "</text>");
}

static void draw_bars(struct html *h, const char *title, const struct bars *b)
{
	text_addf(&h->out.text, "<figure><figcaption>%s</figcaption><svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %zu\">",
		  title, title, HTML_WIDTH, b->count * BAR_HEIGHT + 4);
	for (size_t i = 0; i < b->count; i++) {
		double y = (double)(i * BAR_HEIGHT), width = b->most > 0 ? b->values[i] / b->most * HTML_ROOM : 0;
		html_label(h, text_slice(&b->names[i]), y + 16);
		text_addf(&h->out.text, "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>", HTML_LABEL, y + 3,
			  width > 1 ? width : 1, BAR_HEIGHT - 6);
		text_addf(&h->out.text, "<text x=\"%.1f\" y=\"%.1f\">%.*f</text>\n", HTML_LABEL + width + 6, y + 16,
			  b->values[i] == (double)(int64_t)b->values[i] ? 0 : 1, b->values[i]);
	}
	text_add_string(&h->out.text, "</svg></figure>\n");
}

enum status html_bars_write(struct html *h, const char *title, enum query query, struct error *err)
{
	struct bars b = {.count = 0};
	enum status status = read_bars(h, query, &b, err);
	if (!status && b.count)
		draw_bars(h, title, &b);
	for (size_t i = 0; i < b.count; i++)
		text_free(&b.names[i]);
	return status;
}
