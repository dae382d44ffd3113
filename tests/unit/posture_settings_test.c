/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/posture_text.h"

#include "ingest/posture/jsonc.h"

static void check_plain(const char *in, const char *wanted)
{
	AUTO_TEXT struct text out = text_make(1 << 16);
	jsonc_plain(slice_of_string(in), &out);
	assert_string_equal(text_string(&out), wanted);
}

static void comments_and_commas_go(void **state)
{
	(void)state;
	check_plain("{\"a\":1,}", "{\"a\":1 }");
	check_plain("[1, // x\n]", "[1      \n]");
	check_plain("[1 /*,*/ ,2]", "[1       ,2]");
	check_plain("{\"a\":\"//,]\\\"/*\",\n}", "{\"a\":\"//,]\\\"/*\" \n}");
	check_plain("[1,/* ] */]", "[1        ]");
	check_plain("[/*/ 1 */2]", "[        2]");
	check_plain("\xef\xbb\xbf{}", "   {}");
	check_plain("{\"a\":\"never", "{\"a\":\"never");
	check_plain("[,\"x\"]", "[,\"x\"]");
}

static void json_becomes_paths(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_json,
		    "{ // editors\n \"telemetry.telemetryLevel\": \"off\",\n"
		    "\"models\": [{\"provider\": \"ollama\", \"apiBase\": \"http:\\/\\/127.0.0.1:11434\"}, {}],\n"
		    "\"n\": null, \"t\": true, \"i\": 4, \"o\": {\"p\": {\"q\": \"x\"}}, }\n");
	assert_rows(r->store, FACTS,
		    "telemetry.telemetryLevel|off;models.0.provider|ollama;"
		    "models.0.apiBase|http://127.0.0.1:11434;n|null;t|true;i|4;o.p.q|x;");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_json, "[{\"identifier\":{\"id\":\"a.b\"}},{\"identifier\":{\"id\":\"c.d\"}}]");
	assert_rows(r->store, FACTS, "0.identifier.id|a.b;1.identifier.id|c.d;");
	read_string(r, posture_json, " \n");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_json, "{\"a\": tru}");
	assert_rows(r->store, FACTS, "");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	AUTO_TEXT struct text many = text_make(1 << 20);
	text_add_string(&many, "[1");
	for (unsigned i = 1; i < POSTURE_FACTS_MAX + 10; i++)
		text_add_string(&many, ",1");
	text_add_string(&many, "]");
	read_text(r, posture_json, "", text_slice(&many));
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_fact"), POSTURE_FACTS_MAX);
	assert_rows(r->store, DOUBTS, "more than is read of one file;");
	read_hostile(r, posture_json, "[1", ",1");
	read_hostile(r, posture_json, "", "/*");
	read_hostile(r, posture_json, "", "[");
	read_hostile(r, posture_json, "", "\"\\");
}

/* An address as inet_ntop() writes it, a name as it stands, and nothing where it is no place. */
static void places_are_told_with_their_host(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_assign, "https_proxy=http://u:p@192.0.2.8:3128/\nall_proxy=socks5://[2001:DB8::8]:1080\n"
				       "HTTP_PROXY=http://proxy.example:3128\nftp_proxy=off\n");
	assert_rows(r->store, "SELECT name, reach, host FROM posture_fact ORDER BY rowid",
		    "https_proxy|public|192.0.2.8;all_proxy|public|2001:db8::8;HTTP_PROXY|name|proxy.example;ftp_proxy|-|-;");
}

static void yaml_as_settings_are_written(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_yaml,
		    "# a comment\n---\nname: Local\nmodels:\n  - name: a b\n    provider: ollama # here\n"
		    "    apiBase: \"http://localhost:11434\"\r\n    roles: [chat, edit]\n"
		    "  - name: 'c'\n    prompt: |\n      x: y\n\n      - z\n    model: m\n"
		    "same:\n- one\n- two: 2\n  three: 3\nempty:\nlast: true\n");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, FACTS,
		    "name|Local;models.0.name|a b;models.0.provider|ollama;models.0.apiBase|http://localhost:11434;"
		    "models.0.roles.0|chat;models.0.roles.1|edit;models.1.name|c;models.1.model|m;"
		    "same.0|one;same.1.two|2;same.1.three|3;last|true;");
}

static void yaml_that_is_not_read_is_told(void **state)
{
	struct rows *r = *state;
	static const char *const odd[] = {
		"a: &x 1\n", "a: *x\n", "a: !t x\n", "a: {b: c}\n", "a: [b, [c]]\n", "\ta: b\n",
		"<<: x\n", "a: \"open\n", "just words\n", "%YAML 1.2\n", "a: \"b\" c\n",
	};
	for (size_t i = 0; i < LENGTH(odd); i++) {
		read_string(r, posture_yaml, odd[i]);
		assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
		assert_rows(r->store, FACTS, "");
	}
	read_hostile(r, posture_yaml, "", "- ");
	read_hostile(r, posture_yaml, "", "a:\n ");
	read_hostile(r, posture_yaml, "", "- a: b\n");
	read_hostile(r, posture_yaml, "a: [", "a,");
}

static void toml_scalars_under_their_tables(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_toml,
		    "model = \"m\" # x\nnotify = [\"a\", \"]\",\n  \"b\"]\nn = 1\n"
		    "text = \"\"\"\nmodel = \"no\"\n\"\"\"\none = '''x'''\n"
		    "[model_providers.local]\nbase_url = 'http://127.0.0.1:1234/v1'\n"
		    "[model_providers.\"a.b\"] # odd\nflag = true\n[[servers]]\nu = \"x\"\n[[servers]]\nu = \"y\"\n"
		    "[a]\nb.c = \"d\"\n");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, FACTS,
		    "model|m;n|1;model_providers.local.base_url|http://127.0.0.1:1234/v1;"
		    "model_providers.a.b.flag|true;servers.0.u|x;servers.1.u|y;a.b.c|d;");
	static const char *const odd[] = {"a\n", "[a\n", "a = { b = 1 }\n", "a =\n", "a = \"open\n", "= 1\n", "[]\n"};
	for (size_t i = 0; i < LENGTH(odd); i++) {
		read_string(r, posture_toml, odd[i]);
		assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	}
	read_hostile(r, posture_toml, "a = [", "[");
	read_hostile(r, posture_toml, "", "[[a]]\n");
	read_hostile(r, posture_toml, "", "a.");
}

static void names_and_values(void **state)
{
	struct rows *r = *state;
	read_text(r, posture_assign, "unit",
		  SLICE("[Service]\nEnvironment=\"OLLAMA_HOST=0.0.0.0:11434\" OLLAMA_NO_CLOUD=1\nExecStart=/x serve\n"));
	assert_rows(r->store, "SELECT name, value, reach FROM posture_fact ORDER BY rowid",
		    "OLLAMA_HOST|0.0.0.0:11434|any;OLLAMA_NO_CLOUD|1|-;ExecStart|/x serve|-;");
	read_text(r, posture_assign, "environment",
		  SLICE("# c\nexport A=\"b c\"\nHTTP_PROXY=http://192.0.2.1:3128\nno equals\n=x\n"));
	assert_rows(r->store, "SELECT name, value, reach FROM posture_fact ORDER BY rowid",
		    "A|b c|-;HTTP_PROXY|http://192.0.2.1:3128|public;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 2);
	read_hostile(r, posture_assign, "Environment=", "a=1 ");
	read_hostile(r, posture_assign, "", "a=1\n");
}

static void small_tables(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_words, "# c\nnameserver 127.0.0.53\nsearch example\n\neth0 up wired\n");
	assert_rows(r->store, FACTS, "nameserver|127.0.0.53;search|example;eth0|up wired;");
	read_string(r, posture_addresses, "Global: 9.9.9.9#dns.example 2001:db8::53\nLink 2 (eth0): fe80::1%eth0\n");
	assert_rows(r->store, FACTS, "server|9.9.9.9;server|2001:db8::53;server|fe80::1%eth0;");
	read_string(r, posture_prefs,
		    "// x\nuser_pref(\"network.trr.mode\", 5);\nuser_pref(\"network.trr.uri\", \"https://d.example/\");\n"
		    "user_pref(\"broken\n");
	assert_rows(r->store, FACTS, "network.trr.mode|5;network.trr.uri|https://d.example/;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	read_string(r, posture_route4,
		    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
		    "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
		    "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
		    "eth1\t00000000\t010200C0\t0201\t0\t0\t0\t00000000\t0\t0\t0\n");
	assert_rows(r->store, FACTS, "default|eth0;gateway|192.0.2.1;");
	read_string(r, posture_route6,
		    "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
		    "fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n"
		    "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
		    "00000000000000000000000000000000 ffffffff 00000001 00000000 00200200 lo\n");
	assert_rows(r->store, FACTS, "default|eth0;gateway|fe80::1;");
	read_string(r, posture_hosts,
		    "# 10.0.0.1 gone\n127.0.1.1\tbox box.example # 10.0.0.2\n0.0.0.0 ads.example\n::1 box\nbox 127.0.0.1\n10.0.0.3\n");
	assert_rows(r->store, "SELECT name, value, reach FROM posture_fact",
		    "box|127.0.1.1|loopback;box.example|127.0.1.1|loopback;box|::1|loopback;");
	read_string(r, posture_listeners,
		    "tcp LISTEN 0 4096 127.0.0.1:11434 0.0.0.0:* users:((\"ollama\",pid=7,fd=3))\n"
		    "tcp LISTEN 0 4096 *:8080 *:* \nudp UNCONN 0 0 [::1]:53 [::]:*\nodd\n");
	assert_rows(r->store, "SELECT proto, address, reach, port, pid, process FROM posture_listener",
		    "tcp|127.0.0.1|loopback|11434|7|ollama;tcp|*|any|8080|-|-;udp|::1|loopback|53|-|-;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	read_hostile(r, posture_listeners, "", "tcp ");
	read_hostile(r, posture_words, "", "x\n");
}

static void where_a_value_leads(void **state)
{
	static const struct {
		const char *value, *reach;
	} all[] = {
		{"http://localhost:11434/v1", "loopback"}, {"https://u:p@api.example/x", "name"},
		{"127.0.0.1", "loopback"},   {"[::1]:80", "loopback"},	{"http://[2001:db8::1]:80/", "public"},
		{"10.0.0.2:11434", "private"}, {"8.8.8.8", "public"},	{"0.0.0.0", "any"},
		{"::", "any"},		     {"*", "any"},		{"off", NULL},
		{"8080", NULL},		     {"", NULL},		{"ollama/qwen", NULL},
		{"fe80::1%eth0", "link_local"}, {"http://", NULL},	{"a.localhost:1", NULL},
		{":11434", "any"},	     {":", NULL},		{"http://:", NULL},
		{"127.0.0.53%lo", "loopback"}, {"2130706433", NULL},	{"127.1:11434", NULL},
		{"http://a.localhost", "name"}, {"u@127.0.0.1", NULL},	{"127.0.0.1\\", NULL},
		{"[::1", NULL},		     {"[a]", NULL},		{"[127.0.0.1]:80", NULL},
		/* everybody reads these alike */
		{"http://u:p@127.0.0.1/", "loopback"},	      {"http://127.0.0.1@vendor.example/", "name"},
		{"http://localhost:80@vendor.example/", "name"}, {"http://localhost.vendor.example/", "name"},
		{"http://[::ffff:8.8.8.8]/", "public"},	      {"http://[::ffff:127.0.0.1]:1/", "loopback"},
		{"http://134744072/", "public"},	      {"http://0x8.0x8.2056", "public"},
		{"http://192.168.257/", "private"},	      {"http://127.0.0.1.vendor.example", "name"},
		{"http://localhost/?u=a@b", "loopback"},      {"http://LOCALHOST", "loopback"},
		{"http://256.1.1.1/", "name"},		      {"http://1.2.3.4.5/", "name"},
		/* and these not */
		{"http://vendor.example#@localhost/", "doubtful"}, {"http://vendor.example\\@127.0.0.1/", "doubtful"},
		{"http://vendor.example?@localhost", "doubtful"},  {"http://localhost#@vendor.example/", "doubtful"},
		{"http://localhost\\.vendor.example/", "doubtful"}, {"http://a@b@localhost/", "doubtful"},
		{"http://2130706433/", "doubtful"},	      {"http://127.1/", "doubtful"},
		{"http://0x7f.1", "doubtful"},		      {"http://0177.0.0.1:80/", "doubtful"},
		{"http://127.0.0.1./", "doubtful"},	      {"http://localhost./", "doubtful"},
		{"http://0/", "doubtful"},		      {"http://[::1].vendor.example/", "doubtful"},
		{"http://[::1", "doubtful"},		      {"http://[127.0.0.1]/", "doubtful"},
		{"http://localhost%2evendor.example/", "doubtful"}, {"http://127.0.0.1%00.vendor.example/", "doubtful"},
		{"http://local\thost/", "doubtful"},	      {"http://localhost:80:80/", "doubtful"},
		{"http://localhost:x/", "doubtful"},	      {"http://localhost:65536/", "doubtful"},
		{"http://ｌocalhost/", "doubtful"},	      {"x/http://localhost/", "doubtful"},
		{"http://::1/", "doubtful"},		      {"http://[::1%25lo]/", "doubtful"},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++) {
		const char *reach = posture_reach(slice_of_string(all[i].value));
		if (!all[i].reach)
			assert_null(reach);
		else
			assert_string_equal(reach ? reach : "(none)", all[i].reach);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_and_commas_go),
		rows_test(json_becomes_paths),
		rows_test(places_are_told_with_their_host),
		rows_test(yaml_as_settings_are_written),
		rows_test(yaml_that_is_not_read_is_told),
		rows_test(toml_scalars_under_their_tables),
		rows_test(names_and_values),
		rows_test(small_tables),
		cmocka_unit_test(where_a_value_leads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
