/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of a watch and their columns. What is egress says so in words: a colour may
 * not be there.
 */
#include "cli/watch_view.h"

#include "core/clock.h"

#include <string.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* Comparing and adding one member of a record. */
#define BY_NUMBER(name, type, member)                                                              \
	static int name(const struct watch_model *m, const void *a, const void *b)                 \
	{                                                                                          \
		(void)m;                                                                           \
		return COMPARE(((const struct type *)a)->member, ((const struct type *)b)->member); \
	}
#define BY_TEXT(name, type, member)                                                                \
	static int name(const struct watch_model *m, const void *a, const void *b)                 \
	{                                                                                          \
		(void)m;                                                                           \
		return strcmp(((const struct type *)a)->member, ((const struct type *)b)->member); \
	}
#define ADD_TEXT(name, type, member)                                                               \
	static void name(const struct watch_model *m, const void *record, struct text *ret)        \
	{                                                                                          \
		(void)m;                                                                           \
		text_add_string(ret, ((const struct type *)record)->member);                      \
	}
#define ADD_NUMBER(name, type, member)                                                             \
	static void name(const struct watch_model *m, const void *record, struct text *ret)        \
	{                                                                                          \
		(void)m;                                                                           \
		add_known(ret, (int64_t)((const struct type *)record)->member);                    \
	}
#define ADD_TIME(name, type, member)                                                               \
	static void name(const struct watch_model *m, const void *record, struct text *ret)        \
	{                                                                                          \
		(void)m;                                                                           \
		add_time(ret, ((const struct type *)record)->member);                              \
	}

/* What is not known is below 0. */
static void add_known(struct text *ret, int64_t value)
{
	if (value >= 0)
		text_add_i64(ret, value);
}

/* "12:03:05.123", UTC */
static void add_time(struct text *ret, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	if (ns <= 0)
		return;
	clock_text(ns, 3, text);
	text_add(ret, slice_part(slice_of_string(text), 11, 12));
}

/* ---- processes --------------------------------------------------------------- */

BY_NUMBER(by_pid, watch_process, pid)
BY_NUMBER(by_user, watch_process, uid)
BY_NUMBER(by_start, watch_process, first_ns)
BY_NUMBER(by_local, watch_process, local)
BY_NUMBER(by_egress, watch_process, egress)
BY_NUMBER(by_bytes, watch_process, sent)
BY_TEXT(by_comm, watch_process, comm)
BY_TEXT(by_exe, watch_process, exe)
ADD_NUMBER(add_pid, watch_process, pid)
ADD_NUMBER(add_user, watch_process, uid)
ADD_NUMBER(add_local, watch_process, local)
ADD_NUMBER(add_bytes, watch_process, sent)
ADD_TIME(add_start, watch_process, first_ns)
ADD_TEXT(add_comm, watch_process, comm)
ADD_TEXT(add_exe, watch_process, exe)

static void add_egress(const struct watch_model *m, const void *record, struct text *ret)
{
	const struct watch_process *p = record;
	(void)m;
	text_add_u64(ret, p->egress);
	if (p->egress)
		text_add_char(ret, '!');
}

static void add_process_state(const struct watch_model *m, const void *record, struct text *ret)
{
	const struct watch_process *p = record;
	(void)m;
	if (!p->session)
		text_add_string(ret, "other ");
	text_add_string(ret, p->ended ? "ended" : "runs");
}

static const struct watch_column process_columns[] = {
	{"PID", 8, true, false, add_pid, by_pid},
	{"UID", 6, true, true, add_user, by_user},
	{"SINCE", 12, false, true, add_start, by_start},
	{"LOCAL", 7, true, false, add_local, by_local},
	{"EGRESS", 7, true, false, add_egress, by_egress},
	{"SENT", 12, true, true, add_bytes, by_bytes},
	{"STATE", 11, false, false, add_process_state, NULL},
	{"PROCESS", 24, false, false, add_comm, by_comm},
	{"PROGRAM", 0, false, false, add_exe, by_exe},
};

/* ---- attempts ------------------------------------------------------------------ */

BY_NUMBER(by_time, watch_attempt, time_ns)
BY_NUMBER(by_attempt_pid, watch_attempt, pid)
BY_NUMBER(by_port, watch_attempt, dport)
BY_NUMBER(by_sent, watch_attempt, sent)
BY_NUMBER(by_received, watch_attempt, received)
BY_NUMBER(by_leaves, watch_attempt, leaves)
BY_TEXT(by_attempt_comm, watch_attempt, comm)
BY_TEXT(by_proto, watch_attempt, proto)
BY_TEXT(by_call, watch_attempt, call)
BY_TEXT(by_dst, watch_attempt, dst)
BY_TEXT(by_outcome, watch_attempt, outcome)
ADD_TIME(add_attempt_time, watch_attempt, time_ns)
ADD_NUMBER(add_attempt_pid, watch_attempt, pid)
ADD_NUMBER(add_port, watch_attempt, dport)
ADD_NUMBER(add_sport, watch_attempt, sport)
ADD_NUMBER(add_sent, watch_attempt, sent)
ADD_NUMBER(add_received, watch_attempt, received)
ADD_TEXT(add_attempt_comm, watch_attempt, comm)
ADD_TEXT(add_proto, watch_attempt, proto)
ADD_TEXT(add_call, watch_attempt, call)
ADD_TEXT(add_dst, watch_attempt, dst)
ADD_TEXT(add_outcome, watch_attempt, outcome)

/* Of the session in capitals; of others not. */
static void add_mark(const struct watch_model *m, const void *record, struct text *ret)
{
	const struct watch_attempt *a = record;
	(void)m;
	if (a->leaves)
		text_add_string(ret, a->session ? "EGRESS" : "egress");
	else if (!a->session)
		text_add_string(ret, a->suite ? "suite" : "other");
}

static void add_connection_state(const struct watch_model *m, const void *record, struct text *ret)
{
	const struct watch_attempt *a = record;
	(void)m;
	bool known = !strcmp(a->outcome, "ok");
	text_add_string(ret, a->closed && known ? "closed" : known ? "open" : a->outcome);
}

static const struct watch_column connection_columns[] = {
	{"TIME", 12, false, false, add_attempt_time, by_time},
	{"MARK", 6, false, false, add_mark, by_leaves},
	{"STATE", 11, false, false, add_connection_state, by_outcome},
	{"PID", 8, true, false, add_attempt_pid, by_attempt_pid},
	{"PROCESS", 15, false, false, add_attempt_comm, by_attempt_comm},
	{"PROTO", 6, false, false, add_proto, by_proto},
	{"FROM", 6, true, true, add_sport, NULL},
	{"SENT", 12, true, true, add_sent, by_sent},
	{"RECEIVED", 12, true, true, add_received, by_received},
	{"PORT", 6, true, false, add_port, by_port},
	{"TO", 0, false, false, add_dst, by_dst},
};

static const struct watch_column attempt_columns[] = {
	{"TIME", 12, false, false, add_attempt_time, by_time},
	{"MARK", 6, false, false, add_mark, by_leaves},
	{"PID", 8, true, false, add_attempt_pid, by_attempt_pid},
	{"PROCESS", 15, false, true, add_attempt_comm, by_attempt_comm},
	{"CALL", 9, false, false, add_call, by_call},
	{"PROTO", 6, false, false, add_proto, by_proto},
	{"OUTCOME", 11, false, false, add_outcome, by_outcome},
	{"PORT", 6, true, false, add_port, by_port},
	{"TO", 0, false, false, add_dst, by_dst},
};

/* ---- names ---------------------------------------------------------------------- */

BY_NUMBER(by_last, watch_name, last_ns)
BY_NUMBER(by_count, watch_name, count)
BY_NUMBER(by_name_leaves, watch_name, leaves)
BY_TEXT(by_name, watch_name, name)
BY_TEXT(by_how, watch_name, how)
BY_TEXT(by_result, watch_name, result)
BY_TEXT(by_server, watch_name, server)
ADD_TIME(add_last, watch_name, last_ns)
ADD_NUMBER(add_count, watch_name, count)
ADD_TEXT(add_name, watch_name, name)
ADD_TEXT(add_how, watch_name, how)
ADD_TEXT(add_type, watch_name, type)
ADD_TEXT(add_result, watch_name, result)
ADD_TEXT(add_server, watch_name, server)

static void add_name_mark(const struct watch_model *m, const void *record, struct text *ret)
{
	(void)m;
	text_add_string(ret, ((const struct watch_name *)record)->leaves ? "EGRESS" : "");
}

static const struct watch_column name_columns[] = {
	{"LAST", 12, false, false, add_last, by_last},
	{"MARK", 6, false, false, add_name_mark, by_name_leaves},
	{"TIMES", 6, true, false, add_count, by_count},
	{"HOW", 9, false, false, add_how, by_how},
	{"TYPE", 5, false, false, add_type, NULL},
	{"RESULT", 9, false, true, add_result, by_result},
	{"ASKED", 24, false, true, add_server, by_server},
	{"NAME", 0, false, false, add_name, by_name},
};

/* ---- witnesses ------------------------------------------------------------------- */

BY_NUMBER(by_lost, watch_witness, lost)
BY_NUMBER(by_health, watch_witness, health)
BY_TEXT(by_witness, watch_witness, name)
ADD_TEXT(add_witness, watch_witness, name)
ADD_TEXT(add_detail, watch_witness, detail)
ADD_NUMBER(add_lost, watch_witness, lost)
ADD_TIME(add_sign, watch_witness, sign_ns)

static void add_health(const struct watch_model *m, const void *record, struct text *ret)
{
	static const char *const words[] = {[WATCH_SEEING] = "seeing", [WATCH_BLIND] = "BLIND", [WATCH_LOST] = "LOST"};
	text_add_string(ret, words[watch_health_of(m, record)]);
}

static void add_since(const struct watch_model *m, const void *record, struct text *ret)
{
	const struct watch_witness *w = record;
	add_time(ret, watch_health_of(m, w) == WATCH_LOST ? w->lost_ns : w->since_ns);
}

static const struct watch_column witness_columns[] = {
	{"WITNESS", 22, false, false, add_witness, by_witness},
	{"IS", 6, false, false, add_health, by_health},
	{"SINCE", 12, false, false, add_since, NULL},
	{"LOST", 10, true, false, add_lost, by_lost},
	{"LAST SIGN", 12, false, true, add_sign, NULL},
	{"WHAT", 0, false, false, add_detail, NULL},
};

/* ---- what is shown --------------------------------------------------------------- */

static bool process_shown(const void *record, bool all)
{
	const struct watch_process *p = record;
	return all || p->session;
}

static bool attempt_shown(const void *record, bool all)
{
	const struct watch_attempt *a = record;
	return all || (!a->suite && a->session);
}

/* What came to be, or may still. */
static bool connection_shown(const void *record, bool all)
{
	const struct watch_attempt *a = record;
	bool may = !strcmp(a->outcome, "ok") || !strcmp(a->outcome, "pending") || !strcmp(a->outcome, "unknown");
	return may && strcmp(a->call, "socket") != 0 && attempt_shown(record, all);
}

static bool always_shown(const void *record, bool all)
{
	(void)record;
	(void)all;
	return true;
}

const struct watch_list watch_lists[WATCH_TABS] = {
	[WATCH_PROCESSES] = {"Processes", process_columns, LENGTH(process_columns), false, process_shown},
	[WATCH_CONNECTIONS] = {"Connections", connection_columns, LENGTH(connection_columns), true, connection_shown},
	[WATCH_ATTEMPTS] = {"Attempts", attempt_columns, LENGTH(attempt_columns), true, attempt_shown},
	[WATCH_NAMES] = {"Names", name_columns, LENGTH(name_columns), true, always_shown},
	[WATCH_WITNESSES] = {"Witnesses", witness_columns, LENGTH(witness_columns), false, always_shown},
};
