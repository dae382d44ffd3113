/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of the first page: what was seen, and by which way out.
 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

#include <string.h>

enum { GAP = 16 /* between the two tables */ };

static void draw_counts(struct pdf *d)
{
	static const struct page_column columns[] = {{"What was seen", 0.74, PAGE_CELL, false, 1},
						     {"", 0.26, PAGE_CELL, true, 1}};
	static const struct {
		const char *words;
		enum count count;
		bool always;
	} rows[] = {
		{"processes in the scope", COUNT_PROCESSES, true},
		{"attempts within this machine, Unix sockets too", COUNT_LOCAL, true},
		{"attempts to leave this machine", COUNT_LEAVING, true},
		{"  of these allowed by the policy", COUNT_ALLOWED, false},
		{"raw or packet sockets, destination not known", COUNT_UNKNOWN, false},
		{"UDP sockets pointed outside, nothing sent", COUNT_POINTED, false},
		{"name lookups captured, within this machine", COUNT_LOOKUPS_LOCAL, true},
		{"name lookups captured, leaving", COUNT_LOOKUPS_LEAVING, true},
		{"the same, of other programs", COUNT_LOOKUPS_OTHERS, false},
		{"packets captured, without this tool's own", COUNT_PACKETS, true},
		{"flows in these packets", COUNT_FLOWS, true},
		{"flows that nothing explains", COUNT_FLOWS_UNEXPLAINED, false},
		{"attempts of other programs to leave", COUNT_OTHERS, false},
	};
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		if (!rows[i].always && d->facts->count[rows[i].count] == 0)
			continue;
		text_add_string(page_table_cell(&t), rows[i].words);
		pdf_add_number(page_table_cell(&t), d->facts->count[rows[i].count]);
		page_table_row(&t);
	}
	page_table_end(&t);
}

/* The ways out that an assessor asks for. What is none of the first five counts as the last. */
enum { WAY_LOOKUP = 5, WAY_OTHER, WAYS };

static void count_ways(struct pdf *d, int64_t ret[static WAYS])
{
	static const char *const names[] = {"model_api", "telemetry", "update",
					    "webview",   "extension", "name_lookup"};
	for (size_t k = 0; k < d->tally->vector_count; k++) {
		const struct tally_count *vector = &d->tally->vectors[k];
		size_t i = 0;
		while (i < LENGTH(names) && strcmp(vector->name, names[i]) != 0)
			i++;
		ret[i < LENGTH(names) ? i : WAY_OTHER] += vector->count;
	}
	/* the same lookup may be seen as an attempt, in packets, or sent on by a resolver */
	const int64_t *count = d->facts->count;
	if (ret[WAY_LOOKUP] < count[COUNT_LOOKUPS_LEAVING])
		ret[WAY_LOOKUP] = count[COUNT_LOOKUPS_LEAVING];
	if (ret[WAY_LOOKUP] < count[COUNT_LOOKUPS_TOLD])
		ret[WAY_LOOKUP] = count[COUNT_LOOKUPS_TOLD];
}

static void draw_ways(struct pdf *d, const int64_t seen[static WAYS])
{
	static const struct page_column columns[] = {
		{"Ways out", 0.56, PAGE_CELL, false, 1},
		{"Seen in the window", 0.44, PAGE_CELL_BOLD, true, 1}};
	static const char *const words[WAYS] = {
		"model API calls", "telemetry",    "update checks",        "WebView content",
		"extensions",      "name lookups", "other or unclassified"};
	struct page_table t;
	page_table_begin(&t, &d->page, columns, LENGTH(columns));
	for (size_t i = 0; i < WAYS; i++) {
		text_add_string(page_table_cell(&t), words[i]);
		struct text *cell = page_table_cell(&t);
		text_add_string(cell, seen[i] ? "seen: " : "not seen");
		if (seen[i])
			pdf_add_number(cell, seen[i]);
		page_table_row(&t);
	}
	page_table_end(&t);
	bool whole = d->facts->judged && !strcmp(d->facts->verdict, "PASS");
	page_text(&d->page, PAGE_SMALL,
		  whole ? "Attempts beyond this machine, by what the destination is known to serve."
			: "Attempts beyond this machine. \"Not seen\" holds only as far as the "
			  "watching was complete.");
}

void pdf_numbers(struct pdf *d)
{
	struct page *p = &d->page;
	int64_t seen[WAYS] = {0};
	count_ways(d, seen);
	page_space(p, 6);
	double top = p->y;
	p->width = (p->inner - GAP) / 2;
	draw_counts(d);
	double left_end = p->y;
	p->y = top;
	p->x = PAGE_LEFT + p->width + GAP;
	draw_ways(d, seen);
	p->y = p->y > left_end ? p->y : left_end;
	p->x = PAGE_LEFT;
	p->width = p->inner;
}
