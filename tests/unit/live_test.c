/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/live.h"

#include <unistd.h>

#define EGRESS(call, proto, dst, port) "{\"say\":\"egress\",\"pid\":7,\"comm\":\"agent\",\"call\":\"" call "\",\"proto\":\"" proto \
	"\",\"dst\":\"" dst "\",\"dport\":" port "}"

/* What it writes to standard error, where that is no terminal. */
static void hear(const char *const lines[], size_t count, char ret[static 8192])
{
	int said[2], before = dup(2);
	assert_int_equal(pipe(said), 0);
	dup2(said[1], 2);
	struct live l = live_start(false);
	for (size_t i = 0; i < count; i++)
		live_hear(&l, slice_of_string(lines[i]));
	live_end(&l);
	dup2(before, 2);
	close(before);
	close(said[1]);
	ssize_t size = read(said[0], ret, 8191);
	ret[size > 0 ? size : 0] = 0;
	close(said[0]);
}

static void an_attempt_is_told_at_once(void **state)
{
	(void)state;
	char said[8192];
	hear((const char *const[]){EGRESS("connect", "tcp", "192.0.2.1", "443")}, 1, said);
	assert_string_equal(said, "airgap-verify: egress attempt: agent (pid 7) connect tcp to 192.0.2.1 port 443\n");
}

/* The summary does not count it as an attempt to leave: nor must this look like one. */
static void a_datagram_socket_is_only_pointed(void **state)
{
	(void)state;
	char said[8192];
	hear((const char *const[]){EGRESS("connect", "udp", "192.0.2.53", "53"), EGRESS("sendto", "udp", "192.0.2.53", "53")}, 2, said);
	assert_string_equal(said, "airgap-verify: a socket pointed out: agent (pid 7) connect udp to 192.0.2.53 port 53; nothing is sent by that\n"
				  "airgap-verify: egress attempt: agent (pid 7) sendto udp to 192.0.2.53 port 53\n");
}

static void who_retries_says_it_once(void **state)
{
	(void)state;
	char said[8192];
	const char *const same = EGRESS("connect", "tcp", "192.0.2.1", "443"), *const other = EGRESS("connect", "tcp", "192.0.2.2", "443");
	hear((const char *const[]){same, same, same, other, same}, 5, said);
	assert_string_equal(said, "airgap-verify: egress attempt: agent (pid 7) connect tcp to 192.0.2.1 port 443\n"
				  "airgap-verify: egress attempt: agent (pid 7) connect tcp to 192.0.2.2 port 443\n"
				  "airgap-verify: egress attempt: agent (pid 7) connect tcp to 192.0.2.1 port 443\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_attempt_is_told_at_once),
		cmocka_unit_test(a_datagram_socket_is_only_pointed),
		cmocka_unit_test(who_retries_says_it_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
