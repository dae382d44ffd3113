/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_VIEW_H
#define CLI_WATCH_VIEW_H

/*
 * What of the model is looked at: which list, in which order, what is left out, and what
 * each key does to that. Knows no terminal.
 */

#include "cli/watch_model.h"
#include "core/text.h"

enum watch_tab { WATCH_PROCESSES, WATCH_CONNECTIONS, WATCH_ATTEMPTS, WATCH_NAMES, WATCH_WITNESSES, WATCH_TABS };

enum { WATCH_FILTER_MAX = 64 };

/* Adds one value as text; foreign bytes as they are. */
typedef void watch_add(const struct watch_model *m, const void *record, struct text *ret);
typedef int watch_compare(const struct watch_model *m, const void *a, const void *b);

struct watch_column {
	const char *title;
	unsigned width; /* 0: what is left; the last one */
	bool right;     /* aligned */
	bool wide;      /* left out on a narrow screen */
	watch_add *add;
	watch_compare *compare; /* NULL: nobody sorts by it */
};

/* One list: watch_columns.c has a row for each. */
struct watch_list {
	const char *title;
	const struct watch_column *columns;
	size_t column_count;
	bool newest_first; /* as long as nobody sorts it */
	bool (*shown)(const void *record, bool all);
};
extern const struct watch_list watch_lists[WATCH_TABS];

struct watch_table *watch_table_of(const struct watch_model *m, enum watch_tab tab);

/* The records of a list that are shown, as numbers in their table. */
struct watch_order {
	uint32_t *at;          /* owned */
	unsigned char *depth;  /* owned: how far a process descends from one that is shown */
	size_t count, room;
	uint64_t version; /* of the model that it was made of */
	int64_t made_ns, cost_ns; /* monotonic: when, and how long it took */
};

struct watch_state {
	size_t selected, top; /* in the order */
	uint64_t key;         /* of the selected record; 0: the first one, whichever it is */
	int sort;             /* a column; -1: as they come */
	bool reverse;
};

struct watch_view {
	enum watch_tab tab;
	struct watch_state of[WATCH_TABS];
	struct watch_order order;
	enum watch_tab order_tab; /* the list that `order` is of */
	bool stale;               /* the order was asked for otherwise since */
	char filter[WATCH_FILTER_MAX];
	size_t filter_size;
	bool typing, frozen, details, help, all;
	size_t page; /* lines of the list on the screen, as it was drawn last */
};

enum watch_key {
	WATCH_KEY_NONE = 0x110000, /* below: a character */
	WATCH_KEY_UP, WATCH_KEY_DOWN, WATCH_KEY_LEFT, WATCH_KEY_RIGHT, WATCH_KEY_PAGE_UP, WATCH_KEY_PAGE_DOWN,
	WATCH_KEY_HOME, WATCH_KEY_END, WATCH_KEY_BACK_TAB, WATCH_KEY_BACKSPACE, WATCH_KEY_ESCAPE, WATCH_KEY_ENTER,
	WATCH_KEY_GONE, /* none: nobody is there any more */
};

/* What is left for others to do. */
enum watch_action {
	WATCH_ACTION_NONE,
	WATCH_ACTION_QUIT,
	WATCH_ACTION_PAUSE,
	WATCH_ACTION_BACK,
	WATCH_ACTION_AHEAD,
	WATCH_ACTION_START,
	WATCH_ACTION_SLOWER,
	WATCH_ACTION_FASTER,
};

void watch_view_start(struct watch_view *v);
void watch_view_free(struct watch_view *v);

enum watch_action watch_view_key(struct watch_view *v, unsigned key);

/* Puts the list in order where the model or the view has changed; but where only the model
 * did, not so often that it would take more than a small share of the time. */
void watch_view_refresh(struct watch_view *v, const struct watch_model *m, int64_t mono_ns);

/* The record at that place of the order; NULL where there is none. */
const void *watch_view_at(const struct watch_view *v, const struct watch_model *m, size_t number);

#endif
