/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIPTION_H
#define INGEST_DESCRIPTION_H

/*
 * A described format: a text (airgap-verify-formats(5)) that says how a line, a JSON
 * object or a row of a table becomes an app_event. It is made into tables before a
 * foreign byte is read; described.h reads a log by them.
 */

#include "core/error.h"
#include "core/hash.h"
#include "core/json.h"
#include "ingest/log_time.h"

enum {
	DESCRIPTION_TEXT_MAX = 64 << 10, /* of the file */
	DESCRIPTION_NAME_MAX = 32,
	DESCRIPTION_WORD_MAX = 96,
	DESCRIPTION_RULES_MAX = 24,
	DESCRIPTION_STEPS_MAX = 512,
	DESCRIPTION_SLOTS_MAX = 64,
	DESCRIPTION_NODES_MAX = 160,
	DESCRIPTION_DEPTH_MAX = 8,  /* members within members */
	DESCRIPTION_CONDITIONS_MAX = 48,
	DESCRIPTION_WORDS_MAX = 64,
	DESCRIPTION_LAYOUTS_MAX = 8,
	DESCRIPTION_OTHERS_MAX = 4, /* places that a field may stand at */
	DESCRIPTION_COLUMNS_MAX = 128,
};

/* What a log may tell of a connection. */
enum app_field {
	FIELD_NONE,
	FIELD_TIME,
	FIELD_DATE, /* stands before the time, where they are apart */
	FIELD_PROCESS,
	FIELD_PID,
	FIELD_HOST, /* a name or an address */
	FIELD_DST,  /* the address, where there may be a name besides */
	FIELD_PORT,
	FIELD_SRC,
	FIELD_SPORT,
	FIELD_PROTO,
	FIELD_URL,
	FIELD_DISPOSITION,
	FIELD_DIRECTION,
	FIELD_IN,  /* interface that it came from, of a packet filter */
	FIELD_OUT, /* that it was to leave by */
	FIELD_SUM,       /* "count": of how many connections the entry tells */
	FIELD_SUM_UNTIL, /* "until": the end of the span of time in which they were made */
	FIELDS
};

/* FIELD_NONE where there is none of that name. */
enum app_field description_field(struct slice name);

enum step_op {
	STEP_LITERAL,
	STEP_BLANKS,   /* one or more */
	STEP_WORD,     /* up to a blank */
	STEP_NUMBER,
	STEP_NAME,     /* letters, digits and . _ - / */
	STEP_QUOTED,   /* "…", with \ before what would end it */
	STEP_UNTIL,    /* up to the text, which is not taken */
	STEP_REST,
	STEP_ADDRESS,
	STEP_ENDPOINT, /* address or name, ':' or '#', port; the port may be missing */
	STEP_SOCKET,   /* address or name, ':' and port; IPv6 also without brackets */
	STEP_URL,
	STEP_TIME,
	STEP_PAIRS,    /* KEY=value up to the end */
	STEP_OPTIONAL, /* the next `size` steps, or none of them */
};

struct step {
	unsigned char op, field;
	unsigned short layout;
	unsigned size;
	struct slice text;
};

struct rule {
	char name[DESCRIPTION_NAME_MAX];
	bool other;      /* understood, but about no connection */
	bool mark;       /* and of no other log */
	unsigned step, step_count;
	unsigned condition, condition_count;
	int within;      /* the slot that the pattern is for; -1: the line */
	int layout;      /* of FIELD_TIME out of a slot */
	signed char slots[FIELDS][DESCRIPTION_OTHERS_MAX]; /* -1: none */
	struct slice fixed[FIELDS]; /* where nothing else is said */
};

struct condition {
	int slot;
	struct slice values; /* "a|b"; "*": anything that is there */
};

enum word_value { WORD_ALLOWED, WORD_BLOCKED, WORD_LOGGED, WORD_OTHER, WORD_IN, WORD_OUT, WORD_FORWARD };

/* A word of the log and what it means; '*' at its ends stands for anything. */
struct word {
	struct slice text;
	bool open_front, open_back;
	enum word_value value;
};

struct pair {
	struct slice key;
	enum app_field field;
};

enum description_format { DESCRIBES_LINES, DESCRIBES_JSON, DESCRIBES_TABLE, DESCRIBES_EXPORT };

struct description {
	char name[DESCRIPTION_NAME_MAX], app[DESCRIPTION_WORD_MAX], about[2 * DESCRIPTION_WORD_MAX];
	char *path;   /* owned: of its file; below schema/logs where it is built in */
	char *origin; /* owned: the path, and the SHA-256 of its text */
	char *text;   /* owned: what the slices point into */
	struct slice whole; /* all of it, as it was given */
	char sha256[HASH_TEXT_MAX];
	char *keys;   /* owned: parts of member paths that held an escape, as they are */
	size_t keys_used;
	enum description_format format;
	unsigned sure;       /* of a file of which every line is understood, in percent */
	bool zone_utc;       /* local times are UTC */
	bool otherwise_other;
	struct slice comment, heading, columns, utc_when;
	bool heading_first;  /* the first line is the heading */
	unsigned char separator; /* ' ': blanks */
	struct log_time_layout layouts[DESCRIPTION_LAYOUTS_MAX];
	size_t layout_count; /* the first one: where nothing else is said */
	struct rule rules[DESCRIPTION_RULES_MAX];
	size_t rule_count;
	struct step steps[DESCRIPTION_STEPS_MAX];
	size_t step_count;
	struct condition conditions[DESCRIPTION_CONDITIONS_MAX];
	size_t condition_count;
	struct slice slots[DESCRIPTION_SLOTS_MAX]; /* member paths or names of columns */
	size_t slot_count;
	struct json_path nodes[DESCRIPTION_NODES_MAX];
	size_t node_count;
	struct word dispositions[DESCRIPTION_WORDS_MAX], directions[DESCRIPTION_WORDS_MAX];
	size_t disposition_count, direction_count;
	struct pair pairs[DESCRIPTION_WORDS_MAX];
	size_t pair_count;
};

/* May a description be called so? Lower-case letters, digits and '-'. */
bool description_name(struct slice name);

/* Makes the tables of a text. `name` is where it stands, for messages, which tell line
 * and column (ERR_CONFIG), and for the log it is used on. */
enum status description_parse(struct slice text, const char *name, struct description **ret,
			      struct error *err) MUST_CHECK;
void description_free(struct description *d); /* NULL-safe */

/* Adds the steps of a pattern. `ret_at` is where in it something is wrong. */
enum status pattern_compile(struct description *d, struct slice pattern, size_t *ret_at,
			    struct error *err) MUST_CHECK;

/* The number of a layout, which is added where it is new. */
enum status description_layout(struct description *d, struct slice text, unsigned *ret,
			       struct error *err) MUST_CHECK;

#endif
