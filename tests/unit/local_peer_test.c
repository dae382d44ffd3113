/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Servers of this machine to which the session spoke, and those of its own that others called, where
 * the kernel tells of others (check local_peer): what may have been sent on is not proven.
 */
#include "tests/unit/judge_rows.h"

static const struct {
	const char *what, *sql;
	bool open;
} cases[] = {
	{"a server that came and went", SERVES("listen_other", "50102") OTHER("1000, '198.51.100.1', 443")
		ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 50102, 'ok'"), true},
	{"one that came and went, on a port that the kernel chose", SERVES("listen_other", "0") OTHER("1000, '198.51.100.1', 443")
		ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 50102, 'ok'"), true},
	{"one to which nobody spoke", SERVES("listen_other", "50102") OTHER("1000, '198.51.100.1', 443"), false},
	{"a server to which a rule leads", SERVES("listen_other", "50102") LED("40001", "50102") OTHER("1000, '198.51.100.1', 443"), true},
	{"a packet of somebody else to there", SERVES("listen_other", "50102") LED("40003", "50102") OTHER("1000, '198.51.100.1', 443"), false},
	{"a connection of somebody else to there", SERVES("listen_other", "50102") LED("40001", "50102") "UPDATE flow SET packets_in = 2;"
		OTHER("1000, '198.51.100.1', 443"), false},
	{"one of the session's own", SERVES("listen", "50102") OTHER("1000, '198.51.100.1', 443")
		ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 50102, 'ok'"), false},
	{"one that came and went where the session was not", SERVES("listen_other", "50102") IN_ANOTHER_NAMESPACE OTHER("1000, '198.51.100.1', 443")
		ATTEMPT("1, 'connect', 'tcp', '127.0.0.1', 50102, 'ok'"), false},
	{"one that came and went there, by an address of this machine", SERVES("listen_other", "50102") IN_ANOTHER_NAMESPACE
		OTHER("1000, '198.51.100.1', 443") ATTEMPT("1, 'connect', 'tcp', '192.0.2.1', 50102, 'ok'"), true},
	{"called by somebody", SERVES("listen", "50102") CALLER("1000", "50102", "ok"), false},
	{"who reached out then", SERVES("listen", "50102") CALLER("1000", "50102", "ok") OTHER("1000, '198.51.100.1', 443"), true},
	{"who called there, but in another network namespace", SERVES("listen", "50102") IN_ANOTHER_NAMESPACE CALLER("1000", "50102", "ok")
		OTHER("1000, '198.51.100.1', 443"), false},
	{"who called from there, by an address of this machine", SERVES("listen", "50102") IN_ANOTHER_NAMESPACE CALLER("1000", "50102", "ok")
		OTHER("1000, '198.51.100.1', 443") "UPDATE attempt SET dst = '192.0.2.1' WHERE id = 99;", true},
	{"who may be anybody", SERVES("listen", "50102") CALLER("0", "50102", "ok") OTHER("33, '198.51.100.1', 443"), true},
	{"another user reached out", SERVES("listen", "50102") CALLER("1000", "50102", "ok") OTHER("33, '198.51.100.1', 443"), false},
	{"who got no answer", SERVES("listen", "50102") CALLER("1000", "50102", "refused") OTHER("1000, '198.51.100.1', 443"), false},
	{"who had reached out before", SERVES("listen", "50102") CALLER("1000", "50102", "ok") OTHER("1000, '198.51.100.1', 443")
		"UPDATE attempt SET time_ns = 1003400000000 WHERE id = 101;", false},
	{"who called another port", SERVES("listen", "50102") CALLER("1000", "50103", "ok") OTHER("1000, '198.51.100.1', 443"), false},
	{"on a port that the kernel chose", SERVES("listen", "0") CALLER("1000", "50103", "ok") OTHER("1000, '198.51.100.1', 443"), true},
	{"to where it may", SERVES("listen", "50102") CALLER("1000", "50102", "ok") OTHER("1000, '198.51.100.1', 443")
		FACT("policy", "[allow 198.51.100.1]\nreason = ours\n"), false},
	{"who has a tunnel", SERVES("listen", "50102") CALLER("1000", "50102", "ok") TUNNEL("1000"), true},
	{"another user has", SERVES("listen", "50102") CALLER("1000", "50102", "ok") TUNNEL("33"), false},
};

static void what_may_have_been_sent_on_is_open(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		enum verdict wanted = cases[i].open ? VERDICT_INCONCLUSIVE : VERDICT_PASS, v = rows_judge(r);
		bool fired = rows_number(r->store, "SELECT count(*) > 0 FROM finding WHERE check_id = 'local_peer'");
		if (v != wanted || fired != cases[i].open) {
			print_error("%s: %s; findings: %s\n", cases[i].what, verdict_name(v),
				    rows_get(r->store, "SELECT effect, check_id, title FROM finding"));
			wrong++;
		}
		assert_rows(r->store, "SELECT check_id, title FROM finding WHERE title = '' OR detail = '' OR NOT json_valid(evidence)", "");
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

/* Of several servers of the session's, and of those that had the port before. */
static void who_was_called_is_named(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, SERVES("listen", "50102") SERVES("listen", "50103") "UPDATE socket SET pid = 11, process = 'before' WHERE lport = 50103;"
		   SERVES("listen", "50103") "UPDATE socket SET pid = 12, process = 'second' WHERE lport = 50103 AND pid = 10;"
		   SERVES("listen", "50103") "UPDATE socket SET pid = 13, time_ns = 1004000000000 WHERE lport = 50103 AND pid = 10;"
		   CALLER("1000", "50103", "ok") OTHER("1000, '198.51.100.1', 443"));
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, "SELECT count(*) FROM finding WHERE check_id = 'local_peer' AND title LIKE '% 1 time' AND detail LIKE "
		    "'other (pid 20) connected to 127.0.0.1 port 50103 %, where second (pid 12) of the session listens. After that, 1 attempt %'", "1;");
	rows_do(r, clean_session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(what_may_have_been_sent_on_is_open),
		rows_test(who_was_called_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
