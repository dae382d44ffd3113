/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tally_count.h"

#include "core/intern.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 1 << 30 };

/* Of QUERY_REPORT_TALLY. */
enum column {
	ID, TIME, LANE, LEAVES, CLASS, COMM, PID, EXE, CALL, PROTO, DST, DPORT, OUTCOME, VECTOR, ALLOWED, RULE, BROWSER,
	BYTES_OUT, BYTES_IN, LEFT, NAME, COLUMNS
};

/* The number of each column's last text: most rows are like the one before. */
struct memory {
	int64_t number[COLUMNS];
};

/* -1 for NULL. */
static int64_t number_of(struct tally_counting *c, struct memory *m, sqlite3_stmt *q, int column)
{
	if (store_is_null(q, column))
		return -1;
	struct slice text = store_slice(q, column);
	if (m->number[column] >= 0 && slice_is(text, intern_text(c->texts, (uint32_t)m->number[column])))
		return m->number[column];
	uint32_t number = intern_add(c->texts, text);
	c->full |= number == INTERN_NONE;
	return m->number[column] = number == INTERN_NONE ? -1 : (int64_t)number;
}

static int64_t or_none(sqlite3_stmt *q, int column)
{
	return store_is_null(q, column) ? INT64_MIN : store_i64(q, column);
}

static void count_lane(struct tally_counting *c, struct memory *m, sqlite3_stmt *q, int64_t time_ns, bool leaves)
{
	bool new;
	int64_t lane = store_i64(q, LANE), comm = number_of(c, m, q, COMM);
	int64_t *v = tally_map_at(&c->lanes, &lane, &new);
	if (new) {
		v[LANE_PID] = store_i64(q, PID);
		v[LANE_PID_KNOWN] = !store_is_null(q, PID);
		v[LANE_COMM] = comm;
		v[LANE_FIRST] = time_ns;
	}
	v[LANE_ATTEMPTS]++;
	v[LANE_LEAVING] += leaves;
	v[LANE_FIRST] = time_ns < v[LANE_FIRST] ? time_ns : v[LANE_FIRST];
	if (comm >= 0 && comm != v[LANE_COMM] &&
	    (v[LANE_COMM] < 0 || strcmp(intern_text(c->texts, (uint32_t)comm), intern_text(c->texts, (uint32_t)v[LANE_COMM])) > 0))
		v[LANE_COMM] = comm;
	/* a UDP socket that was pointed at another machine and sent nothing stayed on this one */
	struct slice class = !leaves && !store_is_null(q, CLASS) ? SLICE("own") : store_slice(q, CLASS);
	int64_t mark[] = {lane, chart_axis_bin(c->axis, time_ns), chart_place_of(class)};
	++*tally_map_at(&c->marks, mark, NULL);
}

static void add_bytes(sqlite3_stmt *q, int column, int64_t *sum, int64_t *known)
{
	if (store_is_null(q, column))
		return;
	*known = 1;
	if (__builtin_add_overflow(*sum, store_i64(q, column), sum))
		*sum = INT64_MAX;
}

static int64_t rank_of(struct slice class)
{
	static const char *const names[] = {"public", NULL, "private", "multicast", "link_local"};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (names[i] && slice_is(class, names[i]))
			return (int64_t)i;
	return 1;
}

static void count_group(struct tally_counting *c, struct memory *m, sqlite3_stmt *q, int64_t time_ns)
{
	static const struct {
		int word;
		int column;
	} texts[] = {
		{GROUP_COMM, COMM}, {GROUP_EXE, EXE}, {GROUP_CALL, CALL}, {GROUP_PROTO, PROTO}, {GROUP_DST, DST},
		{GROUP_OUTCOME, OUTCOME}, {GROUP_CLASS, CLASS}, {GROUP_VECTOR, VECTOR}, {GROUP_RULE, RULE}, {GROUP_BROWSER, BROWSER},
	};
	bool new;
	int64_t key[GROUP_WORDS] = {
		[GROUP_PID] = or_none(q, PID), [GROUP_DPORT] = or_none(q, DPORT), [GROUP_ALLOWED] = store_i64(q, ALLOWED)};
	for (size_t i = 0; i < LENGTH(texts); i++)
		key[texts[i].word] = number_of(c, m, q, texts[i].column);
	int64_t name = number_of(c, m, q, NAME), id = store_i64(q, ID), *v = tally_map_at(&c->groups, key, &new);
	if (new) {
		v[GROUP_RANK] = rank_of(store_slice(q, CLASS));
		v[GROUP_LAST] = time_ns;
		v[GROUP_NAME] = name;
	}
	if (new || time_ns < v[GROUP_FIRST] || (time_ns == v[GROUP_FIRST] && id < v[GROUP_ATTEMPT])) {
		v[GROUP_FIRST] = time_ns;
		v[GROUP_ATTEMPT] = id;
	}
	v[GROUP_LAST] = time_ns > v[GROUP_LAST] ? time_ns : v[GROUP_LAST];
	v[GROUP_COUNT]++;
	add_bytes(q, BYTES_OUT, &v[GROUP_OUT], &v[GROUP_OUT_KNOWN]);
	add_bytes(q, BYTES_IN, &v[GROUP_IN], &v[GROUP_IN_KNOWN]);
	v[GROUP_LEFT] |= store_i64(q, LEFT);
	if (name >= 0 && name != v[GROUP_NAME] &&
	    (v[GROUP_NAME] < 0 || strcmp(intern_text(c->texts, (uint32_t)name), intern_text(c->texts, (uint32_t)v[GROUP_NAME])) < 0))
		v[GROUP_NAME] = name;
}

static void count_row(struct tally_counting *c, struct memory *m, sqlite3_stmt *q)
{
	int64_t time_ns = store_i64(q, TIME);
	bool leaves = store_i64(q, LEAVES) == 1;
	count_lane(c, m, q, time_ns, leaves);
	if (leaves || store_is_null(q, CLASS))
		count_group(c, m, q, time_ns);
	if (!leaves)
		return;
	int64_t vector = number_of(c, m, q, VECTOR);
	int64_t name = number_of(c, m, q, store_is_null(q, NAME) ? DST : NAME);
	++*tally_map_at(&c->vectors, &vector, NULL);
	++*tally_map_at(&c->destinations, &name, NULL);
}

static enum status count_rows(struct store *store, struct tally_counting *c, struct error *err)
{
	bool row = true;
	enum status status = OK;
	struct memory m;
	for (size_t i = 0; i < COLUMNS; i++)
		m.number[i] = -1;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_TALLY);
	while (!status && !(status = store_step(q, &row, err)) && row)
		count_row(c, &m, q);
	sqlite3_reset(q);
	if (!status && c->full)
		status = fail(err, ERR_LIMIT, "the names of the attempts take more than %d bytes", TEXTS_MAX);
	return status;
}

enum status tally_read(struct store *store, const struct chart_axis *axis, size_t groups_max, struct tally *ret,
		       struct error *err)
{
	*ret = (struct tally){.texts = intern_new(TEXTS_MAX)};
	struct tally_counting c = {
		.texts = ret->texts,
		.axis = axis,
		.lanes = tally_map_new(1, LANE_VALUES),
		.groups = tally_map_new(GROUP_WORDS, GROUP_VALUES),
		.vectors = tally_map_new(1, 1),
		.destinations = tally_map_new(1, 1),
		.marks = tally_map_new(3, 1),
	};
	enum status status = count_rows(store, &c, err);
	if (!status)
		tally_finish(&c, groups_max, ret);
	tally_map_free(&c.lanes);
	tally_map_free(&c.groups);
	tally_map_free(&c.vectors);
	tally_map_free(&c.destinations);
	tally_map_free(&c.marks);
	return status;
}

void tally_free(struct tally *t)
{
	intern_free(t->texts);
	free(t->lanes);
	free(t->groups);
	free(t->vectors);
	free(t->destinations);
	*t = (struct tally){0};
}

sqlite3_stmt *tally_group_row(struct store *store, const struct tally_group *group)
{
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_TALLY_GROUP);
	const int64_t numbers[] = {group->attempt, group->first_ns, group->last_ns, group->count};
	for (size_t i = 0; i < LENGTH(numbers); i++)
		store_bind_i64(q, (int)i + 1, numbers[i]);
	if (group->out_known)
		store_bind_i64(q, 5, group->bytes_out);
	else
		store_bind_null(q, 5);
	if (group->in_known)
		store_bind_i64(q, 6, group->bytes_in);
	else
		store_bind_null(q, 6);
	store_bind_i64(q, 7, group->left);
	store_bind_text(q, 8, group->name);
	return q;
}
