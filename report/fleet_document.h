/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FLEET_DOCUMENT_H
#define REPORT_FLEET_DOCUMENT_H

/*
 * What the documents of many hosts say: tables as they came out of their store, and the nights
 * of each host for a picture. Filled by whoever can ask the store; the writers read nothing else, so that the
 * same store, as of the same time, gives the same bytes.
 */

#include "core/arena.h"
#include "core/text.h"

enum {
	FLEET_COLUMNS_MAX = 12,
	FLEET_ROWS_MAX = 10000,	 /* of one table */
	FLEET_NIGHTS_MAX = 62,	 /* in the picture, the last ones */
	FLEET_HOSTS_MAX = 500,	 /* in the picture */
	FLEET_MEMORY_MAX = 160 << 20,
};

struct fleet_cell {
	enum { FLEET_NOTHING, FLEET_NUMBER, FLEET_TIME /* nanoseconds since 1970 */, FLEET_TEXT } type;
	int64_t number;
	const char *text; /* in the arena */
};

enum fleet_part { FLEET_ALARMS, FLEET_HOSTS, FLEET_TREND, FLEET_DESTINATIONS, FLEET_VECTORS, FLEET_FINDINGS, FLEET_CONTROLS, FLEET_PARTS };

struct fleet_table {
	const char *names[FLEET_COLUMNS_MAX]; /* in the arena */
	size_t columns, rows;
	bool more; /* there are more than these */
	struct fleet_cell *cells; /* owned; row by row */
};

enum fleet_night { FLEET_NONE, FLEET_PASS, FLEET_INCONCLUSIVE, FLEET_FAIL };

struct fleet_host {
	const char *name; /* in the arena */
	unsigned char nights[FLEET_NIGHTS_MAX]; /* enum fleet_night */
};

struct fleet_document {
	struct arena *arena; /* owned */
	int64_t as_of_ns, from_ns, to_ns; /* from, to: of the bundles; 0 without */
	const char *verdict; /* "PASS", "FAIL", "INCONCLUSIVE" */
	int64_t hosts, bundles, nights, attempts, leaving, refused;
	struct fleet_table tables[FLEET_PARTS];
	int64_t first_day; /* of the picture, in days since 1970 */
	size_t days;
	struct fleet_host *picture; /* owned */
	size_t picture_count;
	bool picture_more; /* hosts */
};

/* What stands above each table, and in its place where it has no row. */
extern const struct fleet_heading {
	const char *id, *title, *none;
} fleet_headings[FLEET_PARTS];

struct fleet_document fleet_document_new(void);
void fleet_document_free(struct fleet_document *d);

/* Room for one more row of a table, all FLEET_NOTHING; NULL past FLEET_ROWS_MAX, which `more` then tells. */
struct fleet_cell *fleet_document_row(struct fleet_table *t);

/* What one sentence says of all of it. */
void fleet_document_sentence(const struct fleet_document *d, struct text *out);

/* Writers of it, onto a file. */
enum status fleet_html_write(const struct fleet_document *d, int fd, struct error *err) MUST_CHECK;
enum status fleet_xlsx_write(const struct fleet_document *d, int fd, struct error *err) MUST_CHECK;
enum status fleet_pdf_write(const struct fleet_document *d, int fd, struct error *err) MUST_CHECK;

#endif
