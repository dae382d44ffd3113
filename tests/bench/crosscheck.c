/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging for timing: attempts of a session against the entries of its log. The database
 * is made first, as ingesting leaves it, so that making it does not count.
 *
 *   crosscheck --make DB ATTEMPTS ENTRIES    one attempt in five leaves the machine
 *   crosscheck DB                            prints seconds: to judge it, to judge it again,
 *                                            of the cross-check alone; and confirmed pairs
 */
#include "analysis/steps.h"
#include "core/clock.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

static void run(struct store *store, const char *sql)
{
	char *why = NULL;
	if (sqlite3_exec(sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE)), sql, NULL, NULL, &why) != SQLITE_OK)
		die("%s: %s", why, sql);
}

static void must(enum status status, const struct error *err)
{
	if (status)
		die("%s", err->text);
}

/* An hour, 50 processes, 40,000 destinations; entries a millisecond late, a second ahead. */
static void make(const char *path, uint64_t attempts, uint64_t entries)
{
	struct error err = {0};
	struct store *store = NULL;
	AUTO_TEXT struct text t = text_make(1 << 16);
	must(store_open(path, STORE_NEW, &store, &err), &err);
	text_add_string(&t, "BEGIN; INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'evidence.ndjson', 'evidence', 1, '');"
		"INSERT INTO session VALUES ('watch_from_ns', '1700000000000000000'), ('watch_to_ns', '1700003600000000000');"
		"INSERT INTO app_log (id, app, path, role, copied_from, before_bytes, after_bytes, change) VALUES (1, 'agent', '/log', 'audit', 0, 0, 9, 'appended');"
		"INSERT INTO process (id, pid, ppid, uid, comm, exe, in_cgroup, in_tree, first_ns)"
		" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
		" SELECT i, 1000 + i, 1, 1000, 'agent', '/opt/agent', 1, 1, 1700000000000000000 FROM n;");
	text_addf(&t, "INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, pid, tid, uid, comm, process, in_cgroup,"
		      " in_tree, in_session, suite, cookie, netns, left_machine, source, record)"
		      " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %llu)"
		      " SELECT i, 1700000000000000000 + i * (3600000000000 / %llu) + i * 7919 %% 100003 * 300, 'kernel', 'connect', 'tcp', 20000 + i %% 40000,"
		      " CASE WHEN i %% 5 = 0 THEN '198.51.' ELSE '127.0.' END || (i / 5 %% 200) || '.' || (1 + i / 1000 %% 200), 443, 'ok', 1001 + i %% 50,"
		      " 1001 + i %% 50, 1000, 'agent', 1 + i %% 50, 1, 1, 1, 0, i, 1, i %% 5 = 0, 1, i FROM n;", (unsigned long long)attempts, (unsigned long long)attempts);
	text_addf(&t, "INSERT INTO app_event (log, line, time_ns, process, pid, dst, dport, proto, disposition, text)"
		      " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %llu)"
		      " SELECT 1, i, time_ns + 1001000000, 'agent', pid, dst, dport, proto, 'allowed', 'a line of the log' FROM n JOIN attempt a"
		      " ON a.id = n.i * %llu; COMMIT;", (unsigned long long)entries, (unsigned long long)(attempts / (entries ? entries : 1)));
	run(store, text_string(&t));
	must(store_close(&store, &err), &err);
}

/* The whole of it: classes, purposes, the logs, checks and the verdict. */
static double judge_it(const char *path)
{
	struct error err = {0};
	struct store *store = NULL;
	enum verdict verdict;
	int64_t begun = clock_mono();
	must(store_open(path, STORE_WRITE, &store, &err), &err);
	must(judge(store, NULL, &verdict, &err), &err);
	must(store_close(&store, &err), &err);
	return (double)(clock_mono() - begun) / 1e9;
}

static void time_it(const char *path)
{
	static const enum query log_checks[] = {
		QUERY_CHECK_LOG_CONTRADICTED, QUERY_CHECK_LOG_TIME, QUERY_CHECK_LOG_CLOCK, QUERY_CHECK_LOG_UNREPORTED, QUERY_CHECK_LOG_UNOBSERVED,
	};
	struct error err = {0};
	struct store *store = NULL;
	int64_t rows = 0;
	double first = judge_it(path), again = judge_it(path);
	must(store_open(path, STORE_WRITE, &store, &err), &err);
	run(store, "DELETE FROM match; DELETE FROM finding;");
	int64_t begun = clock_mono();
	must(store_begin(store, &err), &err);
	must(match(store, &err), &err);
	must(steps_run(store, log_checks, LENGTH(log_checks), &err), &err);
	must(store_commit(store, &err), &err);
	int64_t ended = clock_mono();
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE)),
			       "SELECT count(*) FROM match WHERE outcome = 'confirmed'", -1, &q, NULL) != SQLITE_OK)
		die("cannot count");
	must(store_number(q, &rows, &err), &err);
	sqlite3_finalize(q);
	printf("%.3f %.3f %.3f %lld\n", first, again, (double)(ended - begun) / 1e9, (long long)rows);
	must(store_close(&store, &err), &err);
}

int main(int argc, char *argv[])
{
	uint64_t attempts = 0, entries = 0;
	if (argc == 5 && !strcmp(argv[1], "--make") && slice_u64(slice_of_string(argv[3]), UINT32_MAX, &attempts) &&
	    slice_u64(slice_of_string(argv[4]), attempts, &entries))
		make(argv[2], attempts, entries);
	else if (argc == 2)
		time_it(argv[1]);
	else
		die("usage: crosscheck [--make] DB [ATTEMPTS ENTRIES]");
	return 0;
}
