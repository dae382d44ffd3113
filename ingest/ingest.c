/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/ingest.h"

#include "core/text.h"
#include "ingest/registry.h"

#include <string.h>

enum { SURE = 50 };

const struct reader *const readers[] = {
	&reader_session,   &reader_evidence,  &reader_pcapng, &reader_pcap,
	&reader_app_plain, &reader_app_jsonl, NULL,
};

static const struct reader *find_reader(const char *name)
{
	for (size_t i = 0; readers[i]; i++)
		if (!strcmp(readers[i]->name, name))
			return readers[i];
	return NULL;
}

static void list_readers(struct text *ret)
{
	for (size_t i = 0; readers[i]; i++)
		text_addf(ret, "%s%s", i ? ", " : "", readers[i]->name);
}

static enum status choose(struct input *in, const char *as, const struct reader **ret,
			  struct error *err)
{
	AUTO_TEXT struct text names = text_make(1024);
	list_readers(&names);
	if (as) {
		*ret = find_reader(as);
		return *ret ? OK
			    : fail(err, ERR_USAGE, "no reader is called %s; there are %s", as,
				   text_string(&names));
	}
	struct slice first = input_peek(in);
	unsigned best = 0;
	const struct reader *also = NULL;
	*ret = NULL;
	for (size_t i = 0; readers[i]; i++) {
		unsigned sure = readers[i]->sniff(first);
		if (sure > best) {
			best = sure;
			*ret = readers[i];
			also = NULL;
		} else if (sure == best && sure > 0) {
			also = readers[i];
		}
	}
	if (first.size == 0)
		return fail(err, ERR_MALFORMED,
			    "is empty, so nothing tells what it is; choose a reader with --as (%s)",
			    text_string(&names));
	if (best < SURE)
		return fail(err, ERR_MALFORMED, "no reader recognises it; choose one with --as (%s)",
			    text_string(&names));
	if (also)
		return fail(err, ERR_MALFORMED, "could be %s or %s; choose with --as", (*ret)->name,
			    also->name);
	return OK;
}

static enum status insert_source(struct ingest *to, const struct reader *reader, struct error *err)
{
	sqlite3_stmt *q = store_query(to->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, to->path);
	store_bind_text(q, 2, reader->name);
	enum status status = store_run(q, err);
	to->source = store_last_id(to->store);
	return status;
}

static enum status finish_source(struct ingest *to, struct input *in, struct ingest_result *r,
				 struct error *err)
{
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	enum status status = input_finish(in, &r->bytes, digest, err);
	if (!status && input_problem(in))
		status = ingest_skip(to, input_problem(in), r->records, slice_of(NULL, 0), err);
	if (status)
		return status;
	hash_text(digest, text);
	sqlite3_stmt *q = store_query(to->store, QUERY_SOURCE_FINISH);
	store_bind_i64(q, 1, to->source);
	store_bind_i64(q, 2, (int64_t)r->bytes);
	store_bind_text(q, 3, text);
	store_bind_i64(q, 4, (int64_t)r->records);
	return store_run(q, err);
}

enum status ingest_read(struct ingest *to, int dirfd, const char *as, struct ingest_result *ret,
			struct error *err)
{
	AUTO_INPUT struct input in = {.fd = -1, .at_end = true};
	const struct reader *reader = NULL;
	*ret = (struct ingest_result){0};
	enum status status = input_open(dirfd, to->path, &in, err);
	if (status)
		return status;
	status = choose(&in, as, &reader, err);
	if (!status)
		status = insert_source(to, reader, err);
	if (!status)
		status = reader->read(to, &in, &ret->records, err);
	if (!status)
		status = finish_source(to, &in, ret, err);
	if (status)
		return fail_in(err, "%s", to->path);
	ret->reader = reader->name;
	ret->source = to->source;
	return OK;
}

/* A log that belongs to no session is an application's own, of which all counts. */
static enum status prepare_log(struct ingest *to, struct error *err)
{
	sqlite3_stmt *q = store_query(to->store, QUERY_APP_LOG_INSERT);
	store_bind_text(q, 1, "app");
	store_bind_text(q, 2, to->path);
	store_bind_text(q, 3, to->path);
	store_bind_text(q, 8, "given");
	enum status status = store_run(q, err);
	to->app_log = store_last_id(to->store);
	return status;
}

static enum status drop_unused_log(struct ingest *to, const struct ingest_result *r,
				   struct error *err)
{
	if (r->reader && !strncmp(r->reader, "app-", 4))
		return OK;
	sqlite3_stmt *q = store_query(to->store, QUERY_APP_LOG_DELETE);
	store_bind_i64(q, 1, to->app_log);
	return store_run(q, err);
}

enum status ingest_file(struct store *store, int dirfd, const char *path, const char *as,
			struct ingest_result *ret, struct error *err)
{
	struct ingest to = {.store = store, .path = path};
	enum status status = prepare_log(&to, err);
	if (!status)
		status = ingest_read(&to, dirfd, as, ret, err);
	return status ? status : drop_unused_log(&to, ret, err);
}
