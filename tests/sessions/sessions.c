/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judges sessions of which the truth is known (plan.h), one of each kind by turns:
 *
 *   sessions [COUNT [SEED]]    100 from seed 1, where nothing is said
 *
 * Fails where one is PASS that must not be, where a lie is not called so, but for those
 * that the truth itself hides (plan_reading.c), where a silence is not found, or more than
 * one session in a thousand is FAIL without a reason. Every eighth goes through a session
 * folder and the readers, as far as the folder can hold it.
 */
#include "tests/sessions/write.h"

#include "analysis/judge.h"
#include "core/auto.h"
#include "ingest/ingest.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FOLDERS = 8 };

struct tally {
	unsigned sessions, folders, verdicts[3];
	unsigned false_pass, false_fail, honest, undecided; /* undecided: honest, whole, and not PASS */
	unsigned lies, hidden; /* hidden: by the truth, from every judge; see plan_reading.c */
	unsigned called, doubted; /* called a lie; not, but held to be undecidable */
	unsigned swapped; /* sessions whose lies are all hidden, and PASS */
	unsigned silent, silent_found;
	unsigned missed; /* sessions where one of these was not found */
};

static int64_t number(struct store *store, const char *sql)
{
	sqlite3_stmt *q = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW)
		die("%s: %s", sql, sqlite3_errmsg(db));
	int64_t value = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return value;
}

/* What a folder cannot hold: lookups, and what JSON lines do not tell. */
static bool fits_a_folder(const struct plan *p)
{
	for (size_t i = 0; i < p->entry_count; i++) {
		const struct plan_entry *e = &p->entries[i];
		if (e->count || e->sport || e->host[0] < '0' || e->host[0] > '9')
			return false;
	}
	return p->kind != PLAN_EYEBALLS && p->fault != FAULT_LOSS;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static struct store *through_folder(const struct plan *p, char *folder)
{
	struct error err = {0};
	struct store *store = NULL;
	char db[128];
	if (!mkdtemp(folder))
		die("cannot make %s", folder);
	AUTO_FD int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(db, sizeof db, "%s/audit.db", folder);
	write_folder(p, fd);
	if (ingest_session(fd, db, &err) || store_open(db, STORE_WRITE, &store, &err))
		die("%s", err.text);
	return store;
}

static struct store *through_rows(const struct plan *p)
{
	struct error err = {0};
	struct store *store = NULL;
	if (store_open(":memory:", STORE_NEW, &store, &err))
		die("%s", err.text);
	write_rows(p, store);
	return store;
}

static void complain(const struct plan *p, struct store *store, enum verdict v, const char *what)
{
	sqlite3_stmt *q = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
	printf("%s: seed %llu (%s): %s\n", what, (unsigned long long)p->seed, plan_names[p->kind], verdict_name(v));
	if (sqlite3_prepare_v2(db, "SELECT effect, title, detail FROM finding WHERE effect <> 'NOTE'", -1, &q, NULL) != SQLITE_OK)
		die("%s", sqlite3_errmsg(db));
	while (sqlite3_step(q) == SQLITE_ROW)
		printf("    %s: %s. %s\n", sqlite3_column_text(q, 0), sqlite3_column_text(q, 1), sqlite3_column_text(q, 2));
	sqlite3_finalize(q);
}

/* Rows of an entry by their outcome or rule; entries that say the same stand for each
 * other. */
static bool is_judged(struct store *store, const struct plan_entry *e, const char *what)
{
	char sql[384];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM match m JOIN app_event e ON e.id = m.app_event WHERE (%s) AND e.time_ns = %lld"
				  " AND coalesce(e.dst, e.host) = '%s' AND e.dport = %u AND e.disposition = '%s'",
		 what, (long long)e->at_ns, e->host, e->port, e->says);
	return number(store, sql) > 0;
}

static void look_for_each(const struct plan *p, struct store *store, struct tally *t)
{
	char sql[256];
	for (size_t i = 0; i < p->entry_count; i++) {
		const struct plan_entry *e = &p->entries[i];
		bool called = e->lie && is_judged(store, e, "m.outcome = 'contradicted'");
		bool doubted = e->lie && !called && is_judged(store, e, "m.rule IN ('ambiguous', 'clock_unknown')");
		t->called += called;
		t->doubted += doubted;
		if (e->lie && !called && !doubted && !p->hidden)
			printf("entry %zu: %s port %u says %s\n", i + 1, e->host, e->port, e->says);
	}
	for (size_t i = 0; i < p->attempt_count; i++)
		if (p->attempts[i].silent) {
			snprintf(sql, sizeof sql, "SELECT count(*) FROM match m JOIN attempt a ON a.id = m.attempt WHERE m.outcome = 'unreported'"
						  " AND a.dst = '%s' AND a.dport = %u", p->attempts[i].dst, p->attempts[i].port);
			t->silent_found += number(store, sql) > 0;
		}
}

static void hold_against_truth(const struct plan *p, struct store *store, enum verdict v, struct tally *t)
{
	bool must_fail = p->egress || p->lies > p->hidden, whole = p->fault == FAULT_NONE;
	bool honest = !must_fail && !p->lies && !p->silent;
	t->verdicts[v]++;
	t->swapped += v == VERDICT_PASS && p->lies && p->lies == p->hidden;
	if (v == VERDICT_PASS && (must_fail || p->silent || !whole)) {
		t->false_pass++;
		complain(p, store, v, "false PASS");
	}
	if (v == VERDICT_FAIL && !must_fail) {
		t->false_fail++;
		complain(p, store, v, "false FAIL");
	}
	t->honest += honest && whole;
	if (honest && whole && v == VERDICT_INCONCLUSIVE) {
		t->undecided++;
		if (getenv("V"))
			complain(p, store, v, "undecided");
	}
	struct tally own = {0};
	look_for_each(p, store, &own);
	t->lies += p->lies;
	t->hidden += p->hidden;
	t->called += own.called;
	t->doubted += own.doubted;
	t->silent += p->silent;
	t->silent_found += own.silent_found;
	if (own.called + p->hidden < p->lies || own.silent_found != p->silent) {
		t->missed++;
		printf("%u of %u lies (%u hidden), %u of %u silences: ", own.called, p->lies, p->hidden,
		       own.silent_found, p->silent);
		complain(p, store, v, "not all found");
	}
}

static void run_one(uint64_t seed, struct tally *t)
{
	struct plan *p = must_alloc(1, sizeof *p);
	struct error err = {0};
	char folder[] = "/tmp/airgap-sessions-XXXXXX";
	enum verdict v = VERDICT_PASS;
	plan_make(p, (enum plan_kind)(seed % PLAN_KINDS), seed);
	bool files = seed % FOLDERS == 0 && fits_a_folder(p);
	struct store *store = files ? through_folder(p, folder) : through_rows(p);
	if (judge(store, NULL, &v, &err))
		die("seed %llu: %s", (unsigned long long)seed, err.text);
	hold_against_truth(p, store, v, t);
	store_abandon(&store);
	if (files)
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	t->folders += files;
	t->sessions++;
	free(p);
}

int main(int argc, char *argv[])
{
	struct tally t = {0};
	uint64_t count = 100, seed = 1;
	if ((argc > 1 && !slice_u64(slice_of_string(argv[1]), UINT32_MAX, &count)) ||
	    (argc > 2 && !slice_u64(slice_of_string(argv[2]), UINT32_MAX, &seed)))
		die("usage: sessions [COUNT [SEED]]");
	for (uint64_t i = 0; i < count; i++)
		run_one(seed + i, &t);
	printf("%u sessions (%u through a folder): %u PASS, %u FAIL, %u INCONCLUSIVE\n", t.sessions, t.folders,
	       t.verdicts[VERDICT_PASS], t.verdicts[VERDICT_FAIL], t.verdicts[VERDICT_INCONCLUSIVE]);
	printf("false PASS %u; %u lies, %u of them hidden: %u called so, %u held to be undecidable; silences found %u of %u\n",
	       t.false_pass, t.lies, t.hidden, t.called, t.doubted, t.silent_found, t.silent);
	printf("hidden lies alone, and PASS: %u; sessions where a lie or a silence was not found: %u\n", t.swapped, t.missed);
	printf("false FAIL %u, %.3f %% (at most 0.1 %%); honest and whole, but undecided: %u of %u\n", t.false_fail,
	       100.0 * t.false_fail / (t.sessions ? t.sessions : 1), t.undecided, t.honest);
	bool good = !t.false_pass && !t.missed && 1000 * t.false_fail <= t.sessions;
	return good && t.sessions ? 0 : 1;
}
