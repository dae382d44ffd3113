/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/session_capture.h"

#include "core/auto.h"
#include "ingest/capture_files.h"
#include "ingest/decoder.h"

#include <stdlib.h>

static enum status note_file(struct store *store, int64_t source, size_t place, const struct capture_part *p,
			     struct error *err)
{
	char text[HASH_TEXT_MAX];
	hash_text(p->sha256, text);
	sqlite3_stmt *q = store_query(store, QUERY_CAPTURE_FILE_KNOWN);
	store_bind_i64(q, 1, source);
	store_bind_i64(q, 2, (int64_t)place);
	store_bind_i64(q, 3, p->number);
	store_bind_text(q, 4, p->name);
	store_bind_i64(q, 5, (int64_t)p->size);
	store_bind_text(q, 6, text);
	enum status status = store_run(q, err);
	if (status || place > 0)
		return status;
	q = store_query(store, QUERY_SOURCE_OF_FILES);
	store_bind_i64(q, 1, source);
	store_bind_i64(q, 2, (int64_t)p->size);
	store_bind_text(q, 3, text);
	return store_run(q, err);
}

static enum status read_files(struct store *store, struct capture_files *files, struct error *err)
{
	AUTO_FD int fd = -1;
	struct ingest_result result;
	struct feeder_more more = capture_files_more(files);
	const struct ingest_options how = {.as = "pcapng", .more = &more};
	enum status status = capture_files_open(files, &fd, err);
	if (status || fd < 0)
		return status;
	struct ingest to = {.path = files->parts[0].name, .followed = true};
	status = decoder_read(store, &to, fd, &how, &result, err);
	if (status)
		return fail_in(err, "%s", to.path);
	for (size_t i = 0; i < files->ended && !status; i++)
		status = note_file(store, result.source, i, &files->parts[i], err);
	return status;
}

enum status session_capture_read(struct store *store, int folder, struct error *err)
{
	struct capture_files *files = must_alloc(1, sizeof *files);
	files->folder = folder;
	enum status status = read_files(store, files, err);
	free(files);
	return status;
}
