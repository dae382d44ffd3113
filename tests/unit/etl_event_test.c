/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/direct.h"
#include "tests/unit/etl_payload.h"
#include "tests/unit/fake_store.h"

#include "ingest/etl/connection.h"

enum { TCP = 6, UDP = 8, PROCESS = 3, IMAGE = 0x14, SEND = 10, RECEIVE = 11, CONNECT = 12, CLOSE = 13, ACCEPT = 15, FAIL = 17, V6 = 16 };

/* A trace that counts time in milliseconds. */
static struct build *begin(void)
{
	static struct build b;
	b.size = b.buffer = 0;
	build_log(&b, &(struct build_log){.clock = 1, .frequency = 1000});
	build_buffer(&b, 0, 0, 0);
	return &b;
}

static void kernel(struct build *b, unsigned group, unsigned opcode, uint64_t ms, struct slice payload)
{
	build_kernel(b, group, opcode, group == PROCESS ? 4 : 2, 77, BUILD_FIRST_STAMP + ms, payload);
}

static void manifest(struct build *b, struct build_guid provider, unsigned id, unsigned version, uint64_t ms, struct slice payload)
{
	build_manifest(b, &(struct build_manifest){provider, id, version, 0, 55, BUILD_FIRST_STAMP + ms, false}, payload);
}

static void finish(struct rows *r, struct build *b)
{
	struct error err = {0};
	struct ingest to = {.path = "a.etl"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(r->store, QUERY_SOURCE_INSERT);
	build_buffer_end(b, 0);
	store_bind_text(q, 1, "a.etl");
	store_bind_text(q, 2, "etl");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(r->store);
	enum status status = direct_read(r->store, &to, &reader_etl, build_slice(b), &records, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
}

#define ATTEMPTS                                                                                                 \
	"SELECT (time_ns - 1795435200000000000) / 1000000, call, proto, src, sport, dst, dport, outcome, errno, pid," \
	" bytes_out, bytes_in FROM attempt ORDER BY id"
#define TCP_ENDS "192.0.2.1|40000|203.0.113.9|443"
#define ENDS6 "2001:db8::1|40000|2001:db8::9|443"

static void test_tcp(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	kernel(b, TCP, CONNECT, 10, payload_tcp(100, 0, 40000, 443));
	kernel(b, TCP, SEND, 20, payload_tcp(100, 300, 40000, 443));
	kernel(b, TCP, SEND, 21, payload_tcp(100, 11, 40000, 443));
	kernel(b, TCP, 14, 22, payload_tcp(100, 11, 40000, 443)); /* again */
	kernel(b, TCP, RECEIVE, 15, payload_tcp(100, 5000, 40000, 443));
	kernel(b, TCP, CLOSE, 30, payload_tcp(100, 0, 40000, 443));
	kernel(b, TCP, CONNECT, 40, payload_tcp(100, 0, 40000, 443)); /* another one, unanswered */
	kernel(b, TCP, ACCEPT, 50, payload_tcp(UINT32_MAX, 0, 8080, 50001));
	kernel(b, TCP, SEND + V6, 60, payload_tcp6(101, 7, 40000, 443));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS,
		    "10|connect|tcp|" TCP_ENDS "|ok|-|100|311|5000;"
		    "40|connect|tcp|" TCP_ENDS "|pending|-|100|0|0;"
		    "50|accept|tcp|192.0.2.1|8080|203.0.113.9|50001|ok|-|-|0|0;"
		    "60|send|tcp|" ENDS6 "|ok|-|101|7|0;");
	assert_rows(r->store, "SELECT DISTINCT witness, in_session, in_cgroup, in_tree, suite FROM attempt", "etw|0|0|0|0;");
	assert_rows(r->store, "SELECT reason FROM skipped", "");
}

/* The layouts of before 2003: ends first. */
static void test_old_versions(void **state)
{
	struct rows *r = *state;
	struct build *b = begin(), *p = payload();
	build_v4(p, 203, 0, 113, 9);
	build_v4(p, 192, 0, 2, 1);
	build_be16(p, 443);
	build_be16(p, 40000);
	build_put(p, 17, 4);
	build_put(p, 100, 4);
	build_kernel(b, TCP, SEND, 0, 77, BUILD_FIRST_STAMP + 1, build_slice(p));
	p = payload();
	build_put(p, 1, 8);
	build_v4(p, 192, 0, 2, 1);
	build_be16(p, 40000);
	build_put(p, 33, 2);
	build_v4(p, 203, 0, 113, 9);
	build_be16(p, 443);
	build_put(p, 33, 2);
	build_kernel(b, UDP, SEND, 0, 77, BUILD_FIRST_STAMP + 2, build_slice(p));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS, "1|send|tcp|" TCP_ENDS "|ok|-|100|17|0;2|sendto|udp|" TCP_ENDS "|ok|-|77|33|0;");
}

static void test_udp(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	kernel(b, UDP, SEND, 1, payload_tcp(100, 50, 40000, 443));
	/* sent from 192.0.2.1: that is the other side now */
	kernel(b, UDP, RECEIVE, 2, payload_tcp(100, 60, 40000, 443));
	manifest(b, guid_network, 42, 0, 3, payload_tcp(100, 70, 40000, 443));
	manifest(b, guid_network, 58, 0, 4, payload_tcp6(100, 71, 40000, 443));
	manifest(b, guid_network, 12, 0, 5, payload_tcp(100, 0, 40000, 443));
	manifest(b, guid_network, 28, 0, 6, payload_tcp6(100, 0, 40000, 443));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS,
		    "1|sendto|udp|" TCP_ENDS "|ok|-|100|50|0;"
		    "2|recv|udp|203.0.113.9|443|192.0.2.1|40000|ok|-|100|0|60;"
		    "3|sendto|udp|" TCP_ENDS "|ok|-|100|70|0;"
		    "4|sendto|udp|" ENDS6 "|ok|-|100|71|0;"
		    "5|connect|tcp|" TCP_ENDS "|pending|-|100|0|0;"
		    "6|connect|tcp|" ENDS6 "|pending|-|100|0|0;");
}

static void test_failure(void **state)
{
	struct rows *r = *state;
	struct build *b = begin(), *p = payload();
	build_put(p, 6, 2);
	build_put(p, 3, 2);
	kernel(b, TCP, FAIL, 1, build_slice(p));
	kernel(b, TCP, SEND, 2, SLICE("short"));
	kernel(b, TCP, 99, 2, SLICE("unknown"));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS, "1|connect|tcp|-|-|-|-|failed|3|77|0|0;");
	assert_rows(r->store, "SELECT reason, count FROM skipped ORDER BY 1",
		    "an event of the kernel (tcp) that breaks its layout|1;an event of the kernel (tcp) that is not read|1;");
}

static void test_tcpip(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	manifest(b, guid_tcpip, 1002, 0, 1, payload_tcpip(1002, 0, 0, 40001, false));
	manifest(b, guid_tcpip, 1033, 0, 2, payload_tcpip(1033, 55, 0, 40001, false));
	manifest(b, guid_tcpip, 1034, 0, 3, payload_tcpip(1034, 55, 0xc0000236, 40002, false));
	manifest(b, guid_tcpip, 1017, 0, 4, payload_tcpip(1017, 4, 0, 80, true));
	manifest(b, guid_tcpip, 1169, 0, 5, payload_tcpip(1169, 55, 512, 40003, false));
	manifest(b, guid_tcpip, 1300, 0, 6, SLICE(""));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS,
		    "1|connect|tcp|198.51.100.1|40001|198.51.100.9|443|ok|-|55|0|0;"
		    "3|connect|tcp|198.51.100.1|40002|198.51.100.9|443|refused|3221226038|55|0|0;"
		    "4|accept|tcp|2001:db8::1|80|2001:db8::9|443|ok|-|4|0|0;"
		    "5|sendto|udp|198.51.100.1|40003|198.51.100.9|443|ok|-|55|512|0;");
	assert_int_equal(rows_number(r->store, "SELECT sum(count) FROM skipped"), 1);
}

static void test_wfp(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	manifest(b, guid_wfp, 1001, 2, 1, payload_wfp(0));
	manifest(b, guid_wfp, 1001, 2, 2, payload_wfp(0));
	manifest(b, guid_wfp, 1001, 2, 3, SLICE("short"));
	manifest(b, guid_wfp, 1014, 2, 3, SLICE(""));
	finish(r, b);
	assert_rows(r->store, ATTEMPTS, "1|send|other|198.51.100.1|40001|198.51.100.9|443|denied|-|-|0|0;");
	assert_rows(r->store, "SELECT comm FROM attempt", "agent.exe;");
	assert_rows(r->store, "SELECT count FROM skipped", "1;1;");
}

/* More ends than are kept at a time: rows earlier, and no bytes lost. */
static void test_many_connections(void **state)
{
	struct rows *r = *state;
	static struct build file;
	enum { MANY = CONNECTIONS_MAX + 1000 };
	file.size = 0;
	build_log(&file, &(struct build_log){.clock = 1, .frequency = 1000});
	unsigned char *all = malloc((size_t)MANY * 2 * 128 + file.size);
	assert_non_null(all);
	size_t size = file.size;
	memcpy(all, file.bytes, size);
	for (unsigned i = 0; i < 2 * MANY; i += 500) {
		static struct build part;
		part.size = part.buffer = 0;
		build_buffer(&part, 0, 0, 0);
		for (unsigned n = i; n < i + 500 && n < 2 * MANY; n++)
			kernel(&part, TCP, SEND, n, payload_tcp(n % MANY / 60000 + 1, 1, n % MANY % 60000, 443));
		build_buffer_end(&part, 0);
		memcpy(all + size, part.bytes, part.size);
		size += part.size;
	}
	struct error err = {0};
	struct ingest to = {.path = "a.etl", .source = 1};
	uint64_t records;
	assert_int_equal(direct_read(r->store, &to, &reader_etl, slice_of(all, size), &records, &err), OK);
	free(all);
	assert_int_equal(records, 1 + 2 * MANY);
	assert_int_equal(rows_number(r->store, "SELECT sum(bytes_out) FROM attempt"), 2 * MANY);
	assert_int_equal(rows_number(r->store, "SELECT count(DISTINCT sport) FROM attempt"), MANY);
}

#define PROCESSES                                                                                             \
	"SELECT pid, ppid, comm, exe, (first_ns - 1795435200000000000) / 1000000,"                             \
	" (last_ns - 1795435200000000000) / 1000000, status FROM process ORDER BY id"

static void test_processes(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	kernel(b, PROCESS, 3, 5, payload_process(4, 0, false, "System"));
	kernel(b, TCP, SEND, 6, payload_tcp(200, 9, 40000, 443));
	manifest(b, guid_process, 1, 3, 7, payload_started(200, 4, 3, "\\Device\\HarddiskVolume1\\a\\agent.exe"));
	kernel(b, PROCESS, 1, 7, payload_process(200, 4, true, "agent.exe"));
	kernel(b, PROCESS, 10, 8, payload_image(200, "\\Device\\HarddiskVolume1\\a\\other.dll"));
	kernel(b, PROCESS, 10, 8, payload_image(200, "\\Device\\HarddiskVolume1\\full\\agent.exe"));
	kernel(b, PROCESS, 2, 30, payload_process(200, 4, true, "agent.exe"));
	struct build *p = payload();
	build_put(p, 200, 4);
	build_put(p, 0, 8 + 8);
	build_put(p, 7, 4);
	manifest(b, guid_process, 2, 0, 30, build_slice(p));
	/* the number is used again, long after */
	kernel(b, PROCESS, 1, 9000, payload_process(200, 4, true, "second.exe"));
	kernel(b, TCP, SEND, 9001, payload_tcp(200, 9, 40001, 443));
	manifest(b, guid_process, 1, 0, 9500, payload_started(300, 200, 0, "\\x\\third.exe"));
	manifest(b, guid_process, 5, 0, 9600, SLICE("short"));
	kernel(b, PROCESS, 32, 9700, SLICE("counters"));
	finish(r, b);
	assert_rows(r->store, PROCESSES,
		    "4|-|System|-|5|-|-;"
		    "200|4|agent.exe|\\Device\\HarddiskVolume1\\full\\agent.exe|7|30|7;"
		    "200|4|second.exe|-|9000|-|-;"
		    "300|200|third.exe|\\x\\third.exe|9500|-|-;");
	assert_rows(r->store, "SELECT a.sport, a.comm, p.exe FROM attempt a JOIN process p ON p.id = a.process ORDER BY 1",
		    "40000|agent.exe|\\Device\\HarddiskVolume1\\full\\agent.exe;40001|second.exe|-;");
	assert_rows(r->store, "SELECT count FROM skipped", "1;");
}

#define LOOKUPS "SELECT qname, qtype, server, dport, transport, rcode, answers FROM dns ORDER BY id"

static void test_dns(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	manifest(b, guid_dns, 3006, 0, 1, payload_dns(3006, "Example.net", 1, 0, ""));
	manifest(b, guid_dns, 3010, 0, 2, payload_dns(3010, "example.net", 1, 0, "192.0.2.53"));
	manifest(b, guid_dns, 3011, 0, 3, payload_dns(3011, "example.net", 1, 0, "192.0.2.53"));
	manifest(b, guid_dns, 3020, 0, 3, payload_dns(3020, "example.net", 1, 0, "203.0.113.9;"));
	manifest(b, guid_dns, 3008, 0, 4,
		 payload_dns(3008, "example.net", 1, 0, "type:  5 alias.example;::ffff:203.0.113.9;2001:db8::9;"));
	manifest(b, guid_dns, 3008, 0, 5, payload_dns(3008, "nowhere.example", 28, 9003, ""));
	manifest(b, guid_dns, 3006, 0, 6, payload_dns(3006, "silent.example", 28, 0, ""));
	manifest(b, guid_dns, 1001, 0, 7, SLICE("x"));
	finish(r, b);
	assert_rows(r->store, LOOKUPS,
		    "Example.net|A||0|client|NOERROR|[\"alias.example\",\"203.0.113.9\",\"2001:db8::9\"];"
		    "example.net|A|192.0.2.53|53|client|NOERROR|[];"
		    "nowhere.example|AAAA||0|client|NXDOMAIN|-;"
		    "silent.example|AAAA||0|client|-|-;");
	assert_rows(r->store, "SELECT count FROM skipped", "1;");
}

static const uint64_t whole = 0xc0000001, first = 0x40000001, last = 0x80000001, sent = UINT64_C(0x100000000);

static void ndis(struct build *b, unsigned id, uint64_t keyword, struct slice payload)
{
	build_manifest(b, &(struct build_manifest){guid_ndis, id, 0, keyword, 0, BUILD_FIRST_STAMP + 5, false}, payload);
}

#define FLOWS "SELECT proto, src, sport, dst, dport, packets_out, bytes_out, dir FROM flow ORDER BY id"

static void test_packets(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	ndis(b, 1001, whole | sent, payload_ndis(0, FRAME_SIZE, false));
	ndis(b, 1003, whole | sent, payload_ndis(0, FRAME_SIZE, true));
	ndis(b, 1001, first | sent, payload_ndis(0, 20, false));
	ndis(b, 1001, 1 | sent, payload_ndis(20, 10, false));
	ndis(b, 1001, last | sent, payload_ndis(30, FRAME_SIZE - 30, false));
	ndis(b, 1001, last | sent, payload_ndis(30, FRAME_SIZE - 30, false)); /* no beginning */
	ndis(b, 1001, first | sent, payload_ndis(0, 20, false));	      /* no end */
	ndis(b, 1012, 0, SLICE(""));
	finish(r, b);
	assert_rows(r->store, FLOWS, "udp|192.0.2.1|40001|203.0.113.9|8080|3|30|out;");
	assert_rows(r->store, "SELECT reason, count FROM skipped ORDER BY 1",
		    "a fragment of a packet of which the beginning is missing|1;a packet of which fragments are missing|1;"
		    "an event of Microsoft-Windows-NDIS-PacketCapture {2ed6006e-4729-4609-b423-3ee7bcd678ef} that is not read|1;");
}

static void test_pktmon(void **state)
{
	struct rows *r = *state;
	struct build *b = begin();
	manifest(b, guid_pktmon, 160, 0, 1, payload_pktmon(1, 1, 0));
	manifest(b, guid_pktmon, 160, 0, 1, payload_pktmon(2, 1, 0)); /* the same at another place */
	manifest(b, guid_pktmon, 160, 0, 1, payload_pktmon(1, 3, 14)); /* without Ethernet */
	manifest(b, guid_pktmon, 160, 0, 1, payload_pktmon(1, 9, 0));
	manifest(b, guid_pktmon, 160, 0, 1, SLICE("short"));
	/* and lookups count on with what packets told */
	manifest(b, guid_dns, 3006, 0, 2, payload_dns(3006, "example.net", 1, 0, ""));
	finish(r, b);
	assert_rows(r->store, FLOWS, "udp|192.0.2.1|40001|203.0.113.9|8080|2|20|out;");
	assert_rows(r->store, "SELECT sum(count) FROM skipped", "2;");
	assert_rows(r->store, LOOKUPS, "example.net|A||0|client|-|-;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(test_tcp),	   rows_test(test_old_versions), rows_test(test_udp),
		rows_test(test_failure),   rows_test(test_tcpip),	 rows_test(test_wfp),	 rows_test(test_many_connections),
		rows_test(test_processes), rows_test(test_dns),		 rows_test(test_packets),
		rows_test(test_pktmon),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
