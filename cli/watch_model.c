/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_model.h"

#include "cli/watch_rows.h"
#include "core/clock.h"

#include <stdlib.h>

enum {
	ROWS_MAX = 2 * WATCH_PROCESSES_MAX,
	CANARIES_MAX = 256, /* ports that were seen lately */
	LOST_S = 10, /* a witness counts as losing for so long after it lost something */
};

static bool process_over(const void *record)
{
	return ((const struct watch_process *)record)->ended;
}

static bool attempt_over(const void *record)
{
	return ((const struct watch_attempt *)record)->closed;
}

static bool always_over(const void *record)
{
	(void)record;
	return true;
}

struct watch_model *watch_model_new(void)
{
	struct watch_model *m = must_alloc(1, sizeof *m);
	m->processes = watch_table_new(sizeof(struct watch_process), WATCH_PROCESSES_MAX, process_over);
	m->attempts = watch_table_new(sizeof(struct watch_attempt), WATCH_ATTEMPTS_MAX, attempt_over);
	m->names = watch_table_new(sizeof(struct watch_name), WATCH_NAMES_MAX, always_over);
	m->witnesses = watch_table_new(sizeof(struct watch_witness), WATCH_WITNESSES_MAX, always_over);
	m->rows = watch_table_new(sizeof(struct watch_link), ROWS_MAX, always_over);
	m->pids = watch_table_new(sizeof(struct watch_link), ROWS_MAX, always_over);
	m->lookups = watch_table_new(sizeof(struct watch_link), WATCH_NAMES_MAX, always_over);
	m->canaries = watch_table_new(sizeof(struct watch_link), CANARIES_MAX, always_over);
	return m;
}

static struct watch_table **tables(struct watch_model *m, size_t number)
{
	struct watch_table **all[] = {&m->processes, &m->attempts, &m->names, &m->witnesses,
				      &m->rows,	     &m->pids,	   &m->lookups, &m->canaries};
	return number < LENGTH(all) ? all[number] : NULL;
}

void watch_model_free(struct watch_model *m)
{
	if (!m)
		return;
	for (size_t i = 0; tables(m, i); i++)
		watch_table_free(*tables(m, i));
	free(m);
}

void watch_model_clear(struct watch_model *m)
{
	struct watch_model empty = {
		.processes = m->processes, .attempts = m->attempts, .names = m->names, .witnesses = m->witnesses,
		.rows = m->rows,	   .pids = m->pids,	    .lookups = m->lookups,
		.canaries = m->canaries,   		.version = m->version + 1,
	};
	*m = empty;
	for (size_t i = 0; tables(m, i); i++)
		watch_table_clear(*tables(m, i));
}

enum watch_health watch_health_of(const struct watch_model *m, const struct watch_witness *w)
{
	if (w->health == WATCH_SEEING && w->lost_ns && m->now_ns - w->lost_ns < LOST_S * CLOCK_SECOND)
		return WATCH_LOST;
	return w->health;
}

const struct watch_process *watch_process_of(const struct watch_model *m, const struct watch_attempt *a)
{
	return a->process ? watch_table_find(m->processes, a->process) : NULL;
}

/* The rows that say something, in the order in which most of them come; where each has
 * its time (0: nowhere). */
static const struct handler {
	enum query query;
	unsigned time_at;
	watch_row_fn *apply;
} handlers[] = {
	{QUERY_ATTEMPT_INSERT, 1, watch_on_attempt},
	{QUERY_ATTEMPT_OUTCOME, 0, watch_on_outcome},
	{QUERY_ATTEMPT_SPORT, 0, watch_on_sport},
	{QUERY_ATTEMPT_BYTES, 0, watch_on_bytes},
	{QUERY_ATTEMPT_LEFT, 0, watch_on_left},
	{QUERY_EGRESS_INSERT, 1, NULL},
	{QUERY_PROCESS_INSERT, 9, watch_on_process},
	{QUERY_PROCESS_INHERIT, 0, watch_on_inherit},
	{QUERY_PROCESS_END, 2, watch_on_process_end},
	{QUERY_DNS_INSERT, 2, watch_on_dns},
	{QUERY_DNS_ANSWER, 0, watch_on_answer},
	{QUERY_NAME_INSERT, 4, watch_on_name},
	{QUERY_ATTEMPT_UNIX, 0, watch_on_unix},
	{QUERY_ATTEMPT_COPY_PROCESS, 0, watch_on_copy},
	{QUERY_LOSS_INSERT, 1, watch_on_loss},
	{QUERY_CANARY_INSERT, 2, watch_on_canary},
	{QUERY_TOOL_RUN_INSERT, 1, watch_on_tool},
	{QUERY_SOCKET_INSERT, 1, watch_on_socket},
	{QUERY_WITNESS_SET, 0, watch_on_witness},
	{QUERY_WITNESS_PART, 0, watch_on_witness_part},
	{QUERY_ETW_ATTEMPT_INSERT, 1, watch_on_attempt_etw},
	{QUERY_TRACE_ATTEMPT_PROCESS, 0, watch_on_attempt_process},
	{QUERY_HOST_ADDRESS_INSERT, 4, watch_on_address},
	{QUERY_SESSION_SET, 0, watch_on_fact},
	{QUERY_CHECKPOINT_INSERT, 0, watch_on_chain},
	{QUERY_SKIP_ADD, 0, watch_on_skip},
};

static const struct handler *find(enum query query)
{
	for (size_t i = 0; i < LENGTH(handlers); i++)
		if (handlers[i].query == query)
			return &handlers[i];
	return NULL;
}

int64_t watch_row_time(const struct row_values *row)
{
	const struct handler *h = find(row->query);
	int64_t time = h && h->time_at ? row_number(row, h->time_at, 0) : 0;
	return time > 0 ? time : 0;
}

/* What was told before any time was has been so since then. */
static void start(struct watch_model *m, int64_t time)
{
	m->started_ns = time;
	for (size_t i = 0; i < watch_table_count(m->witnesses); i++)
		((struct watch_witness *)watch_table_at(m->witnesses, i))->since_ns = time;
}

void watch_apply(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_change ignored = {0}, *change = ret ? ret : &ignored;
	const struct handler *h = find(row->query);
	int64_t time = watch_row_time(row);
	*change = (struct watch_change){.what = WATCH_NOTHING};
	if (!m->started_ns && time)
		start(m, time);
	if (time > m->now_ns)
		m->now_ns = time;
	if (h && h->apply)
		h->apply(m, row, change);
	m->version++;
}
