/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_WORDS_H
#define REPORT_PDF_WORDS_H

/*
 * How the report puts numbers, times, addresses and the words of the database
 * before a reader. Each adds to a text.
 */

#include "core/store.h"
#include "core/text.h"

/* 1234567 → "1,234,567" */
void pdf_add_number(struct text *t, int64_t number);

/* "1 process", "2 processes" */
void pdf_add_count(struct text *t, int64_t number, const char *one, const char *many);

/* "2026-11-23 12:03:05 UTC"; "not known" for 0. */
void pdf_add_time(struct text *t, int64_t ns);

/* "12:03:05.123", with the day in front where it is not that of `start_ns`. */
void pdf_add_clock(struct text *t, int64_t ns, int64_t start_ns);

/* "1 h 2 min 3 s", "0.250 s" */
void pdf_add_duration(struct text *t, int64_t ns);

/* "192.0.2.1:443", "[2001:db8::1]:443"; the address and port of two columns. */
void pdf_add_endpoint(struct text *t, sqlite3_stmt *q, int address, int port);

/* "comm (pid)" of two columns; "not attributed" where there is neither. */
void pdf_add_process(struct text *t, sqlite3_stmt *q, int pid, int comm);

/* A column as it stands, fit for a page. */
void pdf_add_column(struct text *t, sqlite3_stmt *q, int column);

/* The word for a destination class or a vector; a name that is not ours stands as it is. */
void pdf_add_class(struct text *t, struct slice class);
void pdf_add_vector(struct text *t, struct slice vector);

#endif
