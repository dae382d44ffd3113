/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened when, as SVG within the page. Height and form tell; colour only helps. Spans
 * of time are counted into bins, so that a million attempts draw as fast as ten; a bin of
 * coverage shows the worst that happened in it.
 */
#include "report/html.h"

enum {
	BINS = 260,
	LANES_MAX = 40,
	WITNESSES_MAX = 32,
	LANE_HEIGHT = 18,
	NAME_MAX = 200, /* bytes */
};

/* Lanes of either picture. */
struct lanes {
	int64_t keys[LANES_MAX], all;
	struct text names[LANES_MAX];
	size_t count;
};

static void add_lane(struct lanes *l, int64_t key, struct slice name)
{
	l->names[l->count] = text_make(NAME_MAX + 32);
	text_add(&l->names[l->count], slice_part(name, 0, NAME_MAX));
	l->keys[l->count++] = key;
}

static void lanes_free(struct lanes *l)
{
	for (size_t i = 0; i < l->count; i++)
		text_free(&l->names[i]);
}

#define AUTO_LANES __attribute__((cleanup(lanes_free)))

static double bin_x(double bin)
{
	return HTML_LABEL + HTML_ROOM * bin / BINS;
}

static void begin_picture(struct html *h, const char *title, const struct lanes *l)
{
	text_addf(&h->out.text, "<figure><figcaption>%s</figcaption><svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %zu\">\n",
		  title, title, HTML_WIDTH, (l->count + 2) * LANE_HEIGHT);
	for (size_t i = 0; i < l->count; i++)
		html_label(h, text_slice(&l->names[i]), (double)(i * LANE_HEIGHT) + 13);
}

static void end_picture(struct html *h, const struct lanes *l)
{
	const struct facts *f = h->facts;
	double y = (double)(l->count * LANE_HEIGHT) + 2;
	text_addf(&h->out.text, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\">", HTML_LABEL,
		  HTML_LABEL + HTML_ROOM, y, y, HTML_LABEL, y + 15);
	html_add_time(h, f->from_ns);
	text_addf(&h->out.text, "</text><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", HTML_LABEL + HTML_ROOM, y + 15);
	html_add_time(h, f->to_ns);
	text_add_string(&h->out.text, "</text></svg>");
	if (l->all > (int64_t)l->count)
		text_addf(&h->out.text, "<p>%lld more are not drawn.</p>", (long long)(l->all - (int64_t)l->count));
	text_add_string(&h->out.text, "</figure>\n");
}

static int64_t length_of(const struct facts *f)
{
	return f->to_ns > f->from_ns ? f->to_ns - f->from_ns : 1;
}

/* ---- attempts ---------------------------------------------------------------- */

static enum status read_lanes(struct html *h, struct lanes *l, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, QUERY_REPORT_LANES);
	store_bind_i64(q, 1, LANES_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row && l->count < LANES_MAX) {
		add_lane(l, store_i64(q, 0), store_slice(q, 2));
		text_addf(&l->names[l->count - 1], " (%lld)", (long long)store_i64(q, 1));
		l->all = store_i64(q, 6);
	}
	sqlite3_reset(q);
	return status;
}

static void draw_mark(struct html *h, const struct lanes *l, sqlite3_stmt *q)
{
	size_t lane = 0;
	while (lane < l->count && l->keys[lane] != store_i64(q, 0))
		lane++;
	if (lane == l->count)
		return;
	struct slice place = store_slice(q, 2);
	bool local = slice_is(place, "loopback") || slice_is(place, "own"), known = place.size > 0;
	text_addf(&h->out.text, "<rect class=\"%s\" x=\"%.1f\" y=\"%zu\" width=\"%.1f\" height=\"%d\"><title>%lld ",
		  local ? "local" : known ? "leaving" : "unknown", bin_x((double)store_i64(q, 1)),
		  lane * LANE_HEIGHT + (local ? 12 : 2), (double)HTML_ROOM / BINS + 0.4, local ? 4 : LANE_HEIGHT - 4,
		  (long long)store_i64(q, 3));
	html_add(h, known ? place : SLICE("destination not known"));
	text_add_string(&h->out.text, "</title></rect>\n");
}

static enum status draw_marks(struct html *h, const struct lanes *l, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, QUERY_REPORT_MARKS);
	store_bind_i64(q, 1, h->facts->from_ns);
	store_bind_i64(q, 2, length_of(h->facts));
	store_bind_i64(q, 3, BINS);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		draw_mark(h, l, q);
		status = stream_flush(&h->out, false, err);
	}
	sqlite3_reset(q);
	return status;
}

enum status html_timeline_write(struct html *h, struct error *err)
{
	AUTO_LANES struct lanes l = {.count = 0};
	if (h->facts->count[COUNT_ATTEMPTS] == 0)
		return OK;
	enum status status = read_lanes(h, &l, err);
	if (status)
		return status;
	begin_picture(h, "Attempts over time, a lane for each process: tall marks aimed at other machines, low ones stayed "
			 "on this one", &l);
	status = draw_marks(h, &l, err);
	end_picture(h, &l);
	return status;
}

/* ---- coverage ------------------------------------------------------------------ */

enum sight { SIGHT_NONE, SIGHT_SEEING, SIGHT_BLIND, SIGHT_LOST, SIGHTS };

static const char *const sight_words[SIGHTS] = {"not shown to see", "seeing", "blind", "records lost"};

static enum sight sight_of(struct slice state)
{
	return slice_is(state, "seeing") ? SIGHT_SEEING : slice_is(state, "blind") ? SIGHT_BLIND : SIGHT_LOST;
}

/* The end of a span is the start of the next one: it belongs to that. */
static void add_span(enum sight bins[static BINS], const struct facts *f, int64_t from, int64_t to, enum sight sight)
{
	double length = (double)length_of(f);
	double first = (double)(from - f->from_ns) / length * BINS, last = (double)(to - f->from_ns) / length * BINS;
	for (int bin = first > 0 ? (int)first : 0; bin < BINS && bin < last; bin++)
		bins[bin] = sight > bins[bin] ? sight : bins[bin];
}

static enum status draw_strip(struct html *h, const char *witness, size_t lane, struct error *err)
{
	enum sight bins[BINS] = {SIGHT_NONE};
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, QUERY_REPORT_SPANS);
	store_bind_text(q, 1, witness);
	while (!status && !(status = store_step(q, &row, err)) && row)
		add_span(bins, h->facts, store_i64(q, 0), store_i64(q, 1), sight_of(store_slice(q, 2)));
	sqlite3_reset(q);
	for (int bin = 0, end; bin < BINS; bin = end) {
		for (end = bin; end < BINS && bins[end] == bins[bin];)
			end++;
		text_addf(&h->out.text, "<rect class=\"sight%d\" x=\"%.1f\" y=\"%zu\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>\n",
			  bins[bin], bin_x(bin), lane * LANE_HEIGHT + (bins[bin] == SIGHT_SEEING ? 5 : 2),
			  bin_x(end) - bin_x(bin), bins[bin] == SIGHT_SEEING ? 8 : 14, sight_words[bins[bin]]);
	}
	return status;
}

static enum status read_witnesses(struct html *h, struct lanes *l, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(h->store, QUERY_REPORT_WITNESSES);
	for (; !status && !(status = store_step(q, &row, err)) && row; l->all++)
		if (l->count < WITNESSES_MAX)
			add_lane(l, 0, store_slice(q, 0));
	sqlite3_reset(q);
	return status;
}

enum status html_coverage_write(struct html *h, struct error *err)
{
	AUTO_LANES struct lanes l = {.count = 0};
	enum status status = read_witnesses(h, &l, err);
	if (status || !l.count)
		return status;
	begin_picture(h, "What each witness could see: a bar is seeing, a frame is blind, a black block lost records, a "
			 "dotted line was not shown to see", &l);
	for (size_t i = 0; i < l.count && !status; i++)
		status = draw_strip(h, text_string(&l.names[i]), i, err);
	end_picture(h, &l);
	return status;
}
