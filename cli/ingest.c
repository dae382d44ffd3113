/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "core/json.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
	struct common common;
	const char *db, *as;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--db", 0, "FILE", ARGUMENT_TEXT, AT(db), "the database; made where it is not there (audit.db)"},
	{"--as", 0, "READER", ARGUMENT_TEXT, AT(as), "read it by this reader (list readers)"},
};

struct totals {
	struct json json;
	const struct settings *settings;
};

static enum status read_one(struct store *store, const char *path, struct totals *t, struct error *err)
{
	struct ingest_result result;
	enum status status = ingest_file(store, AT_FDCWD, path, t->settings->as, &result, err);
	if (status)
		return status;
	json_begin_object(&t->json, NULL);
	json_add_string(&t->json, "file", path);
	json_add_string(&t->json, "reader", result.reader);
	json_add_u64(&t->json, "records", result.records);
	json_add_u64(&t->json, "bytes", result.bytes);
	json_end_object(&t->json);
	if (!t->settings->common.json && !t->settings->common.quiet)
		printf("%s: %s, %llu records, %llu bytes\n", path, result.reader,
		       (unsigned long long)result.records, (unsigned long long)result.bytes);
	return OK;
}

static enum status read_all(const char *db, char *files[], size_t count, struct totals *t,
			    struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	bool there = access(db, F_OK) == 0;
	enum status status = store_open(db, there ? STORE_WRITE : STORE_NEW, &store, err);
	if (!status)
		status = store_begin(store, err);
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

/* A session folder is read as a whole, with what judges it. */
static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
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
	for (size_t i = 0; i < count; i++)
		if (is_folder(argv[i])) {
			fail(err, ERR_USAGE, "%s is a folder; a session folder goes to airgap-verify crosscheck",
			     argv[i]);
			return 0;
		}
	struct totals t = {json_on(&out), &s};
	json_begin_array(&t.json, NULL);
	if (read_all(s.db ? s.db : "audit.db", argv, count, &t, err))
		return 0;
	json_end_array(&t.json);
	if (s.common.json)
		printf("%s\n", text_string(&out));
	return 0;
}

const struct command command_ingest = {
	.name = "ingest",
	.usage = "[options] FILE…",
	.summary = "read captures and logs into a database",
	.details = "Each FILE is recognised by its content (- is standard input); either all of them are\n"
		   "read or none. What could not be read is counted in the table skipped.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
