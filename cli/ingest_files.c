/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/ingest_files.h"

#include "cli/told_host.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/hash.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { ZONE_MAX = 128, EXAMPLE_SHOWN = 120, REASONS_SHOWN = 3 /* of one of several files */ };

static bool tell(void *files, uint64_t bytes)
{
	struct ingest_files *f = files;
	progress_at(&f->line, bytes);
	return *f->interrupted == 0;
}

static uint64_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

/* For people, one file has lines of its own; of more there is the table. */
static struct text *lines_of(const struct ingest_files *f)
{
	return f->count == 1 ? f->said : NULL;
}

/* "  not read: 3: REASON (first: record 17: EXAMPLE)" */
static void add_skipped(sqlite3_stmt *q, struct text *ret)
{
	text_addf(ret, "  not read: %lld: %s (first: record %lld", (long long)store_i64(q, 1), store_text(q, 0),
		  (long long)store_i64(q, 2));
	if (store_slice(q, 3).size)
		text_add_string(ret, ": ");
	text_add_printable(ret, store_slice(q, 3), EXAMPLE_SHOWN);
	text_add_string(ret, ")\n");
}

/* The same below the table, with the file in front. */
static void add_note(struct ingest_files *f, const char *path, sqlite3_stmt *q, unsigned reasons)
{
	if (!f->notes || reasons >= REASONS_SHOWN)
		return;
	if (reasons == 0) {
		text_add_printable(f->notes, slice_of_string(path), FILE_PATH_MAX);
		text_add_char(f->notes, '\n');
	}
	add_skipped(q, f->notes);
}

/* What of a file could not be read, by reason. */
static enum status show_skipped(struct ingest_files *f, struct store *store, const char *path, int64_t source,
				uint64_t *ret_count, struct error *err)
{
	bool row = true;
	unsigned reasons = 0;
	sqlite3_stmt *q = store_query(store, QUERY_SKIPPED_OF_SOURCE);
	store_bind_i64(q, 1, source);
	enum status status = store_step(q, &row, err);
	*ret_count = 0;
	json_begin_array(f->json, "skipped");
	for (; !status && row; status = store_step(q, &row, err)) {
		*ret_count += (uint64_t)store_i64(q, 1);
		json_begin_object(f->json, NULL);
		json_add_slice(f->json, "reason", store_slice(q, 0));
		json_add_u64(f->json, "count", (uint64_t)store_i64(q, 1));
		json_add_u64(f->json, "first_record", (uint64_t)store_i64(q, 2));
		json_add_slice(f->json, "example", store_slice(q, 3));
		json_end_object(f->json);
		if (lines_of(f))
			add_skipped(q, lines_of(f));
		else
			add_note(f, path, q, reasons);
		reasons++;
	}
	json_end_array(f->json);
	sqlite3_reset(q);
	return status;
}

static enum status find_zone(struct store *store, int64_t log, char ret[static ZONE_MAX], struct error *err)
{
	bool row;
	ret[0] = 0;
	if (log == 0)
		return OK;
	sqlite3_stmt *q = store_query(store, QUERY_APP_LOG_ZONE);
	store_bind_i64(q, 1, log);
	enum status status = store_step(q, &row, err);
	if (!status && row && !slice_to_string(store_slice(q, 0), ret, ZONE_MAX))
		ret[0] = 0;
	sqlite3_reset(q);
	return status;
}

static void add_facts(struct json *j, const struct ingest_result *r, const char *zone)
{
	json_add_string(j, "reader", r->reader);
	json_add_u64(j, "records", r->records);
	json_add_u64(j, "bytes", r->bytes);
	json_add_u64(j, "rows", r->tally.rows);
	json_add_time(j, "from_ns", r->tally.first_ns);
	json_add_time(j, "to_ns", r->tally.last_ns);
	if (zone[0])
		json_add_string(j, "zone", zone);
	else
		json_add_null(j, "zone");
}

static enum status on_read(struct ingest_files *f, struct store *store, const char *path,
			   const struct ingest_result *r, struct error *err)
{
	char zone[ZONE_MAX];
	uint64_t not_read = 0;
	enum status status = find_zone(store, r->app_log, zone, err);
	if (status)
		return status;
	if (lines_of(f)) {
		text_add_printable(lines_of(f), slice_of_string(path), FILE_PATH_MAX);
		text_addf(lines_of(f), ": %s, %llu %s, %llu bytes\n", r->reader, (unsigned long long)r->records,
			  text_plural(r->records, "record", "records"),
			  (unsigned long long)r->bytes);
	}
	json_begin_object(f->json, NULL);
	json_add_string(f->json, "file", path);
	add_facts(f->json, r, zone);
	status = show_skipped(f, store, path, r->source, &not_read, err);
	if (!status)
		status = told_host_show(store, r->source, lines_of(f), f->json, err);
	json_end_object(f->json);
	const struct ingest_line line = {path, r->reader, zone[0] ? zone : NULL, NULL, r->tally, not_read};
	return status || ingest_table_add(&f->table, &line) ? status : fail(err, ERR_LIMIT, "too many files");
}

static enum status on_refused(struct ingest_files *f, const char *path, struct error *err)
{
	/* which file it was stands beside it */
	size_t size = strlen(path);
	bool named = !strncmp(err->text, path, size) && !strncmp(err->text + size, ": ", 2);
	const char *problem = named ? err->text + size + 2 : err->text;
	json_begin_object(f->json, NULL);
	json_add_string(f->json, "file", path);
	json_add_null(f->json, "reader");
	json_add_string(f->json, "problem", problem);
	json_end_object(f->json);
	const struct ingest_line line = {.path = path, .problem = problem};
	bool added = ingest_table_add(&f->table, &line);
	*err = (struct error){0};
	return added ? OK : fail(err, ERR_LIMIT, "too many files");
}

/* Under which path the database has the same bytes already; "" where it has not. Only where a source is
 * of the same size they are hashed for it. */
static enum status find_twin(struct store *store, const char *path, char ret[static FILE_PATH_MAX], struct error *err)
{
	unsigned char digest[HASH_SIZE];
	char hex[HASH_TEXT_MAX] = "";
	bool row = true;
	AUTO_FD int fd = -1;
	uint64_t size = size_of(path);
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_OF_SIZE);
	store_bind_i64(q, 1, (int64_t)size);
	enum status status = OK;
	ret[0] = 0;
	while (size > 0 && !ret[0] && !(status = store_step(q, &row, err)) && row) {
		if (!hex[0] && (file_open(AT_FDCWD, path, &fd, err) || hash_fd(fd, digest, NULL, err))) {
			status = err->status;
			break;
		}
		hash_text(digest, hex);
		if (slice_is(store_slice(q, 1), hex) && !slice_to_string(store_slice(q, 0), ret, FILE_PATH_MAX))
			snprintf(ret, FILE_PATH_MAX, "another");
	}
	sqlite3_reset(q);
	return status;
}

/* Its rows would count twice, and nothing would tell. */
static enum status on_twin(struct ingest_files *f, const char *path, const char *twin, struct error *err)
{
	fail(err, ERR_USAGE, "the same bytes are in the database already, as %s (--db names another one)", twin);
	if (lines_of(f)) {
		text_add_printable(lines_of(f), slice_of_string(path), FILE_PATH_MAX);
		text_addf(lines_of(f), ": not read again: %s\n", err->text);
	}
	return on_refused(f, path, err);
}

static enum status read_one(struct ingest_files *f, struct store *store, const char *path, struct error *err)
{
	struct ingest_result result;
	char twin[FILE_PATH_MAX];
	enum status found = find_twin(store, path, twin, err);
	if (found || twin[0])
		return found ? found : on_twin(f, path, twin, err);
	progress_next(&f->line, path, size_of(path));
	enum status status = ingest_file(store, AT_FDCWD, path, &f->how, &result, err);
	progress_clear(&f->line);
	if (!status)
		return on_read(f, store, path, &result, err);
	bool of_the_file = status == ERR_MALFORMED || status == ERR_NO_INPUT || status == ERR_PERMISSION;
	return f->choosy || !of_the_file || *f->interrupted ? status : on_refused(f, path, err);
}

enum status ingest_files_read(struct ingest_files *f, struct store *store, struct error *err)
{
	enum status status = OK;
	f->how.progress = (struct progress){tell, f};
	for (size_t i = 0; i < f->count && !status; i++)
		status = read_one(f, store, f->paths[i], err);
	return status;
}

enum status ingest_files_below(const char *folder, struct arena *arena, const char *const **ret,
			       size_t *ret_count, struct error *err)
{
	AUTO_FD int fd = -1;
	struct file_entry *entries = NULL;
	size_t count = 0, kept = 0;
	enum status status = file_open_folder(AT_FDCWD, folder, &fd, err);
	if (!status)
		status = file_list(fd, arena, &entries, &count, err);
	if (status)
		return fail_in(err, "%s", folder);
	const char **paths = arena_alloc(arena, (count + 1) * sizeof *paths);
	for (size_t i = 0; i < count && paths; i++) {
		char path[2 * FILE_PATH_MAX];
		snprintf(path, sizeof path, "%s/%s", folder, entries[i].path);
		if (entries[i].regular && !(paths[kept++] = arena_string(arena, slice_of_string(path))))
			paths = NULL;
	}
	if (!paths)
		return fail(err, ERR_LIMIT, "%s: the list of files is too long", folder);
	*ret = paths;
	*ret_count = kept;
	return OK;
}
