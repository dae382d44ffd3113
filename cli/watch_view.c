/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_view.h"

#include "cli/watch_order.h"
#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

/* Putting in order takes at most one part in so many of the time. */
enum { SHARE = 40 };

void watch_view_start(struct watch_view *v)
{
	*v = (struct watch_view){.stale = true, .page = 1};
	for (size_t i = 0; i < WATCH_TABS; i++)
		v->of[i].sort = -1;
}

void watch_view_free(struct watch_view *v)
{
	free(v->order.at);
	free(v->order.depth);
	v->order = (struct watch_order){0};
}

const void *watch_view_at(const struct watch_view *v, const struct watch_model *m, size_t number)
{
	const struct watch_table *t = watch_table_of(m, v->order_tab);
	if (number >= v->order.count || v->order.at[number] >= watch_table_count(t))
		return NULL;
	return watch_table_at(t, v->order.at[number]);
}

/* Every record begins with its key. */
static uint64_t key_at(const struct watch_view *v, const struct watch_model *m, size_t number)
{
	const void *record = watch_view_at(v, m, number);
	uint64_t key = 0;
	if (record)
		memcpy(&key, record, sizeof key);
	return key;
}

/* The selection stays on its record; one that stood on the first stays there, so that what
 * comes newly is seen. */
static void find_selected(struct watch_view *v, const struct watch_model *m)
{
	struct watch_state *s = &v->of[v->tab];
	size_t before = s->selected;
	if (s->key)
		for (size_t i = 0; i < v->order.count; i++)
			if (key_at(v, m, i) == s->key) {
				s->selected = i;
				s->top = s->top + i >= before ? s->top + i - before : 0;
				return;
			}
	if (s->selected >= v->order.count)
		s->selected = v->order.count ? v->order.count - 1 : 0;
}

static void keep_in_sight(struct watch_view *v)
{
	struct watch_state *s = &v->of[v->tab];
	size_t most = v->order.count > v->page ? v->order.count - v->page : 0;
	if (s->top > most)
		s->top = most;
	if (s->selected < s->top)
		s->top = s->selected;
	if (s->selected >= s->top + v->page)
		s->top = s->selected - v->page + 1;
}

void watch_view_refresh(struct watch_view *v, const struct watch_model *m, int64_t mono_ns)
{
	struct watch_order *o = &v->order;
	struct watch_state *s = &v->of[v->tab];
	bool other = v->stale || v->order_tab != v->tab, due = mono_ns - o->made_ns >= SHARE * o->cost_ns;
	if (!other && o->version == m->version)
		due = false;
	if (other || due) {
		int64_t began = clock_mono();
		v->order_tab = v->tab;
		watch_order_make(o, m, v);
		find_selected(v, m);
		o->version = m->version;
		o->made_ns = mono_ns;
		o->cost_ns = clock_mono() - began;
		v->stale = false;
	}
	keep_in_sight(v);
	s->key = s->selected || v->details ? key_at(v, m, s->selected) : 0;
}

/* ---- keys ---------------------------------------------------------------------- */

static void go_to(struct watch_view *v, size_t number)
{
	struct watch_state *s = &v->of[v->tab];
	size_t last = v->order.count ? v->order.count - 1 : 0;
	s->selected = number < last ? number : last;
	s->key = 0; /* the next refresh takes that of the new one */
}

static void move(struct watch_view *v, size_t steps, bool up)
{
	size_t now = v->of[v->tab].selected;
	go_to(v, up ? (now > steps ? now - steps : 0) : now + steps);
}

static void show_tab(struct watch_view *v, size_t tab)
{
	v->tab = (enum watch_tab)(tab % WATCH_TABS);
	v->stale = true;
	v->details = false;
}

/* The next column that can be sorted by, and behind the last one none. */
static void sort_next(struct watch_view *v)
{
	const struct watch_list *list = &watch_lists[v->tab];
	struct watch_state *s = &v->of[v->tab];
	do
		s->sort = s->sort + 1 < (int)list->column_count ? s->sort + 1 : -1;
	while (s->sort >= 0 && !list->columns[s->sort].compare);
	v->stale = true;
}

static void type(struct watch_view *v, unsigned key)
{
	if (key == WATCH_KEY_ENTER || key == WATCH_KEY_ESCAPE)
		v->typing = false;
	if (key == WATCH_KEY_ESCAPE)
		v->filter_size = 0;
	if (key == WATCH_KEY_BACKSPACE && v->filter_size)
		v->filter_size--;
	if (key >= ' ' && key < 0x7f && v->filter_size + 1 < sizeof v->filter)
		v->filter[v->filter_size++] = (char)key;
	v->filter[v->filter_size] = 0;
	v->stale = true;
}

static void reverse(struct watch_view *v)
{
	v->of[v->tab].reverse = !v->of[v->tab].reverse;
	v->stale = true;
}

static void escape(struct watch_view *v)
{
	if (!v->help && !v->details && v->filter_size) {
		v->filter_size = 0;
		v->filter[0] = 0;
		v->stale = true;
	}
	v->help = v->details = false;
}

static bool navigate(struct watch_view *v, unsigned key)
{
	switch (key) {
	case WATCH_KEY_UP:
	case 'k':
		move(v, 1, true);
		return true;
	case WATCH_KEY_DOWN:
	case 'j':
		move(v, 1, false);
		return true;
	case WATCH_KEY_PAGE_UP:
		move(v, v->page, true);
		return true;
	case WATCH_KEY_PAGE_DOWN:
		move(v, v->page, false);
		return true;
	case WATCH_KEY_HOME:
	case 'g':
		go_to(v, 0);
		return true;
	case WATCH_KEY_END:
	case 'G':
		go_to(v, SIZE_MAX);
		return true;
	case '\t':
		show_tab(v, v->tab + 1U);
		return true;
	case WATCH_KEY_BACK_TAB:
		show_tab(v, v->tab + WATCH_TABS - 1U);
		return true;
	default:
		if (key < '1' || key >= '1' + WATCH_TABS)
			return false;
		show_tab(v, key - '1');
		return true;
	}
}

static bool change(struct watch_view *v, unsigned key)
{
	switch (key) {
	case '/':
		v->typing = true;
		return true;
	case 's':
		sort_next(v);
		return true;
	case 'r':
		reverse(v);
		return true;
	case 'a':
		v->all = !v->all;
		v->stale = true;
		return true;
	case 'f':
		v->frozen = !v->frozen;
		return true;
	case WATCH_KEY_ENTER:
		v->details = !v->details && v->order.count;
		return true;
	case '?':
	case 'h':
		v->help = !v->help;
		return true;
	case WATCH_KEY_ESCAPE:
		escape(v);
		return true;
	default:
		return false;
	}
}

enum watch_action watch_view_key(struct watch_view *v, unsigned key)
{
	static const struct {
		unsigned key;
		enum watch_action action;
	} others[] = {
		{'q', WATCH_ACTION_QUIT},	 {' ', WATCH_ACTION_PAUSE},  {WATCH_KEY_LEFT, WATCH_ACTION_BACK},
		{WATCH_KEY_RIGHT, WATCH_ACTION_AHEAD}, {'0', WATCH_ACTION_START}, {'-', WATCH_ACTION_SLOWER},
		{'+', WATCH_ACTION_FASTER},	 {'=', WATCH_ACTION_FASTER},
	};
	if (v->typing) {
		type(v, key);
		return WATCH_ACTION_NONE;
	}
	if (v->help && key != 'q') {
		v->help = false; /* any key leaves it */
		return WATCH_ACTION_NONE;
	}
	if (navigate(v, key) || change(v, key))
		return WATCH_ACTION_NONE;
	for (size_t i = 0; i < LENGTH(others); i++)
		if (others[i].key == key)
			return others[i].action;
	return WATCH_ACTION_NONE;
}
