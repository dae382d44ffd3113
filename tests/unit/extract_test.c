/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a database that somebody else made: whole, and changed in many ways.
 */
#include "tests/unit/fleet_bundles.h"
#include "tests/unit/test.h"

#include "core/sandbox.h"
#include "fleet/extract.h"

#include <sys/wait.h>

enum { ATTEMPTS = 300 };

struct given {
	size_t rows[TABLE_COUNT], bundles, wrong;
	bool full; /* take no more */
};

static enum status take(void *to, const struct told *r, struct error *err)
{
	struct given *g = to;
	const char *column;
	if (g->full)
		return fail(err, ERR_IO, "no room");
	if (r->kind == TOLD_BUNDLE)
		g->bundles++;
	else
		g->rows[r->table]++;
	g->wrong += r->kind == TOLD_ROW && table_check(&tables[r->table], r->values, r->count, &column) != NULL;
	return OK;
}

/* A database with `sql` done to it, in memory; free() it. */
static unsigned char *database(const struct scratch *s, const char *sql, size_t *ret_size)
{
	char path[128];
	const struct fleet_bundle b = {"alpha", "s", "FAIL", FLEET_FIRST, ATTEMPTS, sql};
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	unlink(path);
	fleet_database(path, &b);
	return (unsigned char *)scratch_get(s, "audit.db", ret_size);
}

static enum status extracted(const struct scratch *s, const char *sql, struct given *ret, struct error *err)
{
	size_t size;
	*ret = (struct given){.full = false};
	AUTO_FREE unsigned char *bytes = database(s, sql, &size);
	return extract(slice_of(bytes, size), "00", take, ret, err);
}

static void all_rows_are_given(void **state)
{
	struct given g;
	struct error err = {0};
	enum status status = extracted(*state, NULL, &g, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	assert_int_equal(g.bundles, 1);
	assert_int_equal(g.wrong, 0);
	assert_int_equal(g.rows[TABLE_ATTEMPT], ATTEMPTS);
	assert_int_equal(g.rows[TABLE_FINDING], 1);
	assert_int_equal(g.rows[TABLE_CONTROL], 1);
	assert_int_equal(g.rows[TABLE_COVERAGE], 1);
	/* connect and sendto by two programs, with and without packets; addresses without a name and with one */
	assert_in_range(g.rows[TABLE_ACTOR], 4, 16);
	assert_in_range(g.rows[TABLE_TARGET], 60, ATTEMPTS / 2);
}

static void text_that_no_store_takes_is_made_fit(void **state)
{
	struct given g;
	struct error err = {0};
	assert_int_equal(extracted(*state, "UPDATE attempt SET comm = CAST(x'61ff00' AS TEXT), name = 'a' || char(0) || 'b'", &g, &err), OK);
	assert_int_equal(g.wrong, 0);
	assert_int_equal(g.rows[TABLE_ATTEMPT], ATTEMPTS);
}

static void what_is_none_is_refused(void **state)
{
	static const struct {
		const char *sql, *why;
	} cases[] = {
		{"PRAGMA application_id = 1", "no database of airgap-verify"},
		{"PRAGMA user_version = 99", "schema 99"},
		{"DROP VIEW v_attempt", "v_attempt"},
		{"DROP VIEW v_control; CREATE VIEW v_control AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS framework, "
		 "i AS control, i AS objective, i AS evidence_kind, i AS strength, i AS status_text, i AS finding_ids, i AS title FROM n WHERE i < 0",
		 "more work than its size can explain"},
		{"DROP VIEW v_dns; CREATE VIEW v_dns AS SELECT readfile('/etc/passwd') AS id", "readfile"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct given g;
		struct error err = {0};
		assert_int_equal(extracted(*state, cases[i].sql, &g, &err), ERR_MALFORMED);
		if (!strstr(err.text, cases[i].why))
			print_error("%s: %s\n", cases[i].sql, err.text);
		assert_contains(err.text, cases[i].why);
	}
}

static void rows_of_another_kind_are_told_apart(void **state)
{
	struct given g;
	struct error err = {0};
	static const char sql[] = "DROP VIEW v_coverage; CREATE VIEW v_coverage AS SELECT 7 AS witness, 'x' AS from_ns, 1.5 AS to_ns, NULL AS state, "
				  "0 AS lost, NULL AS source";
	assert_int_equal(extracted(*state, sql, &g, &err), OK);
	assert_int_equal(g.wrong, 1);
}

/* Changed anywhere, it is refused or read; nothing else happens. */
static void a_broken_file_is_no_harm(void **state)
{
	size_t size;
	AUTO_FREE unsigned char *bytes = database(*state, NULL, &size);
	for (size_t i = 0; i < 400; i++) {
		struct given g = {.full = false};
		struct error err = {0};
		size_t at = i * 7919 * 31 % size;
		unsigned char was = bytes[at];
		bytes[at] ^= (unsigned char)(1u << i % 8);
		(void)!extract(slice_of(bytes, size), "00", take, &g, &err);
		assert_true(err.status == OK || err.status == ERR_MALFORMED);
		bytes[at] = was;
	}
	for (size_t cut = 0; cut < size; cut += 4096 / 2) {
		struct given g = {.full = false};
		struct error err = {0};
		(void)!extract(slice_of(bytes, cut), "00", take, &g, &err);
		assert_true(err.status != ERR_INTERNAL);
	}
}

static void a_reader_that_fails_ends_it(void **state)
{
	size_t size;
	struct given g = {.full = true};
	struct error err = {0};
	AUTO_FREE unsigned char *bytes = database(*state, NULL, &size);
	assert_int_equal(extract(slice_of(bytes, size), "00", take, &g, &err), ERR_IO);
}

/* As it is done for real: a process that can do nothing but write what it found. */
static void it_needs_no_rights(void **state)
{
	size_t size;
	int ends[2], ended = -1;
	char told[64] = "";
	AUTO_FREE unsigned char *bytes = database(*state, NULL, &size);
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		struct error err = {0};
		struct given g = {.full = false};
		enum status status = sandbox_enter(&ends[1], 1, EXTRACT_MEMORY + (uint64_t)EXTRACT_SIZE_MAX, &err);
		if (!status)
			status = extract(slice_of(bytes, size), "00", take, &g, &err);
		int n = snprintf(told, sizeof told, "%zu rows, status %d", g.rows[TABLE_ATTEMPT], (int)status);
		_exit(write(ends[1], told, (size_t)n) == n ? 0 : 1);
	}
	close(ends[1]);
	assert_true(read(ends[0], told, sizeof told - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_string_equal(told, "300 rows, status 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(all_rows_are_given),
		scratch_test(text_that_no_store_takes_is_made_fit),
		scratch_test(what_is_none_is_refused),
		scratch_test(rows_of_another_kind_are_told_apart),
		scratch_test(a_broken_file_is_no_harm),
		scratch_test(a_reader_that_fails_ends_it),
		scratch_test(it_needs_no_rights),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
