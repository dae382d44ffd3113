/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session folder into a database of its own: the raw files in a fixed order, so
 * that the same folder gives the same bytes.
 */
#include "ingest/ingest.h"
#include "ingest/kept.h"
#include "ingest/registry.h"
#include "ingest/session_capture.h"
#include "ingest/tool_output.h"

#include "core/arena.h"
#include "core/auto.h"
#include "core/capture_name.h"
#include "core/file.h"
#include "core/hash.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { LISTING_MAX = 256 << 20, NAME_MAX_BYTES = 256 };

#define TRACE_SUFFIX ".etl"

static bool is_there(int folder, const char *path)
{
	return faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static enum status read_file(struct store *store, int folder, const char *path, const char *as,
			     struct error *err)
{
	struct ingest to = {.path = path};
	struct ingest_result result;
	const struct ingest_options how = {.as = as};
	return is_there(folder, path) ? ingest_read(store, &to, folder, &how, &result, err) : OK;
}

struct log {
	int64_t id;
	char copy[256];
	uint64_t from, before, after;
};

static enum status set_problem(struct store *store, int64_t log, const char *problem,
			       struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_APP_LOG_PROBLEM);
	store_bind_i64(q, 1, log);
	store_bind_text(q, 2, problem);
	return store_run(q, err);
}

/* A log that nobody can read is no failure of ours: it is noted, and the verdict
 * knows. Failures of the store and of reading remain failures. */
static enum status read_log(struct store *store, int folder, const struct log *log,
			    const struct ingest_logs *logs, struct error *err)
{
	struct ingest to = {
		.path = log->copy,
		.app_log = log->id,
		.of_session = true,
		.from_byte = log->before - log->from,
		.to_byte = log->after - log->from,
	};
	struct ingest_result result;
	if (log->after <= log->before || log->before < log->from)
		return OK; /* nothing was written during the session */
	if (strncmp(log->copy, "applogs/", 8) != 0 || strchr(log->copy + 8, '/'))
		return set_problem(store, log->id, "its copy does not stand in applogs/", err);
	struct error why = {0};
	/* whatever it looks like: it can tell of nothing but what an application says */
	const struct ingest_options how = {.kinds = ROW_WRITES_LOG, .logs = logs};
	enum status status = ingest_read(store, &to, folder, &how, &result, &why);
	if (status == ERR_MALFORMED || status == ERR_NO_INPUT || status == ERR_PERMISSION)
		return set_problem(store, log->id, why.text, err);
	if (status)
		*err = why;
	return status;
}

static enum status next_log(struct store *store, struct log *log, bool *ret_more, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_APP_LOG_NEXT);
	store_bind_i64(q, 1, log->id);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more) {
		log->id = store_i64(q, 0);
		slice_to_string(store_slice(q, 1), log->copy, sizeof log->copy);
		log->from = (uint64_t)store_i64(q, 2);
		log->before = (uint64_t)store_i64(q, 3);
		log->after = (uint64_t)store_i64(q, 4);
	}
	sqlite3_reset(q);
	return status;
}

/* The zone that the session was started with, where nobody names another one now. */
static enum status session_zone(struct store *store, struct zone *zone, const struct zone **ret, struct error *err)
{
	char name[ZONE_NAME_MAX];
	enum status status = store_session_value(store, "log_timezone", name, sizeof name, err);
	*ret = NULL;
	if (status || !name[0])
		return status;
	*ret = zone;
	status = zone_find(name, zone, err);
	return status ? fail_in(err, "session.json: log_timezone") : OK;
}

static enum status read_logs(struct store *store, int folder, const struct ingest_logs *said,
			     struct error *err)
{
	struct log log = {0};
	bool more = true;
	struct descriptions *known = NULL;
	struct zone *zone = must_alloc(1, sizeof *zone);
	enum status status = kept_read(store, folder, said ? said->known : NULL, &known, err);
	struct ingest_logs logs = {known, said ? said->zone : NULL};
	if (!status && !logs.zone)
		status = session_zone(store, zone, &logs.zone, err);
	while (!status) {
		status = next_log(store, &log, &more, err);
		if (status || !more)
			break;
		status = read_log(store, folder, &log, &logs, err);
	}
	descriptions_free(known);
	free(zone);
	return status;
}

/* The raw trace of Windows beside the evidence tells what that tells already: it is kept
 * for other tools, and read only where no event went into the evidence. */
static enum status read_trace(struct store *store, int folder, struct error *err)
{
	char name[NAME_MAX_BYTES];
	int64_t told = 0;
	enum status status = store_session_value(store, "trace", name, sizeof name, err);
	if (status || name[0] == '.' || strchr(name, '/') || !slice_ends(slice_of_string(name), TRACE_SUFFIX))
		return status;
	status = store_number(store_query(store, QUERY_TRACE_TOLD), &told, err);
	return status || told ? status : read_file(store, folder, name, "etl", err);
}

static const char *what_is(const char *path)
{
	static const struct {
		const char *prefix, *what;
	} kinds[] = {
		{"session.json", "session facts"}, {"evidence.ndjson", "evidence log"}, {"tools/", "output of a system tool"},
		{"applogs/", "application log, as it stood"}, {KEPT_FOLDER "/", "description of a log's format"},
		{"challenge.ndjson", "what was tried, as the prober tells"},
		{"posture.ndjson", "how the machine was set up"},
		{"endpoints.d/", "rules of what connections are for"},
		{"controls.d/", "frameworks of the site's own"},
		{"bench/run.ndjson", "the benchmark of models, as its runner tells"},
		{"past.ndjson", "what earlier sessions of this host found"},
		{"audit.ndjson", "what the scheduled audit knew of the last ones"},
	};
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (!strncmp(path, kinds[i].prefix, strlen(kinds[i].prefix)))
			return kinds[i].what;
	if (capture_number(slice_of_string(path)))
		return "packet capture";
	bool trace = slice_ends(slice_of_string(path), TRACE_SUFFIX) && !strchr(path, '/');
	return trace ? "event trace of Windows" : NULL;
}

/* As its reader found it, or from the file where none read it. */
static enum status find_hash(struct store *store, int folder, const char *path,
			     char ret[static HASH_TEXT_MAX], struct error *err)
{
	unsigned char digest[HASH_SIZE];
	bool known;
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_HASH);
	store_bind_text(q, 1, path);
	enum status status = store_step(q, &known, err);
	known = !status && known && slice_to_string(store_slice(q, 0), ret, HASH_TEXT_MAX);
	sqlite3_reset(q);
	if (status || known)
		return status;
	AUTO_FD int fd = -1;
	status = file_open(folder, path, &fd, err);
	if (!status)
		status = hash_fd(fd, digest, NULL, err);
	if (!status)
		hash_text(digest, ret);
	return status;
}

static enum status note_artifact(struct store *store, int folder, const struct file_entry *entry,
				 const char *what, struct error *err)
{
	char text[HASH_TEXT_MAX];
	enum status status = find_hash(store, folder, entry->path, text, err);
	if (status)
		return status;
	sqlite3_stmt *q = store_query(store, QUERY_ARTIFACT_INSERT);
	store_bind_text(q, 1, entry->path);
	store_bind_i64(q, 2, (int64_t)entry->size);
	store_bind_text(q, 3, text);
	store_bind_text(q, 4, what);
	return store_run(q, err);
}

static enum status note_artifacts(struct store *store, int folder, struct error *err)
{
	struct arena *arena = arena_new(LISTING_MAX);
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = file_list(folder, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		const char *what = what_is(entries[i].path);
		if (what && entries[i].regular)
			status = note_artifact(store, folder, &entries[i], what, err);
	}
	arena_free(arena);
	return status;
}

static enum status read_all(struct store *store, int folder, const struct ingest_logs *logs,
			    struct error *err)
{
	enum status status = store_begin(store, err);
	if (!status)
		status = read_file(store, folder, "session.json", "session", err);
	if (!status)
		status = read_file(store, folder, "evidence.ndjson", "evidence", err);
	if (!status)
		status = session_capture_read(store, folder, err);
	if (!status)
		status = read_trace(store, folder, err);
	if (!status)
		status = read_file(store, folder, "challenge.ndjson", "challenge", err);
	if (!status)
		status = read_file(store, folder, "audit.ndjson", "audit", err); /* which names logs too */
	if (!status)
		status = read_logs(store, folder, logs, err);
	if (!status)
		status = tool_output_read(store, folder, err);
	if (!status)
		status = read_file(store, folder, "posture.ndjson", "posture", err);
	if (!status)
		status = read_file(store, folder, "bench/run.ndjson", "benchmark", err);
	if (!status)
		status = read_file(store, folder, "past.ndjson", "past", err);
	if (!status)
		status = note_artifacts(store, folder, err);
	return status ? status : store_commit(store, err);
}

enum status ingest_session(int folder, const char *db, struct error *err)
{
	return ingest_session_of(folder, db, NULL, err);
}

enum status ingest_session_of(int folder, const char *db, const struct ingest_logs *logs,
			      struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	/* a benchmark that nobody watched is told as such by the checks */
	if (!is_there(folder, "evidence.ndjson") && (is_there(folder, "session.json") || !is_there(folder, "bench/run.ndjson")))
		return fail(err, ERR_NO_INPUT, "no session folder: it holds no evidence.ndjson");
	enum status status = store_open(db, STORE_NEW, &store, err);
	if (!status)
		status = read_all(store, folder, logs, err);
	return status ? status : store_close(&store, err);
}
