/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/evidence_lines.h"

#include "collectors/evidence.h"

static void how_the_machine_was_set_up(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'posture','t':1,'path':'posture.ndjson','size':3,'sha256':'00ff','problem':'no room'}\n");
	assert_rows(r->store, "SELECT name, value FROM session ORDER BY name",
		    "posture_ns|1;posture_problem|no room;posture_sha256|00ff;");
	assert_rows(r->store, "SELECT reason FROM skipped WHERE reason LIKE '%kind%'", "");
}

static void attempts_and_what_they_came_to(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'attempt','t':1,'call':'connect','proto':'tcp','dst':'192.0.2.1','dport':443,"
	     "'pid':10,'tid':11,'uid':0,'comm':'agent','cookie':1,'cgroup':true,'tree':true}\n"
	     "{'kind':'state','t':2,'cookie':1,'state':'established','sport':40000}\n"
	     "{'kind':'bytes','t':3,'cookie':1,'sent':100,'received':200}\n"
	     "{'kind':'attempt','t':4,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':80,"
	     "'pid':10,'tid':11,'cookie':2,'tree':true}\n"
	     "{'kind':'state','t':5,'cookie':2,'state':'closed','error':111}\n"
	     "{'kind':'attempt','t':6,'call':'connect','proto':'tcp','dst':'192.0.2.3','dport':80,"
	     "'pid':10,'tid':12,'cookie':3}\n"
	     "{'kind':'result','t':7,'tid':12,'value':-101}\n"
	     "{'kind':'attempt','t':8,'call':'connect','proto':'tcp','dst':'192.0.2.4','dport':80,"
	     "'pid':10,'tid':13,'cookie':4,'value':-1}\n"
	     "{'kind':'attempt','t':9,'call':'sendto','proto':'udp','dst':'192.0.2.5','dport':53,"
	     "'pid':10,'tid':14,'cookie':5,'value':30}\n"
	     "{'kind':'sent','t':10,'cookie':5,'value':12}\n"
	     "{'kind':'attempt','t':11,'call':'connect','proto':'udp','dst':'192.0.2.6','dport':53,"
	     "'tid':15,'cookie':6}\n"
	     "{'kind':'attempt','t':12,'call':'connect','proto':'tcp','dst':'127.0.0.1','dport':1,"
	     "'tid':16,'cookie':7,'suite':true,'tree':true}\n");
	assert_rows(r->store,
		    "SELECT id, dst, dport, outcome, errno, sport, bytes_out, bytes_in, "
		    "in_session, suite FROM attempt",
		    "1|192.0.2.1|443|ok|-|40000|100|200|1|0;"
		    "2|192.0.2.2|80|refused|111|-|-|-|1|0;"
		    "3|192.0.2.3|80|unreachable|101|-|-|-|0|0;"
		    "4|192.0.2.4|80|denied|1|-|-|-|0|0;"
		    "5|192.0.2.5|53|ok|-|-|42|-|0|0;"
		    "6|192.0.2.6|53|unknown|-|-|-|-|0|0;"
		    "7|127.0.0.1|1|pending|-|-|-|-|0|1;");
	assert_rows(r->store, "SELECT record, source FROM attempt WHERE id = 2", "4|1;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

static void in_a_host_session_every_process_counts(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	sqlite3_stmt *q = store_query(r->store, QUERY_SESSION_SET);
	store_bind_text(q, 1, "scope");
	store_bind_text(q, 2, "host");
	assert_int_equal(store_run(q, &err), OK);
	READ(r, "{'kind':'attempt','t':1,'call':'connect','pid':5}\n"
		"{'kind':'attempt','t':2,'call':'connect','pid':6,'suite':true}\n");
	assert_rows(r->store, "SELECT in_session FROM attempt", "1;0;");
	/* what the kernel sends by itself is nobody's; the same packets of a group that is watched,
	 * or others, are somebody's */
	READ(r, "{'kind':'egress','t':3,'proto':'icmp6','type':135,'dst':'2001:db8::2','cookie':1}\n"
		"{'kind':'egress','t':4,'proto':'icmp6','type':143,'dst':'ff02::16','cookie':2}\n"
		"{'kind':'egress','t':5,'proto':'igmp','dst':'224.0.0.22','cookie':3}\n"
		"{'kind':'egress','t':6,'proto':'icmp6','type':135,'dst':'2001:db8::3','cookie':4,'cgroup':true}\n"
		"{'kind':'egress','t':7,'proto':'icmp6','type':143,'dst':'2001:db8::4','cookie':5}\n"
		"{'kind':'egress','t':8,'proto':'icmp6','type':128,'dst':'ff02::1','cookie':6}\n"
		"{'kind':'egress','t':9,'proto':'igmp','dst':'192.0.2.1','cookie':7}\n");
	assert_rows(r->store, "SELECT dst FROM attempt WHERE in_session AND call = 'accept'",
		    "2001:db8::3;2001:db8::4;ff02::1;192.0.2.1;");
}

static void a_first_packet_belongs_to_its_attempt(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'attempt','t':1,'call':'connect','proto':'tcp','dst':'192.0.2.1','dport':443,"
	     "'pid':10,'cookie':1,'tree':true}\n"
	     "{'kind':'egress','t':2,'proto':'tcp','src':'192.0.2.99','sport':40000,"
	     "'dst':'192.0.2.1','dport':443,'ifindex':2,'size':60,'cookie':1,'cgroup':true}\n"
	     "{'kind':'egress','t':3,'proto':'udp','dst':'192.0.2.2','dport':53,'ifindex':2,"
	     "'cookie':9,'cgroup':true}\n" /* nobody saw a call: the packet is the attempt */
	     "{'kind':'egress','t':4,'proto':'udp','dst':'192.0.2.3','ifindex':2,'cookie':8}\n"
	     "{'kind':'egress','t':5,'proto':'udp','dst':'192.0.2.4','ifindex':2,'cookie':7,"
	     "'suite':true}\n"
	     /* of a socket that the session made and another process uses */
	     "{'kind':'attempt','t':6,'call':'sendto','proto':'udp','dst':'192.0.2.5','dport':53,"
	     "'pid':20,'cookie':6}\n"
	     "{'kind':'egress','t':7,'proto':'udp','dst':'192.0.2.5','dport':53,'ifindex':2,"
	     "'cookie':6,'cgroup':true}\n");
	assert_rows(r->store, "SELECT call, src, sport, dst, left_machine, in_session FROM attempt",
		    "connect|192.0.2.99|40000|192.0.2.1|1|1;accept|-|-|192.0.2.2|1|1;"
		    "sendto|-|-|192.0.2.5|1|0;");
	assert_rows(r->store, "SELECT dst, attempt, in_cgroup, record FROM egress",
		    "192.0.2.1|1|1|2;192.0.2.2|2|1|3;192.0.2.3|-|0|4;192.0.2.5|3|1|7;");
}

static void processes_fork_execute_and_end(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'process','t':1,'pid':10,'ppid':1,'comm':'sh','exe':'/bin/sh','image':1,"
		"'tree':true}\n"
		"{'kind':'fork','t':2,'pid':10,'child':11,'comm':'sh','tree':true}\n"
		"{'kind':'exec','t':3,'pid':11,'ppid':10,'comm':'agent','exe':'/opt/\\'agent\\'',"
		"'image':2,'tree':true}\n"
		"{'kind':'attempt','t':4,'call':'connect','pid':11,'tid':11,'tree':true}\n"
		"{'kind':'exit','t':5,'pid':11,'status':256}\n"
		"{'kind':'exit','t':6,'pid':99,'status':0}\n"
		"{'kind':'attempt','t':7,'call':'connect','pid':50,'comm':'other'}\n"
		"{'kind':'attempt','t':8,'call':'connect','pid':50,'comm':'other'}\n"
		"{'kind':'image','t':9,'image':2,'path':'/opt/agent','size':5,'sha256':'00'}\n"
		"{'kind':'image','t':9,'image':3,'path':'/gone','problem':'gone'}\n");
	assert_rows(r->store,
		    "SELECT id, pid, ppid, comm, exe, image, first_ns, last_ns, status, in_tree "
		    "FROM process",
		    "1|10|1|sh|/bin/sh|1|1|-|-|1;"
		    "2|11|10|sh|/bin/sh|1|2|3|-|1;"
		    "3|11|10|agent|/opt/\"agent\"|2|3|5|256|1;"
		    "4|50|-|other|-|-|7|-|-|0;");
	assert_rows(r->store, "SELECT process FROM attempt", "3;4;4;");
	assert_rows(r->store, "SELECT * FROM image", "2|/opt/agent|5|00|-;3|/gone|-|-|gone;");
}

static void requests_through_io_uring(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'io_uring','t':1,'tid':7,'request':1000,'opcode':16}\n"
		"{'kind':'attempt','t':2,'call':'connect','proto':'tcp','tid':7,'cookie':1}\n"
		"{'kind':'io_uring_done','t':3,'request':1000,'opcode':16,'value':-111}\n"
		"{'kind':'attempt','t':4,'call':'connect','proto':'tcp','tid':7,'cookie':2}\n"
		"{'kind':'io_uring','t':5,'tid':7,'request':1001,'opcode':9}\n"
		"{'kind':'attempt','t':6,'call':'sendto','proto':'udp','tid':7,'cookie':3}\n"
		"{'kind':'io_uring_done','t':7,'request':1001,'opcode':9,'value':21}\n"
		"{'kind':'io_uring_done','t':8,'request':5,'opcode':9,'value':1}\n");
	assert_rows(r->store, "SELECT call, outcome, errno, bytes_out FROM attempt",
		    "io_uring|refused|111|-;connect|pending|-|-;io_uring|ok|-|21;");
}

static void other_kinds_of_sockets(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'unix','t':1,'family':1,'path':'/run/"
	     "docker.sock','pid':1,'tid':5,'tree':true}\n"
	     "{'kind':'result','t':2,'tid':5,'value':-13}\n"
	     "{'kind':'unix','t':3,'family':1,'path':'bus','abstract':true}\n"
	     "{'kind':'special_socket','t':4,'family':17,'type':3,'proto':'other','cookie':5}\n"
	     "{'kind':'special_socket','t':5,'family':2,'type':3,'proto':'icmp','cookie':6,'pid':9,"
	     "'comm':'ping','tree':true}\n"
	     "{'kind':'sent','t':6,'cookie':6,'value':64,'dst':'192.0.2.9'}\n"
	     /* a send that named nobody (EDESTADDRREQ) went nowhere */
	     "{'kind':'sent','t':7,'proto':'udp','cookie':7,'value':-89,'sport':0,'pid':9,'tid':9,'tree':true}\n");
	assert_rows(r->store,
		    "SELECT call, proto, dst, outcome, pid, comm, in_session FROM attempt",
		    "connect|unix|/run/docker.sock|denied|1|-|1;"
		    "connect|unix|@bus|ok|-|-|0;"
		    "socket|packet|-|ok|-|-|0;"
		    "socket|icmp|-|ok|9|ping|1;"
		    "send|icmp|192.0.2.9|ok|9|ping|1;");
}

/* Sockets that another process opened: inherited, or passed in. */
static void how_a_windows_was_set_up_is_passed_over(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'resolver','t':1,'moment':'before','servers':[]}\n"
	     "{'kind':'proxy','t':2,'moment':'before','of':'user','enabled':false}\n"
	     "{'kind':'firewall_profile','t':3,'moment':'before','store':'local','profile':'public'}\n"
	     "{'kind':'firewall_rule','t':4,'moment':'before','store':'local','rule':'v2.30|'}\n"
	     "{'kind':'firewall','t':5,'moment':'before','rules':1,'cut':0,'unchanged':false}\n"
	     "{'kind':'dns_cache','t':6,'moment':'before','entries':0}\n"
	     "{'kind':'firewalls','t':7}\n");
	assert_rows(r->store, "SELECT reason, count FROM skipped", "a record of an unknown kind|1;");
}

/* Whom the machine asks; what is no address is of no use. */
static void resolvers_and_proxies(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'resolver','t':5,'moment':'before','servers':[{'address':'192.0.2.53','interface':'a'},{'address':'2001:DB8::53'},{'address':'x'}]}\n"
		"{'kind':'proxy','t':6,'of':'winhttp','enabled':true,'proxy':'http=192.0.2.8:3128;https=[2001:db8::8]:3128;ftp=proxy.example:1'}\n"
		"{'kind':'proxy','t':7,'of':'environment','http':'http://(hidden)@192.0.2.9:8080/','https':'192.0.2.10'}\n"
		"{'kind':'proxy','t':8,'of':'user','enabled':false}\n"
		"{'kind':'resolver','t':9,'servers':[7]}\n");
	assert_rows(r->store, "SELECT address, role, from_ns FROM host_role ORDER BY from_ns, address",
		    "192.0.2.53|resolver|5;2001:db8::53|resolver|5;192.0.2.8|proxy|6;2001:db8::8|proxy|6;192.0.2.10|proxy|7;192.0.2.9|proxy|7;");
	assert_rows(r->store, "SELECT reason, count FROM skipped", "a name server that cannot be read|1;");
}

static void sockets_that_name_their_witness(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'socket','t':1,'moment':'before','proto':'tcp','local':'127.0.0.1','lport':1,"
	     "'remote':'127.0.0.1','rport':2,'state':'ESTAB','uid':5,'cookie':7}\n"
	     "{'kind':'socket','t':2,'witness':'socket_tables','moment':'during','proto':'udp',"
	     "'local':'::','lport':5353,'remote':'::','rport':0,'state':'UNCONN','pid':44,"
	     "'process':'C:\\\\Windows\\\\svchost.exe','services':['Dnscache'],'created':9}\n"
	     "{'kind':'socket','t':3,'witness':'socket_tables','moment':'after','proto':'tcp',"
	     "'local':'127.0.0.1','lport':1,'remote':'127.0.0.1','rport':2,'state':'TIME-WAIT'}\n");
	assert_rows(r->store, "SELECT witness, proto, lport, pid, process, moment, uid FROM socket",
		    "sock_diag|tcp|1|-|-|before|5;"
		    "socket_tables|udp|5353|44|C:\\Windows\\svchost.exe|during|-;"
		    "socket_tables|tcp|1|-|-|after|-;");
	assert_rows(r->store, "SELECT reason FROM skipped", "");
}

static void sockets_of_others(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'inherited','t':1,'pid':7,'fd':3,'proto':'tcp','dst':'192.0.2.1','dport':443,"
	     "'cgroup':true,'tree':true}\n"
	     "{'kind':'attempt','t':2,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':80,"
	     "'pid':10,'tid':10,'cookie':1}\n"
	     "{'kind':'sent','t':3,'proto':'tcp','cookie':1,'value':5,'dst':'192.0.2.2','dport':80,"
	     "'pid':7,'tid':7,'tree':true}\n"
	     "{'kind':'sent','t':4,'proto':'tcp','cookie':1,'value':5,'dst':'192.0.2.2','dport':80,"
	     "'pid':7,'tid':7,'tree':true}\n"
	     "{'kind':'attempt','t':5,'call':'connect','proto':'tcp','dst':'192.0.2.3','dport':80,"
	     "'pid':7,'tid':7,'cookie':2,'tree':true}\n"
	     "{'kind':'sent','t':6,'proto':'tcp','cookie':2,'value':5,'dst':'192.0.2.3','dport':80,"
	     "'pid':7,'tid':7,'tree':true}\n"
	     "{'kind':'special_socket','t':7,'family':44,'type':3,'proto':'ip','cookie':0}\n");
	assert_rows(r->store, "SELECT call, proto, dst, pid, in_session FROM attempt",
		    "inherited|tcp|192.0.2.1|7|1;"
		    "connect|tcp|192.0.2.2|10|0;"
		    "send|tcp|192.0.2.2|7|1;"
		    "connect|tcp|192.0.2.3|7|1;"
		    "socket|other_family|-|-|0;");
}

static void all_that_holds_escapes_stays_apart(void **state)
{
	struct rows *r = *state;
	READ(r, "{'kind':'attempt','t':1,'call':'c\\u0061','proto':'tcp','src':'s\\u0061',"
		"'dst':'d\\u0061','comm':'m\\u0061','exe':'e\\u0061','pid':4}\n");
	assert_rows(r->store, "SELECT call, src, dst, comm FROM attempt", "ca|sa|da|ma;");
	assert_rows(r->store, "SELECT comm, exe FROM process", "ma|ea;");
}

static void the_watching_itself(void **state)
{
	struct rows *r = *state;
	READ(r,
	     "{'kind':'witness','t':1,'witness':'kernel','state':'on','detail':'d','remedy':''}\n"
	     "{'kind':'witness','t':2,'witness':'kernel','part':'uring','state':'missing',"
	     "'detail':'old','remedy':''}\n"
	     "{'kind':'witness','t':3,'witness':'kernel','state':'died','detail':'x','remedy':'y'}"
	     "\n"
	     "{'kind':'canary','t':4,'round':1,'proto':'tcp','dst':'127.0.0.1','src':'127.0.0.1',"
	     "'sport':1,'dport':2,'end':9}\n"
	     "{'kind':'canary','t':4,'round':1,'proto':'udp','dst':'::1','problem':'no IPv6'}\n"
	     "{'kind':'capture','t':5,'path':'capture-2.pcapng','number':2,'packets':7,'size':900,'sha256':'ab','at':3,'until':4,"
	     "'received':7,'dropped':0,'last':true}\n"
	     "{'kind':'tool','t':5,'tool':'ss','moment':'before','command':['ss','-tupn'],"
	     "'version':'v','status':0,'path':'tools/ss-before.txt','at':10,'size':20,'round':1}\n"
	     "{'kind':'applog','t':6,'app':'a','path':'/l','role':'audit','change':'appended',"
	     "'copy':'applogs/1-l','copied_from':0,'before':7,'after':9}\n"
	     "{'kind':'network','t':7,'addresses':[{'address':'192.0.2.7','interface':'eth0',"
	     "'ifindex':2},{'address':7}]}\n"
	     "{'kind':'command','t':8,'state':'started','pid':17}\n"
	     "{'kind':'command','t':9,'state':'ended','status':256}\n"
	     "{'kind':'close','t':12,'until':10,'reason':'the command "
	     "ended','command_ended':true,'processes':3}\n"
	     "{'kind':'left','t':11,'pid':18,'comm':'daemon'}\n"
	     "{'kind':'session_egress','t':12,'packets':4,'bytes':500}\n"
	     "{'kind':'socket','t':13,'proto':'tcp','local':'127.0.0.1','lport':1,'state':'listen',"
	     "'moment':'before','uid':0,'cookie':18446744073709551615}\n"
	     "{'kind':'checkpoint','t':14,'lost':{'kernel':3,'packets':0,'x':'y'}}\n");
	assert_rows(r->store, "SELECT name, state, detail, remedy FROM witness",
		    "kernel|died|x|y;");
	assert_rows(r->store, "SELECT * FROM witness_part", "kernel|uring|missing|old;");
	assert_rows(r->store, "SELECT round, time_ns, end_ns, proto, sport, dport FROM canary",
		    "1|4|9|tcp|1|2;");
	assert_rows(r->store, "SELECT * FROM capture_told", "2|capture-2.pcapng|7|900|ab|3|4;");
	assert_rows(r->store,
		    "SELECT tool, moment, command, version, status, path, at_byte, size, round "
		    "FROM tool_run",
		    "ss|before|ss -tupn|v|0|tools/ss-before.txt|10|20|1;");
	assert_rows(r->store,
		    "SELECT app, copy, role, before_bytes, after_bytes, change FROM app_log",
		    "a|applogs/1-l|audit|7|9|appended;");
	assert_rows(r->store, "SELECT * FROM host_address", "192.0.2.7|2|eth0|7;");
	assert_rows(r->store, "SELECT name, value FROM session ORDER BY name",
		    "close_reason|the command "
		    "ended;command_ended_ns|9;command_pid|17;command_state|ended;"
		    "command_status|256;command_was_ended|1;egress_bytes|500;egress_packets|4;"
		    "processes|3;"
		    "watch_from_ns|8;watch_to_ns|10;");
	assert_rows(r->store, "SELECT pid, comm FROM left_process", "18|daemon;");
	assert_rows(r->store, "SELECT proto, local, lport, state, moment, cookie FROM socket",
		    "tcp|127.0.0.1|1|listen|before|-1;");
	assert_rows(r->store, "SELECT * FROM loss", "14|kernel|3;14|packets|0;");
	assert_rows(r->store, "SELECT reason, count FROM skipped",
		    "an interface address that cannot be read|1;");
}

static void what_cannot_be_read_is_counted_by_reason(void **state)
{
	struct rows *r = *state;
	READ(r, "not JSON\n"
		"{'kind':'attempt'}\n"
		"{'t':1}\n"
		"{'kind':'news','t':1}\n"
		"{'kind':'news','t':2}\n"
		"{'kind':'attempt','t':1,'t':2}\n"
		"{'kind':'open','t':1}\n"
		"{'kind':'exit','t':");
	assert_rows(
		r->store,
		"SELECT reason, count, first_record, example FROM skipped ORDER BY first_record",
		"no JSON value|1|1|not JSON;"
		"a record without its time|1|2|{\"kind\":\"attempt\"};"
		"a record without its kind|1|3|{\"t\":1};"
		"a record of an unknown kind|2|4|{\"kind\":\"news\",\"t\":1};"
		"a key that stands there twice|1|6|{\"kind\":\"attempt\",\"t\":1,\"t\":2};"
		"the last line is cut off|1|8|{\"kind\":\"exit\",\"t\":;");
	assert_rows(r->store, "SELECT sealed_bytes, count, closed, problem FROM checkpoint",
		    "0|0|0|no JSON value;");
}

static void a_line_longer_than_any_record(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	struct ingest to = {.path = "e"};
	const size_t size = INPUT_BUFFER + 100;
	char *bytes = must_alloc(size, 1);
	memset(bytes, 'x', size);
	bytes[size - 1] = '\n';
	scratch_put(r->s, "e", slice_of(bytes, size));
	free(bytes);
	assert_int_equal(ingest_read(r->store, &to, r->s->fd, &(struct ingest_options){.as = "evidence"}, &result, &err), OK);
	assert_rows(r->store, "SELECT reason, count FROM skipped",
		    "a line longer than any record|1;");
	assert_int_equal(rows_number(r->store, "SELECT problem IS NOT NULL FROM checkpoint"), 1);
}

static void what_the_writer_wrote_is_read_whole(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct evidence *e = NULL;
	struct ingest_result result;
	struct ingest to = {.path = "evidence.ndjson"};
	assert_int_equal(evidence_open(r->s->fd, "evidence.ndjson", "00", &e, &err), OK);
	struct json *j = evidence_begin(e, "left", 5);
	json_add_u64(j, "pid", 17);
	json_add_slice(j, "comm", SLICE("a\n\"\xff"));
	evidence_end(e);
	evidence_checkpoint(e, SLICE("{\"kernel\":2}"), true);
	assert_int_equal(evidence_close(&e, &err), OK);
	assert_int_equal(ingest_read(r->store, &to, r->s->fd, &(struct ingest_options){0}, &result, &err), OK);
	assert_string_equal(result.reader, "evidence");
	assert_int_equal(result.records, 3);
	assert_rows(r->store, "SELECT pid, comm FROM left_process", "17|a\n\"\xef\xbf\xbd;");
	assert_rows(r->store, "SELECT count, closed, problem, sealed_bytes = bytes FROM checkpoint",
		    "1|1|-|1;");
	assert_rows(r->store, "SELECT witness, lost FROM loss", "kernel|2;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(attempts_and_what_they_came_to),
		rows_test(in_a_host_session_every_process_counts),
		rows_test(a_first_packet_belongs_to_its_attempt),
		rows_test(processes_fork_execute_and_end),
		rows_test(requests_through_io_uring),
		rows_test(how_the_machine_was_set_up),
		rows_test(other_kinds_of_sockets),
		rows_test(sockets_of_others),
		rows_test(resolvers_and_proxies),
		rows_test(sockets_that_name_their_witness),
		rows_test(how_a_windows_was_set_up_is_passed_over),
		rows_test(all_that_holds_escapes_stays_apart),
		rows_test(the_watching_itself),
		rows_test(what_cannot_be_read_is_counted_by_reason),
		rows_test(a_line_longer_than_any_record),
		rows_test(what_the_writer_wrote_is_read_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
