/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

/*
 * What the parts of the page share. Of the report's own: nobody else includes it.
 */

#include "report/facts.h"
#include "report/stream.h"

enum {
	HTML_ROWS_MAX = 10000,	  /* of one table */
	HTML_TABLE_MAX = 4 << 20, /* bytes of its rows */
	HTML_CELL_MAX = 2000,	  /* bytes shown of a text */
};

struct html {
	struct store *store;
	const struct facts *facts;
	struct stream out;
	bool models; /* there is a benchmark of them */
};

/* Text that is not ours: printable, and no mark-up. */
void html_add(struct html *h, struct slice text);
void html_add_time(struct html *h, int64_t ns); /* "2026-11-28 06:30:00.123"; "" for 0 */

/* Around all else: the head, with its title and a link past the contents; the beginning of <main>
 * with the verdict of the facts; what is said at the end. `skip`, `words` and `heading` are mark-up. */
void html_head_write(struct html *h, struct slice title, const char *skip, const char *words);
void html_verdict_write(struct html *h, const char *heading);
void html_tail_write(struct html *h, const char *words);

/* Within a list <dl>: a name with what it is, where it is something; what the site says of itself. */
void html_fact_write(struct html *h, const char *name, const char *value);
void html_organisation_write(struct html *h);

/* The begin of a cell of a table, with room for so many bytes. */
const char *html_cell_of(size_t size);

/* A table of a query: its columns under their own names, "(UTC)" for nanoseconds since 1970. */
struct html_table {
	const char *id, *title, *words; /* what stands above it; what is said where it has no row */
	enum query query;
	bool frameworks; /* ?1 is the list of them, ?2 who accepted */
	bool models;     /* of a benchmark: left out where there is none */
};

enum status html_table_write(struct html *h, const struct html_table *table, struct error *err) MUST_CHECK;

/* The reviews that were there when the page was written. */
void html_review_write(struct html *h);

/* How charts lie: names, then room for bars or time, then values. In pixels. */
enum { HTML_LABEL = 250, HTML_ROOM = 520, HTML_WIDTH = HTML_LABEL + HTML_ROOM + 90 };

/* A name in the room that it has, its foot at `y`; all of it is its title. */
void html_label(struct html *h, struct slice name, double y);

/* Bars of a query of two columns (a name, a number), as a picture with its numbers in it. */
enum status html_bars_write(struct html *h, const char *title, enum query query, struct error *err) MUST_CHECK;

/* The trend, where there is an earlier session. */
enum status html_past_write(struct html *h, struct error *err) MUST_CHECK;

/* Attempts over time by process; what each witness could see. */
enum status html_timeline_write(struct html *h, struct error *err) MUST_CHECK;
enum status html_coverage_write(struct html *h, struct error *err) MUST_CHECK;

#endif
