/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of processes, names and the session itself.
 */
#include "cli/watch_rows.h"

#include "core/text.h"

#include <string.h>

void watch_link_set(struct watch_table *t, uint64_t key, uint64_t to)
{
	if (key == 0)
		return;
	struct watch_link *l = watch_table_find(t, key);
	if (!l)
		l = watch_table_add(t, key);
	l->to = to;
}

uint64_t watch_link_get(const struct watch_table *t, uint64_t key)
{
	const struct watch_link *l = key ? watch_table_find(t, key) : NULL;
	return l ? l->to : 0;
}

void watch_copy(struct slice text, char *ret, size_t capacity)
{
	size_t size = 0;
	while (size < text.size) {
		uint32_t code;
		size_t step = text_utf8(slice_part(text, size, text.size), &code);
		step = step ? step : 1;
		if (size + step >= capacity)
			break;
		size += step;
	}
	/* a NUL would be an end that is none */
	for (size_t i = 0; i < size; i++)
		ret[i] = (char)(text.at[i] ? text.at[i] : 1);
	ret[size] = 0;
}

bool watch_is_outside(const struct watch_model *m, struct slice text)
{
	struct address a;
	if (!address_parse(text, &a) || address_class(&a) == CLASS_LOOPBACK)
		return false;
	for (size_t i = 0; i < m->own_count; i++)
		if (address_equal(&a, &m->own[i]))
			return false;
	return true;
}

/* The record of a row's process: the one of its pid where that lives, or goes on as
 * another program from this moment. */
static struct watch_process *process_for(struct watch_model *m, int64_t id, int64_t pid, int64_t time)
{
	struct watch_process *p = watch_table_find(m->processes, watch_link_get(m->pids, (uint64_t)pid));
	bool same = p && (!p->ended || (!p->told && p->last_ns == time));
	if (!same) {
		if (watch_table_find(m->processes, (uint64_t)id))
			return NULL;
		p = watch_table_add(m->processes, (uint64_t)id);
		p->first_ns = time;
		p->pid = pid;
		p->ppid = p->uid = -1;
	}
	p->ended = false;
	watch_link_set(m->rows, (uint64_t)id, p->key);
	watch_link_set(m->pids, (uint64_t)pid, p->key);
	return p;
}

static void count_living(struct watch_model *m, const struct watch_process *p, bool add)
{
	if (p->session && !p->ended)
		m->living += add ? 1 : -UINT64_C(1);
}

void watch_on_process(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	int64_t id = row_number(row, 10, 0), pid = row_number(row, 1, 0), time = row_number(row, 9, 0);
	struct watch_process *before = watch_table_find(m->processes, watch_link_get(m->pids, (uint64_t)pid));
	if (id <= 0 || pid <= 0)
		return;
	if (before)
		count_living(m, before, false);
	struct watch_process *p = process_for(m, id, pid, time);
	if (!p)
		return;
	p->ppid = row_number(row, 2, p->ppid);
	p->uid = row_number(row, 3, p->uid);
	if (row_string(row, 4).size)
		watch_copy(row_string(row, 4), p->comm, sizeof p->comm);
	if (row_string(row, 5).size)
		watch_copy(row_string(row, 5), p->exe, sizeof p->exe);
	p->session = p->session || m->host || row_number(row, 7, 0) == 1 || row_number(row, 8, 0) == 1;
	count_living(m, p, true);
	*ret = (struct watch_change){WATCH_PROCESS_BEGAN, p};
}

static struct watch_process *process_of(const struct watch_model *m, int64_t id)
{
	return watch_table_find(m->processes, watch_link_get(m->rows, (uint64_t)id));
}

void watch_on_inherit(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_process *p = process_of(m, row_number(row, 1, 0));
	const struct watch_process *parent = process_of(m, row_number(row, 2, 0));
	(void)ret;
	if (!p || !parent || p == parent)
		return;
	memcpy(p->exe, parent->exe, sizeof p->exe);
}

void watch_on_process_end(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_process *p = process_of(m, row_number(row, 1, 0));
	if (!p || p->ended)
		return;
	count_living(m, p, false);
	p->ended = true;
	p->last_ns = row_number(row, 2, 0);
	p->told = row->at[3].type == ROW_NUMBER;
	p->status = row_number(row, 3, 0);
	if (p->told)
		*ret = (struct watch_change){WATCH_PROCESS_ENDED, p};
}

static uint64_t hash_of(struct slice name, const char *how)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < name.size; i++)
		h = (h ^ name.at[i]) * UINT64_C(1099511628211);
	for (size_t i = 0; how[i]; i++)
		h = (h ^ (unsigned char)how[i]) * UINT64_C(1099511628211);
	return h ? h : 1;
}

/* The record of a name and of how it is known: two that share a key do not share it. */
static struct watch_name *name_for(struct watch_model *m, struct slice text, struct slice how_text)
{
	char name[WATCH_NAME_MAX], how[WATCH_WORD_MAX];
	watch_copy(text, name, sizeof name);
	watch_copy(how_text, how, sizeof how);
	uint64_t key = hash_of(slice_of_string(name), how);
	struct watch_name *n;
	while ((n = watch_table_find(m->names, key)) && (strcmp(n->name, name) != 0 || strcmp(n->how, how) != 0))
		key = key + 1 ? key + 1 : 1;
	if (n)
		return n;
	n = watch_table_add(m->names, key);
	memcpy(n->name, name, sizeof name);
	memcpy(n->how, how, sizeof how);
	return n;
}

static void note_time(struct watch_name *n, int64_t time)
{
	n->count++;
	if (!n->first_ns)
		n->first_ns = time;
	n->last_ns = time;
}

static void note_answer(struct watch_name *n, const struct row_values *row, unsigned code, unsigned answers)
{
	if (row_string(row, code).size)
		watch_copy(row_string(row, code), n->result, sizeof n->result);
	if (row_string(row, answers).size)
		watch_copy(row_string(row, answers), n->answer, sizeof n->answer);
}

void watch_on_dns(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct slice name = row_string(row, 9);
	watch_note_sign(m, "packets");
	if (!name.size)
		return;
	struct watch_name *n = name_for(m, name, row_string(row, 7));
	note_time(n, row_number(row, 2, 0));
	watch_copy(row_string(row, 4), n->server, sizeof n->server);
	watch_copy(row_string(row, 10), n->type, sizeof n->type);
	note_answer(n, row, 11, 12);
	n->leaves = n->leaves || (watch_is_outside(m, row_string(row, 4)) && !slice_is(row_string(row, 14), "in"));
	watch_link_set(m->lookups, (uint64_t)row_number(row, 16, 0), n->key);
	m->names_asked++;
	*ret = (struct watch_change){WATCH_NAME, n};
}

void watch_on_answer(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct watch_name *n = watch_table_find(m->names, watch_link_get(m->lookups, (uint64_t)row_number(row, 1, 0)));
	(void)ret;
	if (n)
		note_answer(n, row, 2, 3);
}

void watch_on_name(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	watch_note_sign(m, "packets");
	if (!row_string(row, 2).size)
		return;
	struct watch_name *n = name_for(m, row_string(row, 2), row_string(row, 3));
	note_time(n, row_number(row, 4, 0));
	*ret = (struct watch_change){WATCH_NAME, n};
}

void watch_on_address(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	struct address a;
	(void)ret;
	if (!address_parse(row_string(row, 1), &a) || m->own_count == WATCH_OWN_MAX)
		return;
	for (size_t i = 0; i < m->own_count; i++)
		if (address_equal(&a, &m->own[i]))
			return;
	m->own[m->own_count++] = a;
}

void watch_on_fact(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	if (slice_is(row_string(row, 1), "command_ended_ns"))
		m->command_ended = true;
	if (!slice_is(row_string(row, 1), "close_reason"))
		return;
	m->closed = true;
	ret->what = WATCH_END;
}

void watch_on_chain(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	(void)ret;
	watch_copy(row_string(row, 6), m->problem, sizeof m->problem);
}

void watch_on_skip(struct watch_model *m, const struct row_values *row, struct watch_change *ret)
{
	int64_t count = row_number(row, 5, 0);
	(void)ret;
	if (count > 0)
		m->skipped += (uint64_t)count;
}
