/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/watch_lines.h"

#include "core/clock.h"

static const char SESSION[] =
	"{'kind':'witness','t':1000000000,'witness':'kernel','state':'on','detail':'all','remedy':''}\n"
	"{'kind':'network','t':1000000000,'addresses':[{'address':'198.51.100.1','interface':'eth0','ifindex':2}]}\n"
	"{'kind':'process','t':1000000000,'pid':10,'ppid':1,'uid':7,'comm':'sh','exe':'/bin/sh','tree':true}\n"
	"{'kind':'fork','t':2000000000,'pid':10,'child':11,'comm':'sh','tree':true}\n"
	"{'kind':'exec','t':2000000001,'pid':11,'ppid':10,'comm':'reach','exe':'/bin/reach','tree':true}\n"
	"{'kind':'attempt','t':3000000000,'call':'connect','proto':'tcp','src':'198.51.100.1','sport':4000,"
	"'dst':'192.0.2.2','dport':443,'cookie':5,'pid':11,'tid':11,'uid':7,'comm':'reach','tree':true}\n"
	"{'kind':'attempt','t':3100000000,'call':'connect','proto':'tcp','dst':'127.0.0.1','dport':80,'cookie':6,"
	"'pid':11,'tid':11,'comm':'reach','tree':true,'value':0}\n"
	"{'kind':'attempt','t':3200000000,'call':'connect','proto':'tcp','dst':'198.51.100.1','dport':81,'cookie':7,"
	"'pid':11,'tid':11,'comm':'reach','tree':true,'value':-111}\n";

static const struct watch_attempt *attempt(const struct watch_model *m, size_t number)
{
	return watch_table_at(m->attempts, number);
}

static void a_session_is_counted(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, SESSION);
	assert_int_equal(watch_table_count(w->m->attempts), 3);
	assert_int_equal(w->m->egress, 1);
	assert_int_equal(w->m->local, 2);
	assert_int_equal(w->m->living, 2);
	assert_int_equal(w->m->now_ns, 3200000000);
	const struct watch_attempt *a = attempt(w->m, 0);
	assert_true(a->leaves && a->session && !a->closed);
	assert_string_equal(a->outcome, "pending");
	assert_false(attempt(w->m, 2)->leaves); /* an address of this machine */
	assert_true(attempt(w->m, 2)->closed);
	const struct watch_process *p = watch_process_of(w->m, a);
	assert_non_null(p);
	assert_string_equal(p->exe, "/bin/reach");
	assert_int_equal(p->pid, 11);
	assert_int_equal(p->ppid, 10);
	assert_int_equal(p->egress, 1);
	assert_int_equal(p->local, 2);
	assert_int_equal(watch_table_count(w->m->processes), 2); /* the exec made no third one */
}

static void what_comes_later_is_joined(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text all = text_make(1 << 16);
	text_add_string(&all, SESSION);
	text_add_string(&all, "{'kind':'state','t':4000000000,'cookie':5,'state':'established','sport':4000}\n"
			      "{'kind':'bytes','t':5000000000,'cookie':5,'sent':100,'received':20}\n"
			      "{'kind':'exit','t':6000000000,'pid':11,'status':256,'tree':true}\n");
	watch_lines(w, text_string(&all));
	const struct watch_attempt *a = attempt(w->m, 0);
	assert_string_equal(a->outcome, "ok");
	assert_true(a->closed);
	assert_int_equal(a->sent, 100);
	assert_int_equal(a->received, 20);
	const struct watch_process *p = watch_process_of(w->m, a);
	assert_true(p->ended && p->told);
	assert_int_equal(p->status, 256);
	assert_int_equal(p->sent, 100);
	assert_int_equal(w->m->living, 1);
}

/* A pid that is given to somebody else is somebody else. */
static void a_pid_may_come_again(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, "{'kind':'process','t':1000000000,'pid':10,'ppid':1,'comm':'a','exe':'/a','tree':true}\n"
		       "{'kind':'exit','t':2000000000,'pid':10,'status':0,'tree':true}\n"
		       "{'kind':'fork','t':3000000000,'pid':9,'child':10,'comm':'b','tree':true}\n");
	assert_int_equal(watch_table_count(w->m->processes), 2);
	assert_int_equal(w->m->living, 1);
}

static void a_datagram_counts_when_it_is_sent(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, "{'kind':'attempt','t':1000000000,'call':'connect','proto':'udp','dst':'192.0.2.2','dport':53,"
		       "'cookie':5,'pid':11,'tid':11,'comm':'x','tree':true}\n");
	assert_int_equal(w->m->egress, 0);
	assert_int_equal(w->m->local, 1);
	watch_row(w, QUERY_ATTEMPT_LEFT, "itit", INT64_C(1), "198.51.100.1", INT64_C(4000), "192.0.2.2");
	assert_int_equal(w->m->egress, 1);
	assert_int_equal(w->m->local, 0);
	assert_int_equal(w->last.what, WATCH_ATTEMPT); /* it is news, though it was told before */
}

static void others_and_the_suite_are_no_egress_of_the_session(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, "{'kind':'attempt','t':1000000000,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,"
		       "'cookie':5,'pid':11,'tid':11,'comm':'x'}\n"
		       "{'kind':'attempt','t':1000000000,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,"
		       "'cookie':6,'pid':12,'tid':12,'comm':'y','suite':true,'tree':true}\n");
	assert_int_equal(w->m->egress, 0);
	assert_int_equal(w->m->others, 1);
}

/* Where it goes stands in a row of its own: it is told once, and whole. */
static void a_unix_socket_is_told_with_its_path(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, "{'kind':'unix','t':1000000000,'family':1,'path':'/run/x','abstract':true,'pid':11,'tid':11,'comm':'x','tree':true}\n");
	assert_int_equal(w->changes, 2); /* the process, and this */
	assert_int_equal(w->last.what, WATCH_ATTEMPT);
	assert_string_equal(attempt(w->m, 0)->dst, "@/run/x");
	assert_string_equal(attempt(w->m, 0)->proto, "unix");
	assert_int_equal(w->m->egress, 0);
}

/* ---- names --------------------------------------------------------------------- */

static void names_are_counted_and_answered(void **state)
{
	struct watched_model *w = *state;
	for (int64_t i = 1; i <= 2; i++)
		watch_row(w, QUERY_DNS_INSERT, "iittiititt-----i", INT64_C(1), i * CLOCK_SECOND, "198.51.100.1", "192.0.2.2",
			  INT64_C(4000), INT64_C(53), "udp", INT64_C(7), "host.example", "A", i);
	watch_row(w, QUERY_DNS_ANSWER, "itti", INT64_C(2), "NOERROR", "[\"203.0.113.1\"]", INT64_C(60));
	watch_row(w, QUERY_NAME_INSERT, "itti", INT64_C(1), "host.example", "sni", 3 * CLOCK_SECOND);
	assert_int_equal(watch_table_count(w->m->names), 2);
	const struct watch_name *n = watch_table_at(w->m->names, 0);
	assert_int_equal(n->count, 2);
	assert_true(n->leaves);
	assert_string_equal(n->result, "NOERROR");
	assert_string_equal(n->answer, "[\"203.0.113.1\"]");
	assert_int_equal(n->first_ns, CLOCK_SECOND);
	assert_int_equal(n->last_ns, 2 * CLOCK_SECOND);
}

/* ---- witnesses ------------------------------------------------------------------ */

static const struct watch_witness *witness(const struct watch_model *m, const char *name)
{
	for (size_t i = 0; i < watch_table_count(m->witnesses); i++) {
		const struct watch_witness *w = watch_table_at(m->witnesses, i);
		if (!strcmp(w->name, name))
			return w;
	}
	return NULL;
}

static void a_loss_is_told_for_a_while(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, SESSION);
	watch_row(w, QUERY_LOSS_INSERT, "iti", 4 * CLOCK_SECOND, "kernel", INT64_C(0));
	assert_int_equal(watch_health_of(w->m, witness(w->m, "kernel")), WATCH_SEEING);
	watch_row(w, QUERY_LOSS_INSERT, "iti", 5 * CLOCK_SECOND, "kernel", INT64_C(3));
	assert_int_equal(watch_health_of(w->m, witness(w->m, "kernel")), WATCH_LOST);
	assert_int_equal(w->m->lost, 3);
	watch_row(w, QUERY_LOSS_INSERT, "iti", 30 * CLOCK_SECOND, "kernel", INT64_C(3));
	assert_int_equal(watch_health_of(w->m, witness(w->m, "kernel")), WATCH_SEEING);
	assert_int_equal(w->m->lost, 3); /* it does not go away */
}

static void a_witness_that_died_is_blind_since_then(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, SESSION);
	watch_row(w, QUERY_WITNESS_SET, "tttt", "kernel", "died", "somebody ended it", "look who");
	const struct watch_witness *kernel = witness(w->m, "kernel");
	assert_int_equal(watch_health_of(w->m, kernel), WATCH_BLIND);
	assert_int_equal(kernel->since_ns, 3200000000);
	assert_string_equal(kernel->remedy, "look who");
}

static void canary(struct watched_model *w, int64_t time, int64_t port)
{
	watch_row(w, QUERY_CANARY_INSERT, "iiittiti", INT64_C(1), time, time, "tcp", "127.0.0.1", INT64_C(9), "127.0.0.1", port);
}

/* What the kernel's witness did not tell of its own collector it does not tell of others. */
static void a_canary_that_nobody_saw_makes_blind(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text all = text_make(1 << 16);
	text_add_string(&all, SESSION);
	text_add_string(&all, "{'kind':'attempt','t':4000000000,'call':'connect','proto':'tcp','dst':'127.0.0.1','dport':4711,"
			      "'cookie':9,'pid':99,'tid':99,'comm':'airgap-collect','suite':true}\n");
	watch_lines(w, text_string(&all));
	canary(w, 4 * CLOCK_SECOND, 4711);
	assert_int_equal(watch_health_of(w->m, witness(w->m, "kernel")), WATCH_SEEING);
	canary(w, 9 * CLOCK_SECOND, 4712);
	assert_int_equal(watch_health_of(w->m, witness(w->m, "kernel")), WATCH_BLIND);
}

/* ---- bounds ---------------------------------------------------------------------- */

struct thing {
	uint64_t key;
	bool over;
};

static bool thing_over(const void *record)
{
	return ((const struct thing *)record)->over;
}

static void the_oldest_that_are_over_leave_first(void **state)
{
	enum { MAX = 160 };
	(void)state;
	struct watch_table *t = watch_table_new(sizeof(struct thing), MAX, thing_over);
	for (uint64_t key = 1; key <= MAX; key++)
		((struct thing *)watch_table_add(t, key))->over = key > 5 && key % 2 == 0;
	watch_table_add(t, 1000);
	assert_int_equal(watch_table_gone(t), MAX / 16 + 1);
	assert_non_null(watch_table_find(t, 1));
	assert_non_null(watch_table_find(t, 7));
	assert_null(watch_table_find(t, 6));
	assert_null(watch_table_find(t, 26));
	assert_non_null(watch_table_find(t, 28));
	assert_non_null(watch_table_find(t, 1000));
	for (uint64_t key = 2000; key < 2000 + 3 * MAX; key++)
		watch_table_add(t, key);
	assert_null(watch_table_find(t, 1)); /* nothing is over any more: then the oldest of all */
	assert_true(watch_table_count(t) <= MAX);
	assert_int_equal(watch_table_count(t) + watch_table_gone(t), MAX + 1 + 3 * MAX);
	watch_table_clear(t);
	assert_null(watch_table_find(t, 2000 + 3 * MAX - 1));
	watch_table_free(t);
}

static void attempts_have_a_bound(void **state)
{
	struct watched_model *w = *state;
	for (int64_t i = 1; i <= WATCH_ATTEMPTS_MAX + 10; i++)
		watch_row(w, QUERY_ATTEMPT_INSERT, "ittt-tit--------ii------i", i, "connect", "tcp", "", "192.0.2.2", INT64_C(443), "refused",
			  INT64_C(1), INT64_C(0), i);
	assert_true(watch_table_count(w->m->attempts) <= WATCH_ATTEMPTS_MAX);
	assert_int_equal(watch_table_count(w->m->attempts) + watch_table_gone(w->m->attempts), WATCH_ATTEMPTS_MAX + 10);
	assert_int_equal(w->m->egress, WATCH_ATTEMPTS_MAX + 10); /* the sums know of all */
}

static void a_cut_is_between_characters(void **state)
{
	struct watched_model *w = *state;
	AUTO_TEXT struct text name = text_make(1024);
	for (int i = 0; i < 200; i++)
		text_add_string(&name, "\xe4\xb8\x96"); /* 3 bytes each, of 255 */
	watch_row(w, QUERY_NAME_INSERT, "itti", INT64_C(1), text_string(&name), "sni", INT64_C(1));
	const struct watch_name *n = watch_table_at(w->m->names, 0);
	assert_int_equal(strlen(n->name), 255);
}

static void a_model_that_is_cleared_begins_anew(void **state)
{
	struct watched_model *w = *state;
	watch_lines(w, SESSION);
	watch_model_clear(w->m);
	assert_int_equal(watch_table_count(w->m->attempts) + watch_table_count(w->m->processes), 0);
	assert_int_equal(w->m->egress + w->m->local + w->m->living, 0);
	watch_lines(w, SESSION);
	assert_int_equal(w->m->egress, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WATCHED(a_session_is_counted),
		WATCHED(what_comes_later_is_joined),
		WATCHED(a_pid_may_come_again),
		WATCHED(a_datagram_counts_when_it_is_sent),
		WATCHED(others_and_the_suite_are_no_egress_of_the_session),
		WATCHED(a_unix_socket_is_told_with_its_path),
		WATCHED(names_are_counted_and_answered),
		WATCHED(a_loss_is_told_for_a_while),
		WATCHED(a_witness_that_died_is_blind_since_then),
		WATCHED(a_canary_that_nobody_saw_makes_blind),
		cmocka_unit_test(the_oldest_that_are_over_leave_first),
		WATCHED(attempts_have_a_bound),
		WATCHED(a_cut_is_between_characters),
		WATCHED(a_model_that_is_cleared_begins_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
