/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FLEET_BUNDLES_H
#define TESTS_UNIT_FLEET_BUNDLES_H

/*
 * Sealed bundles of hosts and nights that never were, for what takes many of them in. Made by
 * the code that makes real ones, of a session that has a database and little else. Ends the
 * process where one cannot be made.
 */

#include "core/auto.h"
#include "core/file.h"
#include "core/store.h"
#include "report/bundle.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FLEET_FIRST INT64_C(1764554400000000000) /* 2025-12-01 02:00:00 UTC */
#define FLEET_DAY (86400 * INT64_C(1000000000))
#define FLEET_HALF_HOUR (1800 * INT64_C(1000000000))

struct fleet_bundle {
	const char *host, *session, *verdict;
	int64_t began_ns; /* it lasts half an hour */
	unsigned attempts;
	const char *sql; /* more of its database; NULL */
};

static inline void fleet_must(enum status status, const struct error *err)
{
	if (status)
		die("a bundle cannot be made: %s", err->text);
}

static inline void fleet_database(const char *path, const struct fleet_bundle *b)
{
	struct store *store = NULL;
	struct error err = {0};
	sqlite3 *db = NULL;
	char *problem = NULL;
	AUTO_TEXT struct text sql = text_make(1 << 20);
	const int64_t from = b->began_ns, to = from + FLEET_HALF_HOUR;
	fleet_must(store_open(path, STORE_NEW, &store, &err), &err);
	fleet_must(store_close(&store, &err), &err);
	text_addf(&sql,
		  "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN;"
		  "INSERT INTO session (name, value) VALUES ('id', '%s'), ('host', '%s'), ('scope', 'host');"
		  "INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'evidence.ndjson', 'evidence', 1, '00');"
		  "INSERT INTO image (id, path, size, sha256) VALUES (1, '/usr/bin/node', 1, '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');"
		  "INSERT INTO process (id, pid, ppid, uid, comm, exe, image, in_cgroup, in_tree, first_ns)"
		  " VALUES (1, 4711, 1, 1000, 'node', '/usr/bin/node', 1, 1, 1, %lld), (2, 4712, 4711, 1000, 'git', '/usr/bin/git', NULL, 1, 1, %lld);"
		  "INSERT INTO verdict VALUES ('%s', 'host', %lld, %lld, 'as it was made up');"
		  "INSERT INTO witness (name, state, canaries, required, detail, remedy) VALUES ('kernel', 'on', 1, 1, '', '');"
		  "INSERT INTO coverage VALUES ('kernel', %lld, %lld, 'seeing', 0);"
		  "INSERT INTO control (framework, control, objective, evidence_kind, strength, status, findings, title, missing, limits, person, examine)"
		  " VALUES ('cmmc-l2', 'SC.L2-3.13.1', 'a', 'egress', 'strong', 'evidence shows it', '[]', 'Boundary', '', '', '', '');",
		  b->session, b->host, (long long)from, (long long)from, b->verdict, (long long)from, (long long)to, (long long)from, (long long)to);
	text_addf(&sql,
		  "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %u)"
		  "INSERT INTO attempt (id, time_ns, witness, call, proto, src, sport, dst, dport, outcome, pid, tid, uid, comm, process,"
		  " in_cgroup, in_tree, in_session, suite, bytes_out, bytes_in, left_machine, class, vector, leaves, allowed, source, record, name)"
		  "SELECT i + 1, %lld + i * 1000, 'kernel', CASE i %% 3 WHEN 0 THEN 'sendto' ELSE 'connect' END, 'tcp', '10.0.0.7', 32768 + i %% 28000,"
		  " CASE WHEN i %% 10 < 8 THEN '127.0.0.1' ELSE '203.0.113.' || (i / 10 %% 200 + 1) END, CASE WHEN i %% 10 < 8 THEN 11434 + i %% 7 ELSE 443 END,"
		  " 'ok', 4711, 4711 + i %% 50, 1000, 'node', 1 + i %% 2, 1, 1, 1, 0, 1200 + i %% 900, 5000, i %% 10 >= 8,"
		  " CASE WHEN i %% 10 < 8 THEN 'loopback' ELSE 'public' END, CASE WHEN i %% 10 < 8 THEN NULL WHEN i %% 20 < 10 THEN 'telemetry' ELSE 'update' END,"
		  " i %% 10 >= 8, 0, 1, i + 1, CASE WHEN i %% 10 = 9 THEN 'host' || (i / 10 %% 200 + 1) || '.example.net' END FROM n;"
		  "INSERT INTO finding (severity, effect, check_id, title, detail, evidence, remedy)"
		  " SELECT 'high', '%s', CASE '%s' WHEN 'FAIL' THEN 'egress' ELSE 'loss' END, 'made up', 'made up', '{}', 'none' WHERE '%s' <> 'PASS';%s;COMMIT",
		  b->attempts, (long long)from, b->verdict, b->verdict, b->verdict, b->sql ? b->sql : "");
	if (!b->attempts || sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, text_string(&sql), NULL, NULL, &problem) != SQLITE_OK)
		die("%s: %s", path, problem ? problem : "no attempts");
	sqlite3_close(db);
}

/* Writes AGV_…zip into the folder; `ret` gets its path. */
static inline void fleet_bundle_make(const char *folder, const struct fleet_bundle *b, const struct signing *signing,
				     char ret[static FILE_PATH_MAX])
{
	struct error err = {0};
	char session[FILE_PATH_MAX], path[FILE_PATH_MAX + 16], top[BUNDLE_NAME_MAX], name[BUNDLE_NAME_MAX + 4];
	const int64_t to = b->began_ns + FLEET_HALF_HOUR;
	AUTO_FD int into = -1;
	AUTO_FD int of = -1;
	struct seal_facts facts = {.session_id = b->session, .verdict = b->verdict, .tool_version = "0.1.0", .user = "ann", .host = b->host,
				   .now_ns = to + 5, .from_ns = b->began_ns, .to_ns = to};
	snprintf(session, sizeof session, "%s/session.%s.d", folder, b->session);
	fleet_must(file_open_folder(AT_FDCWD, folder, &into, &err), &err);
	fleet_must(file_make_folder(AT_FDCWD, session, &of, &err), &err);
	snprintf(path, sizeof path, "%s/audit.db", session);
	fleet_database(path, b);
	fleet_must(file_write(of, "session.json", SLICE("{}\n"), &err), &err);
	fleet_must(seal_folder(of, signing, &facts, &err), &err);
	bundle_name("Example", "build", b->host, b->began_ns, to, b->session, top);
	snprintf(name, sizeof name, "%s.zip", top);
	facts.reason = "bundled";
	const struct bundle_request r = {of, into, name, top, "{}\n", "{}\n", signing, &facts, NULL};
	fleet_must(bundle_write(&r, &err), &err);
	bundle_remove(of);
	snprintf(ret, FILE_PATH_MAX, "%s/%s", folder, name);
}

#endif
