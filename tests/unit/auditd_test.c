/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/log_rows.h"

#include "core/text.h"
#include "ingest/audit_record.h"

#define STAMP(serial) "msg=audit(1795435385.123:" serial "): "
#define CALL(serial, number, rest) "type=SYSCALL " STAMP(serial) "arch=c000003e syscall=" number " " rest "\n"
#define CURL " a0=3 items=0 ppid=1 pid=4711 auid=1000 uid=1000 comm=\"curl\" exe=\"/usr/bin/curl\" subj=unconfined key=\"net\""
#define ADDRESS(serial, hex) "type=SOCKADDR " STAMP(serial) "saddr=" hex "\n"
#define V4 "020001BBC00002070000000000000000"                                         /* 192.0.2.7 port 443 */
#define V6 "0A0001BB0000000020010DB800000000000000000000000100000000" /* 2001:db8::1 port 443 */
#define UNIX "01002F72756E2F7800"

static void calls_and_their_addresses(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_auditd,
		      CALL("1", "42", "success=yes exit=0" CURL) ADDRESS("1", V4) "type=PROCTITLE " STAMP("1") "proctitle=63\n"
		      CALL("2", "42", "success=no exit=-115" CURL) ADDRESS("2", V6) "type=EOE " STAMP("2") "\n"
		      CALL("3", "42", "success=no exit=-13" CURL) ADDRESS("3", V4)
		      CALL("4", "44", "success=no exit=-1" CURL) ADDRESS("4", V4)
		      CALL("5", "42", "success=no exit=-111" CURL) ADDRESS("5", V4)
		      CALL("6", "43", "success=yes exit=5" CURL) ADDRESS("6", V4)
		      CALL("7", "43", "success=no exit=-11" CURL) ADDRESS("7", V4)
		      CALL("8", "49", "success=yes exit=0" CURL) ADDRESS("8", V4)
		      CALL("9", "42", "success=yes exit=0" CURL) ADDRESS("9", UNIX)
		      CALL("10", "45", "success=yes exit=9" CURL) ADDRESS("10", V4)
		      CALL("11", "59", "success=yes exit=0" CURL)
		      /* of no family: a datagram goes there all the same */
		      CALL("12", "44", "success=yes exit=9 pid=12") ADDRESS("12", "00000035C00002070000000000000000")
		      CALL("13", "42", "success=yes exit=0 pid=13") ADDRESS("13", "00000035C00002070000000000000000")
		      CALL("14", "44", "success=yes exit=9 pid=14") ADDRESS("14", "0000"));
	assert_rows(r->store, COUNTS, "29|7|22|0;");
	assert_rows(r->store, ENTRIES,
		    "2|1795435385123|/usr/bin/curl|4711|-|192.0.2.7|443|-|allowed|-|-|out;"
		    "5|1795435385123|/usr/bin/curl|4711|-|2001:db8::1|443|-|allowed|-|-|out;"
		    "8|1795435385123|/usr/bin/curl|4711|-|192.0.2.7|443|-|blocked|-|-|out;"
		    "10|1795435385123|/usr/bin/curl|4711|-|192.0.2.7|443|-|blocked|-|-|out;"
		    "12|1795435385123|/usr/bin/curl|4711|-|192.0.2.7|443|-|logged|-|-|out;"
		    "14|1795435385123|/usr/bin/curl|4711|-|-|-|-|allowed|192.0.2.7|443|in;"
		    "25|1795435385123|-|12|-|192.0.2.7|53|-|allowed|-|-|out;");
	assert_rows(r->store, "SELECT zone FROM app_log", "as stated;");
}

static void events_lie_in_between(void **state)
{
	struct rows *r = *state;
	/* also the other way round, on two machines with one number, and at another time */
	read_log_text(r, &reader_auditd,
		      CALL("1", "42", "success=yes exit=0 pid=1") CALL("2", "42", "success=yes exit=0 pid=2")
		      ADDRESS("2", V6) ADDRESS("1", V4) ADDRESS("3", V4) CALL("3", "42", "success=yes exit=0 pid=3")
		      "node=a " CALL("4", "42", "success=yes exit=0 pid=4") "node=b " CALL("4", "42", "success=yes exit=0 pid=5")
		      "node=b " ADDRESS("4", V6) "node=a " ADDRESS("4", V4));
	assert_rows(r->store, "SELECT line, pid, dst FROM app_event ORDER BY id",
		    "3|2|2001:db8::1;4|1|192.0.2.7;6|3|192.0.2.7;9|5|2001:db8::1;10|4|192.0.2.7;");
	assert_rows(r->store, COUNTS, "10|5|5|0;");
}

static void what_finds_no_partner_is_counted(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_auditd,
		      CALL("1", "42", "success=yes exit=0")   /* pushed out by the one of 257 */
		      ADDRESS("2", V4)                        /* till the end */
		      CALL("3", "42", "success=no exit=-14")  /* no address was taken: nothing is missed */
		      CALL("4", "44", "success=yes exit=9")   /* on a connected socket */
		      ADDRESS("5", UNIX)
		      CALL("257", "42", "success=yes exit=0") ADDRESS("257", V4)
		      ADDRESS("1", V4)                        /* too late: of an event that is not known any more */
		      CALL("6", "42", "success=no exit=-101"));
	assert_rows(r->store, COUNTS, "9|1|4|4;");
	assert_rows(r->store, "SELECT reason, count, first_record, example LIKE 'type=%' FROM skipped ORDER BY reason",
		    "a connect without its address|2|1|1;an address without its system call|2|8|1;");
}

static void only_what_the_session_wrote_counts(void **state)
{
	struct rows *r = *state;
	static const char before[] = CALL("1", "42", "success=yes exit=0 pid=1") CALL("2", "42", "success=yes exit=0");
	static const char log[] = CALL("1", "42", "success=yes exit=0 pid=1") CALL("2", "42", "success=yes exit=0")
		ADDRESS("1", V4) CALL("3", "42", "success=yes exit=0");
	read_log_part(r, &reader_auditd, slice_of_string(log), sizeof before - 1, sizeof log - 1);
	assert_rows(r->store, COUNTS, "2|1|0|1;");
	assert_rows(r->store, "SELECT line, pid FROM app_event", "3|1;");
}

static void machines_and_names(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_auditd,
		      "type=SYSCALL " STAMP("1") "arch=c00000b7 syscall=203 success=yes exit=0 pid=1\n" ADDRESS("1", V4)
		      "type=SYSCALL " STAMP("2") "arch=40000003 syscall=102 success=yes exit=0 a0=3 pid=2\n" ADDRESS("2", V4)
		      "type=SYSCALL " STAMP("3") "arch=40000003 syscall=102 success=yes exit=0 a0=2 pid=3\n" ADDRESS("3", V4)
		      "type=SYSCALL " STAMP("4") "arch=40000003 syscall=362 success=yes exit=0 pid=4\n" ADDRESS("4", V4)
		      /* x32 */
		      "type=SYSCALL " STAMP("5") "arch=c000003e syscall=1073741866 success=yes exit=0 pid=5\n" ADDRESS("5", V4)
		      /* another machine: its names, or nothing */
		      "type=SYSCALL " STAMP("6") "arch=c00000f3 syscall=203 success=yes exit=0 pid=6 key=(null)\x1d" "ARCH=riscv64 SYSCALL=connect\n"
		      "type=SOCKADDR " STAMP("6") "saddr=" V4 "\x1d" "SADDR={ saddr_fam=inet laddr=192.0.2.7 lport=443 }\n"
		      "type=SYSCALL " STAMP("7") "arch=c00000f3 syscall=203 success=yes exit=0 pid=7\n" ADDRESS("7", V4)
		      /* big-endian, which names what it calls */
		      "type=SYSCALL " STAMP("8") "arch=80000016 syscall=102 a0=3 success=yes exit=0 pid=8\x1d" "SYSCALL=socketcall\n"
		      ADDRESS("8", "000201BBC0000207")
		      /* io_uring */
		      CALL("9", "426", "success=yes exit=1 pid=9") ADDRESS("9", V4));
	assert_rows(r->store, "SELECT pid, dst, dport FROM app_event ORDER BY id",
		    "1|192.0.2.7|443;2|192.0.2.7|443;4|192.0.2.7|443;5|192.0.2.7|443;6|192.0.2.7|443;8|192.0.2.7|443;");
	assert_rows(r->store, "SELECT reason, first_record FROM skipped ORDER BY first_record",
		    "an address of a system call of a machine that is not known|14;"
		    "an address of a request through io_uring, of which nothing tells what it was|18;");
}

static void copies_and_wrappings(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_auditd,
		      /* the separator is lost in copies */
		      "type=SYSCALL " STAMP("1") "arch=c000003e syscall=42 success=yes exit=0 pid=1 comm=444E53205265736F6C766572 "
		      "key=\"n\"ARCH=x86_64 SYSCALL=connect AUID=\"u\"\n"
		      "type=SOCKADDR " STAMP("1") "saddr=" V4 "SADDR={ saddr_fam=inet laddr=192.0.2.7 lport=443 }\n"
		      "----\n"
		      /* only the names */
		      "type=SYSCALL " STAMP("2") "SYSCALL=connect success=yes exit=0 pid=2 comm=(null) exe=2F622F61206322\n"
		      "type=SOCKADDR " STAMP("2") "SADDR={ saddr_fam=inet6 laddr=2001:db8::1 lport=53 }\n"
		      "type=SYSCALL " STAMP("3") "SYSCALL=connect success=yes exit=0 pid=3\n"
		      "type=SOCKADDR " STAMP("3") "SADDR={ saddr_fam=local path=/run/x }\n"
		      /* by the kernel, without auditd */
		      "Nov 23 12:03:05 h kernel: [ 12.5] audit: type=1300 audit(1795435385.123:4): arch=c000003e syscall=42 "
		      "success=no exit=-115 pid=4 comm=\"a\"\r\n"
		      "Nov 23 12:03:05 h kernel: audit: type=1306 audit(1795435385.123:4): saddr=" V4 "\r\n"
		      "Nov 23 12:03:05 h audisp-syslog[9]: type=SYSCALL " STAMP("5") "arch=c000003e syscall=42 success=yes exit=0 pid=5\n"
		      "Nov 23 12:03:05 h audisp-syslog[9]: type=SOCKADDR " STAMP("5") "saddr=" V4 "\n"
		      "----\ntime->Mon Nov 23 12:03:05 2026\n"
		      "Nov 23 12:03:05 h audispd: node=a type=SYSCALL " STAMP("6") "arch=c000003e syscall=42 success=yes exit=0 pid=6\n"
		      "Nov 23 12:03:05 h audispd: node=b type=SOCKADDR " STAMP("6") "saddr=" V6 "\n"
		      "Nov 23 12:03:05 h audispd: node=a type=SOCKADDR " STAMP("6") "saddr=" V4 "\n"
		      "Nov 23 12:03:05 h audispd: node=b type=SYSCALL " STAMP("6") "arch=c000003e syscall=42 success=yes exit=0 pid=7\n");
	assert_rows(r->store, "SELECT pid, process, dst, dport FROM app_event ORDER BY id",
		    "1|DNS Resolver|192.0.2.7|443;2|/b/a c\"|2001:db8::1|53;4|a|192.0.2.7|443;5|-|192.0.2.7|443;"
		    "6|-|192.0.2.7|443;7|-|2001:db8::1|443;");
	assert_rows(r->store, COUNTS, "17|6|11|0;");
}

static void lines_that_cannot_be_read(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *line, *why;
	} cases[] = {
		{"garbage\n", "no record of the audit"},
		{"type=\n", "no record of the audit"},
		{"type=SYSCALL \n", "no record of the audit"},
		{"node=a\n", "no record of the audit"},
		{"type=SYSCALL msg=audit(x): \n", "a record of the audit without time and number that can be read"},
		{"type=SYSCALL msg=audit(1.5:1): \n", "a record of the audit without time and number that can be read"},
		{"type=SYSCALL msg=audit(1.123:18446744073709551616): \n",
		 "a record of the audit without time and number that can be read"},
		{"type=SYSCALL msg=audit(07/29/2025 09:52:29.237:1) : arch=x86_64\n",
		 "a record of the audit without time and number that can be read"},
		{ADDRESS("1", "0200"), "an address that cannot be read"},
		{ADDRESS("1", "0A0001BB"), "an address that cannot be read"},
		{ADDRESS("1", "xyz"), "an address that cannot be read"},
		{"type=SOCKADDR " STAMP("1") "SADDR={ saddr_fam=inet laddr=nobody lport=1 }\n", "an address that cannot be read"},
		{"type=SOCKADDR " STAMP("1") "SADDR={ saddr_fam=inet laddr=192.0.2.1 lport=65536 }\n",
		 "an address that cannot be read"},
		{CALL("1", "44", "success=yes exit=0") ADDRESS("1", "1100080000000000"), "an address that is not of the Internet"},
		{"kernel: audit: audit_lost=5 audit_rate_limit=0 audit_backlog_limit=64\n",
		 "the kernel says that it lost records of the audit"},
		{"[84.0] kauditd_printk_skb: 32 callbacks suppressed\n", "the kernel says that it lost records of the audit"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char wanted[200];
		read_log_text(r, &reader_auditd, cases[i].line);
		snprintf(wanted, sizeof wanted, "%s|1;", cases[i].why);
		assert_rows(r->store, "SELECT reason, count FROM skipped", wanted);
		assert_int_equal(rows_number(r->store, "SELECT unread FROM app_log"), 1);
	}
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_log_taken(SLICE(CALL("1", "42", "success=yes exit=0" CURL) ADDRESS("1", V4)), "auditd");
	assert_log_taken(SLICE("Nov 23 12:03:05 h kernel: [ 12.5] audit: type=1300 audit(1795435385.123:4): arch=c000003e\n"), "auditd");
	assert_int_equal(reader_auditd.sniff(SLICE("")), 0);
	assert_int_equal(reader_auditd.sniff(SLICE("type=x\n")), 0);
	assert_int_equal(reader_auditd.sniff(SLICE("----\ntime->Mon Nov 23 12:03:05 2026\ntype=SYSCALL " STAMP("1") "syscall=42\n")), 95);
	/* one line that is longer than what is looked at */
	char line[INPUT_SNIFF];
	memset(line, 'x', sizeof line);
	memcpy(line, CALL("1", "42", ""), sizeof CALL("1", "42", "") - 2);
	assert_int_equal(reader_auditd.sniff(slice_of(line, sizeof line)), 95);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(calls_and_their_addresses),
		rows_test(events_lie_in_between),
		rows_test(what_finds_no_partner_is_counted),
		rows_test(only_what_the_session_wrote_counts),
		rows_test(machines_and_names),
		rows_test(copies_and_wrappings),
		rows_test(lines_that_cannot_be_read),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
