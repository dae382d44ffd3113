/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/golden_session.h"

#include "report/facts.h"
#include "report/tally.h"
#include "report/tally_map.h"

enum { GROUPS_MAX = 500 };

static const char *const sessions[] = {"pass", "fail", "inconclusive", "many"};

struct fixture {
	struct store *store;
	struct facts facts;
	struct chart_axis axis;
	struct tally tally;
};

static struct fixture begin(const struct scratch *s, const char *name, size_t groups_max)
{
	struct error err = {0};
	struct fixture f = {.store = session(s, name)};
	assert_int_equal(facts_read(f.store, NULL, &f.facts, &err), OK);
	f.axis = chart_axis_over(&f.facts);
	assert_int_equal(tally_read(f.store, &f.axis, groups_max, &f.tally, &err), OK);
	return f;
}

static void end(struct fixture *f)
{
	tally_free(&f->tally);
	facts_free(&f->facts);
	store_abandon(&f->store);
}

/* The rows of a statement of two columns are these counts, in this order. */
static void assert_counts(struct store *store, enum query query, const struct tally_count counts[], size_t count)
{
	sqlite3_stmt *q = store_query(store, query);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(sqlite3_step(q), SQLITE_ROW);
		assert_string_equal(store_text(q, 0), counts[i].name);
		assert_int_equal(store_i64(q, 1), counts[i].count);
	}
	assert_int_equal(sqlite3_step(q), SQLITE_DONE);
	sqlite3_reset(q);
}

/* The workbook and the page for browsers count with statements: the same comes of both. */
static void counts_are_those_of_the_workbook(void **state)
{
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct fixture f = begin(*state, sessions[i], GROUPS_MAX);
		assert_counts(f.store, QUERY_FIGURE_VECTORS, f.tally.vectors, f.tally.vector_count);
		assert_counts(f.store, QUERY_FIGURE_DESTINATIONS, f.tally.destinations, f.tally.destination_count);
		end(&f);
	}
}

static void lanes_are_those_of_the_page(void **state)
{
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct fixture f = begin(*state, sessions[i], GROUPS_MAX);
		sqlite3_stmt *q = store_query(f.store, QUERY_REPORT_LANES);
		store_bind_i64(q, 1, TALLY_LANES_MAX);
		for (size_t k = 0; k < f.tally.lane_count; k++) {
			const struct tally_lane *lane = &f.tally.lanes[k];
			assert_int_equal(sqlite3_step(q), SQLITE_ROW);
			assert_int_equal(store_i64(q, 0), lane->key);
			assert_int_equal(store_i64(q, 1), lane->pid);
			assert_string_equal(store_text(q, 2), lane->comm);
			assert_int_equal(store_i64(q, 4), lane->attempts);
			assert_int_equal(store_i64(q, 5), lane->leaving);
			assert_int_equal(store_i64(q, 6), f.tally.lanes_all);
		}
		assert_int_equal(sqlite3_step(q), SQLITE_DONE);
		sqlite3_reset(q);
		end(&f);
	}
}

static void marks_are_those_of_the_page(void **state)
{
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct fixture f = begin(*state, sessions[i], GROUPS_MAX);
		sqlite3_stmt *q = store_query(f.store, QUERY_REPORT_MARKS);
		store_bind_i64(q, 1, f.axis.from_ns);
		store_bind_i64(q, 2, f.axis.length_ns);
		store_bind_i64(q, 3, CHART_BINS);
		while (sqlite3_step(q) == SQLITE_ROW) {
			size_t lane = 0;
			while (lane < f.tally.lane_count && f.tally.lanes[lane].key != store_i64(q, 0))
				lane++;
			lane = lane < f.tally.lane_count ? lane : TALLY_LANE_OTHERS;
			f.tally.lanes[lane].counts[store_i64(q, 1)][chart_place_of(store_slice(q, 2))] -= store_i64(q, 3);
		}
		sqlite3_reset(q);
		for (size_t lane = 0; lane <= TALLY_LANES_MAX; lane++)
			for (size_t bin = 0; bin < CHART_BINS; bin++)
				for (size_t place = 0; place < PLACE_COUNT; place++)
					assert_int_equal(f.tally.lanes[lane].counts[bin][place], 0);
		end(&f);
	}
}

/* The groups of attempts to leave, as one statement tells them: ?1 at most. */
static const char all_groups[] =
	"WITH of_attempt AS ( "
	"SELECT f.attempt AS attempt, min(n.name) AS name "
	"FROM flow f JOIN name n ON n.flow = f.id WHERE f.attempt IS NOT NULL AND n.name <> '' GROUP BY f.attempt "
	"), of_address AS ( "
	"SELECT f.dst AS dst, min(n.name) AS name FROM flow f JOIN name n ON n.flow = f.id WHERE n.name <> '' GROUP BY f.dst "
	") "
	"SELECT min(a.time_ns), max(a.time_ns), count(*), a.pid, a.comm, p.exe, a.call, a.proto, a.dst, a.dport, "
	"coalesce(min(a.name), min(x.name), min(y.name), "
	"(SELECT r.name FROM resolved r WHERE r.address = a.dst ORDER BY r.time_ns, r.name LIMIT 1)), "
	"a.outcome, sum(a.bytes_out), sum(a.bytes_in), max(a.left_machine), a.class, a.vector, a.allowed, "
	"count(*) OVER () AS groups, e.product, a.browser "
	"FROM attempt a "
	"LEFT JOIN endpoint e ON e.rule = a.rule "
	"LEFT JOIN process p ON p.id = a.process "
	"LEFT JOIN of_attempt x ON x.attempt = a.id "
	"LEFT JOIN of_address y ON y.dst = a.dst "
	"WHERE a.suite = 0 AND a.in_session = 1 AND (a.leaves = 1 OR a.class IS NULL) "
	"GROUP BY a.pid, a.comm, p.exe, a.call, a.proto, a.dst, a.dport, a.outcome, a.class, a.vector, a.allowed, a.rule, a.browser "
	"ORDER BY a.allowed, "
	"CASE a.class WHEN 'public' THEN 0 WHEN 'private' THEN 2 WHEN 'multicast' THEN 3 "
	"WHEN 'link_local' THEN 4 ELSE 1 END, "
	"min(a.time_ns), min(a.id) "
	"LIMIT ?1; ";

/* One statement that groups and one row at a time tell the same, but for the count of groups. */
static void groups_are_those_of_one_statement(void **state)
{
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct fixture f = begin(*state, sessions[i], GROUPS_MAX);
		sqlite3_stmt *all = NULL;
		sqlite3 *db = sqlite3_db_handle(store_query(f.store, QUERY_REPORT_TALLY));
		assert_int_equal(sqlite3_prepare_v2(db, all_groups, -1, &all, NULL), SQLITE_OK);
		store_bind_i64(all, 1, GROUPS_MAX);
		for (size_t k = 0; k < f.tally.group_count; k++) {
			sqlite3_stmt *one = tally_group_row(f.store, &f.tally.groups[k]);
			assert_int_equal(sqlite3_step(all), SQLITE_ROW);
			assert_int_equal(sqlite3_step(one), SQLITE_ROW);
			assert_int_equal(store_i64(all, 18), f.tally.groups_all);
			for (int column = 0; column <= 20; column++)
				if (column != 18)
					assert_string_equal(store_text(all, column), store_text(one, column));
			sqlite3_reset(one);
		}
		assert_int_equal(sqlite3_step(all), SQLITE_DONE);
		sqlite3_finalize(all);
		end(&f);
	}
}

static void only_so_many_groups_are_kept(void **state)
{
	struct fixture f = begin(*state, "many", 3);
	assert_int_equal(f.tally.group_count, 3);
	assert_true(f.tally.groups_all > 5000);
	assert_int_equal(f.tally.destination_count, TALLY_DESTINATIONS_MAX);
	assert_int_equal(f.tally.destinations_all, 3000);
	end(&f);
}

static void keys_keep_their_values(void **state)
{
	(void)state;
	enum { KEYS = 5000 };
	bool new;
	struct tally_map m = tally_map_new(2, 1);
	for (int round = 0; round < 2; round++) {
		for (int64_t i = 0; i < KEYS; i++) {
			int64_t key[] = {i % 7, -i};
			int64_t *value = tally_map_at(&m, key, &new);
			assert_int_equal(new, round == 0);
			assert_int_equal(*value, round * i);
			*value += i;
		}
	}
	assert_int_equal(m.count, KEYS);
	assert_int_equal(tally_map_entry(&m, 9)[1], -9);
	assert_int_equal(tally_map_entry(&m, 9)[2], 18);
	tally_map_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(counts_are_those_of_the_workbook),
		scratch_test(lanes_are_those_of_the_page),
		scratch_test(marks_are_those_of_the_page),
		scratch_test(groups_are_those_of_one_statement),
		scratch_test(only_so_many_groups_are_kept),
		cmocka_unit_test(keys_keep_their_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
