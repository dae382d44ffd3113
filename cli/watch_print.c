/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_print.h"

#include "core/clock.h"
#include "core/json.h"

static const char *const health_words[] = {[WATCH_SEEING] = "seeing", [WATCH_BLIND] = "blind", [WATCH_LOST] = "lost"};

static bool is_told(const struct watch_change *c, bool all)
{
	const struct watch_attempt *a = c->record;
	const struct watch_process *p = c->record;
	switch (c->what) {
	case WATCH_ATTEMPT:
	case WATCH_ATTEMPT_OUTCOME:
		return all || a->session;
	case WATCH_PROCESS_BEGAN:
	case WATCH_PROCESS_ENDED:
		return all || p->session;
	case WATCH_NOTHING:
		return false;
	case WATCH_NAME:
	case WATCH_WITNESS:
	case WATCH_END:
		return true;
	}
	return false;
}

/* ---- for people -------------------------------------------------------------------- */

static void add_clock(struct text *t, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	clock_text(ns > 0 ? ns : 0, 3, text);
	text_add(t, ns > 0 ? slice_part(slice_of_string(text), 11, 12) : SLICE("--:--:--.---"));
	text_add_char(t, ' ');
}

static void add_foreign(struct text *t, const char *text)
{
	text_add_printable(t, slice_of_string(text), WATCH_NAME_MAX);
}

static void add_whose(struct text *t, const char *comm, int64_t pid)
{
	add_foreign(t, comm[0] ? comm : "?");
	if (pid > 0)
		text_addf(t, " (pid %lld)", (long long)pid);
}

static void add_attempt(struct text *t, const struct watch_attempt *a, bool outcome)
{
	add_clock(t, a->time_ns);
	text_add_string(t, a->leaves ? a->session ? "EGRESS " : "egress of another " : outcome ? "outcome " : "attempt ");
	add_whose(t, a->comm, a->pid);
	text_add_char(t, ' ');
	add_foreign(t, a->call);
	text_add_char(t, ' ');
	add_foreign(t, a->proto);
	if (a->dst[0]) {
		text_add_string(t, " to ");
		add_foreign(t, a->dst);
	}
	if (a->dport >= 0)
		text_addf(t, " port %lld", (long long)a->dport);
	text_add_string(t, ": ");
	add_foreign(t, a->outcome);
}

static void add_process(struct text *t, const struct watch_process *p, bool ended)
{
	add_clock(t, ended ? p->last_ns : p->first_ns);
	text_add_string(t, ended ? "ended " : "process ");
	add_whose(t, p->comm, p->pid);
	if (ended)
		text_addf(t, " wait status %lld", (long long)p->status);
	text_add_char(t, ' ');
	add_foreign(t, p->exe);
}

static void add_name(struct text *t, const struct watch_name *n)
{
	add_clock(t, n->last_ns);
	text_add_string(t, n->leaves ? "EGRESS name " : "name ");
	add_foreign(t, n->name);
	text_add_string(t, " (");
	add_foreign(t, n->how);
	if (n->type[0])
		text_add_char(t, ' ');
	add_foreign(t, n->type);
	text_add_char(t, ')');
	if (n->server[0])
		text_add_string(t, " asked of ");
	add_foreign(t, n->server);
}

static void add_witness(struct text *t, const struct watch_model *m, const struct watch_witness *w)
{
	enum watch_health health = watch_health_of(m, w);
	add_clock(t, m->now_ns);
	text_addf(t, "%s ", health == WATCH_SEEING ? "witness" : "WITNESS");
	add_foreign(t, w->name);
	text_addf(t, " %s", health_words[health]);
	if (w->lost)
		text_addf(t, ", %llu lost in all", (unsigned long long)w->lost);
	text_add_string(t, ": ");
	add_foreign(t, w->detail);
}

void watch_print_plain(const struct watch_model *m, const struct watch_change *c, bool all, struct text *ret)
{
	if (!is_told(c, all))
		return;
	switch (c->what) {
	case WATCH_ATTEMPT:
	case WATCH_ATTEMPT_OUTCOME:
		add_attempt(ret, c->record, c->what == WATCH_ATTEMPT_OUTCOME);
		break;
	case WATCH_PROCESS_BEGAN:
	case WATCH_PROCESS_ENDED:
		add_process(ret, c->record, c->what == WATCH_PROCESS_ENDED);
		break;
	case WATCH_NAME:
		add_name(ret, c->record);
		break;
	case WATCH_WITNESS:
		add_witness(ret, m, c->record);
		break;
	case WATCH_END:
		add_clock(ret, m->now_ns);
		text_addf(ret, "end: %llu egress attempts, %llu local, %llu records lost", (unsigned long long)m->egress,
			  (unsigned long long)m->local, (unsigned long long)m->lost);
		break;
	case WATCH_NOTHING:
		break;
	}
	text_add_char(ret, '\n');
}

/* ---- for programs ------------------------------------------------------------------- */

static void add_known(struct json *j, const char *key, int64_t value)
{
	if (value >= 0)
		json_add_i64(j, key, value);
	else
		json_add_null(j, key);
}

static void json_attempt(struct json *j, const struct watch_attempt *a)
{
	json_add_time(j, "time_ns", a->time_ns);
	json_add_u64(j, "number", a->key);
	json_add_bool(j, "egress", a->leaves);
	json_add_bool(j, "in_session", a->session);
	json_add_bool(j, "suite", a->suite);
	json_add_string(j, "call", a->call);
	json_add_string(j, "proto", a->proto);
	json_add_string(j, "src", a->src[0] ? a->src : NULL);
	add_known(j, "sport", a->sport);
	json_add_string(j, "dst", a->dst[0] ? a->dst : NULL);
	add_known(j, "dport", a->dport);
	json_add_string(j, "outcome", a->outcome);
	json_add_i64(j, "pid", a->pid);
	json_add_string(j, "comm", a->comm);
}

static void json_process(struct json *j, const struct watch_process *p)
{
	json_add_time(j, "time_ns", p->ended ? p->last_ns : p->first_ns);
	json_add_bool(j, "in_session", p->session);
	json_add_i64(j, "pid", p->pid);
	add_known(j, "ppid", p->ppid);
	add_known(j, "uid", p->uid);
	json_add_string(j, "comm", p->comm);
	json_add_string(j, "exe", p->exe);
	add_known(j, "status", p->ended && p->told ? p->status : -1);
}

static void json_name(struct json *j, const struct watch_name *n)
{
	json_add_time(j, "time_ns", n->last_ns);
	json_add_bool(j, "egress", n->leaves);
	json_add_string(j, "name", n->name);
	json_add_string(j, "how", n->how);
	json_add_string(j, "qtype", n->type[0] ? n->type : NULL);
	json_add_string(j, "server", n->server[0] ? n->server : NULL);
	json_add_u64(j, "count", n->count);
}

static void json_witness(struct json *j, const struct watch_model *m, const struct watch_witness *w)
{
	json_add_time(j, "time_ns", m->now_ns);
	json_add_string(j, "witness", w->name);
	json_add_string(j, "state", health_words[watch_health_of(m, w)]);
	json_add_u64(j, "lost", w->lost);
	json_add_string(j, "detail", w->detail);
}

void watch_print_json(const struct watch_model *m, const struct watch_change *c, bool all, struct text *ret)
{
	static const char *const events[] = {
		[WATCH_PROCESS_BEGAN] = "process", [WATCH_PROCESS_ENDED] = "exit", [WATCH_ATTEMPT] = "attempt",
		[WATCH_ATTEMPT_OUTCOME] = "outcome", [WATCH_NAME] = "name", [WATCH_WITNESS] = "witness", [WATCH_END] = "end",
	};
	struct json j = json_on(ret);
	if (!is_told(c, all))
		return;
	json_begin_object(&j, NULL);
	json_add_string(&j, "event", events[c->what]);
	if (c->what == WATCH_ATTEMPT || c->what == WATCH_ATTEMPT_OUTCOME)
		json_attempt(&j, c->record);
	if (c->what == WATCH_PROCESS_BEGAN || c->what == WATCH_PROCESS_ENDED)
		json_process(&j, c->record);
	if (c->what == WATCH_NAME)
		json_name(&j, c->record);
	if (c->what == WATCH_WITNESS)
		json_witness(&j, m, c->record);
	if (c->what == WATCH_END) {
		json_add_time(&j, "time_ns", m->now_ns);
		json_add_u64(&j, "egress", m->egress);
		json_add_u64(&j, "local", m->local);
		json_add_u64(&j, "lost", m->lost);
	}
	json_end_object(&j);
	text_add_char(ret, '\n');
}

void watch_print_doubt(const struct watch_model *m, bool as_json, struct text *ret)
{
	if (m->closed && !m->skipped && !m->problem[0])
		return;
	if (as_json) {
		struct json j = json_on(ret);
		json_begin_object(&j, NULL);
		json_add_string(&j, "event", "doubt");
		json_add_bool(&j, "closed", m->closed);
		json_add_u64(&j, "not_understood", m->skipped);
		json_add_string(&j, "problem", m->problem);
		json_end_object(&j);
	} else {
		text_add_string(ret, m->closed ? "doubt: the evidence came to its end" : "doubt: the evidence has no end, it was broken off or cut");
		text_addf(ret, "; %llu %s not understood", (unsigned long long)m->skipped, m->skipped == 1 ? "record was" : "records were");
		if (m->problem[0]) {
			text_add_string(ret, "; ");
			text_add_printable(ret, slice_of_string(m->problem), sizeof m->problem);
		}
	}
	text_add_char(ret, '\n');
}
