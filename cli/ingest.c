/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/logs.h"
#include "cli/progress.h"
#include "cli/told_host.h"
#include "core/address.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/json.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
	struct common common;
	const char *db, *as, *filter;
	struct argument_list hosts;
	struct log_options logs;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--db", 0, "FILE", ARGUMENT_TEXT, AT(db), "the database; made where it is not there (audit.db)"},
	{"--as", 0, "READER", ARGUMENT_TEXT, AT(as), "read it by this reader (list readers)"},
	{"--filter", 0, "EXPR", ARGUMENT_TEXT, AT(filter), "of captures, only the packets that EXPR describes (pcap-filter(7))"},
	{"--host", 0, "ADDR", ARGUMENT_LIST, AT(hosts), "an address of the watched machine: tells out from in"},
	{"--log-description", 0, "FILE", ARGUMENT_LIST, AT(logs.descriptions),
	 "a format of logs besides those of list readers"},
	{"--timezone", 0, "ZONE", ARGUMENT_TEXT, AT(logs.timezone),
	 "of times in logs that tell none: ±HH:MM, UTC or a name such as Europe/Berlin"},
};

struct totals {
	struct json json;
	const struct ingest_logs *logs;
	const struct settings *settings;
	struct progress_line line;
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

static bool tell(void *line, uint64_t bytes)
{
	progress_at(line, bytes);
	return interrupted == 0;
}

static uint64_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

/* What of a file could not be read, by reason. */
static enum status show_skipped(struct store *store, int64_t source, struct totals *t, struct error *err)
{
	bool row = true, print = !t->settings->common.json && !t->settings->common.quiet;
	sqlite3_stmt *q = store_query(store, QUERY_SKIPPED_OF_SOURCE);
	store_bind_i64(q, 1, source);
	enum status status = store_step(q, &row, err);
	json_begin_array(&t->json, "skipped");
	for (; !status && row; status = store_step(q, &row, err)) {
		json_begin_object(&t->json, NULL);
		json_add_slice(&t->json, "reason", store_slice(q, 0));
		json_add_u64(&t->json, "count", (uint64_t)store_i64(q, 1));
		json_add_u64(&t->json, "first_record", (uint64_t)store_i64(q, 2));
		json_end_object(&t->json);
		if (print)
			printf("  not read: %lld: %s (first: record %lld)\n", (long long)store_i64(q, 1),
			       store_text(q, 0), (long long)store_i64(q, 2));
	}
	json_end_array(&t->json);
	sqlite3_reset(q);
	return status;
}

static enum status read_one(struct store *store, const char *path, struct totals *t, struct error *err)
{
	struct ingest_result result;
	const struct ingest_options how = {
		.as = t->settings->as,
		.filter = t->settings->filter,
		.logs = t->logs,
		.progress = {tell, &t->line},
	};
	progress_next(&t->line, path, size_of(path));
	enum status status = ingest_file(store, AT_FDCWD, path, &how, &result, err);
	progress_clear(&t->line);
	if (status)
		return status;
	json_begin_object(&t->json, NULL);
	json_add_string(&t->json, "file", path);
	json_add_string(&t->json, "reader", result.reader);
	json_add_u64(&t->json, "records", result.records);
	json_add_u64(&t->json, "bytes", result.bytes);
	if (!t->settings->common.json && !t->settings->common.quiet)
		printf("%s: %s, %llu records, %llu bytes\n", path, result.reader,
		       (unsigned long long)result.records, (unsigned long long)result.bytes);
	status = show_skipped(store, result.source, t, err);
	if (!status)
		status = told_host_show(store, result.source, !t->settings->common.json && !t->settings->common.quiet,
					&t->json, err);
	json_end_object(&t->json);
	return status;
}

/* As if the evidence had told them: of no interface, and from the beginning. */
static enum status add_hosts(struct store *store, const struct argument_list *hosts, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < hosts->count && !status; i++) {
		struct address a;
		char text[ADDRESS_TEXT_MAX];
		if (!address_parse(slice_of_string(hosts->at[i]), &a))
			return fail(err, ERR_USAGE, "--host %s is no address", hosts->at[i]);
		address_text(&a, text);
		sqlite3_stmt *q = store_query(store, QUERY_HOST_ADDRESS_INSERT);
		store_bind_text(q, 1, text);
		store_bind_i64(q, 2, 0);
		store_bind_text(q, 3, "");
		store_bind_i64(q, 4, 0);
		status = store_run(q, err);
	}
	return status;
}

static enum status read_all(const char *db, char *files[], size_t count, struct totals *t,
			    struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	bool there = access(db, F_OK) == 0;
	enum status status = store_open(db, there ? STORE_WRITE : STORE_NEW, &store, err);
	if (!status)
		status = store_begin(store, err);
	if (!status)
		status = add_hosts(store, &t->settings->hosts, err);
	for (size_t i = 0; i < count && !status; i++)
		status = read_one(store, files[i], t, err);
	if (!status)
		status = store_commit(store, err);
	if (!status)
		status = store_close(&store, err);
	if (status && !there) {
		store_abandon(&store);
		unlink(db); /* ours, and of no use: all or nothing */
	}
	return status;
}

/* The raw files of a session, in their order, into a database of its own. */
static enum status read_session(const char *db, const char *path, const struct settings *s,
				const struct ingest_logs *logs, struct error *err)
{
	AUTO_FD int folder = -1;
	bool there = access(db, F_OK) == 0;
	enum status status = file_open_folder(AT_FDCWD, path, &folder, err);
	if (!status)
		status = ingest_session_of(folder, db, logs, err);
	if (status && !there)
		unlink(db);
	if (status)
		return fail_in(err, "%s", path);
	if (!s->common.quiet && !s->common.json)
		printf("%s: a session, read into %s; airgap-verify crosscheck %s judges it\n", path, db, db);
	if (s->common.json) {
		AUTO_TEXT struct text out = text_make(1 << 16);
		struct json j = json_on(&out);
		json_begin_array(&j, NULL);
		json_begin_object(&j, NULL);
		json_add_string(&j, "file", path);
		json_add_string(&j, "reader", "session folder");
		json_end_object(&j);
		json_end_array(&j);
		printf("%s\n", text_string(&out));
	}
	return OK;
}

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Nothing of it was kept; who waits for this process is to see why it ended. */
static void end_by_signal(const struct error *err)
{
	fprintf(stderr, "airgap-verify: %s: nothing was kept\n", err->text);
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	AUTO_TEXT struct text out = text_make(64 << 20);
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count == 0) {
		fail(err, ERR_USAGE, "ingest: no FILE is named");
		return 0;
	}
	AUTO_LOGS struct logs logs = {0};
	if (logs_load(&s.logs, &logs, err))
		return 0;
	const char *db = s.db ? s.db : "audit.db";
	if (count == 1 && is_folder(argv[0])) {
		enum status read = read_session(db, argv[0], &s, &logs.logs, err);
		return read ? error_exit(read) : 0;
	}
	for (size_t i = 0; i < count; i++)
		if (is_folder(argv[i])) {
			fail(err, ERR_USAGE, "%s is a folder: a session is read by itself", argv[i]);
			return 0;
		}
	struct totals t = {json_on(&out), &logs.logs, &s, progress_start(s.common.quiet)};
	json_begin_array(&t.json, NULL);
	const struct sigaction action = {.sa_handler = on_signal};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	enum status status = read_all(db, argv, count, &t, err);
	if (status && interrupted)
		end_by_signal(err);
	if (status)
		return 0;
	json_end_array(&t.json);
	if (s.common.json)
		printf("%s\n", text_string(&out));
	return 0;
}

const struct command command_ingest = {
	.name = "ingest",
	.usage = "[options] FILE…|DIR",
	.summary = "read captures and logs into a database",
	.details = "Each FILE is recognised by its content (- is standard input); either all of them are\n"
		   "read or none. What could not be read is counted and said, and stands in the table\n"
		   "skipped. --filter leaves packets out, which counts as not read. DIR is a session folder,\n"
		   "whose raw files are read into a database that is not there yet.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
