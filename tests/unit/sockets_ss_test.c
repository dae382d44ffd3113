/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#include "core/text.h"

#define HEAD "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"

static void rows_of_all_kinds(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   HEAD "tcp   LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n"
			"tcp   LISTEN 0 128 *:80 *:*\n"
			"tcp   ESTAB 0 0 [fe80::1]%eth0:50000 [2001:db8::2]:443\n"
			"tcp   TIME-WAIT 0 0 [::ffff:192.0.2.1]:1 192.0.2.9:2\n"
			"udp   UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*\n"
			"udp   ESTAB 0 0 192.0.2.1:5000 192.0.2.53:domain\r\n"
			"raw   UNCONN 0 0 [::]:ipv6-icmp [::]:*\n"
			"icmp6 UNCONN 0 0 *:ipv6-icmp *:*\n"
			"mptcp SYN-SENT 0 1 a.example:9 b.example:10\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|22|-|-|LISTEN|-|-|-;"
		    "tcp|*|80|-|-|LISTEN|-|-|-;"
		    "tcp|fe80::1|50000|2001:db8::2|443|ESTAB|-|-|-;"
		    "tcp|192.0.2.1|1|192.0.2.9|2|TIME-WAIT|-|-|-;"
		    "udp|127.0.0.53|53|-|-|UNCONN|-|-|-;"
		    "udp|192.0.2.1|5000|192.0.2.53|53|ESTAB|-|-|-;"
		    "raw|::|58|-|-|UNCONN|-|-|-;"
		    "icmp6|*|58|-|-|UNCONN|-|-|-;"
		    "mptcp|a.example|9|b.example|10|SYN-SENT|-|-|-;");
	assert_rows(r->store, SKIPPED, "");
	assert_rows(r->store, "SELECT DISTINCT witness, time_ns, moment FROM v_socket", "ss|-|-;");
}

static void one_row_a_process(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   "tcp LISTEN 0 9 127.0.0.1:1 0.0.0.0:* users:((\"a b\",pid=7,fd=3),(\"a b\",pid=7,fd=4),"
		   "(\"c),(d\",pid=8,fd=3))\n"
		   "tcp LISTEN 0 9 127.0.0.1:2 0.0.0.0:* users:((\"old\",9,3))\n"
		   "tcp LISTEN 0 9 127.0.0.1:3 0.0.0.0:* users:((\"ctx\",pid=10,proc_ctx=u:r:t,fd=3))"
		   " timer:(keepalive,1min,0) uid:1000 ino:77 sk:1\n"
		   "tcp LISTEN 0 9 127.0.0.1:4 0.0.0.0:* ino:77 sk:1 cgroup:/x <->\n"
		   "tcp TIME-WAIT 0 9 127.0.0.1:5 127.0.0.1:6 timer:(timewait,1sec,0) ino:0 sk:1\n"
		   "tcp LISTEN 0 9 127.0.0.1:7 0.0.0.0:* users:((\" uid:5 x\",pid=11,fd=3)) uid:6 ino:5\n"
		   "tcp LISTEN 0 9 127.0.0.1:8 0.0.0.0:* users:((broken\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|127.0.0.1|1|-|-|LISTEN|7|a b|-;"
		    "tcp|127.0.0.1|1|-|-|LISTEN|8|c),(d|-;"
		    "tcp|127.0.0.1|2|-|-|LISTEN|9|old|-;"
		    "tcp|127.0.0.1|3|-|-|LISTEN|10|ctx|1000;"
		    "tcp|127.0.0.1|4|-|-|LISTEN|-|-|0;"
		    "tcp|127.0.0.1|5|127.0.0.1|6|TIME-WAIT|-|-|-;"
		    "tcp|127.0.0.1|7|-|-|LISTEN|11| uid:5 x|6;"
		    "tcp|127.0.0.1|8|-|-|LISTEN|-|-|-;");
	assert_rows(r->store, SKIPPED, "a list of processes that cannot be read|1|7;");
}

static void details_stand_where_they_like(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   HEAD "tcp ESTAB 0 0 192.0.2.1:1 192.0.2.2:2\n"
			"\t users:((\"x\",pid=5,fd=1)) uid:3 ino:4\n"
			"\t skmem:(r0,rb1,t0) cubic wscale:7,7 rto:204 10 20\n"
			"tcp ESTAB 0 0 192.0.2.1:3\n"
			"192.0.2.2:4 users:((\"y\",pid=6,fd=1))\n"
			"tcp ESTAB 0 0\n"
			"      192.0.2.1:5      192.0.2.2:6\n"
			"users:((\"z\",pid=7,fd=1))\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|1|192.0.2.2|2|ESTAB|5|x|3;"
		    "tcp|192.0.2.1|3|192.0.2.2|4|ESTAB|6|y|-;"
		    "tcp|192.0.2.1|5|192.0.2.2|6|ESTAB|7|z|-;");
	assert_rows(r->store, SKIPPED, "");
}

static void without_netid_or_state(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   "State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
		   "ESTAB  0 0 192.0.2.1:1 192.0.2.2:2\n"
		   "UNCONN 0 0 192.0.2.1:3 *:*\n");
	assert_rows(r->store, SOCKETS,
		    "udp|192.0.2.1|1|192.0.2.2|2|ESTAB|-|-|-;udp|192.0.2.1|3|-|-|UNCONN|-|-|-;");
	read_table(r, &reader_ss, "ESTAB 0 0 192.0.2.1:1 192.0.2.2:2\nLISTEN 0 0 192.0.2.1:3 *:*\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|1|192.0.2.2|2|ESTAB|-|-|-;tcp|192.0.2.1|3|-|-|LISTEN|-|-|-;");
	assert_rows(r->store, SKIPPED, "");
	read_table(r, &reader_ss,
		   "Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
		   "0      0      192.0.2.1:1        192.0.2.2:2\n0 0 192.0.2.1:3 192.0.2.2:4\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|1|192.0.2.2|2|-|-|-|-;tcp|192.0.2.1|3|192.0.2.2|4|-|-|-|-;");
	assert_rows(r->store, SKIPPED, "no column tells the protocol: taken for tcp|1|2;");
	read_table(r, &reader_ss,
		   "State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
		   "UNCONN 0      0            0.0.0.0:icmp      0.0.0.0:*\n");
	assert_rows(r->store, SOCKETS, "raw|0.0.0.0|1|-|-|UNCONN|-|-|-;");
	assert_rows(r->store, SKIPPED, "");
	read_table(r, &reader_ss, "Netid Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
				  "tcp 0 0 192.0.2.1:1 192.0.2.2:2\n");
	assert_rows(r->store, SOCKETS, "tcp|192.0.2.1|1|192.0.2.2|2|-|-|-|-;");
}

static void other_families_are_no_connections(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   HEAD "u_str ESTAB 0 0 /run/a:b 10 * 11 users:((\"x\",pid=5,fd=1))\n"
			"u_dgr UNCONN 0 0 @name 10 * 0\n"
			"nl    UNCONN 0 0 rtnl:NetworkManager/1 *\n"
			"p_raw UNCONN 0 0 *:eth0 *\n"
			"v_str LISTEN 0 0 *:1024 *:*\n"
			"??? UNCONN 0 0 a b\n"
			"\nESTAB 0 0 * 28392 * 28393\n"
			"LISTEN 0 0 /run/x 28392 * 0\n"
			"UNCONN 0 0 *:eth0 *\n");
	assert_rows(r->store, SOCKETS, "");
	assert_rows(r->store, SKIPPED, "");
}

static void what_is_no_row_is_counted(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_ss,
		   "$ ss -tn\n"
		   "tcp ESTAB 0 0 192.0.2.1:1 192.0.2.2:2\n"
		   "\n"
		   "nonsense\n"
		   "tcp ESTAB 0 0 192.0.2.1 192.0.2.2:2\n"
		   "tcp UNKNOWN 0 0 192.0.2.1:3 192.0.2.2:2\n");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM socket"), 2);
	assert_rows(r->store, SKIPPED,
		    "a line that is no row of ss|2|1;a row whose addresses cannot be read|1|5;"
		    "a state that is not known|1|6;");
	AUTO_TEXT struct text text = text_make(1 << 20);
	for (size_t i = 0; i < 70000; i++)
		text_add_char(&text, 'x');
	text_add_string(&text, "\ntcp ESTAB 0 0 192.0.2.1:1 192.0.2.2:2\n");
	for (size_t i = 0; i < 1000; i++)
		text_add_string(&text, "\t a detail that is repeated without any end to it at all, said once more\n");
	read_table_as(r, &reader_ss, "t", text_slice(&text));
	assert_rows(r->store, SOCKETS, "tcp|192.0.2.1|1|192.0.2.2|2|ESTAB|-|-|-;");
	assert_rows(r->store, SKIPPED, "longer than any line of a table|1|1;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_taken(HEAD, "ss");
	assert_taken("State Recv-Q Send-Q   Local Address:Port    Peer Address:Port\n", "ss");
	assert_taken("\xef\xbb\xbf" HEAD, "ss");
	assert_taken("tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n", "ss");
	assert_taken("ESTAB 0 128 192.0.2.1:22 192.0.2.2:1\n", "ss");
	assert_taken("0 0 192.0.2.1:22 192.0.2.2:1\n", "ss");
	assert_taken("# ss -tunap\n\n" HEAD, "ss");
	assert_taken("1\n2\n3\n4\n" HEAD, NULL);
	assert_taken("", NULL);
	assert_taken("prose\ntcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n", NULL);
	assert_taken("0 0 1 2\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(rows_of_all_kinds),
		rows_test(one_row_a_process),
		rows_test(details_stand_where_they_like),
		rows_test(without_netid_or_state),
		rows_test(other_families_are_no_connections),
		rows_test(what_is_no_row_is_counted),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
