/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#define LINUX                                                                                       \
	"Active Internet connections (servers and established)\n"                                  \
	"Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       " \
	"Inode      PID/Program name     Timer\n"
#define WARNED                                                                          \
	"(Not all processes could be identified, non-owned process info\n"              \
	" will not be shown, you would have to be root to see it all.)\n"
#define MACOS "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)"

static void linux_rows(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_netstat,
		   WARNED LINUX "tcp        0      0 0.0.0.0:22    0.0.0.0:*     LISTEN      0    1514   7/sshd: a b   off (0.00/0/0)\n"
			 "tcp        0      0 192.0.2.1:22  192.0.2.2:443 ESTABLISHED root 99  8/x keepalive (7.12/0/0)\r\n"
			 "tcp6       0      0 :::80         :::*          LISTEN      33   1      -\n"
			 "tcp6       0      0 ::ffff:192.0.2.1:1 ::1:2    FIN_WAIT2   -\n"
			 "udp        0      0 0.0.0.0:68    0.0.0.0:*                 me   20830  1029/dhclient\n"
			 "udp        0      0 192.0.2.1:9   192.0.2.53:domain ESTABLISHED 5/q\n"
			 "udp6       0      0 ::1:323       :::*\n"
			 "raw6       0      0 [::]:ipv6-icmp [::]:*       7           root 20819  878/NetworkManager\n"
			 "tcp        0      0 a.example:ssh b.example:ircd TIME_WAIT  12   0\n"
			 "tcp        0      0 192.0.2.1:5   192.0.2.2:6   VERBUNDEN\n"
			 "tcp        0      0 192.0.2.1:7   192.0.2.2:8   7/z (x)\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|22|-|-|LISTEN|7|sshd: a b|0;"
		    "tcp|192.0.2.1|22|192.0.2.2|443|ESTAB|8|x|0;"
		    "tcp|::|80|-|-|LISTEN|-|-|33;"
		    "tcp|192.0.2.1|1|::1|2|FIN-WAIT-2|-|-|-;"
		    "udp|0.0.0.0|68|-|-|UNCONN|1029|dhclient|-;"
		    "udp|192.0.2.1|9|192.0.2.53|53|ESTAB|5|q|-;"
		    "udp|::1|323|-|-|UNCONN|-|-|-;"
		    "raw|::|58|-|-|UNCONN|878|NetworkManager|0;"
		    "tcp|a.example|22|b.example|6667|TIME-WAIT|-|-|12;"
		    "tcp|192.0.2.1|5|192.0.2.2|6|ESTAB|-|-|-;"
		    "tcp|192.0.2.1|7|192.0.2.2|8|-|7|z (x)|-;");
	assert_rows(r->store, SKIPPED, "");
	assert_rows(r->store, "SELECT DISTINCT witness FROM v_socket", "netstat;");
}

static void macos_and_bsd_rows(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_netstat,
		   "Active Internet connections (including servers)\n" MACOS "     rhiwat shiwat    pid   epid  state options\n"
		   "tcp4  0 0  192.0.2.1.62979   192.0.2.7.443  ESTABLISHED 131072 131072  412  0 0x0102 0x00000004\n"
		   "tcp46 0 0  *.22              *.*            LISTEN      131072 131072    1  0 0x0100 0x0\n"
		   "udp4  0 0  *.5353            *.*                        786896   9216  233  0 0x0100 0x0\n"
		   "udp6  0 0  fe80::1%lo0.123   *.*                        786896   9216  234  0 0x0100 0x0\n"
		   "icm6  0 0  *.*               *.*                        262144 262144  300  0 0x0080 0x0\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|62979|192.0.2.7|443|ESTAB|412|-|-;"
		    "tcp|*|22|-|-|LISTEN|1|-|-;"
		    "udp|0.0.0.0|5353|-|-|UNCONN|233|-|-;"
		    "udp|fe80::1|123|-|-|UNCONN|234|-|-;"
		    "icmp6|::|-|-|-|UNCONN|300|-|-;");
	assert_rows(r->store, SKIPPED, "");
	read_table(r, &reader_netstat,
		   MACOS "  rxbytes txbytes rhiwat shiwat  process:pid    state  options\n"
		   "tcp4 0 0 127.0.0.1.1 127.0.0.1.2 CLOSE_WAIT 95 26 364032 146988  Google Chrome He:759 00102 00000004\n"
		   "udp4 0 0 *.68 *.* 0 0 786896 9216 a:b:17 00000 00000000\n"
		   "udp4 0 0 *.69 *.* 0 0 786896 9216 nothing more\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|127.0.0.1|1|127.0.0.1|2|CLOSE-WAIT|759|Google Chrome He|-;"
		    "udp|0.0.0.0|68|-|-|UNCONN|17|a:b|-;"
		    "udp|0.0.0.0|69|-|-|UNCONN|-|-|-;");
	read_table(r, &reader_netstat,
		   "Tcpcb            Proto Rexmit OOORcv 0-win  Local Address      Foreign Address\n"
		   "fffff80003df43d0 tcp4       3      0      0 192.0.2.1.ssh      192.0.2.9.64330     0      0 131072\n"
		   "fffff80003ae87a0 udp6                       *.syslog           *.*\n"
		   "tcp4  0/0/128        *.22\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|192.0.2.1|22|192.0.2.9|64330|-|-|-|-;"
		    "udp|::|514|-|-|UNCONN|-|-|-;"
		    "tcp|0.0.0.0|22|-|-|LISTEN|-|-|-;");
	assert_rows(r->store, SKIPPED, "");
}

static void addresses_that_may_be_cut(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_netstat,
		   LINUX "tcp6 0 0 2001:db8::1234:567:443 2001:db8:1:2:3:4:5:443 ESTABLISHED\n" /* no address */
			 "tcp6 0 0 2001:db8::1234:5678:443 2001:db8::1:443       ESTABLISHED\n" /* 23 bytes */
			 "tcp6 0 0 2001:db8::1234:56:4430 ::1:2 ESTABLISHED\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|2001:db8::1234:567|443|2001:db8:1:2:3:4:5|443|ESTAB|-|-|-;"
		    "tcp|2001:db8::1234:5678|443|2001:db8::1|443|ESTAB|-|-|-;"
		    "tcp|2001:db8::1234:56|4430|::1|2|ESTAB|-|-|-;");
	assert_rows(r->store, SKIPPED, "an address that may be cut off|2|3;");
	read_table(r, &reader_netstat,
		   MACOS "\n"
		   "tcp6 0 0 fe80::aede:48ff:.49152 fe80::aede:48ff:.49153 ESTABLISHED\n"
		   "tcp6 0 0 2001:db8::1:2:34.1 2001:db8::1:2:345.2 ESTABLISHED\n");
	assert_rows(r->store, SKIPPED, "an address that may be cut off|2|2;");
	assert_rows(r->store, "SELECT local FROM socket", "fe80::aede:48ff:;2001:db8::1:2:34;");
}

static void other_tables_are_no_connections(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_netstat,
		   "Active UNIX domain sockets (w/o servers)\n"
		   "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path\n"
		   "unix  3      [ ]         STREAM     CONNECTED     30460    -   /a Internet path\n"
		   "Active LOCAL (UNIX) domain sockets\n"
		   "Address Type Recv-Q Send-Q Inode Conn Refs Nextref Addr\n"
		   "fffff80003ab6200 stream 0 0 0 fffff80003ab6100 0 0 /Internet\n"
		   "Registered kernel control modules\n"
		   "       1        0        4 com.example.thing\n"
		   "kctl       0      0      2     10 com.example\n"
		   "Active Internet connections\n"
		   "tcp4 0 0 *.22 *.* LISTEN\n"
		   "nonsense\n"
		   "tcp4 0 0 22 *.* LISTEN\n");
	assert_rows(r->store, SOCKETS, "tcp|0.0.0.0|22|-|-|LISTEN|-|-|-;");
	assert_rows(r->store, SKIPPED,
		    "a line that is no row of netstat|1|12;a row whose addresses cannot be read|1|13;");
	read_table(r, &reader_netstat, "tcp 0 0 192.0.2.1:1 192.0.2.2:2 SEHRSELTSAM 7/x\n");
	assert_rows(r->store, SOCKETS, "tcp|192.0.2.1|1|192.0.2.2|2|-|7|x|-;");
	assert_rows(r->store, SKIPPED, "a state that is not known|1|1;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_taken(LINUX, "netstat");
	assert_taken(WARNED LINUX, "netstat");
	assert_taken("1\n2\n3\n4\n" LINUX, NULL);
	assert_taken("$ netstat\ntcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n", NULL);
	assert_taken("Aktive Internetverbindungen (Server und stehende Verbindungen)\n"
		     "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n", "netstat");
	assert_taken("Active Internet connections\n" MACOS "\n", "netstat");
	assert_taken("Tcpcb Proto Rexmit OOORcv 0-win  Local Address Foreign Address\n", "netstat");
	assert_taken("tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n", "netstat");
	assert_taken("tcp4 0 0 *.22 *.* LISTEN\n", "netstat");
	assert_taken("Active UNIX domain sockets\nProto RefCnt Flags Type State I-Node Path\n", "netstat");
	assert_taken("Kernel IP routing table\nDestination Gateway Genmask Flags MSS Window irtt Iface\n", NULL);
	assert_taken("Name Mtu Network Address Ipkts Ierrs\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(linux_rows),
		rows_test(macos_and_bsd_rows),
		rows_test(addresses_that_may_be_cut),
		rows_test(other_tables_are_no_connections),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
