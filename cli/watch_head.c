/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first lines of the screen: where the watch is, the sums, which list is shown.
 */
#include "cli/watch_page.h"

#include "core/clock.h"

enum { VALUE_MAX = 4096 };

static void add_clock(struct text *t, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	if (ns <= 0)
		return;
	clock_text(ns, 0, text);
	text_add_string(t, "  ");
	text_add(t, slice_part(slice_of_string(text), 0, 10));
	text_add_char(t, ' ');
	text_add(t, slice_part(slice_of_string(text), 11, 8));
	text_add_string(t, " UTC");
}

static void draw_title(struct watch_page *p, const struct watch_model *m, const struct watch_view *v,
		       const struct watch_status *s)
{
	enum { SILENT_S = 10 };
	AUTO_TEXT struct text t = text_make(VALUE_MAX);
	if (v->frozen)
		text_add_string(&t, "FROZEN");
	else if (s->replay)
		text_add_string(&t, s->ended ? "replayed" : s->paused ? "PAUSED" : "replay");
	else
		text_add_string(&t, s->ended ? "ended" : "live");
	if (s->replay && s->speed)
		text_addf(&t, " x%u", s->speed);
	else if (s->replay)
		text_add_string(&t, " at once");
	add_clock(&t, s->replay ? s->at_ns : m->now_ns);
	if (!s->replay && !s->ended && s->silent_ns > SILENT_S * CLOCK_SECOND)
		text_addf(&t, "  nothing came for %lld s", (long long)(s->silent_ns / CLOCK_SECOND));
	text_add_string(&t, "  ");
	text_add_printable(&t, slice_of_string(s->folder), VALUE_MAX / 8);
	watch_page_put(p, WATCH_TITLE, &t);
}

static void add_sum(struct text *t, uint64_t n, const char *one, const char *many)
{
	text_addf(t, "%s%llu %s", t->size ? "  " : "", (unsigned long long)n, text_plural(n, one, many));
}

static void draw_sums(struct watch_page *p, const struct watch_model *m)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX);
	uint64_t unwell = 0, gone = watch_table_gone(m->attempts) + watch_table_gone(m->processes) + watch_table_gone(m->names);
	for (size_t i = 0; i < watch_table_count(m->witnesses); i++)
		unwell += watch_health_of(m, watch_table_at(m->witnesses, i)) != WATCH_SEEING;
	add_sum(&t, m->egress, "EGRESS ATTEMPT", m->egress ? "EGRESS ATTEMPTS" : "egress attempts");
	add_sum(&t, m->local, "local", "local");
	add_sum(&t, m->living, "process", "processes");
	add_sum(&t, watch_table_count(m->names), "name", "names");
	add_sum(&t, unwell, "witness BLIND or losing", unwell ? "witnesses BLIND or losing" : "witnesses blind");
	if (m->lost)
		add_sum(&t, m->lost, "record LOST", "records LOST");
	if (m->others)
		add_sum(&t, m->others, "of others", "of others");
	if (m->skipped)
		add_sum(&t, m->skipped, "record not understood", "records not understood");
	if (gone)
		add_sum(&t, gone, "no longer listed", "no longer listed");
	if (m->problem[0]) {
		text_add_string(&t, "  CHAIN: ");
		text_add_printable(&t, slice_of_string(m->problem), sizeof m->problem);
	}
	watch_page_put(p, m->egress || m->lost || unwell || m->problem[0] ? WATCH_ALERT : WATCH_PLAIN, &t);
}

static void draw_tabs(struct watch_page *p, const struct watch_view *v)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX);
	for (size_t i = 0; i < WATCH_TABS; i++) {
		bool here = i == v->tab;
		text_addf(&t, "%s%zu %s%s", here ? "[" : " ", i + 1, watch_lists[i].title, here ? "]" : " ");
	}
	if (v->filter_size && !v->typing) {
		text_add_string(&t, "  only: ");
		text_add_string(&t, v->filter);
	}
	if (v->all)
		text_add_string(&t, "  all of this machine");
	watch_page_put(p, WATCH_PLAIN, &t);
}

void watch_page_head(struct watch_page *p, const struct watch_model *m, const struct watch_view *v,
		     const struct watch_status *status)
{
	draw_title(p, m, v, status);
	draw_sums(p, m);
	draw_tabs(p, v);
}
