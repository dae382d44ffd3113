/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decode FILE [rows]: what the process without rights does with a capture, in this
 * process, so that a tool that counts instructions can watch it. Its rows are
 * dropped, or, with `rows`, put into a database in memory.
 */
#include "core/file.h"
#include "core/store.h"
#include "ingest/registry.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 30 };

struct sunk {
	struct store *store; /* NULL: dropped */
	struct row_rights rights;
};

static enum status sink(void *to, struct slice batch, struct error *err)
{
	const struct sunk *s = to;
	return s->store ? row_apply(s->store, &s->rights, batch, &(struct row_tally){0}, err) : OK;
}

int main(int argc, char *argv[])
{
	struct error err = {0};
	AUTO_TEXT struct text file = text_make(FILE_MAX);
	AUTO_STORE struct store *store = NULL;
	AUTO_INPUT struct input in;
	struct start *start = must_alloc(1, sizeof *start);
	uint64_t records = 0;
	start->flow = start->dns = 1;
	enum status status = argc < 2 ? fail(&err, ERR_USAGE, "decode FILE [rows]")
				      : file_read(AT_FDCWD, argv[1], FILE_MAX, &file, &err);
	if (!status && argc > 2)
		status = store_open(":memory:", STORE_NEW, &store, &err);
	if (!status && store)
		status = store_begin(store, &err);
	struct sunk sunk = {store, {.writes = ROW_WRITES_CAPTURE, .source = 1, .flow = 1, .dns = 1}};
	struct ingest to = {.path = "capture", .source = 1, .start = start};
	to.rows = row_stream_new(sink, &sunk);
	input_over(text_slice(&file), "capture", &in);
	if (!status)
		status = reader_pcap.read(&to, &in, &records, &err);
	if (!status)
		status = row_flush(to.rows, &err);
	row_stream_free(to.rows);
	free(start);
	if (status)
		fprintf(stderr, "decode: %s\n", err.text);
	else
		printf("%llu packets\n", (unsigned long long)records);
	return error_exit(status);
}
