/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#define TAIL " st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"
#define TCP "  sl  local_address rem_address  " TAIL "\n"
#define UDP "  sl  local_address rem_address  " TAIL " ref pointer drops\n"
#define TCP6 "  sl  local_address                         remote_address                       " TAIL "\n"
#define REST " 00000000:00000000 00:00000000 00000000  1000        0 1514 1 0 100\n"
#define ANY6 "00000000000000000000000000000000"

static void rows_of_the_kernel(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_proc_net,
		   TCP "   0: 0100007F:0277 00000000:0000 0A" REST "   1: 0101A8C0:C350 070200C0:01BB 01" REST
		       "   2: 0101A8C0:C351 070200C0:01BB 06" REST
		   TCP6 "   0: " ANY6 ":0016 " ANY6 ":0000 0A" REST
			"   1: B80D0120000000000000000001000000:E700 0000000000000000FFFF0000070200C0:0050 0C" REST);
	assert_rows(r->store, SOCKETS,
		    "tcp|127.0.0.1|631|-|-|LISTEN|-|-|1000;"
		    "tcp|192.168.1.1|50000|192.0.2.7|443|ESTAB|-|-|1000;"
		    "tcp|192.168.1.1|50001|192.0.2.7|443|TIME-WAIT|-|-|-;"
		    "tcp|::|22|-|-|LISTEN|-|-|1000;"
		    "tcp|2001:db8::1|59136|192.0.2.7|80|SYN-RECV|-|-|1000;");
	assert_rows(r->store, SKIPPED, "");
	assert_rows(r->store, "SELECT DISTINCT witness FROM v_socket", "proc;");
}

static void the_protocol_is_found(void **state)
{
	struct rows *r = *state;
	static const char text[] = UDP "  49: 00000000:003A 00000000:0000 07" REST
				       " 443: 00000000:0035 070200C0:0035 01" REST;
	read_table(r, &reader_proc_net, text);
	assert_rows(r->store, SOCKETS,
		    "raw|0.0.0.0|58|-|-|UNCONN|-|-|1000;udp|0.0.0.0|53|192.0.2.7|53|ESTAB|-|-|1000;");
	assert_rows(r->store, SKIPPED, "only the port tells raw from udp|1|2;");
	static const struct {
		const char *path, *protos;
	} cases[] = {
		{"net/udp", "udp"},	  {"raw", "raw"},	   {"tcpdump/net_raw6.txt", "raw"},
		{"x/udplite6", "udplite"}, {"icmp6", "icmp"}, {"tcp-and-udp", "raw,udp"}, {"tcp/x", "raw,udp"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char wanted[32];
		read_table_as(r, &reader_proc_net, cases[i].path, slice_of_string(text));
		snprintf(wanted, sizeof wanted, "%s;", cases[i].protos);
		assert_rows(r->store, "SELECT group_concat(DISTINCT proto) FROM socket", wanted);
	}
}

/* As head -n 99 /proc/net/… writes them. */
static void several_files_with_their_names(void **state)
{
	struct rows *r = *state;
	static const char text[] = "==> /proc/net/udp <==\n" UDP "  49: 00000000:003A 00000000:0000 07" REST
				   "\n==> /proc/net/raw <==\n" UDP "  58: 00000000:0011 00000000:0000 07" REST
				   "\n==> /proc/net/unix <==\nNum       RefCount Protocol Flags    Type St Inode Path\n"
				   "ffff9b61ac49c400: 00000002 00000000 00010000 0001 01 42776 /x\n"
				   "\n==> /proc/net/tcp <==\n" TCP "   0: 0100007F:0277 00000000:0000 0A" REST;
	read_table(r, &reader_proc_net, text);
	assert_rows(r->store, SOCKETS,
		    "udp|0.0.0.0|58|-|-|UNCONN|-|-|1000;raw|0.0.0.0|17|-|-|UNCONN|-|-|1000;"
		    "tcp|127.0.0.1|631|-|-|LISTEN|-|-|1000;");
	assert_rows(r->store, SKIPPED, "");
	assert_taken(text, "proc-net");
	assert_taken("==> /etc/passwd <==\nroot\n", NULL);
	assert_taken("==> x <==", NULL);
}

static void other_tables_and_nonsense(void **state)
{
	struct rows *r = *state;
	read_table(r, &reader_proc_net,
		   "sk       RefCnt Type Proto  Iface R Rmem   User   Inode\n"
		   "ffff9b61b56c1800 3      3    88cc   2     1 0      101    34754\n"
		   "Num       RefCount Protocol Flags    Type St Inode Path\n"
		   "ffff9b61ac49c400: 00000002 00000000 00010000 0001 01 42776 /x\n" TCP "nonsense\n"
		   "   0: 0100007F 00000000:0000 0A" REST "   1: 0100007F:0277 00000000:0000 0D" REST
		   "   2: 0100007F:0277 0000000:0000 0A" REST "   3: 0100007F:10277 00000000:0000 0A" REST);
	assert_rows(r->store, SOCKETS, "tcp|127.0.0.1|631|-|-|-|-|-|1000;");
	assert_rows(r->store, SKIPPED,
		    "a line that is no row of /proc/net|1|6;a row whose addresses cannot be read|3|7;"
		    "a state that is not known|1|8;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_taken(TCP, "proc-net");
	assert_taken(UDP, "proc-net");
	assert_taken(TCP6, "proc-net");
	assert_taken("sk       RefCnt Type Proto  Iface R Rmem   User   Inode\n", "proc-net");
	assert_taken("sk               Eth Pid        Groups   Rmem     Wmem\n", "proc-net");
	assert_taken("Num       RefCount Protocol Flags    Type St Inode Path\n", "proc-net");
	assert_taken("sk\n", NULL);
	assert_taken("x\n" TCP, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(rows_of_the_kernel),
		rows_test(the_protocol_is_found),
		rows_test(several_files_with_their_names),
		rows_test(other_tables_and_nonsense),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
