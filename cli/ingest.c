/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "core/address.h"
#include "core/auto.h"
#include "core/file.h"
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
	struct argument_list hosts;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--db", 0, "FILE", ARGUMENT_TEXT, AT(db), "the database; made where it is not there (audit.db)"},
	{"--as", 0, "READER", ARGUMENT_TEXT, AT(as), "read it by this reader (list readers)"},
	{"--host", 0, "ADDR", ARGUMENT_LIST, AT(hosts), "an address of the watched machine: tells out from in"},
};

struct totals {
	struct json json;
	const struct settings *settings;
};

static enum status count_lost(struct store *store, int64_t source, int64_t *ret, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_LOST);
	store_bind_i64(q, 1, source);
	return store_number(q, ret, err);
}

struct told_host {
	char address[ADDRESS_TEXT_MAX], how[16];
	int64_t flows, of_flows;
};

static enum status next_host(struct store *store, int64_t source, struct told_host *h, bool *ret_more,
			     struct error *err)
{
	char before[ADDRESS_TEXT_MAX];
	memcpy(before, h->address, sizeof before);
	sqlite3_stmt *q = store_query(store, QUERY_CAPTURE_HOST_NEXT);
	store_bind_i64(q, 1, source);
	store_bind_text(q, 2, before);
	enum status status = store_step(q, ret_more, err);
	if (!status && *ret_more) {
		*ret_more = slice_to_string(store_slice(q, 0), h->address, sizeof h->address) &&
			    slice_to_string(store_slice(q, 1), h->how, sizeof h->how);
		h->flows = store_i64(q, 2);
		h->of_flows = store_i64(q, 3);
	}
	sqlite3_reset(q);
	return status;
}

static void print_host(const struct told_host *h)
{
	long long flows = h->flows, of_flows = h->of_flows;
	if (!strcmp(h->how, "guess"))
		printf("  taken as the watched host: %s (a guess: an end of %lld of %lld flows); --host tells it for certain\n",
		       h->address, flows, of_flows);
	else if (!strcmp(h->how, "direction"))
		printf("  taken as the watched host: %s (so the packets are marked in %lld of %lld flows)\n",
		       h->address, flows, of_flows);
	else
		printf("  taken as the watched host: %s (the file gives its interface this address)\n", h->address);
}

/* Whose machine it was, as the capture alone tells. */
static enum status tell_hosts(struct store *store, int64_t source, struct totals *t, struct error *err)
{
	struct told_host h = {.flows = 0};
	bool more = true, printed = !t->settings->common.json && !t->settings->common.quiet;
	enum status status = OK;
	json_begin_array(&t->json, "hosts");
	while (!status && !(status = next_host(store, source, &h, &more, err)) && more) {
		json_begin_object(&t->json, NULL);
		json_add_string(&t->json, "address", h.address);
		json_add_string(&t->json, "how", h.how);
		json_add_u64(&t->json, "flows", (uint64_t)h.flows);
		json_add_u64(&t->json, "of_flows", (uint64_t)h.of_flows);
		json_end_object(&t->json);
		if (printed)
			print_host(&h);
	}
	json_end_array(&t->json);
	return status;
}

static void print_file(const char *path, const struct ingest_result *r, int64_t lost)
{
	printf("%s: %s, %llu records, %llu bytes", path, r->reader, (unsigned long long)r->records,
	       (unsigned long long)r->bytes);
	if (lost)
		printf("; %lld lost or not understood (see the table skipped)", (long long)lost);
	printf("\n");
}

static enum status read_one(struct store *store, const char *path, struct totals *t, struct error *err)
{
	struct ingest_result result;
	int64_t lost = 0;
	enum status status = ingest_file(store, AT_FDCWD, path, t->settings->as, NULL, &result, err);
	if (!status)
		status = count_lost(store, result.source, &lost, err);
	if (status)
		return status;
	json_begin_object(&t->json, NULL);
	json_add_string(&t->json, "file", path);
	json_add_string(&t->json, "reader", result.reader);
	json_add_u64(&t->json, "records", result.records);
	json_add_u64(&t->json, "bytes", result.bytes);
	json_add_u64(&t->json, "lost", (uint64_t)lost);
	if (!t->settings->common.json && !t->settings->common.quiet)
		print_file(path, &result, lost);
	status = tell_hosts(store, result.source, t, err);
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
				struct error *err)
{
	AUTO_FD int folder = -1;
	bool there = access(db, F_OK) == 0;
	enum status status = file_open_folder(AT_FDCWD, path, &folder, err);
	if (!status)
		status = ingest_session(folder, db, err);
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
	const char *db = s.db ? s.db : "audit.db";
	if (count == 1 && is_folder(argv[0])) {
		enum status read = read_session(db, argv[0], &s, err);
		return read ? error_exit(read) : 0;
	}
	for (size_t i = 0; i < count; i++)
		if (is_folder(argv[i])) {
			fail(err, ERR_USAGE, "%s is a folder: a session is read by itself", argv[i]);
			return 0;
		}
	struct totals t = {json_on(&out), &s};
	json_begin_array(&t.json, NULL);
	if (read_all(db, argv, count, &t, err))
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
		   "read or none. What could not be read is counted in the table skipped. DIR is a session\n"
		   "folder, whose raw files are read into a database that is not there yet.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
