/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_MEMBER_ROWS_H
#define INGEST_MEMBER_ROWS_H

/*
 * Files of ours whose lines are rows: a table says which kinds of lines there are, by which
 * member each is told, and which of its members are the values of a statement.
 */

#include "ingest/ingest.h"
#include "ingest/input.h"
#include "ingest/row.h"

enum {
	MEMBER_ROWS_TEXT = 4096, /* bytes of a text */
	MEMBER_ROWS_MEMBERS = 20,
	MEMBER_ROWS_KINDS = 8,
};

enum member_form {
	MEMBER_TEXT,
	MEMBER_VERDICT, /* another word would stand in a report */
	MEMBER_NUMBER,	/* not negative; at most `most`, and 1 at least, where that is not 0 */
	MEMBER_FLAG,
};

struct member {
	const char *key;
	enum member_form form;
	bool needed;
	int64_t most;
};

struct member_kind {
	const char *key; /* that tells it; the first kind that has its own is it */
	enum query query; /* its first value is the source */
	bool numbered;	 /* and the second the number of the record */
	const char *wrong; /* the reason where a member is missing or is none */
	struct member members[MEMBER_ROWS_MEMBERS]; /* in the order of the values; ends with a key of NULL */
};

/* At most `most` lines are taken; what could not be read is counted as such. `count` is at
 * most MEMBER_ROWS_KINDS. */
enum status member_rows(const struct member_kind kinds[], size_t count, uint64_t most, struct ingest *to, struct input *in,
			uint64_t *ret_records, struct error *err) MUST_CHECK;

#endif
