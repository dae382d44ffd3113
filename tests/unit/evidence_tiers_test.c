/* SPDX-License-Identifier: Apache-2.0 */
/* Records of sessions that were done for, isolated or tampered with, as they become rows. */
#include "tests/unit/evidence_lines.h"

/* Of the witness that does the calls: what each came to is told with it. */
static void calls_that_were_done_for_the_session(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'attempt','t':1,'witness':'seccomp','call':'connect','proto':'tcp','dst':'192.0.2.1','dport':443,"
	     "'src':'192.0.2.9','sport':40000,'pid':10,'tid':11,'ppid':3,'cookie':1,'cgroup':false,'tree':true,'value':-111}\n"
	     "{'kind':'attempt','t':2,'witness':'seccomp','call':'connect','proto':'other','pid':10,'tid':11,'tree':true,'value':-1}\n"
	     "{'kind':'unix','t':3,'witness':'seccomp','call':'connect','family':1,'path':'/run/none','value':-2,'pid':10,'tree':true}\n"
	     "{'kind':'unix','t':4,'witness':'seccomp','call':'sendto','family':1,'path':'own','abstract':true,'value':5,'own':true,'pid':10,'tree':true}\n"
	     "{'kind':'special_socket','t':5,'witness':'seccomp','call':'socket','family':17,'proto':'ip','value':-1,'pid':10,'tree':true}\n"
	     "{'kind':'special_socket','t':6,'witness':'seccomp','call':'io_uring_setup','value':-38,'pid':10,'tree':true}\n"
	     "{'kind':'socket','t':7,'witness':'seccomp','moment':'listen','proto':'tcp','local':'0.0.0.0','lport':80,'state':'LISTEN','pid':10}\n"
	     "{'kind':'socket','t':8,'witness':'kernel','moment':'listen_other','proto':'tcp','local':'::','lport':81,'state':'LISTEN','pid':12,'netns':3}\n");
	assert_rows(r->store, "SELECT witness, call, proto, dst, outcome, errno, own_peer, in_session FROM attempt",
		    "seccomp|connect|tcp|192.0.2.1|refused|111|0|1;"
		    "seccomp|connect|other|-|denied|1|0|1;"
		    "seccomp|connect|unix|/run/none|failed|2|0|1;"
		    "seccomp|sendto|unix|@own|ok|-|1|1;"
		    "seccomp|socket|packet|-|denied|1|0|1;"
		    "seccomp|socket|io_uring_setup|-|denied|38|0|1;");
	assert_rows(r->store, "SELECT witness, moment, lport, pid, netns FROM socket", "seccomp|listen|80|10|-;kernel|listen_other|81|12|3;");
	assert_rows(r->store, "SELECT pid, ppid, in_tree FROM process", "10|3|1;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

/* What the records say of themselves does not count against what was seen before: the
 * kernel programs' memory may have been meddled with. A number that was given to a
 * stranger afterwards is a stranger's. */
static void a_process_of_the_session_stays_one_until_it_ends(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'fork','t':1,'pid':10,'child':11,'cgroup':true,'tree':true}\n"
	     "{'kind':'attempt','t':2,'call':'connect','proto':'tcp','dst':'192.0.2.1','dport':443,'pid':11,"
	     "'tid':11,'cookie':1}\n"
	     "{'kind':'exit','t':3,'pid':11,'status':0,'tree':true}\n"
	     "{'kind':'attempt','t':4,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,'pid':11,"
	     "'tid':11,'cookie':2}\n"
	     "{'kind':'fork','t':5,'pid':10,'child':11,'cgroup':true,'tree':true}\n"
	     "{'kind':'attempt','t':6,'call':'connect','proto':'tcp','dst':'192.0.2.3','dport':443,'pid':11,"
	     "'tid':11,'cookie':3,'tree':true}\n");
	assert_rows(r->store,
		    "SELECT a.dst, a.in_session, p.first_ns, p.last_ns FROM attempt a JOIN process p ON p.id = a.process",
		    "192.0.2.1|1|1|3;192.0.2.2|0|4|-;192.0.2.3|1|5|-;");
}

/* It is the session's from the record that tells of it on, whatever its later ones say. */
static void one_that_was_named_and_started_later(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'later','t':1,'pid':20,'comm':'app','exe':'/opt/app','role':'exe','state':'followed'}\n"
	     "{'kind':'exec','t':1,'pid':20,'ppid':1,'comm':'app','exe':'/opt/app','cgroup':false,'tree':true}\n"
	     "{'kind':'fork','t':2,'pid':20,'child':21,'cgroup':false,'tree':true}\n"
	     "{'kind':'attempt','t':3,'call':'connect','proto':'tcp','dst':'192.0.2.1','dport':443,'pid':21,'tid':21,'cookie':1,'cgroup':false,'tree':true}\n"
	     "{'kind':'later','t':4,'pid':22,'comm':'app','role':'cgroup','state':'unknown'}\n");
	assert_rows(r->store, "SELECT time_ns, pid, comm, exe, by, state FROM later_process", "1|20|app|/opt/app|exe|followed;4|22|app|-|cgroup|unknown;");
	assert_rows(r->store, "SELECT dst, in_session FROM attempt", "192.0.2.1|1;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

/* Set back by 3 s and ahead again; what a drain tells late has the clock of its drain. */
static void a_clock_that_was_set(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'checkpoint','t':100000000000,'mono':1000000000,'lost':{}}\n"
	     "{'kind':'fork','t':100900000000,'mono':1500000000,'pid':10,'child':11}\n"
	     "{'kind':'checkpoint','t':98000000000,'mono':2000000000,'lost':{}}\n"
	     "{'kind':'checkpoint','t':102000000000,'mono':3000000000,'lost':{}}\n"
	     "{'kind':'checkpoint','t':103499000000,'mono':4000000000,'lost':{}}\n");
	assert_rows(r->store, "SELECT name, value FROM session WHERE name LIKE 'clock%' ORDER BY name",
		    "clock_ahead_ns|3000000000;clock_back_ns|3400000000;clock_last_mono_ns|4000000000;clock_last_wall_ns|103499000000;");
}

/* A packet that was refused tells where a raw socket sent to, and what became of a send. */
static void what_was_dropped_did_not_leave(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'special_socket','t':1,'family':2,'type':3,'proto':'icmp','cookie':5,'pid':7,'tid':7,'cgroup':true,'tree':true}\n"
		"{'kind':'dropped','t':2,'cookie':5,'proto':'icmp','src':'192.0.2.1','sport':0,'dst':'192.0.2.2','dport':0,'cgroup':true}\n"
		"{'kind':'sent','t':3,'cookie':5,'proto':'icmp','value':-1,'pid':7,'tid':7,'cgroup':true,'tree':true}\n"
		"{'kind':'attempt','t':4,'call':'connect','proto':'udp','dst':'192.0.2.3','dport':9,'cookie':6,'pid':7,'tid':7,'cgroup':true,'tree':true}\n"
		"{'kind':'dropped','t':5,'cookie':6,'proto':'udp','dst':'192.0.2.3','dport':9,'cgroup':true}\n"
		"{'kind':'session_egress','t':6,'packets':0,'bytes':0,'denied':2,'unrecorded':3}\n");
	assert_rows(r->store, "SELECT call, dst, outcome, errno, left_machine, pid FROM attempt ORDER BY id",
		    "socket|-|ok|-|0|7;send|192.0.2.2|denied|1|0|7;connect|192.0.2.3|denied|1|0|7;");
	assert_rows(r->store, "SELECT count(*) FROM egress", "0;");
	assert_rows(r->store, "SELECT name, value FROM session WHERE name IN ('denied_packets', 'refused_unrecorded') ORDER BY name",
		    "denied_packets|2;refused_unrecorded|3;");
}

static void how_it_was_isolated(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'isolation','t':1,'uid':1000,'hidden':['/tmp','/run'],'passed':['/tmp/w'],'carry':[],'sockets':{'hidden':1}}\n"
		"{'kind':'isolation_proof','t':2,'name':'tcp4','tried':'x','held':true,'detail':'no'}\n"
		"{'kind':'isolation_proof','t':2,'name':'udp4','tried':'y','held':false,'detail':'yes'}\n"
		"{'kind':'isolation_look','t':3,'round':7,'moment':'during','held':true}\n"
		"{'kind':'isolation_look','t':4,'round':8,'moment':'after','held':false,'detail':'link eth0'}\n"
		"{'kind':'isolation_open','t':5,'path':'/home/a/s','reason':'kept'}\n"
		"{'kind':'carried','t':6,'number':3,'proto':'tcp','dst':'::1','dport':80,'sport':5,'state':'failed','error':111,"
		"'sent':1,'received':2,'end':9}\n");
	assert_rows(r->store, "SELECT name, value FROM session ORDER BY name",
		    "isolation_hidden|[\"/tmp\",\"/run\"];isolation_passed|[\"/tmp/w\"];");
	assert_rows(r->store, "SELECT * FROM isolation_proof", "tcp4|x|1|no|2;udp4|y|0|yes|3;");
	assert_rows(r->store, "SELECT * FROM isolation_look", "3|7|1|;4|8|0|link eth0;");
	assert_rows(r->store, "SELECT * FROM isolation_open", "5|/home/a/s|kept|6;");
	assert_rows(r->store, "SELECT * FROM carried", "6|9|3|tcp|::1|80|5|failed|111|1|2|7;");
	assert_rows(r->store, "SELECT count(*), sum(held) FROM v_isolation", "5|2;");
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(calls_that_were_done_for_the_session),
		rows_test(a_process_of_the_session_stays_one_until_it_ends),
		rows_test(one_that_was_named_and_started_later),
		rows_test(a_clock_that_was_set),
		rows_test(what_was_dropped_did_not_leave),
		rows_test(how_it_was_isolated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
