/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Canaries on the loopback of Windows: open, carrying their byte, and gone.
 */
#include "tests/windows/test.h"

#include "collectors/canary.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/socket.h"

#include <fcntl.h>
#include <winsock2.h>

static struct canaries canaries;

/* Which of them are there: IPv4 always, IPv6 where this machine has it. */
static unsigned open_ones(void)
{
	unsigned count = canary_count(&canaries);
	CHECK(count == 2 || count == CANARY_PAIRS);
	for (size_t i = 0; i < CANARY_PAIRS; i++)
		CHECK(slice_is(slice_of_string(canaries.pairs[i].address), "::1") ||
		      !canaries.pairs[i].problem);
	return count;
}

static void pairs_carry_a_byte_each(const char *folder)
{
	(void)folder;
	canary_open(&canaries, 3);
	open_ones();
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		const struct canary_pair *p = &canaries.pairs[i];
		char byte = 0;
		if (p->problem)
			continue;
		bool tcp = slice_is(slice_of_string(p->proto), "tcp");
		CHECK(p->sport >= 1024 && p->dport >= 1024 && p->sport != p->dport);
		CHECK(recv((SOCKET)(tcp ? p->server : p->listener), &byte, 1, 0) == 1 && byte == 'c');
		CHECK(socket_port(tcp ? p->server : p->listener) == p->dport);
	}
}

static void they_are_closed_and_written_down(const char *folder)
{
	struct error err;
	struct evidence *e = NULL;
	AUTO_FD int dir = -1;
	unsigned count = open_ones(), seen = 0, port = canaries.pairs[0].dport;
	CHECK_OK(file_open_folder(AT_FDCWD, folder, &dir, &err), &err);
	CHECK_OK(evidence_open(dir, "evidence.ndjson", "00112233445566778899aabbccddeeff", &e, &err),
		 &err);
	canary_close(&canaries, e);
	CHECK_OK(evidence_close(&e, &err), &err);
	CHECK(canary_count(&canaries) == 0);
	AUTO_TEXT struct text text = text_make(1 << 16);
	CHECK_OK(file_read(dir, "evidence.ndjson", 1 << 16, &text, &err), &err);
	struct cursor c = cursor_over(text_slice(&text));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct json_member m[] = {{.key = "kind"}, {.key = "sport"}, {.key = "problem"}};
		CHECK(!json_read_object(line, m, LENGTH(m), NULL));
		seen += slice_is(m[0].value.raw, "canary") && m[1].value.type == JSON_NUMBER &&
			m[2].value.type == JSON_ABSENT;
	}
	CHECK(seen == count);
	/* the port is free again at once */
	static const unsigned char here[] = {127, 0, 0, 1};
	struct address a = address_v4(here);
	int s = socket_open(ADDRESS_V4, true);
	CHECK(socket_bind(s, &a, port) == SOCKET_BOUND && socket_listen(s));
	int other = socket_open(ADDRESS_V4, true);
	CHECK(socket_bind(other, &a, port) == SOCKET_TAKEN);
	socket_close(other);
	socket_close(s);
}

int main(int argc, char *argv[])
{
	static const struct test tests[] = {
		TEST(pairs_carry_a_byte_each),
		TEST(they_are_closed_and_written_down),
	};
	return run_tests(tests, LENGTH(tests), argc, argv);
}
