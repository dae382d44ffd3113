/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#define HEAD "COMMAND    PID  TID    USER   FD      TYPE             DEVICE  SIZE/OFF       NODE NAME\n"

static void sockets_in_columns(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_lsof,
		   HEAD "sshd      1206         root    3u     IPv4    21598   0t0  TCP *:ssh (LISTEN)\n"
			"sshd      1206         root    4u     IPv6    21607   0t0  TCP *:22 (LISTEN)\n"
			"Google\\x20Chrome 9 17   501   20u     IPv6   0xabc   0t0  TCP [2001:db8::1]:5->[2001:db8::2]:443 (ESTABLISHED)\n"
			"x            5           me    7uW    IPv4   0xabc   0t0  UDP 192.0.2.1:5->192.0.2.53:domain\n"
			"x            5           me    8u     IPv4   0xabc   0t0  UDP *:*\r\n"
			"x            5           me    9u     IPv4   0xabc   0t0  TCP 192.0.2.1:7 (CLOSED) (QR=0 QS=0)\n"
			"x            5           me   10u     IPv4   0xabc        ICMP *:*\n"
			"x            5           me   12u     IPv4 0x4;0x0 1 RW,ND 0xabc 0t0 TCP 192.0.2.1:8 (LISTEN)\n"
			"x            5           me   11u     IPv4   0xabc   0t0  TCP a.example:9->b.example:https (SYN_SENT)\n"
			"python3 5635 root   13u   raw               0t0 19159710 00000000:0001->00000000:0000 st=07\n"
			"python3 5635 root   14u   raw6              0t0 19159711 00000000000000000000000001000000:003A->"
			"00000000000000000000000000000000:0000 st=07\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|22|-|-|LISTEN|1206|sshd|0;"
		    "tcp|::|22|-|-|LISTEN|1206|sshd|0;"
		    "tcp|2001:db8::1|5|2001:db8::2|443|ESTAB|9|Google Chrome|501;"
		    "udp|192.0.2.1|5|192.0.2.53|53|ESTAB|5|x|-;"
		    "udp|0.0.0.0|-|-|-|UNCONN|5|x|-;"
		    "tcp|192.0.2.1|7|-|-|UNCONN|5|x|-;"
		    "icmp|0.0.0.0|-|-|-|UNCONN|5|x|-;"
		    "tcp|192.0.2.1|8|-|-|LISTEN|5|x|-;"
		    "tcp|a.example|9|b.example|443|SYN-SENT|5|x|-;"
		    "raw|0.0.0.0|1|-|-|UNCONN|5635|python3|0;"
		    "raw|::1|58|-|-|UNCONN|5635|python3|0;");
	assert_rows(r->store, SKIPPED, "");
}

static void other_files_are_no_connections(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_lsof,
		   "lsof: WARNING: can't stat() fuse file system\n" HEAD
		   "systemd 1 root cwd DIR 253,0 224 64 /\n"
		   "systemd 1 root mem REG 253,0 20064 8146 /IPv4 IPv4\n"
		   "systemd 1 root 12u unix 0xffff 0t0 9 /run/x type=STREAM\n"
		   "systemd 1 root 13u netlink 0t0 9 KOBJECT_UEVENT\n"
		   "systemd 1 root 14u sock 0,8 0t0 9 protocol: NETLINK\n"
		   "systemd 1 root 15u sock 0,8 0t0 9 protocol: TCPv6\n"
		   "systemd 1 root 16u sock 0,8 0t0 9 can't identify protocol\n"
		   "kthreadd 2 root NOFD /proc/2/fd (opendir: Permission denied)\n"
		   "systemd 1 root 17u IPv4 5 0t0 TCP nonsense\n"
		   "systemd 1 root 18u raw 0t0 5 00000000:0001->0:0 st=07\n"
		   "nonsense\n");
	assert_rows(r->store, SOCKETS, "");
	assert_rows(r->store, SKIPPED,
		    "a socket that lsof does not tell|4|8;a process whose files lsof may not see|1|10;"
		    "a line that is no row of lsof|1|13;");
}

static void sockets_in_fields(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_lsof_fields,
		   "p1206\ncsshd\nu0\nLroot\nf3\ntIPv4\nPTCP\nn*:22\nTST=LISTEN\nTQR=0\n"
		   "f4\ntREG\nn/etc/passwd\nf5\ntunix\nn/run/x\n"
		   "p7\ncother\nu1000\nf9\nn192.0.2.1:5->192.0.2.2:6\nPUDP\ntIPv4\n"
		   "p8\nLroot\nf1\ntIPv6\nPTCP\nTST=CLOSE_WAIT\nn[::1]:1->[::1]:2\nf2\ntsock\nnprotocol: UDP\nfNOFD\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|22|-|-|LISTEN|1206|sshd|0;"
		    "udp|192.0.2.1|5|192.0.2.2|6|ESTAB|7|other|1000;"
		    "tcp|::1|1|::1|2|CLOSE-WAIT|8|-|0;");
	assert_rows(r->store, SKIPPED,
		    "a socket that lsof does not tell|1|31;a process whose files lsof may not see|1|34;");
	assert_rows(r->store, "SELECT DISTINCT witness FROM v_socket", "lsof;");
	static const char nul[] = "p1206\0csshd\0u0\0\nf3\0tIPv4\0PTCP\0n*:22\0TST=LISTEN\0\nf4\0tREG\0\n";
	read_table_as(r, &reader_lsof_fields, "t", slice_of(nul, sizeof nul - 1));
	assert_rows(r->store, SOCKETS, "tcp|0.0.0.0|22|-|-|LISTEN|1206|sshd|0;");
	assert_string_equal(taken_by(slice_of(nul, sizeof nul - 1)), "lsof-fields");
}

/* lsof -F pcPnT: what was not asked for is not there. */
static void fields_without_descriptor_or_type(void **state)
{
	struct rows *r = *state;
	static const char wanted[] = "tcp|*|22|-|-|LISTEN|1206|sshd|-;udp|192.0.2.1|5|192.0.2.2|6|ESTAB|1206|sshd|-;"
				     "tcp|::1|7|-|-|LISTEN|7|other|-;";
	static const char lines[] = "p1206\ncsshd\nPTCP\nn*:22\nTST=LISTEN\nTQR=0\nPUDP\nn192.0.2.1:5->192.0.2.2:6\n"
				    "p7\ncother\nPTCP\nn[::1]:7\nTST=LISTEN\n";
	static const char nul[] = "p1206\0csshd\0\nPTCP\0n*:22\0TST=LISTEN\0TQR=0\0\nPUDP\0n192.0.2.1:5->192.0.2.2:6\0\n"
				  "p7\0cother\0\nPTCP\0n[::1]:7\0TST=LISTEN\0\n";
	read_table(r, &reader_lsof_fields, lines);
	assert_rows(r->store, SOCKETS, wanted);
	read_table_as(r, &reader_lsof_fields, "t", slice_of(nul, sizeof nul - 1));
	assert_rows(r->store, SOCKETS, wanted);
	assert_rows(r->store, SKIPPED, "");
	assert_taken(lines, "lsof-fields");
	assert_string_equal(taken_by(slice_of(nul, sizeof nul - 1)), "lsof-fields");
	/* a protocol of another kind is no socket of the Internet */
	read_table(r, &reader_lsof_fields, "p1\nPst\nn/run/x\nn/etc/passwd\n");
	assert_rows(r->store, SOCKETS, "");
	assert_rows(r->store, SKIPPED, "");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_taken(HEAD, "lsof");
	assert_taken("COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\n", "lsof");
	assert_taken("lsof: WARNING: x\n      Output information may be incomplete.\n" HEAD, "lsof");
	assert_taken("sshd 1206 root 3u IPv4 21598 0t0 TCP *:ssh (LISTEN)\n", "lsof");
	assert_taken("$ lsof -i\n" HEAD, "lsof");
	assert_taken("$ lsof -i\nsshd 1206 root 3u IPv4 21598 0t0 TCP *:ssh (LISTEN)\n", NULL);
	assert_taken("COMMAND PID\n", NULL);
	assert_taken("p1\ncinit\nfcwd\n", "lsof-fields");
	assert_taken("p1\ncinit\n", NULL);
	assert_taken("prose\nfor\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(sockets_in_columns),
		rows_test(other_files_are_no_connections),
		rows_test(sockets_in_fields),
		rows_test(fields_without_descriptor_or_type),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
