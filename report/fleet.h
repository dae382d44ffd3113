/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FLEET_H
#define REPORT_FLEET_H

/*
 * The documents of an organisation: what the bundles of many hosts say of a period. Whoever can
 * ask their store fills the rows; the writers read nothing else, so that the same rows give the same
 * bytes.
 */

#include "report/facts.h"

#include "core/text.h"

enum {
	FLEET_COLUMNS_MAX = 13,
	FLEET_ROWS_MAX = 200000,     /* of one part */
	FLEET_MEMORY_MAX = 96 << 20, /* bytes of all texts */
};

/* In the order of the documents. */
enum fleet_part {
	FLEET_ALARMS,
	FLEET_HOSTS,  /* the worst first */
	FLEET_NIGHTS, /* their hosts in that order */
	FLEET_TREND,
	FLEET_DESTINATIONS,
	FLEET_VECTORS,
	FLEET_FINDINGS,
	FLEET_CONTROLS,
	FLEET_REFUSED,
	FLEET_BUNDLES,
	FLEET_PARTS
};

enum fleet_kind {
	FLEET_WORD,
	FLEET_VERDICT,
	FLEET_MONO,
	FLEET_NUMBER,
	FLEET_PERMILLE, /* shown as percent */
	FLEET_TIME,	/* nanoseconds since 1970 UTC */
};

struct fleet_column {
	const char *name;
	enum fleet_kind kind;
	double share; /* of the width of a page of the PDF; 0: not there */
};

struct fleet_about {
	const char *id, *title, *none; /* none: what is said where there is no row */
	size_t printed;		       /* rows in the PDF, at most */
	struct fleet_column columns[FLEET_COLUMNS_MAX]; /* of the rows, as many as have a name */
};

extern const struct fleet_about fleet_about[FLEET_PARTS];

/* Columns that the code below asks for by name. */
enum { HOSTS_NAME = 0, HOSTS_NIGHTS, HOSTS_FAIL, HOSTS_OPEN, HOSTS_PASS, HOSTS_ATTEMPTS = 9, HOSTS_LEAVING, HOSTS_LOOKUPS };
enum { NIGHTS_HOST = 0, NIGHTS_NIGHT, NIGHTS_BEGAN, NIGHTS_VERDICT };
enum { TREND_NIGHT = 0, TREND_HOSTS, TREND_FAIL, TREND_OPEN, TREND_PASS };
enum { ALARMS_SEVERITY = 2 };

#define FLEET_NO_NUMBER INT64_MIN

struct fleet_cell {
	const char *text; /* in the arena of the facts; NULL: a number or nothing */
	int64_t number;	  /* FLEET_NO_NUMBER: none */
};

struct fleet_rows {
	struct fleet_cell *cells; /* owned; row by row */
	size_t columns, count;
};

struct fleet {
	struct facts facts; /* owned; of them: verdict, summary, window, organisation, marking, paper */
	struct fleet_rows rows[FLEET_PARTS];
	int64_t total_nights, total_fail, total_open, total_pass, silent_hosts, attempts, leaving, lookups;
	int64_t first_day, days; /* of the nights, in days since 1970 UTC; 0: there are none */
};

/* Empty, to be filled; fleet_free() in any case. */
struct fleet fleet_new(void);
void fleet_free(struct fleet *f);
#define AUTO_FLEET __attribute__((cleanup(fleet_free)))

/* Room for one more row, whose cells say nothing; ERR_LIMIT past FLEET_ROWS_MAX. */
enum status fleet_row(struct fleet *f, enum fleet_part part, struct fleet_cell **ret, struct error *err) MUST_CHECK;

/* Takes a copy of a text into a cell of the row that came last. ERR_LIMIT past FLEET_MEMORY_MAX. */
enum status fleet_put(struct fleet *f, enum fleet_part part, size_t column, struct slice text, struct error *err) MUST_CHECK;

/* Once the rows are there: counts them, and makes of them a verdict and a summary. FAIL where a
 * night of the period failed or something was forged; PASS only where each host has evidence,
 * each night passed and nothing stands out. */
enum status fleet_sum_up(struct fleet *f, struct error *err) MUST_CHECK;

static inline const struct fleet_cell *fleet_at(const struct fleet *f, enum fleet_part part, size_t row)
{
	return &f->rows[part].cells[row * f->rows[part].columns];
}

/* A cell as a page shows it; nothing where it holds nothing. */
void fleet_add_cell(struct text *t, enum fleet_kind kind, const struct fleet_cell *c);

/* What such a report must say of itself; ends with NULL. */
extern const char *const fleet_method[], *const fleet_limits[];

/* Writers of it, each a whole document onto a file. The same rows, with the same fonts installed, give the same bytes. */
enum status fleet_pdf_write(const struct fleet *f, int fd, struct error *err) MUST_CHECK;
enum status fleet_xlsx_write(const struct fleet *f, int fd, struct error *err) MUST_CHECK;
enum status fleet_html_write(const struct fleet *f, int fd, struct error *err) MUST_CHECK;

#endif
