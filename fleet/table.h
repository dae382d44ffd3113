/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_TABLE_H
#define FLEET_TABLE_H

/*
 * The tables that take the rows of a bundle in, and what may stand in them: each row is held
 * against this before it goes to an engine. Every one of them begins with host, month and
 * bundle, which are the store's own and are not among the columns here.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	TABLE_TEXT_MAX = 4 << 20, /* bytes of one text */
	TABLE_ROW_MAX = 8 << 20,
};

/* More of anything is no count of a bundle; so sums of many stay numbers. */
static const int64_t table_count_max = INT64_C(1000000000000);

enum table_kind { TABLE_ATTEMPT, TABLE_ACTOR, TABLE_TARGET, TABLE_LOOKUP, TABLE_FINDING, TABLE_CONTROL, TABLE_COVERAGE, TABLE_COUNT };

enum column_type { COLUMN_INT /* 32 bits */, COLUMN_LONG /* 64 */, COLUMN_COUNT /* 64, to be added up */, COLUMN_TEXT };

struct column {
	const char *name;
	enum column_type type;
	bool wanted; /* NOT NULL */
};

struct table {
	const char *name;
	const struct column *columns;
	size_t count;
};

extern const struct table tables[TABLE_COUNT];

enum value_type { VALUE_NULL, VALUE_NUMBER, VALUE_TEXT };

struct value {
	enum value_type type;
	int64_t number;
	struct slice text; /* not owned */
};

static inline struct value value_number(int64_t number)
{
	return (struct value){.type = VALUE_NUMBER, .number = number};
}

static inline struct value value_slice(struct slice text)
{
	return (struct value){.type = VALUE_TEXT, .text = text};
}

/* NULL → NULL. */
static inline struct value value_text(const char *text)
{
	return text ? value_slice(slice_of_string(text)) : (struct value){0};
}

/* Does every engine take this text: is it UTF-8 without a NUL? */
bool table_plain(struct slice text);

/* NULL, or what is wrong with a row (a constant) and in which column. */
const char *table_check(const struct table *t, const struct value row[], size_t count, const char **ret_column);

#endif
