/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order in which what was counted is shown. Each order is total, so that the same
 * database gives the same document.
 */
#include "report/tally_count.h"

#include "core/intern.h"

#include <stdlib.h>
#include <string.h>

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Entries of a map: the key, then the values. Those that tried to leave come first. */
static int compare_lanes(const void *a, const void *b)
{
	const int64_t *x = *(const int64_t *const *)a, *y = *(const int64_t *const *)b;
	int order = compare(y[1 + LANE_LEAVING] > 0, x[1 + LANE_LEAVING] > 0);
	if (!order)
		order = compare(x[1 + LANE_FIRST], y[1 + LANE_FIRST]);
	return order ? order : compare(x[0], y[0]);
}

/* What was not allowed and went furthest comes first, then in the order of time. */
static int compare_groups(const void *a, const void *b)
{
	static const int words[] = {GROUP_ALLOWED, GROUP_WORDS + GROUP_RANK, GROUP_WORDS + GROUP_FIRST,
				    GROUP_WORDS + GROUP_ATTEMPT};
	const int64_t *x = *(const int64_t *const *)a, *y = *(const int64_t *const *)b;
	int order = 0;
	for (size_t i = 0; i < LENGTH(words) && !order; i++)
		order = compare(x[words[i]], y[words[i]]);
	return order;
}

static int compare_counts(const void *a, const void *b)
{
	const struct tally_count *x = a, *y = b;
	int order = compare(y->count, x->count);
	return order ? order : strcmp(x->name, y->name);
}

static const int64_t **sorted(const struct tally_map *m, int (*order)(const void *, const void *))
{
	const int64_t **entries = must_alloc(m->count + 1, sizeof *entries);
	for (size_t i = 0; i < m->count; i++)
		entries[i] = tally_map_entry(m, i);
	qsort(entries, m->count, sizeof *entries, order);
	return entries;
}

static const char *text_of(const struct tally_counting *c, int64_t number)
{
	return number < 0 ? NULL : intern_text(c->texts, (uint32_t)number);
}

/* Rows of the marks go to the lane of their process, or to the one of the rest. */
static void add_marks(const struct tally_counting *c, struct tally *t)
{
	for (size_t i = 0; i < c->marks.count; i++) {
		const int64_t *mark = tally_map_entry(&c->marks, i);
		size_t lane = 0;
		while (lane < t->lane_count && t->lanes[lane].key != mark[0])
			lane++;
		lane = lane < t->lane_count ? lane : TALLY_LANE_OTHERS;
		t->lanes[lane].counts[mark[1]][mark[2]] += mark[3];
	}
}

static void finish_lanes(const struct tally_counting *c, struct tally *t)
{
	const int64_t **entries = sorted(&c->lanes, compare_lanes);
	t->lanes = must_alloc(TALLY_LANES_MAX + 1, sizeof *t->lanes);
	memset(t->lanes, 0, (TALLY_LANES_MAX + 1) * sizeof *t->lanes);
	t->lanes_all = (int64_t)c->lanes.count;
	t->lane_count = c->lanes.count < TALLY_LANES_MAX ? c->lanes.count : TALLY_LANES_MAX;
	for (size_t i = 0; i < t->lane_count; i++) {
		const int64_t *v = entries[i] + 1;
		struct tally_lane *lane = &t->lanes[i];
		lane->key = entries[i][0];
		lane->pid = v[LANE_PID];
		lane->pid_known = v[LANE_PID_KNOWN] != 0;
		lane->comm = text_of(c, v[LANE_COMM]);
		lane->attempts = v[LANE_ATTEMPTS];
		lane->leaving = v[LANE_LEAVING];
	}
	free(entries);
	add_marks(c, t);
}

static void finish_groups(const struct tally_counting *c, size_t groups_max, struct tally *t)
{
	const int64_t **entries = sorted(&c->groups, compare_groups);
	t->groups_all = (int64_t)c->groups.count;
	t->group_count = c->groups.count < groups_max ? c->groups.count : groups_max;
	t->groups = must_alloc(t->group_count + 1, sizeof *t->groups);
	for (size_t i = 0; i < t->group_count; i++) {
		const int64_t *v = entries[i] + GROUP_WORDS;
		t->groups[i] = (struct tally_group){
			.attempt = v[GROUP_ATTEMPT],
			.first_ns = v[GROUP_FIRST],
			.last_ns = v[GROUP_LAST],
			.count = v[GROUP_COUNT],
			.bytes_out = v[GROUP_OUT],
			.bytes_in = v[GROUP_IN],
			.out_known = v[GROUP_OUT_KNOWN] != 0,
			.in_known = v[GROUP_IN_KNOWN] != 0,
			.left = v[GROUP_LEFT],
			.name = text_of(c, v[GROUP_NAME]),
		};
	}
	free(entries);
}

static struct tally_count *finish_counts(const struct tally_counting *c, const struct tally_map *m, const char *nameless,
					 size_t max, size_t *ret_count)
{
	struct tally_count *counts = must_alloc(m->count + 1, sizeof *counts);
	for (size_t i = 0; i < m->count; i++) {
		const char *name = text_of(c, tally_map_entry(m, i)[0]);
		counts[i] = (struct tally_count){name ? name : nameless, tally_map_entry(m, i)[1]};
	}
	qsort(counts, m->count, sizeof *counts, compare_counts);
	*ret_count = m->count < max ? m->count : max;
	return counts;
}

void tally_finish(const struct tally_counting *c, size_t groups_max, struct tally *ret)
{
	finish_lanes(c, ret);
	finish_groups(c, groups_max, ret);
	ret->vectors = finish_counts(c, &c->vectors, "unclassified", SIZE_MAX, &ret->vector_count);
	ret->destinations =
		finish_counts(c, &c->destinations, "not known", TALLY_DESTINATIONS_MAX, &ret->destination_count);
	ret->destinations_all = c->destinations.count;
}
