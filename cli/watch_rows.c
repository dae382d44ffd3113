/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of attempts. One may be counted anew when more of it is known: that a packet of it
 * left, or whose it is.
 */
#include "cli/watch_rows.h"

#include <string.h>

static struct watch_attempt *attempt_of(const struct watch_model *m, const struct row_values *row)
{
	return watch_table_find(m->attempts, (uint64_t)row_number(row, 1, 0));
}

static bool is(const char *text, const char *other)
{
	return !strcmp(text, other);
}

/* As analysis counts it (attempts.c): a connect of UDP only names the other side, a socket
 * that was only made has none yet. */
static bool leaves(const struct watch_model *m, const struct watch_attempt *a)
{
	bool made = is(a->call, "socket") || is(a->call, "inherited");
	if (a->suite || made)
		return false;
	if (a->left)
		return true;
	bool named = is(a->proto, "udp") && is(a->call, "connect"), received = is(a->call, "recv") && !is(a->proto, "tcp");
	return !named && !received && watch_is_outside(m, slice_of_string(a->dst));
}

/* Adds what it is to the sums, or takes it away again. */
static void count(struct watch_model *m, const struct watch_attempt *a, bool add)
{
	struct watch_process *p = a->process ? watch_table_find(m->processes, a->process) : NULL;
	uint64_t *sum = !a->session ? &m->others : a->leaves ? &m->egress : &m->local;
	if (a->suite || (!a->session && !a->leaves))
		return;
	*sum += add ? 1 : -UINT64_C(1);
	if (p)
		*(a->leaves ? &p->egress : &p->local) += add ? 1 : -UINT64_C(1);
}

/* True where it was not egress before, and is now. */
static bool count_anew(struct watch_model *m, struct watch_attempt *a, bool counted)
{
	bool before = counted && a->leaves;
	if (counted)
		count(m, a, false);
	a->leaves = leaves(m, a);
	count(m, a, true);
	return a->leaves && !before;
}

static void tell(struct watch_change *ret, const struct watch_attempt *a, bool news)
{
	ret->what = news ? WATCH_ATTEMPT : WATCH_ATTEMPT_OUTCOME;
	ret->record = a;
}

static bool is_open(const char *outcome)
{
	return is(outcome, "ok") || is(outcome, "pending") || is(outcome, "unknown");
}

static void set_outcome(struct watch_attempt *a, struct slice outcome, int64_t error)
{
	watch_copy(outcome, a->outcome, sizeof a->outcome);
	a->error = error;
	a->closed = a->closed || !is_open(a->outcome);
}

/* What both statements have at the same positions. */
static struct watch_attempt *add(struct watch_model *m, const struct row_values *row, int64_t id)
{
	if (id <= 0 || watch_table_find(m->attempts, (uint64_t)id))
		return NULL;
	struct watch_attempt *a = watch_table_add(m->attempts, (uint64_t)id);
	a->time_ns = row_number(row, 1, 0);
	watch_copy(row_string(row, 2), a->call, sizeof a->call);
	watch_copy(row_string(row, 3), a->proto, sizeof a->proto);
	watch_copy(row_string(row, 4), a->src, sizeof a->src);
	a->sport = row_number(row, 5, -1);
	watch_copy(row_string(row, 6), a->dst, sizeof a->dst);
	a->dport = row_number(row, 7, -1);
	set_outcome(a, row_string(row, 8), row_number(row, 9, 0));
	a->pid = row_number(row, 10, 0);
	a->sent = a->received = -1;
	return a;
}

void watch_on_attempt(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = add(m, row, row_number(row, 25, 0));
	if (!a)
		return;
	a->uid = row_number(row, 12, -1);
	watch_copy(row_string(row, 13), a->comm, sizeof a->comm);
	a->process = watch_link_get(m->rows, (uint64_t)row_number(row, 14, 0));
	a->session = row_number(row, 17, 0) == 1;
	a->suite = row_number(row, 18, 0) == 1;
	a->sent = row_number(row, 21, -1);
	a->left = row_number(row, 22, 0) == 1;
	count_anew(m, a, false);
	if (a->suite)
		watch_note_suite(m, a);
	else if (a->proto[0]) /* else the row behind it tells where to: watch_on_unix() */
		tell(ret, a, true);
}

/* What a table of sockets, or the events of Windows, told: when all is read. */
void watch_on_attempt_etw(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = add(m, row, row_number(row, 16, 0));
	if (!a)
		return;
	a->uid = -1;
	watch_copy(row_string(row, 11), a->comm, sizeof a->comm);
	a->sent = row_number(row, 12, -1);
	a->received = row_number(row, 13, -1);
	a->session = row_number(row, 18, 0) == 1;
	a->suite = row_number(row, 19, 0) == 1;
	count_anew(m, a, false);
	if (!a->suite)
		tell(ret, a, true);
}

void watch_on_attempt_process(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	(void)ret;
	if (!a)
		return;
	count(m, a, false);
	a->process = watch_link_get(m->rows, (uint64_t)row_number(row, 2, 0));
	count(m, a, true);
}

void watch_on_outcome(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	int64_t more = row_number(row, 4, -1);
	char before[sizeof a->outcome];
	if (!a)
		return;
	memcpy(before, a->outcome, sizeof before);
	set_outcome(a, row_string(row, 2), row_number(row, 3, 0));
	if (more > 0 && a->sent < INT64_MAX - more)
		a->sent = (a->sent > 0 ? a->sent : 0) + more;
	if (!a->suite && !is(before, a->outcome))
		tell(ret, a, false);
}

void watch_on_sport(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	(void)ret;
	if (a && a->sport < 0)
		a->sport = row_number(row, 2, -1);
}

/* They are told at the end of a connection. */
void watch_on_bytes(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	(void)ret;
	if (!a)
		return;
	a->sent = row_number(row, 2, -1);
	a->received = row_number(row, 3, -1);
	a->closed = true;
	struct watch_process *p = a->process ? watch_table_find(m->processes, a->process) : NULL;
	if (p) {
		p->sent += a->sent > 0 ? (uint64_t)a->sent : 0;
		p->received += a->received > 0 ? (uint64_t)a->received : 0;
	}
}

void watch_on_left(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	if (!a)
		return;
	if (!a->src[0])
		watch_copy(row_string(row, 2), a->src, sizeof a->src);
	if (a->sport < 0)
		a->sport = row_number(row, 3, -1);
	if (!a->dst[0])
		watch_copy(row_string(row, 4), a->dst, sizeof a->dst);
	count(m, a, false);
	a->left = true;
	if (count_anew(m, a, false))
		tell(ret, a, true);
}

void watch_on_unix(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	if (!a)
		return;
	bool news = !a->proto[0], abstract = row_number(row, 4, 0) == 1;
	watch_copy(row_string(row, 2), a->proto, sizeof a->proto);
	a->dst[0] = '@';
	watch_copy(row_string(row, 3), a->dst + abstract, sizeof a->dst - abstract);
	if (!a->suite)
		tell(ret, a, news);
}

/* A send belongs to whoever made its socket. */
void watch_on_copy(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_attempt *a = attempt_of(m, row);
	const struct watch_attempt *from = watch_table_find(m->attempts, (uint64_t)row_number(row, 2, 0));
	if (!a || !from)
		return;
	count(m, a, false);
	if (!a->pid)
		a->pid = from->pid;
	if (!a->comm[0])
		memcpy(a->comm, from->comm, sizeof a->comm);
	if (!a->process)
		a->process = from->process;
	if (is(a->proto, "other"))
		memcpy(a->proto, from->proto, sizeof a->proto);
	a->session = a->session || from->session;
	count_anew(m, a, false);
	tell(ret, a, false);
}
