/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/tool_output.h"

#include "core/address.h"
#include "core/auto.h"
#include "core/file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TOOL_OUTPUT_MAX = 64 << 20 /* of one run, as the collector bounds it */ };

/* Is ".PORT", from `end` on and `size` bytes long, the end of a word that begins with an
 * address? */
static bool is_behind_address(struct slice output, size_t end, size_t size)
{
	size_t from = end;
	struct address a;
	struct slice next = slice_part(output, end + size, 1);
	if (next.size && next.at[0] > ' ')
		return false;
	while (from > 0 && end - from < ADDRESS_TEXT_MAX && output.at[from - 1] > ' ')
		from--;
	return address_parse(slice_part(output, from, end - from), &a);
}

/* Does the port stand in it behind `before`, and no further digit? A point stands in
 * other numbers too, so there an address must be in front and nothing behind. */
static bool shows_behind(struct slice output, char before, uint64_t port)
{
	char needle[16];
	snprintf(needle, sizeof needle, "%c%llu", before, (unsigned long long)port);
	struct slice wanted = slice_of_string(needle);
	for (size_t at = 0; at < output.size; at += wanted.size) {
		at += slice_search(slice_part(output, at, output.size), wanted);
		if (at >= output.size)
			return false;
		struct slice next = slice_part(output, at + wanted.size, 1);
		bool whole = next.size == 0 || next.at[0] < '0' || next.at[0] > '9';
		if (before == ':' ? whole : is_behind_address(output, at, wanted.size))
			return true;
	}
	return false;
}

/* "ADDRESS:PORT", or "ADDRESS.PORT" as the netstat of macOS and of BSD has it. */
static bool shows_port(struct slice output, uint64_t port)
{
	return shows_behind(output, ':', port) || shows_behind(output, '.', port);
}

static enum status note_seen(struct store *store, int64_t canary, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_CANARY_SEEN_INSERT);
	store_bind_i64(q, 1, canary);
	store_bind_text(q, 2, "tools");
	return store_run(q, err);
}

/* Which of the TCP canaries that were open stand in the output of one run? */
static enum status look_for_canaries(struct store *store, int64_t round, struct slice output,
				     struct error *err)
{
	enum { CANARIES_MAX = 16 };
	int64_t ids[CANARIES_MAX];
	size_t found = 0;
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_CANARY_OF_ROUND);
	store_bind_i64(q, 1, round);
	while (!status && row && found < CANARIES_MAX) {
		status = store_step(q, &row, err);
		if (!status && row && shows_port(output, (uint64_t)store_i64(q, 1)))
			ids[found++] = store_i64(q, 0);
	}
	sqlite3_reset(q);
	for (size_t i = 0; i < found && !status; i++)
		status = note_seen(store, ids[i], err);
	return status;
}

static enum status read_run(struct store *store, int folder, const char *path, int64_t round,
			    uint64_t at, uint64_t size, struct error *err)
{
	AUTO_FD int fd = -1;
	if (size > TOOL_OUTPUT_MAX || file_open(folder, path, &fd, NULL))
		return OK; /* a witness that shows nothing is blind; coverage says so */
	AUTO_FREE unsigned char *output = must_alloc(size + 1, 1);
	ssize_t got = pread(fd, output, size, (off_t)at);
	return look_for_canaries(store, round, slice_of(output, got > 0 ? (size_t)got : 0), err);
}

enum status tool_output_read(struct store *store, int folder, struct error *err)
{
	int64_t id = 0;
	for (;;) {
		char path[256];
		bool row;
		sqlite3_stmt *q = store_query(store, QUERY_TOOL_RUN_NEXT);
		store_bind_i64(q, 1, id);
		enum status status = store_step(q, &row, err);
		if (status || !row)
			return status;
		id = store_i64(q, 0);
		int64_t round = store_i64(q, 2);
		uint64_t at = (uint64_t)store_i64(q, 3), size = (uint64_t)store_i64(q, 4);
		bool named = slice_to_string(store_slice(q, 1), path, sizeof path);
		sqlite3_reset(q);
		/* the log may come from anybody: nothing outside of tools/ is opened */
		if (named && !strncmp(path, "tools/", 6) && !strchr(path + 6, '/'))
			status = read_run(store, folder, path, round, at, size, err);
		if (status)
			return status;
	}
}
