/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "core/text.h"
#include "ingest/described.h"
#include "ingest/described_fields.h"
#include "ingest/descriptions.h"

#define LOG "[log]\nname = x\nformat = line\n"
#define JSON "[log]\nname = x\nformat = json\n"
#define EVENT "[event e]\npattern = "

static void what_is_wrong_is_told_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", "x.ini: line 1, column 1: [log] has no name"},
		{LOG, "x.ini: line 4, column 1: there is no [event …]"},
		{"name = x\n", "x.ini: line 1, column 1: a key in front of the first section"},
		{LOG "  [what]\n", "x.ini: line 4, column 3: sections are [log], [event NAME], [pairs], [disposition], [direction]"},
		{LOG "[event e\n", "x.ini: line 4, column 1: a section is [name], and nothing behind it"},
		{LOG "nothing\n", "x.ini: line 4, column 1: neither [section] nor key = value (with blanks around the =)"},
		{LOG "  colour = red\n", "x.ini: line 4, column 3: there is no such key here"},
		{LOG "name = y\n", "x.ini: line 4, column 8: is given twice"},
		{"[log]\nname =   A b\n", "x.ini: line 2, column 10: a name holds lower-case letters, digits and '-' only"},
		{"[log]\nformat = xml\n", "x.ini: line 2, column 10: is one of line, json, table, export"},
		{"[log]\nsure = 100\n", "x.ini: line 2, column 8: is a number from 1 to 99"},
		{"[log]\ntime_layout = %Q\n", "x.ini: line 2, column 15: a time layout has no %Q"},
		{"[log]\nabout = a\x01\n", "x.ini: line 2, column 10: a control character; a description is text"},
		{LOG EVENT "{time} {dst:adress}\n",
		 "x.ini: line 5, column 18: \"adress\" is no kind; there are word, number, name, quoted, until, rest, address, "
		 "endpoint, socket, url, pairs"},
		{LOG EVENT "{time} {where}\n", "x.ini: line 5, column 18: there is no field \"where\""},
		{LOG EVENT "a{b\n", "x.ini: line 5, column 12: a { without its }; write {{ for a brace"},
		{LOG EVENT "a}b\n", "x.ini: line 5, column 12: a } without its {; write }} for a brace"},
		{LOG EVENT "{?a{?b?}?}\n", "x.ini: line 5, column 14: {? within another {?"},
		{LOG EVENT "a?}\n", "x.ini: line 5, column 12: ?} without its {?"},
		{LOG EVENT "{?a\n", "x.ini: line 5, column 13: a {? without its ?}"},
		{LOG EVENT "{*}{:word}\n", "x.ini: line 5, column 14: an \"until\" needs a text behind it, or names one: {:until "
					   "'text'}"},
		{LOG EVENT "{:word 'x'}\n", "x.ini: line 5, column 11: only \"until\" takes a text"},
		{LOG EVENT "{:until x}\n",
		 "x.ini: line 5, column 11: behind the kind stands a text in single quotes, or nothing"},
		{LOG "[event e]\nis = other\n", "x.ini: line 6, column 1: [event e] has no pattern"},
		{LOG "[event e]\nhost = h\n", "x.ini: line 5, column 8: a place is for format = json, table or export; a line has its "
					      "pattern"},
		{LOG "[event e]\nwhen a = b\n",
		 "x.ini: line 5, column 10: \"when\" is for format = json, table or export, which stands in front"},
		{JSON "[event e]\nwithin = m\n", "x.ini: line 6, column 1: [event e]: pattern and within go together"},
		{JSON "[event e]\nhost = a.b.c.d.e.f.g.h.i\n", "x.ini: line 6, column 1: a member path of more than 8 parts"},
		{JSON "[event e]\nhost = a|b|c|d|e\n", "x.ini: line 5, column 8: more than 4 places"},
		{JSON "[event e]\nhost = a||b\n", "x.ini: line 5, column 8: a place without a name"},
		{JSON "fixed time = now\n", "x.ini: line 4, column 14: no field that can be fixed"},
		{JSON "[pairs]\nA = colour\n", "x.ini: line 5, column 5: there is no such field"},
		{JSON "[disposition]\nA = in\n", "x.ini: line 5, column 5: is one of allowed, blocked, logged, other"},
		{JSON "[direction]\nA = allowed\n", "x.ini: line 5, column 5: is one of in, out, forward"},
		{"[log]\nname = x\nformat = table\n[event e]\nhost = h\n", "x.ini: line 6, column 1: a table needs a heading or columns"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		struct description *d = NULL;
		assert_int_equal(description_parse(slice_of_string(cases[i].text), "x.ini", &d, &err), ERR_CONFIG);
		assert_null(d);
		assert_string_equal(err.text, cases[i].wanted);
	}
}

static void limits_hold(void **state)
{
	(void)state;
	struct error err = {0};
	struct description *d = NULL;
	AUTO_TEXT struct text t = text_make(1 << 20);
	text_add_string(&t, LOG EVENT);
	for (int i = 0; i < DESCRIPTION_STEPS_MAX; i++)
		text_add_string(&t, "a ");
	text_add_string(&t, "\n");
	assert_int_equal(description_parse(text_slice(&t), "x", &d, &err), ERR_CONFIG);
	assert_non_null(strstr(err.text, "more than 512 parts"));
	text_clear(&t);
	text_add_string(&t, LOG);
	for (int i = 0; i <= DESCRIPTION_RULES_MAX; i++)
		text_add_string(&t, "[event e]\npattern = a\n");
	assert_int_equal(description_parse(text_slice(&t), "x", &d, &err), ERR_CONFIG);
	assert_non_null(strstr(err.text, "more than 24 sections"));
	text_clear(&t);
	text_add_string(&t, JSON "[event e]\n");
	for (int i = 0; i <= DESCRIPTION_SLOTS_MAX; i++)
		text_addf(&t, "when a%d = x\n", i);
	assert_int_equal(description_parse(text_slice(&t), "x", &d, &err), ERR_CONFIG);
	while (t.size <= DESCRIPTION_TEXT_MAX)
		text_add_char(&t, '#');
	assert_int_equal(description_parse(text_slice(&t), "x", &d, &err), ERR_LIMIT);
}

/* What a pattern finds in a text: "field=value …", or "no". */
static const char *matched(const char *pattern, const char *text)
{
	static char shown[1024];
	static struct zone utc;
	struct error err = {0};
	struct description *d = NULL;
	struct found f = {0};
	AUTO_TEXT struct text t = text_make(8192);
	zone_unknown(&utc);
	const struct log_time_context with = {&utc, 0};
	text_addf(&t, LOG "[event e]\npattern = %s\n[pairs]\nSRC = src\nDST = dst\nT = time\n", pattern);
	if (description_parse(text_slice(&t), "x", &d, &err))
		print_error("%s\n", err.text);
	assert_non_null(d);
	snprintf(shown, sizeof shown, "no");
	if (pattern_match(d, &d->rules[0], slice_of_string(text), &with, &f)) {
		size_t size = 0;
		shown[0] = 0;
		for (size_t i = 1; i < FIELDS; i++)
			if (f.fields[i].at)
				size += (size_t)snprintf(shown + size, sizeof shown - size, "%zu=%.*s ", i,
							 (int)f.fields[i].size, (const char *)f.fields[i].at);
		if (f.has_time)
			snprintf(shown + size, sizeof shown - size, "t=%lld", (long long)(f.time.ns / CLOCK_SECOND));
	}
	description_free(d);
	return shown;
}

static void patterns(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text, *wanted;
	} cases[] = {
		{"a b", "a \t b", ""},
		{"a b", "ab", "no"},
		{"a b", "a b c", "no"},
		{"{{{host}}}", "{x}", "no"}, /* a word goes up to a blank */
		{"{{{host:name}}}", "{x}", "5=x "},
		{"{process:name}[{pid:number}]: {host}", "agent[17]: h", "3=agent 4=17 5=h "},
		{"{process:name}{?[{pid:number}]?}: {host}", "agent: h", "3=agent 5=h "},
		{"{process:name}{?[{pid:number}]?}: {host}", "agent[x]: h", "no"},
		{"{?a{host:name} b?}{:rest}", "ax c", ""},
		{"{host:until} to {dst:address} {*}", "x y to 192.0.2.1 z", "no"},
		{"{host:until ' to'} to {dst:address} {*}", "x y to 192.0.2.1 z", "5=x y 6=192.0.2.1 "},
		{"{dst:address},", "fe80::1%eth0,", "6=fe80::1 "},
		{"{dst:address}", "192.0.2.256", "no"},
		{"{dst:endpoint}", "[2001:db8::1]:443", "6=2001:db8::1 7=443 "},
		{"{src:endpoint} {dst:endpoint}", "192.0.2.1#53 name", "6=name 8=192.0.2.1 9=53 "},
		{"{dst:endpoint}", "[2001:db8::1", "no"},
		{"{dst:endpoint}: {:rest}", "name: x", "6=name "},
		{"{dst:endpoint}: {:rest}", "name:1: x", "6=name 7=1 "},
		{"{dst:socket}", "192.0.2.1:443", "6=192.0.2.1 7=443 "},
		{"{dst:socket}", "2001:db8::1:443", "6=2001:db8::1 7=443 "},
		{"{dst:socket}", "fe80::1%eth0:443", "6=fe80::1%eth0 7=443 "},
		{"{dst:socket}", "[2001:db8::1]:443", "6=2001:db8::1 7=443 "},
		{"{src:socket}/{proto:name}", "name.example:53/udp", "8=name.example 9=53 10=udp "},
		{"{dst:socket}", "[2001:db8::1]", "no"},
		{"{dst:socket}", "192.0.2.1", "no"},
		{"{dst:socket}", ":443", "no"},
		{"{dst:socket}", "name:", "no"},
		{"{host:quoted} {url:url}\"", "\"a \\\" b\" http://x\"", "5=a \\\" b 11=http://x "},
		{"{host:quoted}", "\"a", "no"},
		{"{host:quoted}", "\"a\\", "no"},
		{"{:pairs}", "x SRC=1 IN= SRC=2 DST=\"a b\" T=2026-11-23T00:00:00Z \"odd", "6=a b 8=1 t=1795392000"},
		{"{:pairs}", "", ""},
		{"{time:'%d.%m.%Y'} x", "23.11.2026 x", "t=1795392000"},
		{"{time}", "2026-11-23T00:00:00Z", "t=1795392000"},
		{"{host:number}", "", "no"},
		{"{*}", "", ""},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *got = matched(cases[i].pattern, cases[i].text);
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("%s on %s\n", cases[i].pattern, cases[i].text);
		assert_string_equal(got, cases[i].wanted);
	}
}

/* A quarter of a second for 60 KiB would be a square. */
static void odd_lines_take_no_long(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1 << 20);
	while (t.size < 60000)
		text_add_string(&t, "\"\\");
	int64_t from = clock_mono();
	(void)matched("{:pairs}", text_string(&t));
	(void)matched("{host:quoted}{:rest}", text_string(&t));
	(void)matched("{?{*}z?}{?{*}y?}{:pairs}", text_string(&t));
	assert_true(clock_mono() - from < CLOCK_SECOND / 4);
}

static void a_site_adds_its_own(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct descriptions *all = descriptions_new();
	size_t built_in = descriptions_count(all);
	char path[256];
	assert_true(built_in >= 10);
	assert_int_equal(mkdirat(s->fd, "logs.d", 0700), 0);
	scratch_put(s, "logs.d/b.ini", SLICE("[log]\nname = bb\n[event e]\npattern = b\n"));
	scratch_put(s, "logs.d/a.ini", SLICE("[log]\nname = aa\n[event e]\npattern = a\n"));
	scratch_put(s, "logs.d/README", SLICE("nothing\n"));
	snprintf(path, sizeof path, "%s/logs.d", s->path);
	assert_int_equal(descriptions_add_folder(all, path, &err), OK);
	assert_int_equal(descriptions_count(all), built_in + 2);
	assert_string_equal(descriptions_at(all, built_in)->name, "aa");
	assert_non_null(strstr(descriptions_at(all, built_in)->origin, "logs.d/a.ini (SHA-256 "));
	snprintf(path, sizeof path, "%s/nowhere", s->path);
	assert_int_equal(descriptions_add_folder(all, path, &err), OK);
	assert_int_equal(descriptions_add_file(all, path, &err), ERR_NO_INPUT);
	snprintf(path, sizeof path, "%s/logs.d/a.ini", s->path);
	assert_int_equal(descriptions_add_file(all, path, &err), ERR_CONFIG);
	assert_non_null(strstr(err.text, "the name \"aa\" is taken by "));
	assert_int_equal(descriptions_add(all, SLICE("[log]\nname = pcap\n[event e]\npattern = a\n"), "x", &err), ERR_CONFIG);
	descriptions_free(all);
}

/* The one of airgap-verify-formats(5). */
static void the_example_of_the_manual(void **state)
{
	(void)state;
	static const char text[] = "[log]\nname = gate\napp = Gate\nabout = log of the Gate proxy\nformat = line\n"
				   "time_layout = %d.%m.%Y %H:%M:%S\ncomment = #\nsure = 90\n\n[event connection]\n"
				   "pattern = {time} {process:name}[{pid:number}] to {host:endpoint}: {disposition} "
				   "({proto:name})\n\n[event rules]\npattern = {time} rules {*}\nis = mark\n\n"
				   "[disposition]\nrefused = blocked\npassed = allowed\n";
	static struct start start;
	static struct app_line a;
	struct error err = {0};
	struct description *d = NULL;
	zone_unknown(&start.zone);
	assert_int_equal(description_parse(slice_of_string(text), "gate.ini", &d, &err), OK);
	struct described *s = described_new(d, &start);
	assert_int_equal(described_line(s, SLICE("# gate 2.1"), &a), APP_OTHER);
	assert_int_equal(described_line(s, SLICE("23.11.2026 12:03:05 agent[4711] to api.example:443: refused (tcp)"), &a),
			 APP_EVENT);
	assert_true(slice_is(a.host, "api.example") && slice_is(a.process, "agent") && slice_is(a.proto, "tcp"));
	assert_int_equal(a.port, 443);
	assert_int_equal(a.pid, 4711);
	assert_string_equal(a.disposition, "blocked");
	assert_int_equal(a.time_ns, INT64_C(1795435385) * CLOCK_SECOND);
	assert_int_equal(described_line(s, SLICE("23.11.2026 12:03:09 rules read again"), &a), APP_OTHER);
	assert_int_equal(described_line(s, SLICE("23.11.2026 12:03:09 agent[1] to x: perhaps (tcp)"), &a), APP_UNREAD);
	assert_string_equal(a.problem, "a disposition that is not described");
	described_free(s);
	description_free(d);
}

static void urls(void **state)
{
	(void)state;
	static const struct {
		const char *url, *host;
		uint64_t port;
	} cases[] = {
		{"https://name.example/a?b#c", "name.example", 443}, {"http://192.0.2.1", "192.0.2.1", 80},
		{"wss://u:p@h:8443?x", "h", 8443},		    {"https://[2001:db8::1]:1/", "2001:db8::1", 1},
		{"https://[2001:db8::1]/", "2001:db8::1", 443},	    {"x://h", "h", 0},
		{"https:///a", NULL, 0},			    {"name.example", NULL, 0},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct slice host;
		uint64_t port = 7;
		bool good = described_url(slice_of_string(cases[i].url), &host, &port);
		assert_int_equal(good, cases[i].host != NULL);
		if (!good)
			continue;
		assert_true(slice_is(host, cases[i].host));
		assert_int_equal(port, cases[i].port);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_told_with_its_place),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(patterns),
		cmocka_unit_test(odd_lines_take_no_long),
		cmocka_unit_test(urls),
		cmocka_unit_test(the_example_of_the_manual),
		cmocka_unit_test_setup_teardown(a_site_adds_its_own, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
