/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence as the collector writes it, for the reader of the other system (wine.sh).
 */
#include "tests/windows/test.h"

#include "collectors/evidence.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>

enum { RECORDS = 25000, EACH = 5000 /* records between checkpoints */ };

static void a_chain_for_the_other_side(const char *folder)
{
	struct error err;
	struct evidence *e = NULL;
	AUTO_FD int dir = -1;
	CHECK_OK(file_open_folder(AT_FDCWD, folder, &dir, &err), &err);
	CHECK_OK(evidence_open(dir, "evidence.ndjson", "00112233445566778899aabbccddeeff", &e, &err),
		 &err);
	for (int i = 1; i <= RECORDS; i++) {
		struct json *j = evidence_begin(e, "left", clock_now().wall_ns);
		json_add_i64(j, "pid", i);
		json_add_string(j, "comm", "\"quoted\\\"\r\n");
		evidence_end(e);
		if (i % EACH == 0)
			evidence_checkpoint(e, SLICE("{\"socket_tables\":0}"), i == RECORDS);
	}
	CHECK(evidence_records(e) == 1 + RECORDS + RECORDS / EACH);
	CHECK_OK(evidence_close(&e, &err), &err);
}

/* The reader is the same source; here it stands on BCrypt. */
static void the_chain_is_read_here_too(const char *folder)
{
	struct error err;
	AUTO_FD int dir = -1;
	AUTO_TEXT struct text text = text_make(64 << 20);
	CHECK_OK(file_open_folder(AT_FDCWD, folder, &dir, &err), &err);
	CHECK_OK(file_read(dir, "evidence.ndjson", 64 << 20, &text, &err), &err);
	struct chain_reader r = chain_reader_start();
	struct cursor c = cursor_over(text_slice(&text));
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole))
		chain_read(&r, line, whole);
	CHECK(!r.problem && r.closed && r.checkpoints == RECORDS / EACH);
	CHECK(r.sealed_bytes == text.size && r.bytes == text.size);
	chain_reader_end(&r);
}

int main(int argc, char *argv[])
{
	static const struct test tests[] = {
		TEST(a_chain_for_the_other_side),
		TEST(the_chain_is_read_here_too),
	};
	return run_tests(tests, LENGTH(tests), argc, argv);
}
