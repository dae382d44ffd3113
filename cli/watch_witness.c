/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the witnesses are. One that is on sees, until it says otherwise, its counter of
 * losses moves, or it did not tell of a canary: the collector's own connections, which the
 * kernel's witness must show.
 */
#include "cli/watch_rows.h"

#include "core/clock.h"

#include <string.h>

/* NULL where it has not said anything. */
static struct watch_witness *find(const struct watch_model *m, const char *name)
{
	for (size_t i = 0; i < watch_table_count(m->witnesses); i++) {
		struct watch_witness *w = watch_table_at(m->witnesses, i);
		if (!strcmp(w->name, name))
			return w;
	}
	return NULL;
}

static struct watch_witness *witness_for(struct watch_model *m, struct slice text)
{
	char name[sizeof((struct watch_witness *)NULL)->name];
	watch_copy(text, name, sizeof name);
	struct watch_witness *w = find(m, name);
	if (w)
		return w;
	w = watch_table_add(m->witnesses, watch_table_count(m->witnesses) + 1 + watch_table_gone(m->witnesses));
	memcpy(w->name, name, sizeof name);
	w->since_ns = m->now_ns;
	return w;
}

static void set_health(const struct watch_model *m, struct watch_witness *w, enum watch_health health)
{
	if (w->health != health)
		w->since_ns = m->now_ns;
	w->health = health;
}

static void set_state(struct watch_model *m, struct watch_witness *w, const struct row_values *row, struct watch_change *ret)
{
	watch_copy(row_string(row, 2), w->state, sizeof w->state);
	watch_copy(row_string(row, 3), w->detail, sizeof w->detail);
	set_health(m, w, slice_is(row_string(row, 2), "on") ? WATCH_SEEING : WATCH_BLIND);
	*ret = (struct watch_change){WATCH_WITNESS, w};
}

void watch_on_witness(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_witness *w = witness_for(m, row_string(row, 1));
	if (row_string(row, 4).size)
		watch_copy(row_string(row, 4), w->remedy, sizeof w->remedy);
	set_state(m, w, row, ret);
}

/* "kernel/tcp": a witness of its own on the screen. */
void watch_on_witness_part(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	char name[64];
	struct slice whole = row_string(row, 1), part = row_string(row, 4);
	watch_copy(whole, name, sizeof name / 2);
	size_t size = strlen(name);
	name[size] = '/';
	watch_copy(part, name + size + 1, sizeof name - size - 1);
	set_state(m, witness_for(m, slice_of_string(name)), row, ret);
}

void watch_on_loss(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_witness *w = witness_for(m, row_string(row, 2));
	int64_t lost = row_number(row, 3, 0);
	if (lost <= 0 || (uint64_t)lost <= w->lost)
		return;
	m->lost += (uint64_t)lost - w->lost;
	w->lost = (uint64_t)lost;
	w->lost_ns = m->now_ns;
	*ret = (struct watch_change){WATCH_WITNESS, w};
}

void watch_note_sign(struct watch_model *m, const char *witness)
{
	struct watch_witness *w = find(m, witness);
	if (w)
		w->sign_ns = m->now_ns;
}

/* Ports of the latest attempts of the suite's own are kept in its links. */
void watch_note_suite(struct watch_model *m, const struct watch_attempt *a)
{
	watch_note_sign(m, "kernel");
	if (a->dport > 0)
		watch_link_set(m->canaries, (uint64_t)a->dport, (uint64_t)m->now_ns);
}

/* The round is over when it is written, and what the kernel told of it stands before. */
void watch_on_canary(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	enum { LATE_S = 5 };
	struct watch_witness *w = find(m, "kernel");
	int64_t began = row_number(row, 2, 0), port = row_number(row, 8, 0);
	if (!w || strcmp(w->state, "on") != 0 || !slice_is(row_string(row, 4), "tcp") || port <= 0)
		return;
	int64_t seen = (int64_t)watch_link_get(m->canaries, (uint64_t)port);
	enum watch_health before = w->health;
	set_health(m, w, seen && seen >= began - LATE_S * CLOCK_SECOND ? WATCH_SEEING : WATCH_BLIND);
	if (w->health != before)
		*ret = (struct watch_change){WATCH_WITNESS, w};
}

void watch_on_tool(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	(void)row;
	(void)ret;
	watch_note_sign(m, "tools");
}

void watch_on_socket(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct slice witness = row_string(row, 13);
	char name[32];
	(void)ret;
	watch_copy(witness.size ? witness : SLICE("sock_diag"), name, sizeof name);
	watch_note_sign(m, name);
}
