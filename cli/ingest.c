/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/ingest_files.h"
#include "cli/logs.h"
#include "core/address.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/json.h"
#include "ingest/ingest.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
	struct common common;
	const char *db, *as, *filter;
	struct argument_list hosts;
	struct log_options logs;
};

enum { PATHS_MAX = 256 << 20 };

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

static volatile int interrupted;

static void on_signal(int number)
{
	interrupted = number;
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

static enum status read_all(const char *db, const struct argument_list *hosts, struct ingest_files *files,
			    struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	bool there = access(db, F_OK) == 0;
	enum status status = store_open(db, there ? STORE_WRITE : STORE_NEW, &store, err);
	if (!status)
		status = store_begin(store, err);
	if (!status)
		status = add_hosts(store, hosts, err);
	if (!status)
		status = ingest_files_read(files, store, err);
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

static bool is_session(const char *path)
{
	char evidence[FILE_PATH_MAX];
	int size = snprintf(evidence, sizeof evidence, "%s/evidence.ndjson", path);
	return size > 0 && (size_t)size < sizeof evidence && access(evidence, F_OK) == 0;
}

/* The files that are named, or those below the one folder that is. */
static enum status find_files(size_t count, char *argv[], struct arena *arena, struct ingest_files *f,
			      struct error *err)
{
	f->paths = (const char *const *)argv;
	f->count = count;
	f->choosy = true;
	for (size_t i = 0; i < count; i++)
		if (is_folder(argv[i]) && count > 1)
			return fail(err, ERR_USAGE, "%s is a folder: it is read by itself", argv[i]);
	if (!is_folder(argv[0]))
		return OK;
	f->choosy = false;
	enum status status = ingest_files_below(argv[0], arena, &f->paths, &f->count, err);
	return status || f->count ? status : fail(err, ERR_NO_INPUT, "%s: there are no files in it", argv[0]);
}

static enum status read_files(const char *db, size_t count, char *argv[], const struct settings *s,
			      const struct ingest_logs *logs, struct error *err)
{
	AUTO_TEXT struct text out = text_make(256 << 20), said = text_make(256 << 20), notes = text_make(256 << 20);
	struct json json = json_on(&out);
	bool people = !s->common.quiet && !s->common.json;
	struct arena *arena = arena_new(PATHS_MAX);
	const struct sigaction action = {.sa_handler = on_signal};
	struct ingest_files files = {
		.said = people ? &said : NULL,
		.notes = people ? &notes : NULL,
		.how = {.as = s->as, .filter = s->filter, .logs = logs},
		.line = progress_start(s->common.quiet),
		.json = &json,
		.table = ingest_table_new(),
		.interrupted = &interrupted,
	};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	json_begin_array(&json, NULL);
	enum status status = find_files(count, argv, arena, &files, err);
	if (!status)
		status = read_all(db, &s->hosts, &files, err);
	if (status && interrupted)
		end_by_signal(err);
	json_end_array(&json);
	if (!status && s->common.json)
		printf("%s\n", text_string(&out));
	if (!status && people && files.count > 1)
		ingest_table_print(&files.table, &said);
	text_add(&said, text_slice(&notes));
	if (!status)
		fputs(text_string(&said), stdout);
	ingest_table_free(&files.table);
	arena_free(arena);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
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
	bool session = count == 1 && is_folder(argv[0]) && is_session(argv[0]);
	enum status status = session ? read_session(db, argv[0], &s, &logs.logs, err)
				     : read_files(db, count, argv, &s, &logs.logs, err);
	return status ? error_exit(status) : 0;
}

const struct command command_ingest = {
	.name = "ingest",
	.usage = "[options] FILE…|DIR",
	.summary = "read captures and logs into a database",
	.details = "Each FILE is recognised by its content (- is standard input); either all of them are\n"
		   "read or none. What could not be read is counted and said, and stands in the table\n"
		   "skipped. --filter leaves packets out, which counts as not read. Of a folder DIR all files\n"
		   "are read that are recognised, and the others named. A session folder is read by itself\n"
		   "into a database that is not there yet.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
