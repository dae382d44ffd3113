/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/cases/mutate.h"
#include "tests/unit/direct.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static sqlite3 *database(struct store *store)
{
	return sqlite3_db_handle(store_query(store, QUERY_INGEST_NEXT));
}

static void look(struct worker *w, uint64_t up_to, struct outcome *ret)
{
	static const char sql[] =
		"SELECT first_packet, packets_out + packets_in, proto || ' ' || min(a, b) || ' ' || max(a, b)"
		" FROM (SELECT *, src || '#' || coalesce(sport, '') AS a,"
		" dst || '#' || coalesce(dport, '') AS b FROM flow) GROUP BY id ORDER BY id";
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(database(w->store), sql, -1, &q, NULL) != SQLITE_OK)
		die("%s", sqlite3_errmsg(database(w->store)));
	ret->count = 0;
	while (ret->count < FLOWS_MAX_SEEN && sqlite3_step(q) == SQLITE_ROW) {
		struct seen *s = &ret->flows[ret->count];
		s->first_packet = store_i64(q, 0);
		s->packets = store_i64(q, 1);
		snprintf(s->key, sizeof s->key, "%s", store_text(q, 2));
		ret->count += s->first_packet < (int64_t)up_to;
	}
	sqlite3_finalize(q);
}

static uint64_t count_lookups(struct worker *w, uint64_t up_to)
{
	sqlite3_stmt *q = NULL;
	uint64_t count = 0;
	if (sqlite3_prepare_v2(database(w->store), "SELECT count(*) FROM dns WHERE packet < ?1", -1, &q,
			       NULL) != SQLITE_OK)
		die("%s", sqlite3_errmsg(database(w->store)));
	store_bind_i64(q, 1, (int64_t)up_to);
	if (sqlite3_step(q) == SQLITE_ROW)
		count = (uint64_t)store_i64(q, 0);
	sqlite3_finalize(q);
	return count;
}

void mutant_read(struct worker *w, struct slice bytes, uint64_t up_to, struct outcome *ret)
{
	struct error err = {0};
	struct ingest to = {.source = 1, .path = "mutant"};
	ret->records = 0;
	if (direct_read(w->store, &to, w->capture->reader, bytes, &ret->records, &err))
		die("%s job %" PRIu64 ": %s", w->capture->name, *w->job, err.text);
	look(w, up_to ? up_to : ret->records, ret);
	ret->lookups = count_lookups(w, up_to ? up_to : ret->records);
	sqlite3_exec(database(w->store),
		     "DELETE FROM flow; DELETE FROM dns; DELETE FROM name; DELETE FROM skipped", NULL,
		     NULL, NULL);
}

static const struct seen *find(const struct outcome *o, const struct seen *wanted)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->flows[i].first_packet == wanted->first_packet &&
		    !strcmp(o->flows[i].key, wanted->key))
			return &o->flows[i];
	return NULL;
}

void mutant_compare(const struct worker *w)
{
	for (size_t i = 0; i < w->before.count; i++) {
		const struct seen *wanted = &w->before.flows[i], *got = find(&w->now, wanted);
		if (!got || got->packets < wanted->packets - 1)
			die("%s job %" PRIu64 ": damage at %zu, but the flow %s of packet %" PRId64 " %s",
			    w->capture->name, *w->job, w->damage, wanted->key, wanted->first_packet,
			    got ? "has fewer packets" : "is gone");
	}
	if (w->now.lookups < w->before.lookups)
		die("%s job %" PRIu64 ": damage at %zu, but lookups before it are gone",
		    w->capture->name, *w->job, w->damage);
}
