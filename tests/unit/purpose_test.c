/* SPDX-License-Identifier: Apache-2.0 */
/* What attempts, flows, lookups and entries of logs were for, and by what that is known. */
#include "tests/unit/judge_rows.h"

#define DST "198.51.100.7"
#define TO_TLS ATTEMPT("1, 'connect', 'tcp', '" DST "', 443, 'ok'")

/* A lookup at `second` whose answer may be kept for `ttl`. */
#define LOOKUP(second, ttl, name)                                                                  \
	"INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, ttl, packet)" \
	" VALUES (2, " second "000000000, '192.0.2.1', '192.0.2.53', 5000, 53, 'udp', '" name "', 'A', '[\"" DST "\"]', " ttl ", 60);"

#define NAMED(name, how, detail)                                                                   \
	FLOW("'out', 'tcp', '192.0.2.1', 5000, '" DST "', 443, 'closed'")                          \
	"UPDATE attempt SET sport = 5000 WHERE id = 100;"                                          \
	"INSERT INTO name (id, flow, name, how, time_ns, detail) VALUES (1, 100, '" name "', '" how "', 1, " detail ");"

#define PROCESS(id, pid, ppid, exe, tree)                                                          \
	"INSERT INTO process (id, pid, ppid, uid, comm, exe, in_cgroup, in_tree, first_ns) VALUES (" \
	#id ", " #pid ", " #ppid ", 1000, NULL, '" exe "', 0, " #tree ", 100000000000" #id ");"

#define BY(process, thread) "UPDATE attempt SET process = " #process ", comm = '" thread "' WHERE id = 100;"

static void attempts(void **state)
{
	static const struct {
		const char *what, *sql, *wanted; /* vector, product, confidence, rule, name, how, browser */
	} cases[] = {
		{"nothing is known", TO_TLS, "unclassified|-|-|-|-|-|-;"},
		{"its own ClientHello", TO_TLS NAMED("statsig.anthropic.com", "sni", "NULL"),
		 "telemetry|Claude Code|high|anthropic.statsig|statsig.anthropic.com|sni|-;"},
		{"its own goes before a lookup", TO_TLS LOOKUP("1003", "60", "api.openai.com") NAMED("api.cline.bot", "sni", "NULL"),
		 "model_api|Cline|high|cline.api|api.cline.bot|sni|-;"},
		{"a host that no rule knows", TO_TLS NAMED("a.example", "sni", "NULL"), "unclassified|-|-|-|a.example|sni|-;"},
		{"a lookup before", TO_TLS LOOKUP("1003", "60", "api.openai.com"),
		 "model_api|OpenAI|medium|openai.api|api.openai.com|lookup|-;"},
		{"a lookup after", TO_TLS LOOKUP("1005", "60", "api.openai.com"), "unclassified|-|-|-|-|-|-;"},
		{"a lookup in its grace", TO_TLS LOOKUP("705", "0", "api.openai.com"),
		 "model_api|OpenAI|medium|openai.api|api.openai.com|lookup|-;"},
		{"a lookup that ran out", TO_TLS LOOKUP("700", "3", "api.openai.com"), "unclassified|-|-|-|-|-|-;"},
		{"a lookup that did not", TO_TLS LOOKUP("700", "4", "api.openai.com"),
		 "model_api|OpenAI|medium|openai.api|api.openai.com|lookup|-;"},
		{"the nearest of two, of an address that is shared", TO_TLS LOOKUP("1001", "60", "a.example") LOOKUP("1002", "60", "api.openai.com"),
		 "model_api|OpenAI|low|openai.api|api.openai.com|lookup|-;"},
		{"the nearest ran out", TO_TLS LOOKUP("600", "9999", "api.openai.com") LOOKUP("650", "1", "a.example"),
		 "model_api|OpenAI|medium|openai.api|api.openai.com|lookup|-;"},
		{"the app's log", TO_TLS
		 "INSERT INTO app_log (id, app, path, role, copied_from, before_bytes, after_bytes, change) VALUES (1, 'a', 'l', 'context', 0, 0, 1, 'appended');"
		 "INSERT INTO app_event (log, line, time_ns, host, dst, disposition, text) VALUES (1, 1, 1003000000000, 'api.openai.com', '" DST "', 'allowed', '');",
		 "model_api|OpenAI|medium|openai.api|api.openai.com|log|-;"},
		{"another flow to the same place", TO_TLS
		 FLOW("'out', 'tcp', '192.0.2.1', 6000, '" DST "', 443, 'closed'") "UPDATE flow SET first_ns = 9, last_ns = 10 WHERE id = 100;"
		 "INSERT INTO name (id, flow, name, how, time_ns) VALUES (1, 100, 'api.openai.com', 'sni', 1);",
		 "model_api|OpenAI|low|openai.api|api.openai.com|other flow|-;"},
		{"a path", TO_TLS NAMED("clients4.google.com", "http_host", "'POST /uma/v2'"),
		 "telemetry|Chromium|high|chromium.clients4-metrics|clients4.google.com|http_host|-;"},
		{"another path", TO_TLS NAMED("clients4.google.com", "http_host", "'POST /chrome-sync/command'"),
		 "sync|Chromium|high|chromium.sync|clients4.google.com|http_host|-;"},
		{"what a proxy is asked for", ATTEMPT("1, 'connect', 'tcp', '" DST "', 3128, 'ok'") NAMED("api.openai.com", "http_connect", "'api.openai.com:443'")
		 "UPDATE flow SET dport = 3128 WHERE id = 100;",
		 "model_api|OpenAI|high|openai.api|api.openai.com|http_connect|-;"},
		{"a port of name services", ATTEMPT("1, 'sendto', 'udp', '" DST "', 53, 'ok'"), "name_lookup|name service|high|name.dns|-|-|-;"},
		{"a shared host by its program", TO_TLS PROCESS(5, 50, 10, "/usr/bin/aider", 1) BY(5, "aider") NAMED("raw.githubusercontent.com", "sni", "NULL"),
		 "other|aider|medium|aider.models|raw.githubusercontent.com|sni|-;"},
		{"by the program above it", TO_TLS PROCESS(5, 50, 10, "/usr/bin/aider", 1) PROCESS(6, 51, 50, "/usr/bin/curl", 1) BY(6, "curl") NAMED("raw.githubusercontent.com", "sni", "NULL"),
		 "other|aider|medium|aider.models|raw.githubusercontent.com|sni|-;"},
		{"and not by another", TO_TLS PROCESS(5, 50, 10, "/usr/bin/aider", 1) PROCESS(6, 51, 10, "/usr/bin/curl", 1) BY(6, "curl") NAMED("raw.githubusercontent.com", "sni", "NULL"),
		 "unclassified|-|-|-|raw.githubusercontent.com|sni|-;"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		const char *got = rows_get(r->store, "SELECT vector, product, confidence, rule, name, name_how, browser FROM v_attempt WHERE id = 100");
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s\n", cases[i].what);
		assert_string_equal(got, cases[i].wanted);
		rows_do(r, clean_session);
	}
}

/* An engine that a client has in it, or started, is no browser that somebody opened. */
static void browsers(void **state)
{
	static const struct {
		const char *what, *sql, *wanted;
	} cases[] = {
		{"a client's own work", PROCESS(5, 50, 10, "/usr/share/code/code", 1) BY(5, "code"), "unclassified|-;"},
		{"a client's pages", PROCESS(5, 50, 10, "/usr/share/code/code", 1) BY(5, "Chrome_ChildIOT"), "webview|webview;"},
		{"an engine of its own", PROCESS(5, 50, 10, "C:\\\\Program Files\\\\WebView2\\\\MSEdgeWebView2.exe", 1) BY(5, ""), "webview|webview;"},
		{"a program nobody knows, with such threads", PROCESS(5, 50, 10, "/opt/x/x", 1) BY(5, "NetworkService"), "webview|webview;"},
		{"a browser below a client", PROCESS(5, 50, 1, "/usr/bin/cursor", 0) PROCESS(6, 51, 50, "/usr/lib/chromium/chromium (deleted)", 0) BY(6, "x"), "webview|webview;"},
		{"a browser that the session started", PROCESS(5, 50, 10, "/opt/google/chrome/chrome", 1) BY(5, "x"), "webview|webview;"},
		{"a browser that was opened", PROCESS(5, 50, 1, "/opt/google/chrome/chrome", 0) BY(5, "Chrome_ChildIOT"), "unclassified|browser;"},
		{"its update", PROCESS(5, 50, 1, "/opt/google/chrome/chrome", 0) BY(5, "Chrome_ChildIOT") NAMED("update.googleapis.com", "sni", "NULL"), "update|browser;"},
		{"the update of an engine", PROCESS(5, 50, 10, "/usr/share/code/code", 1) BY(5, "Chrome_ChildIOT") NAMED("update.googleapis.com", "sni", "NULL"), "update|webview;"},
		{"signing in, in a browser", PROCESS(5, 50, 1, "/usr/bin/chromium", 0) BY(5, "x") NAMED("accounts.google.com", "sni", "NULL"), "licence|browser;"},
		{"and elsewhere", PROCESS(5, 50, 1, "/usr/bin/curl", 0) BY(5, "curl") NAMED("accounts.google.com", "sni", "NULL"), "unclassified|-;"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		rows_do(r, whole_session);
		rows_do(r, TO_TLS);
		rows_do(r, cases[i].sql);
		rows_judge(r);
		const char *got = rows_get(r->store, "SELECT vector, browser FROM v_attempt WHERE id = 100");
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s\n", cases[i].what);
		assert_string_equal(got, cases[i].wanted);
		rows_do(r, clean_session);
	}
}

static void a_circle_of_processes_ends(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS PROCESS(5, 50, 51, "/a", 1) PROCESS(6, 51, 50, "/b", 1) "UPDATE process SET first_ns = 7 WHERE id > 4;" BY(6, "b"));
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
}

static void everything_has_a_class_and_a_vector(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS NAMED("api.openai.com", "sni", "NULL") LOOKUP("1003", "60", "api.openai.com")
		"INSERT INTO flow (id, source, first_ns, last_ns, packets_out, packets_in, bytes_out, bytes_in, first_packet, dir, proto,"
		" src, sport, dst, dport, state) VALUES (101, 2, 1, 2, 1, 1, 1, 1, 1, 'out', 'tcp', '192.0.2.9', 1, '203.0.113.9', 443, 'x');"
		"INSERT INTO name (id, flow, name, how, time_ns) VALUES (2, 101, 'registry.ollama.ai', 'sni', 1);"
		"INSERT INTO app_log (id, app, path, role, copied_from, before_bytes, after_bytes, change) VALUES (1, 'a', 'l', 'context', 0, 0, 1, 'appended');"
		"INSERT INTO app_event (log, line, time_ns, host, dst, dport, process, disposition, text) VALUES"
		" (1, 1, 1, 'huggingface.co', NULL, 443, NULL, 'allowed', ''), (1, 2, 1003000000000, NULL, '10.0.0.1', 443, '/usr/bin/x', 'allowed', ''),"
		" (1, 3, 1003500000000, NULL, '" DST "', 443, NULL, 'blocked', ''), (1, 4, 1, 'localhost', '127.0.0.1', 11434, NULL, 'allowed', '');");
	rows_judge(r);
	assert_rows(r->store, "SELECT id, class, vector, rule FROM v_attempt ORDER BY id",
		    "10|loopback|model_api|local.ollama;11|own|other|local.other;100|public|model_api|openai.api;");
	assert_rows(r->store, "SELECT id, class, vector, product FROM v_flow WHERE id IN (10, 100, 101)",
		    "10|loopback|model_api|Ollama;100|public|model_api|OpenAI;101|public|model_download|Ollama;");
	assert_rows(r->store, "SELECT class, vector, product, vector_of_name, rule FROM v_dns", "public|name_lookup|OpenAI|model_api|openai.api;");
	assert_rows(r->store, "SELECT line, class, vector, product, confidence, rule FROM v_app_event",
		    "1|-|model_download|Hugging Face|high|huggingface.any;2|private|unclassified|-|-|-;"
		    "3|public|model_api|OpenAI|medium|openai.api;4|loopback|model_api|Ollama|high|local.ollama;");
	assert_rows(r->store, "SELECT count(*) FROM attempt WHERE class IS NULL OR vector IS NULL", "0;");
	assert_rows(r->store, "SELECT count(*) FROM flow WHERE class IS NULL OR vector IS NULL", "0;");
}

static void findings_tell_the_off_switch(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS NAMED("statsig.anthropic.com", "sni", "NULL"));
	rows_judge(r);
	const char *got = rows_get(r->store, "SELECT vector, detail, remedy FROM finding WHERE check_id = 'egress'");
	assert_contains(got, "telemetry|");
	assert_contains(got, "public address; documentation), which is statsig.anthropic.com");
	assert_contains(got, "It is for telemetry of Claude Code (rule anthropic.statsig, confidence high).");
	assert_contains(got, "Claude Code: DISABLE_TELEMETRY=1;");
	rows_do(r, "DELETE FROM name;");
	rows_judge(r);
	got = rows_get(r->store, "SELECT vector, detail, remedy FROM finding WHERE check_id = 'egress'");
	assert_contains(got, "unclassified|");
	assert_contains(got, "No rule knows what it is for.");
	assert_contains(got, "Find out why this program reached out");
}

static void the_rules_of_a_site_count(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS NAMED("a.example", "sni", "NULL")
		"INSERT INTO endpoint_file (path, sha256, text) VALUES ('ours.tsv', 'x',"
		" 'rule\tproduct\thost\tport\tprocess\tpath\tvector\tconfidence\toff_switch\n"
		"site.a\tOurs\ta.example\t-\t-\t-\tsync\thigh\tcall us\n');");
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	assert_rows(r->store, "SELECT vector, product, rule FROM v_attempt WHERE id = 100", "sync|Ours|site.a;");
	assert_rows(r->store, "SELECT origin FROM v_endpoint WHERE rule = 'site.a'", "ours.tsv;");
	rows_judge(r);
	assert_rows(r->store, "SELECT count(*), count(DISTINCT origin) FROM v_endpoint WHERE rule IN ('site.a', 'openai.api')", "2|2;");
	struct error err = {0};
	enum verdict v;
	rows_do(r, "UPDATE endpoint_file SET text = 'x';");
	assert_int_equal(judge(r->store, NULL, &v, &err), ERR_CONFIG);
	assert_contains(err.text, "ours.tsv: line 1, column 1");
}

/* Whose address it was when it was reached. */
static void own_addresses_come_and_go(void **state)
{
	static const struct {
		const char *second, *wanted;
	} cases[] = {
		{"1001", "private|1;"}, {"1002", "own|0;"}, {"1003", "own|0;"}, {"1004", "own|0;"}, {"1005", "own|0;"},
		{"1006", "private|1;"}, {"1007", "private|1;"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char sql[256];
		rows_do(r, whole_session);
		/* looks at 998, 1002 (not yet), 1004 (there), 1006 (gone again); it came between two looks */
		rows_do(r, "INSERT INTO host_address VALUES ('127.0.0.1', 1, 'lo', 1002000000000), ('127.0.0.1', 1, 'lo', 1004000000000),"
			   " ('10.9.9.9', 3, 'vpn', 1004000000000), ('127.0.0.1', 1, 'lo', 1006000000000);"
			   ATTEMPT("1, 'connect', 'tcp', '10.9.9.9', 443, 'ok'"));
		snprintf(sql, sizeof sql, "UPDATE attempt SET time_ns = %s000000000 WHERE id = 100", cases[i].second);
		rows_do(r, sql);
		rows_judge(r);
		const char *got = rows_get(r->store, "SELECT class, leaves FROM attempt WHERE id = 100");
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s\n", cases[i].second);
		assert_string_equal(got, cases[i].wanted);
		rows_do(r, clean_session);
	}
}

/* Names and addresses that are none stop no judgement, and name nothing. */
static void what_is_longer_than_any_name(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS LOOKUP("1003", "60", "x") "UPDATE dns SET qname = printf('%.3000c', 'a') || '.api.openai.com', server = printf('%.300c', '1');"
		LOOKUP("1002", "60", "z") "UPDATE dns SET qname = 'api.openai.com' || char(0) || '.example' WHERE qname = 'z';"
		LOOKUP("1001", "60", "api.openai.com") "UPDATE dns SET answers = '[\"192.0.2.77\"]' WHERE qname = 'api.openai.com';"
		"INSERT INTO app_log (id, app, path, role, copied_from, before_bytes, after_bytes, change) VALUES (1, 'a', 'l', 'context', 0, 0, 1, 'appended');"
		"INSERT INTO app_event (log, line, time_ns, host, dst, disposition, text) VALUES (1, 1, 1, printf('%.3000c', 'h'), printf('%.300c', '2'), 'allowed', '');");
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	assert_rows(r->store, "SELECT vector, name FROM v_attempt WHERE id = 100", "unclassified|-;");
	assert_rows(r->store, "SELECT rule FROM dns WHERE qname = 'api.openai.com'", "openai.api;");
	assert_rows(r->store, "SELECT class, vector FROM v_app_event", "-|unclassified;");
}

/* What the machine was set up to ask, or was seen asking. */
static void roles(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, TO_TLS LOOKUP("1003", "60", "api.openai.com") "UPDATE dns SET dir = 'out';"
		"INSERT INTO host_role VALUES ('" DST "', 'proxy', 1), ('" DST "', 'proxy', 2), ('" DST "', 'resolver', 2);"
		"INSERT INTO posture_item (source, record, what, subject, scope, path, state) VALUES (1, 70, 'route4', '', 'system', '/proc/net/route', 'read');"
		"INSERT INTO posture_fact (source, record, name, value) VALUES (1, 70, 'gateway', '" DST "'), (1, 70, 'default', 'eth0');");
	rows_judge(r);
	assert_rows(r->store, "SELECT role FROM v_attempt WHERE id IN (10, 100) ORDER BY id", "-;gateway and proxy and resolver;");
	assert_rows(r->store, "SELECT role FROM destination WHERE address = '192.0.2.53'", "name server;");
	assert_contains(rows_get(r->store, "SELECT detail FROM finding WHERE check_id = 'egress'"), "documentation; a gateway and proxy and resolver of this machine)");
}

/* By address or by name, in the environment of the session, of a unit or of a process; a
 * proxy on this machine is none of the ways out, and what is passed by is none. */
static void proxies_of_the_environment(void **state)
{
	static const struct {
		const char *item, *fact, *wanted;
	} cases[] = {
		{"environment", "'https_proxy', 'http://" DST ":3128', 'public', '" DST "'", "a proxy of this machine)"},
		{"process", "'env.ALL_PROXY', 'socks5://api.openai.com:1080', 'name', 'API.openai.com'", "a proxy of this machine)"},
		{"unit", "'HTTP_PROXY', 'http://" DST ":3128', 'public', '" DST "'", "a proxy of this machine)"},
		{"editor-settings", "'http.proxy', 'http://" DST ":3128', 'public', '" DST "'", "a proxy of this machine)"},
		{"environment", "'no_proxy', '" DST "', 'public', '" DST "'", "documentation)"},
		{"environment", "'http_proxy', 'http://127.0.0.1:3128', 'loopback', '127.0.0.1'", "documentation)"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char sql[512];
		snprintf(sql, sizeof sql, "INSERT INTO posture_item (source, record, what, subject, scope, path, state) VALUES (1, 70, '%s', '', 'user', 'x', 'read');"
			 "INSERT INTO posture_fact (source, record, name, value, reach, host) VALUES (1, 70, %s);", cases[i].item, cases[i].fact);
		rows_do(r, whole_session);
		rows_do(r, TO_TLS LOOKUP("1003", "60", "api.openai.com"));
		rows_do(r, sql);
		rows_judge(r);
		assert_contains(rows_get(r->store, "SELECT detail FROM finding WHERE check_id = 'egress'"), cases[i].wanted);
		rows_do(r, clean_session);
		rows_do(r, "DELETE FROM posture_item; DELETE FROM posture_fact;");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(proxies_of_the_environment),
		rows_test(attempts),
		rows_test(browsers),
		rows_test(a_circle_of_processes_ends),
		rows_test(everything_has_a_class_and_a_vector),
		rows_test(findings_tell_the_off_switch),
		rows_test(the_rules_of_a_site_count),
		rows_test(own_addresses_come_and_go),
		rows_test(what_is_longer_than_any_name),
		rows_test(roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
