/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#define HEAD "time,,interface,state,bytes_in,bytes_out,rx_dupe,arch,\n"

static void sockets_by_process(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_nettop,
		   HEAD "10:00:01.1,mDNSResponder.272,,,1,2,0,,\n"
			"10:00:01.2,udp6 *.5353<->*.*,en0,,1,2,,so,\n"
			"10:00:01.3,udp4 192.0.2.1:9993<->192.0.2.53:53,en0,,1,2,,so,\r\n"
			"10:00:01.4,\"An, App.v2.17\",,,1,2,0,,\n"
			"10:00:01.5,tcp6 fe80::1%en0.5555<->2001:db8::2.443,en0,Established,1,2,,so,\n"
			"10:00:01.6,tcp4 *:22<->*:*,,Listen,,,,so,\n"
			"10:00:01.7,quic4 192.0.2.1:5<->192.0.2.2:443,en0,,1,2,,so,\n"
			"10:00:01.8,tcp4 192.0.2.1:6<->192.0.2.2:443,en0,CloseWait,1,2,,so,\n");
	assert_rows(r->store, SOCKETS,
		    "udp|::|5353|-|-|UNCONN|272|mDNSResponder|-;"
		    "udp|192.0.2.1|9993|192.0.2.53|53|ESTAB|272|mDNSResponder|-;"
		    "tcp|fe80::1|5555|2001:db8::2|443|ESTAB|17|An, App.v2|-;"
		    "tcp|0.0.0.0|22|-|-|LISTEN|17|An, App.v2|-;"
		    "udp|192.0.2.1|5|192.0.2.2|443|ESTAB|17|An, App.v2|-;"
		    "tcp|192.0.2.1|6|192.0.2.2|443|CLOSE-WAIT|17|An, App.v2|-;");
	assert_rows(r->store, SKIPPED, "");
	assert_rows(r->store, "SELECT DISTINCT time_ns, witness FROM v_socket", "-|nettop;");
}

static void chosen_columns(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_nettop,
		   ",bytes_in,bytes_out,\nollama.7,1,2,\ntcp4 127.0.0.1:1<->*:*,,,\n"
		   "tcp4 127.0.0.1:1<->127.0.0.1:2,5,6,\n"
		   ",bytes_in,bytes_out,\ntcp4 127.0.0.1:3<->127.0.0.1:4,5,6,\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|127.0.0.1|1|-|-|LISTEN|7|ollama|-;tcp|127.0.0.1|1|127.0.0.1|2|-|7|ollama|-;"
		    "tcp|127.0.0.1|3|127.0.0.1|4|-|-|-|-;");
}

/* -l: as on a screen */
static void columns_between_blanks(void **state)
{
	struct rows *r = *state;
	static const char shown[] =
		"                                           interface     state        bytes_in   bytes_out\n"
		"Google Chrome.7523                                                    12345      678\n"
		"  tcp4 192.0.2.1:56291<->host.example:443   en1           Established  12345      678\n"
		"  quic6 2001:db8::1.5<->2001:db8::2.443     en1                        1          2\n"
		"10:00:01.000001  sshd.412                                              1          2\n"
		"10:00:01.000002    tcp6 *.22<->*.*                      Listen\n"
		"  udp4 *:5353<->*:*\n"
		"nothing of this\n"
		"  tcp4 192.0.2.1:7<->192.0.2.2:8            en1           CloseWait\n";
	assert_taken(shown, "nettop");
	read_table(r, &reader_nettop, shown);
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|56291|host.example|443|ESTAB|7523|Google Chrome|-;"
		    "udp|2001:db8::1|5|2001:db8::2|443|ESTAB|7523|Google Chrome|-;"
		    "tcp|::|22|-|-|LISTEN|412|sshd|-;udp|0.0.0.0|5353|-|-|UNCONN|412|sshd|-;"
		    "tcp|192.0.2.1|7|192.0.2.2|8|CLOSE-WAIT|-|-|-;");
	assert_rows(r->store, SKIPPED, "a line that is no row of nettop|1|8;");
	assert_taken("time  interface  state\nsshd.1\n", NULL); /* without a socket it may be anything */
}

static void what_is_no_row_is_counted(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_nettop,
		   HEAD "nonsense\n10:00,sshd.7,,,\n10:00,tcp4 a<->b,en0,,\n10:00,odd 1:1<->2:2,en0,,\n"
			"10:00,tcp4 192.0.2.1:1<->192.0.2.2:2,en0,Odd,\n10:00,\"tcp4 192.0.2.1:1<->192.0.2.2:3");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|1|192.0.2.2|2|-|7|sshd|-;tcp|192.0.2.1|1|192.0.2.2|3|-|7|sshd|-;");
	assert_rows(r->store, SKIPPED,
		    "a line that is no row of nettop|1|2;a row whose addresses cannot be read|2|4;"
		    "a state that is not known|1|6;");
	assert_taken(HEAD, "nettop");
	assert_taken(",bytes_in,bytes_out,\n", "nettop");
	assert_taken("time,interface\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(sockets_by_process),
		rows_test(chosen_columns),
		rows_test(columns_between_blanks),
		rows_test(what_is_no_row_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
