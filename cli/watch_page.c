/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_page.h"

#include "core/clock.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum {
	LINE_BYTES = 8 * WATCH_WIDTH_MAX,
	VALUE_MAX = 4096,
	WIDE_SCREEN = 120, /* columns from which all of them are shown */
	HEAD_LINES = 4,
	PANE_ROWS = 24,    /* lines from which there is room for what the command writes */
	PANE_PART = 4,     /* it gets one in so many */
};

struct watch_page *watch_page_new(void)
{
	struct watch_page *p = must_alloc(1, sizeof *p);
	for (size_t i = 0; i < WATCH_ROWS_MAX; i++)
		p->lines[i].text = text_make(LINE_BYTES);
	return p;
}

void watch_page_free(struct watch_page *p)
{
	for (size_t i = 0; p && i < WATCH_ROWS_MAX; i++)
		text_free(&p->lines[i].text);
	free(p);
}

struct text *watch_page_line(struct watch_page *p, enum watch_style style)
{
	if (p->filled >= p->rows)
		return NULL;
	struct watch_line *l = &p->lines[p->filled++];
	text_clear(&l->text);
	l->style = style;
	return &l->text;
}

/* What a character takes; -1: it is not to be shown as it is. */
static int width_of(const struct watch_page *p, uint32_t code)
{
	if (code < 0x80)
		return 1;
	return p->utf8 ? wcwidth((wchar_t)code) : -1;
}

size_t watch_page_take(const struct watch_page *p, struct text *line, struct cursor *plain, size_t width)
{
	size_t used = 0;
	bool marked = false; /* one mark on a character is a letter, many are a mess */
	while (cursor_left(plain) > 0) {
		uint32_t code = '?';
		size_t size = text_utf8(cursor_rest(plain), &code);
		struct cursor next = *plain;
		struct slice bytes = cursor_take(&next, size ? size : 1);
		int wide = width_of(p, code);
		if (wide < 0) {
			bytes = SLICE("?");
			wide = 1;
		}
		if (used + (size_t)wide > width)
			break;
		*plain = next;
		if (wide > 0 || (used > 0 && !marked))
			text_add(line, bytes);
		marked = wide == 0;
		used += (size_t)wide;
	}
	return used;
}

/* As much of the text as fits into the width; how many columns it took. */
static size_t fit(const struct watch_page *p, struct text *line, struct slice text, size_t width)
{
	AUTO_TEXT struct text plain = text_make(4 * VALUE_MAX);
	text_add_printable(&plain, text, VALUE_MAX);
	struct cursor c = cursor_over(text_slice(&plain));
	return watch_page_take(p, line, &c, width);
}

static void add_blanks(struct text *line, size_t count)
{
	while (count-- > 0)
		text_add_char(line, ' ');
}

void watch_page_field(const struct watch_page *p, struct text *line, struct slice text, size_t width, bool right)
{
	if (!right) {
		add_blanks(line, width - fit(p, line, text, width));
		return;
	}
	AUTO_TEXT struct text field = text_make(LINE_BYTES);
	size_t used = fit(p, &field, text, width);
	add_blanks(line, width - used);
	text_add(line, text_slice(&field));
}

void watch_page_put(struct watch_page *p, enum watch_style style, const struct text *text)
{
	struct text *line = watch_page_line(p, style);
	if (line)
		fit(p, line, text_slice(text), p->columns);
}

/* ---- the list -------------------------------------------------------------------- */

static size_t width_of_column(const struct watch_page *p, const struct watch_column *c, size_t used)
{
	size_t left = p->columns > used ? p->columns - used : 0;
	return c->width && c->width < left ? c->width : left;
}

static bool has_room(const struct watch_page *p, const struct watch_column *c)
{
	return !c->wide || p->columns >= WIDE_SCREEN;
}

/* One line of columns; of `record`, or, where that is NULL, their titles. */
static void draw_columns(struct watch_page *p, const struct watch_model *m, const struct watch_view *v,
			 const void *record, size_t depth, struct text *line)
{
	const struct watch_list *list = &watch_lists[v->tab];
	AUTO_TEXT struct text value = text_make(VALUE_MAX);
	size_t used = 0;
	for (size_t i = 0; i < list->column_count && used < p->columns; i++) {
		const struct watch_column *c = &list->columns[i];
		if (!has_room(p, c))
			continue;
		text_clear(&value);
		if (v->tab == WATCH_PROCESSES && !c->right && !strcmp(c->title, "PROCESS"))
			add_blanks(&value, record ? depth : 0);
		if (record)
			c->add(m, record, &value);
		else
			text_add_string(&value, c->title);
		if (!record && v->of[v->tab].sort == (int)i)
			text_add_char(&value, v->of[v->tab].reverse ? '-' : '+');
		size_t width = width_of_column(p, c, used);
		watch_page_field(p, line, text_slice(&value), width, c->right);
		used += width + 1;
		if (used < p->columns)
			text_add_char(line, ' ');
	}
}

static bool is_alert(const struct watch_model *m, enum watch_tab tab, const void *record)
{
	switch (tab) {
	case WATCH_PROCESSES:
		return ((const struct watch_process *)record)->egress > 0;
	case WATCH_CONNECTIONS:
	case WATCH_ATTEMPTS:
		return ((const struct watch_attempt *)record)->leaves && ((const struct watch_attempt *)record)->session;
	case WATCH_NAMES:
		return ((const struct watch_name *)record)->leaves;
	case WATCH_WITNESSES:
		return watch_health_of(m, record) != WATCH_SEEING;
	case WATCH_TABS:
		break;
	}
	return false;
}

static void draw_list(struct watch_page *p, const struct watch_model *m, const struct watch_view *v, size_t until)
{
	const struct watch_state *s = &v->of[v->tab];
	struct text *line = watch_page_line(p, WATCH_HEADING);
	if (line)
		draw_columns(p, m, v, NULL, 0, line);
	for (size_t i = s->top; p->filled < until; i++) {
		const void *record = watch_view_at(v, m, i);
		enum watch_style style = !record	       ? WATCH_PLAIN
					 : i == s->selected    ? WATCH_SELECTED
					 : is_alert(m, v->tab, record) ? WATCH_ALERT
							       : WATCH_PLAIN;
		line = watch_page_line(p, style);
		if (line && record)
			draw_columns(p, m, v, record, v->order.depth[i], line);
	}
}

/* ---- the foot --------------------------------------------------------------------- */

static void draw_foot(struct watch_page *p, const struct watch_view *v, const struct watch_status *s)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX);
	if (v->typing) {
		text_add_string(&t, "only what holds: ");
		text_add_string(&t, v->filter);
		text_add_string(&t, "_  (enter: done, escape: all)");
	} else if (s->message) {
		text_add_printable(&t, slice_of_string(s->message), VALUE_MAX / 8);
	} else {
		text_addf(&t, "%zu of %zu  ", v->order.count ? v->of[v->tab].selected + 1 : 0, v->order.count);
		text_add_string(&t, s->replay ? "q quit  ? help  space pause  arrows 10 s  +- speed  / filter  s sort"
					      : "q quit  ? help  tab list  / filter  s sort  enter details  f freeze");
	}
	watch_page_put(p, WATCH_FAINT, &t);
}

/* The last lines of what the command wrote. */
static void draw_pane(struct watch_page *p, const struct watch_status *s, size_t lines)
{
	AUTO_TEXT struct text head = text_make(VALUE_MAX);
	struct slice line, kept[WATCH_ROWS_MAX / PANE_PART];
	size_t count = 0, most = lines > 1 ? lines - 1 : 1;
	struct cursor c = cursor_over(s->output);
	text_add_string(&head, "what it writes: ");
	text_add_string(&head, s->what);
	watch_page_put(p, WATCH_HEADING, &head);
	while (cursor_line(&c, &line, NULL))
		kept[count++ % most] = line;
	for (size_t i = 0; i < most; i++) {
		struct text *to = watch_page_line(p, WATCH_PLAIN);
		size_t from = count > most ? count - most : 0;
		if (to && from + i < count)
			/* at least one: NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
			fit(p, to, kept[(from + i) % most], p->columns);
	}
}

static void draw_small(struct watch_page *p)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX);
	text_add_string(&t, "too small");
	watch_page_put(p, WATCH_PLAIN, &t);
	while (watch_page_line(p, WATCH_PLAIN))
		continue;
}

static size_t pane_lines(const struct watch_page *p, const struct watch_status *s)
{
	return s->what && p->rows >= PANE_ROWS ? p->rows / PANE_PART : 0;
}

void watch_page_draw(struct watch_page *p, const struct watch_model *m, struct watch_view *v,
		     const struct watch_status *status)
{
	size_t pane = pane_lines(p, status), until = p->rows > pane + 1 ? p->rows - pane - 1 : 0;
	p->filled = 0;
	if (p->rows < WATCH_ROWS_LEAST || p->columns < WATCH_WIDTH_LEAST) {
		draw_small(p);
		return;
	}
	watch_page_head(p, m, v, status);
	v->page = until > HEAD_LINES ? until - HEAD_LINES : 1;
	if (v->help)
		watch_page_help(p, until);
	else if (v->details)
		watch_page_details(p, m, v, until);
	else
		draw_list(p, m, v, until);
	while (p->filled < until)
		(void)watch_page_line(p, WATCH_PLAIN);
	if (pane)
		draw_pane(p, status, pane);
	draw_foot(p, v, status);
}
