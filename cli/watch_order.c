/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_order.h"

#include "core/auto.h"
#include "cli/watch_rows.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 2048, DEPTH_MAX = 200, NOBODY = UINT32_MAX };

/* What sorting needs besides two numbers. */
struct sorting {
	const struct watch_model *m;
	const struct watch_table *table;
	watch_compare *compare;
	bool reverse;
};

struct watch_table *watch_table_of(const struct watch_model *m, enum watch_tab tab)
{
	switch (tab) {
	case WATCH_PROCESSES:
		return m->processes;
	case WATCH_CONNECTIONS:
	case WATCH_ATTEMPTS:
		return m->attempts;
	case WATCH_NAMES:
		return m->names;
	case WATCH_WITNESSES:
	case WATCH_TABS:
		break;
	}
	return m->witnesses;
}

/* What a filter is held against: the columns of a record, with blanks between. */
static void words_of(const struct watch_model *m, enum watch_tab tab, const void *record, struct text *ret)
{
	const struct watch_list *list = &watch_lists[tab];
	for (size_t i = 0; i < list->column_count; i++) {
		list->columns[i].add(m, record, ret);
		text_add_char(ret, ' ');
	}
}

/* Equal ones stay as they came. */
static int compare(const void *a, const void *b, void *context)
{
	const struct sorting *s = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	int told = s->compare(s->m, watch_table_at(s->table, left), watch_table_at(s->table, right));
	if (told == 0)
		told = (left > right) - (left < right);
	return s->reverse ? -told : told;
}

static void make_room(struct watch_order *o, size_t room)
{
	if (room <= o->room)
		return;
	o->at = must_realloc(o->at, room, sizeof *o->at);
	o->depth = must_realloc(o->depth, room, 1);
	o->room = room;
}

/* ASCII only, as people type. */
static bool holds(struct slice words, const char *wanted)
{
	size_t size = strlen(wanted);
	for (size_t i = 0; i + size <= words.size; i++)
		if (slice_is_nocase(slice_part(words, i, size), wanted))
			return true;
	return false;
}

static void select_shown(struct watch_order *o, const struct watch_model *m, const struct watch_view *v)
{
	const struct watch_table *t = watch_table_of(m, v->tab);
	size_t count = watch_table_count(t);
	AUTO_TEXT struct text words = text_make(WORDS_MAX);
	make_room(o, count);
	o->count = 0;
	for (size_t i = 0; i < count; i++) {
		const void *record = watch_table_at(t, i);
		if (!watch_lists[v->tab].shown(record, v->all))
			continue;
		if (v->filter_size) {
			text_clear(&words);
			words_of(m, v->tab, record, &words);
			if (!holds(text_slice(&words), v->filter))
				continue;
		}
		o->depth[o->count] = 0;
		o->at[o->count++] = (uint32_t)i;
	}
}

static void turn_round(struct watch_order *o)
{
	for (size_t i = 0; i < o->count / 2; i++) {
		uint32_t other = o->at[i];
		o->at[i] = o->at[o->count - 1 - i];
		o->at[o->count - 1 - i] = other;
	}
}

/* Links from parents to children, by number in the table. */
struct tree {
	uint32_t *child, *last, *next; /* in one block, owned: the first child, the last one, the next of the same parent */
	unsigned char *seen;           /* owned: 1: shown; 2: and in its place */
};

static uint32_t parent_of(const struct watch_model *m, uint32_t number)
{
	const struct watch_process *p = watch_table_at(m->processes, number), *first = watch_table_at(m->processes, 0);
	const struct watch_process *parent =
		p->ppid > 0 ? watch_table_find(m->processes, watch_link_get(m->pids, (uint64_t)p->ppid)) : NULL;
	/* a pid may have been given to a younger one since */
	return parent && parent != p && parent->first_ns <= p->first_ns ? (uint32_t)(parent - first) : NOBODY;
}

static void link_all(struct tree *t, const struct watch_order *o, const struct watch_model *m)
{
	for (size_t i = 0; i < o->count; i++) {
		uint32_t number = o->at[i], parent = parent_of(m, number);
		if (parent == NOBODY || !t->seen[parent])
			continue;
		if (t->child[parent] == NOBODY)
			t->child[parent] = number;
		else
			t->next[t->last[parent]] = number;
		t->last[parent] = number;
		t->seen[number] = 3; /* it has a place below somebody */
	}
}

/* Puts one and all below it into the order. Each is put once: a ring of parents ends. */
static void put(struct tree *t, struct watch_order *o, uint32_t *stack, uint32_t root)
{
	size_t depth = 0;
	stack[0] = root;
	for (;;) {
		uint32_t now = stack[depth];
		t->seen[now] = 2;
		o->depth[o->count] = (unsigned char)depth;
		o->at[o->count++] = now;
		uint32_t down = t->child[now];
		if (down != NOBODY && t->seen[down] != 2 && depth < DEPTH_MAX) {
			stack[++depth] = down;
			continue;
		}
		while (depth > 0 && (t->next[stack[depth]] == NOBODY || t->seen[t->next[stack[depth]]] == 2))
			depth--;
		if (depth == 0)
			return;
		stack[depth] = t->next[stack[depth]];
	}
}

static void make_tree(struct watch_order *o, const struct watch_model *m)
{
	size_t count = watch_table_count(m->processes), shown = o->count;
	uint32_t stack[DEPTH_MAX + 1];
	AUTO_FREE uint32_t *links = must_alloc(3 * count + 1, sizeof *links);
	AUTO_FREE unsigned char *seen = must_alloc(count + 1, 1);
	AUTO_FREE uint32_t *all = must_alloc(shown + 1, sizeof *all);
	struct tree t = {links, links + count, links + 2 * count, seen};
	memset(links, 0xff, 3 * count * sizeof *links);
	memset(seen, 0, count + 1);
	for (size_t i = 0; i < shown; i++)
		seen[o->at[i]] = 1;
	link_all(&t, o, m);
	if (shown)
		memcpy(all, o->at, shown * sizeof *all);
	o->count = 0;
	for (size_t i = 0; i < shown; i++)
		if (seen[all[i]] == 1)
			put(&t, o, stack, all[i]);
	for (size_t i = 0; i < shown; i++)
		if (seen[all[i]] != 2)
			put(&t, o, stack, all[i]);
}

void watch_order_make(struct watch_order *o, const struct watch_model *m, const struct watch_view *v)
{
	const struct watch_state *state = &v->of[v->tab];
	const struct watch_list *list = &watch_lists[v->tab];
	select_shown(o, m, v);
	if (state->sort >= 0 && o->count) {
		struct sorting s = {m, watch_table_of(m, v->tab), list->columns[state->sort].compare, state->reverse};
		qsort_r(o->at, o->count, sizeof *o->at, compare, &s);
	} else if (v->tab == WATCH_PROCESSES && !v->filter_size) {
		make_tree(o, m);
	} else if (list->newest_first != state->reverse) {
		turn_round(o);
	}
}
