/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

/* The source itself: no program of this system has use for it. */
#include "collectors/macos/socket_row.c"

#include <arpa/inet.h>

static int port(unsigned value)
{
	return htons((uint16_t)value);
}

static struct socket_facts facts(bool tcp, unsigned vflag, const char *local, unsigned lport,
				 const char *foreign, unsigned fport)
{
	struct socket_facts f = {.tcp = tcp,
				 .protocol = tcp ? IPPROTO_TCP : IPPROTO_UDP,
				 .vflag = vflag,
				 .lport = port(lport),
				 .fport = port(fport)};
	int family = vflag & 2 ? AF_INET6 : AF_INET;
	size_t at = vflag & 2 ? 0 : 12;
	assert_int_equal(inet_pton(family, local, f.local + at), 1);
	assert_int_equal(inet_pton(family, foreign, f.foreign + at), 1);
	return f;
}

static void check(const struct socket_facts *f, const char *wanted)
{
	struct socket_row r;
	char local[ADDRESS_TEXT_MAX], remote[ADDRESS_TEXT_MAX], got[256];
	assert_true(socket_row_make(f, &r));
	address_text(&r.local, local);
	address_text(&r.remote, remote);
	snprintf(got, sizeof got, "%s %s %u %s %u %s", r.proto, local, r.lport, remote, r.rport,
		 r.state);
	assert_string_equal(got, wanted);
}

static void rows_are_those_of_the_socket(void **state)
{
	(void)state;
	struct socket_facts f = facts(true, 1, "192.0.2.1", 49152, "198.51.100.7", 443);
	f.state = 4;
	check(&f, "tcp 192.0.2.1 49152 198.51.100.7 443 ESTAB");
	f = facts(true, 2, "2001:db8::1", 49152, "2001:db8::2", 443);
	f.state = 2;
	check(&f, "tcp 2001:db8::1 49152 2001:db8::2 443 SYN-SENT");
	f = facts(true, 3, "::", 8080, "::", 0); /* waits for both */
	f.state = 1;
	check(&f, "tcp :: 8080 :: 0 LISTEN");
	f = facts(true, 2, "::ffff:192.0.2.1", 8080, "::ffff:192.0.2.9", 5000);
	f.state = 9;
	check(&f, "tcp 192.0.2.1 8080 192.0.2.9 5000 FIN-WAIT-2");
	f = facts(false, 1, "0.0.0.0", 5353, "0.0.0.0", 0);
	check(&f, "udp 0.0.0.0 5353 0.0.0.0 0 UNCONN");
	f = facts(false, 2, "fe80:4::1", 5353, "fe80:4::2", 53); /* with the interface in it */
	check(&f, "udp fe80::1 5353 fe80::2 53 ESTAB");
	f.protocol = IPPROTO_ICMPV6;
	f.fport = 0;
	check(&f, "raw fe80::1 5353 fe80::2 0 UNCONN");
	f.lport |= 0x7fff0000; /* only the lower half counts */
	check(&f, "raw fe80::1 5353 fe80::2 0 UNCONN");
}

static void what_is_no_socket_of_ip_is_none(void **state)
{
	(void)state;
	struct socket_row r;
	struct socket_facts f = facts(true, 1, "192.0.2.1", 1, "192.0.2.2", 2);
	f.vflag = 0;
	assert_false(socket_row_make(&f, &r));
	f.vflag = 4;
	assert_false(socket_row_make(&f, &r));
}

static void every_state_has_its_word(void **state)
{
	(void)state;
	static const char *const words[] = {"UNCONN",     "LISTEN",     "SYN-SENT",   "SYN-RECV",
					    "ESTAB",      "CLOSE-WAIT", "FIN-WAIT-1", "CLOSING",
					    "LAST-ACK",   "FIN-WAIT-2", "TIME-WAIT"};
	struct socket_facts f = facts(true, 1, "192.0.2.1", 1, "192.0.2.2", 2);
	struct socket_row r;
	for (int i = -1; i <= (int)LENGTH(words); i++) {
		f.state = i;
		assert_true(socket_row_make(&f, &r));
		assert_string_equal(r.state, i >= 0 && i < (int)LENGTH(words) ? words[i] : "");
	}
}

static void a_mark_tells_sockets_and_states_apart(void **state)
{
	(void)state;
	struct socket_facts f = facts(true, 1, "192.0.2.1", 1000, "198.51.100.7", 443);
	struct socket_row r, other;
	f.state = 4;
	assert_true(socket_row_make(&f, &r));
	uint64_t mark = socket_row_mark(&r, 77, 500);
	assert_int_equal(socket_row_mark(&r, 77, 500), mark);
	assert_true(mark != 0);
	assert_true(socket_row_mark(&r, 78, 500) != mark);
	assert_true(socket_row_mark(&r, 77, 501) != mark);
	f.state = 5;
	assert_true(socket_row_make(&f, &other));
	assert_true(socket_row_mark(&other, 77, 500) != mark);
	other = r;
	other.rport = 444;
	assert_true(socket_row_mark(&other, 77, 500) != mark);
	other = r;
	other.remote.bytes[3] = 8;
	assert_true(socket_row_mark(&other, 77, 500) != mark);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_those_of_the_socket),
		cmocka_unit_test(what_is_no_socket_of_ip_is_none),
		cmocka_unit_test(every_state_has_its_word),
		cmocka_unit_test(a_mark_tells_sockets_and_states_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
