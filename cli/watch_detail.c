/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One record with all that is known of it, and the help screen.
 */
#include "cli/watch_page.h"

#include "core/clock.h"

#include <string.h>

enum { LABEL = 16, VALUE_MAX = 2048 };

struct details {
	struct watch_page *p;
	size_t until;
};

/* A label and its value, over as many lines as that takes. */
static void add_slice(const struct details *d, const char *label, struct slice value)
{
	AUTO_TEXT struct text plain = text_make(8 * VALUE_MAX);
	size_t width = d->p->columns > LABEL + 2 ? d->p->columns - LABEL - 1 : 2;
	text_add_printable(&plain, value, VALUE_MAX);
	struct cursor left = cursor_over(text_slice(&plain));
	while (cursor_left(&left) > 0 && d->p->filled < d->until) {
		struct text *line = watch_page_line(d->p, WATCH_PLAIN);
		watch_page_field(d->p, line, slice_of_string(label), LABEL, false);
		text_add_char(line, ' ');
		(void)watch_page_take(d->p, line, &left, width);
		label = "";
	}
}

static void add(const struct details *d, const char *label, const char *value)
{
	if (*value)
		add_slice(d, label, slice_of_string(value));
}

static void add_number(const struct details *d, const char *label, int64_t value)
{
	AUTO_TEXT struct text t = text_make(32);
	if (value < 0)
		return;
	text_add_i64(&t, value);
	add(d, label, text_string(&t));
}

static void add_time(const struct details *d, const char *label, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	if (ns <= 0)
		return;
	clock_text(ns, 6, text);
	add(d, label, text);
}

static void add_process(const struct details *d, const struct watch_process *p)
{
	add_number(d, "pid", p->pid);
	add_number(d, "parent", p->ppid);
	add_number(d, "user", p->uid);
	add(d, "process", p->comm);
	add(d, "program", p->exe);
	add(d, "of the session", p->session ? "yes" : "no");
	add_time(d, "since", p->first_ns);
	add_time(d, "ended", p->ended ? p->last_ns : 0);
	add_number(d, "wait status", p->ended && p->told ? p->status : -1);
	add_number(d, "local", (int64_t)p->local);
	add_number(d, "EGRESS", (int64_t)p->egress);
	add_number(d, "bytes sent", (int64_t)p->sent);
	add_number(d, "received", (int64_t)p->received);
}

static void add_attempt(const struct details *d, const struct watch_model *m, const struct watch_attempt *a)
{
	const struct watch_process *p = watch_process_of(m, a);
	add(d, "mark", a->leaves ? "EGRESS: aimed at another machine" : "stays on this machine");
	add(d, "left", a->left ? "a packet of it was seen leaving" : "");
	add_time(d, "time", a->time_ns);
	add(d, "call", a->call);
	add(d, "protocol", a->proto);
	add(d, "from", a->src);
	add_number(d, "from port", a->sport);
	add(d, "to", a->dst);
	add_number(d, "port", a->dport);
	add(d, "outcome", a->outcome);
	add(d, "", a->error > 0 && a->error < 4096 ? strerror((int)a->error) : "");
	add(d, "connection", a->closed ? "closed" : "open, or nothing told otherwise");
	add_number(d, "bytes sent", a->sent);
	add_number(d, "received", a->received);
	add_number(d, "pid", a->pid ? a->pid : -1);
	add(d, "process", a->comm);
	add_number(d, "user", a->uid);
	add(d, "of the session", a->session ? "yes" : "no");
	add(d, "program", p ? p->exe : "");
	add_number(d, "parent", p ? p->ppid : -1);
}

static void add_name(const struct details *d, const struct watch_name *n)
{
	add(d, "name", n->name);
	add(d, "known by", n->how);
	add(d, "mark", n->leaves ? "EGRESS: asked of another machine" : "");
	add(d, "type", n->type);
	add(d, "asked", n->server);
	add(d, "result", n->result);
	add(d, "answer", n->answer);
	add_number(d, "times", (int64_t)n->count);
	add_time(d, "first", n->first_ns);
	add_time(d, "last", n->last_ns);
}

static void add_witness(const struct details *d, const struct watch_model *m, const struct watch_witness *w)
{
	static const char *const health[] = {
		[WATCH_SEEING] = "seeing",
		[WATCH_BLIND] = "BLIND: what happens now it does not tell",
		[WATCH_LOST] = "LOST: it dropped records within the last seconds",
	};
	add(d, "witness", w->name);
	add(d, "is", health[watch_health_of(m, w)]);
	add_time(d, "since", w->since_ns);
	add(d, "it says", w->state);
	add(d, "what", w->detail);
	add(d, "remedy", w->remedy);
	add_number(d, "lost", (int64_t)w->lost);
	add_time(d, "lost last", w->lost_ns);
	add_time(d, "last sign", w->sign_ns);
}

void watch_page_details(struct watch_page *p, const struct watch_model *m, const struct watch_view *v, size_t until)
{
	const struct details d = {p, until};
	const void *record = watch_view_at(v, m, v->of[v->tab].selected);
	if (!record)
		return;
	switch (v->tab) {
	case WATCH_PROCESSES:
		add_process(&d, record);
		break;
	case WATCH_CONNECTIONS:
	case WATCH_ATTEMPTS:
		add_attempt(&d, m, record);
		break;
	case WATCH_NAMES:
		add_name(&d, record);
		break;
	case WATCH_WITNESSES:
		add_witness(&d, m, record);
		break;
	case WATCH_TABS:
		break;
	}
}

void watch_page_help(struct watch_page *p, size_t until)
{
	static const struct {
		const char *key, *does;
	} keys[] = {
		{"tab, 1 to 5", "the lists: processes, connections, attempts, names, witnesses"},
		{"arrows, PgUp/Dn", "up and down; Home and End, or g and G: to the first and the last"},
		{"enter", "all that is known of the selected line"},
		{"/", "only what holds a text; escape: all again"},
		{"s, r", "sort by the next column; the other way round"},
		{"a", "all of this machine, also what is not the session's"},
		{"f", "freeze: what comes meanwhile waits in the file"},
		{"space", "replay: halt and go on"},
		{"left, right", "replay: 10 seconds back, 10 seconds on"},
		{"0", "replay: from the start"},
		{"+, -", "replay: faster, slower"},
		{"q, Ctrl-C", "quit"},
		{"", "EGRESS marks what is aimed at another machine; the verdict is the report's."},
	};
	const struct details d = {p, until};
	for (size_t i = 0; i < LENGTH(keys); i++)
		add_slice(&d, keys[i].key, slice_of_string(keys[i].does));
}
