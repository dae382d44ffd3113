/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "analysis/endpoints.h"

static void names_and_ports(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned port;
		const char *vector;
	} cases[] = {
		{"api.anthropic.com", 443, "model_api"},
		{"API.Anthropic.COM", 443, "model_api"},
		{"api.anthropic.com.", 443, "model_api"},
		{"eu.api.anthropic.com", 443, "model_api"},
		{"api.anthropic.com", 0, "model_api"}, /* its port is not known */
		{"statsig.anthropic.com", 443, "telemetry"},
		{"notapi.anthropic.com", 443, "unclassified"},
		{"api.anthropic.com.example", 443, "unclassified"},
		{"api.anthropic.com", 80, "unclassified"},
		{"anthropic.com", 443, "unclassified"},
		{"us.i.posthog.com", 443, "telemetry"},
		{"api2.cursor.sh", 443, "model_api"},
		{"api3.cursor.sh", 443, "telemetry"}, /* the longer suffix goes before cursor.sh */
		{"update.googleapis.com", 80, "update"}, /* any port */
		{"a-default-sea.rum.aliyuncs.com", 443, "telemetry"},
		{"oss.aliyuncs.com", 443, "unclassified"},
		{"raw.githubusercontent.com", 443, "unclassified"}, /* shared: the program decides */
		{"", 443, "unclassified"},
		{".", 443, "unclassified"},
		{"api.anthropic.com", 53, "name_lookup"},
		{"", 53, "name_lookup"},
		{"", 853, "name_lookup"},
		{"", 5353, "name_lookup"},
		{"", 5355, "name_lookup"},
		{"", 137, "name_lookup"},
		{"dns.google", 443, "name_lookup"},
		{"", 0, "unclassified"},
	};
	struct endpoints *all = endpoints_new();
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *got = endpoint_vector(cases[i].name, cases[i].port);
		if (strcmp(got, cases[i].vector) != 0)
			print_error("%s:%u\n", cases[i].name, cases[i].port);
		assert_string_equal(got, cases[i].vector);
		/* by the index as by all lines */
		struct endpoint_asked asked = {.host = slice_of_string(cases[i].name), .port = cases[i].port};
		const struct endpoint *rule = endpoints_find(all, &asked);
		assert_string_equal(rule ? endpoint_vector_name(rule->vector) : "unclassified", cases[i].vector);
	}
	endpoints_free(all);
}

/* Each rule of the build, asked for exactly what it names, decides; and without any one
 * thing that it names it does not hold. */
static void each_rule_decides_its_case(void **state)
{
	(void)state;
	struct endpoints *all = endpoints_new();
	assert_true(endpoints_count(all) > 120);
	for (size_t i = 0; i < endpoints_count(all); i++) {
		const struct endpoint *e = endpoints_at(all, i);
		struct slice program = slice_part(e->process, 0, slice_find(e->process, ','));
		bool kind = slice_starts(program, "@");
		if (slice_ends(program, "*"))
			program.size--;
		struct endpoint_asked asked = {.host = e->suffix, .port = e->port, .path = e->path,
					       .local = e->where == ENDPOINT_LOCAL, .programs = &program,
					       .program_count = !kind, .browser = kind ? "webview" : NULL};
		const struct endpoint *got = endpoints_find(all, &asked);
		if (got != e)
			print_error("%.*s is decided by %.*s\n", (int)e->rule.size, (const char *)e->rule.at,
				    got ? (int)got->rule.size : 0, got ? (const char *)got->rule.at : "");
		assert_ptr_equal(got, e);
		struct endpoint_asked other = asked;
		other.host = SLICE("host.example");
		if (e->where == ENDPOINT_NAMED)
			assert_int_equal(endpoint_rank(e, &other), 0);
		other = asked;
		other.port = e->port + 1;
		assert_true(!e->port || endpoint_rank(e, &other) == 0);
		other = asked;
		other.program_count = 0;
		other.browser = NULL;
		assert_true(!e->process.size || endpoint_rank(e, &other) == 0);
		other = asked;
		other.path = SLICE("/");
		assert_true(!e->path.size || endpoint_rank(e, &other) == 0);
		other = asked;
		other.local = false;
		assert_true(e->where != ENDPOINT_LOCAL || endpoint_rank(e, &other) == 0);
	}
	endpoints_free(all);
}

static const char *rule_of(const struct endpoints *all, const char *host, unsigned port, const char *program)
{
	static char text[ENDPOINT_RULE_MAX + 1];
	struct slice name = slice_of_string(program);
	struct endpoint_asked asked = {.host = slice_of_string(host), .port = port, .programs = &name,
				       .program_count = name.size > 0};
	const struct endpoint *rule = endpoints_find(all, &asked);
	assert_true(!rule || slice_to_string(rule->rule, text, sizeof text));
	return rule ? text : "-";
}

/* Host and program together; the more is named, the better. */
static void shared_hosts(void **state)
{
	(void)state;
	struct endpoints *all = endpoints_new();
	assert_string_equal(rule_of(all, "raw.githubusercontent.com", 443, "aider"), "aider.models");
	assert_string_equal(rule_of(all, "raw.githubusercontent.com", 443, "aider-chat"), "aider.models");
	assert_string_equal(rule_of(all, "raw.githubusercontent.com", 443, "curl"), "-");
	assert_string_equal(rule_of(all, "storage.googleapis.com", 443, "claude"), "anthropic.storage");
	assert_string_equal(rule_of(all, "storage.googleapis.com", 443, "claudette"), "-");
	assert_string_equal(rule_of(all, "npmjs.org", 443, "node"), "npm.update");
	assert_string_equal(rule_of(all, "npmjs.org", 443, "claude"), "anthropic.npm");
	endpoints_free(all);
}

#define HEADING "rule\tproduct\thost\tport\tprocess\tpath\tvector\tconfidence\toff_switch\n"

static void a_site_adds_its_own(void **state)
{
	(void)state;
	struct endpoints *all = endpoints_new();
	struct error err = {0};
	size_t before = endpoints_count(all);
	assert_int_equal(endpoints_add(all, SLICE(HEADING "# ours\n\n"
		"site.proxy\tthe proxy\tproxy.example\t3128\t-\t-\tother\thigh\t-\r\n"
		"site.api\tours\tapi.anthropic.com\t443\t-\t-\tlicence\tlow\tcall 1234\n"), "ours.tsv", &err), OK);
	assert_int_equal(endpoints_count(all), before + 2);
	assert_string_equal(rule_of(all, "proxy.example", 3128, ""), "site.proxy");
	assert_string_equal(rule_of(all, "api.anthropic.com", 443, ""), "site.api"); /* goes before that of the build */
	assert_int_equal(endpoints_files(all)->count, 1);
	assert_string_equal(endpoints_files(all)->at[0]->name, "ours.tsv");
	for (size_t i = 0; i < endpoints_count(all); i++)
		assert_string_equal(endpoints_origin(all, i), slice_starts(endpoints_at(all, i)->rule, "site.") ? "ours.tsv" : "this build");
	endpoints_free(all);
}

static void faults_are_told_by_line_and_column(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", "f: line 1, column 1: it is empty"},
		{"rule\thost\n", "line 1, column 1: the first line is not the heading"},
		{"\xff\xfer\0u", "line 1, column 1: the first line is not the heading"},
		{HEADING "a\tb\n", "line 2, column 2: product"},
		{HEADING "A\tb\tc\t1\t-\t-\tother\tlow\t-\n", "line 2, column 1: rule"},
		{HEADING "a\t\tc\t1\t-\t-\tother\tlow\t-\n", "line 2, column 2: product"},
		{HEADING "a\tb\tC.example\t1\t-\t-\tother\tlow\t-\n", "line 2, column 3: host"},
		{HEADING "a\tb\t.example\t1\t-\t-\tother\tlow\t-\n", "line 2, column 3: host"},
		{HEADING "a\tb\tc\t0\t-\t-\tother\tlow\t-\n", "line 2, column 4: port"},
		{HEADING "a\tb\tc\t65536\t-\t-\tother\tlow\t-\n", "line 2, column 4: port"},
		{HEADING "a\tb\tc\t1\tX\t-\tother\tlow\t-\n", "line 2, column 5: process"},
		{HEADING "a\tb\tc\t1\tx,,y\t-\tother\tlow\t-\n", "line 2, column 5: process"},
		{HEADING "a\tb\tc\t1\t*\t-\tother\tlow\t-\n", "line 2, column 5: process"},
		{HEADING "a\tb\tc\t1\ta*b\t-\tother\tlow\t-\n", "line 2, column 5: process"},
		{HEADING "a\tb\tc\t1\t@other\t-\tother\tlow\t-\n", "line 2, column 5: process"},
		{HEADING "a\tb\tc\t1\t-\tx\tother\tlow\t-\n", "line 2, column 6: path"},
		{HEADING "a\tb\tc\t1\t-\t-\tallowed\tlow\t-\n", "line 2, column 7: vector"},
		{HEADING "a\tb\tc\t1\t-\t-\tunclassified\tlow\t-\n", "line 2, column 7: vector"},
		{HEADING "a\tb\tc\t1\t-\t-\tother\tsure\t-\n", "line 2, column 8: confidence"},
		{HEADING "a\tb\tc\t1\t-\t-\tother\tlow\t\n", "line 2, column 9: off_switch"},
		{HEADING "a\tb\tc\t1\t-\t-\tother\tlow\tx\ty\n", "line 2, column 9: off_switch"},
		{HEADING "a\tb\t-\t-\t-\t-\tother\tlow\t-\n", "line 2, column 3: host: a rule names"},
		{HEADING "a\tb\t@local\t1\tx\t-\tother\tlow\t-\n", "line 2, column 5: process: none here"},
		{HEADING "\n#\na\tb\tc\t1\t-\t-\tother\tlow\t-\na\tb\td\t1\t-\t-\tother\tlow\t-\n", "there is a rule \"a\" already"},
		{HEADING "anthropic.api\tb\tc\t1\t-\t-\tother\tlow\t-\n", "there is a rule \"anthropic.api\" already"},
	};
	struct endpoints *all = endpoints_new();
	size_t before = endpoints_count(all);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		assert_int_not_equal(endpoints_add(all, slice_of_string(cases[i].text), "f", &err), OK);
		if (!strstr(err.text, cases[i].wanted))
			print_error("%s: %s\n", cases[i].wanted, err.text);
		assert_contains(err.text, cases[i].wanted);
		assert_int_equal(endpoints_count(all), before);
	}
	assert_string_equal(rule_of(all, "api.anthropic.com", 443, ""), "anthropic.api");
	endpoints_free(all);
}

/* Every vector that there is has a rule of the build. */
static void every_vector_has_a_rule(void **state)
{
	(void)state;
	static const char *const vectors[] = {"model_api", "telemetry", "update", "webview", "extension", "licence",
					      "name_lookup", "model_download", "sync", "other"};
	struct endpoints *all = endpoints_new();
	for (size_t i = 0; i < LENGTH(vectors); i++) {
		size_t count = 0;
		for (size_t n = 0; n < endpoints_count(all); n++)
			count += slice_is(endpoints_at(all, n)->vector, vectors[i]);
		assert_true(count > 0);
	}
	assert_null(endpoint_vector_name(SLICE("unclassified")));
	endpoints_free(all);
}

static void the_named_rules_of_the_build(void **state)
{
	(void)state;
	struct endpoint e;
	size_t count = 0;
	for (size_t at = 0; endpoint_next(&at, &e); count++)
		assert_true(e.where == ENDPOINT_NAMED && e.suffix.size > 0);
	assert_true(count > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_ports),
		cmocka_unit_test(each_rule_decides_its_case),
		cmocka_unit_test(shared_hosts),
		cmocka_unit_test(a_site_adds_its_own),
		cmocka_unit_test(faults_are_told_by_line_and_column),
		cmocka_unit_test(every_vector_has_a_rule),
		cmocka_unit_test(the_named_rules_of_the_build),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
