/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "analysis/policy.h"
#include "core/text.h"

static struct policy *parse(const char *text)
{
	static struct policy p;
	struct error err = {0};
	enum status status = policy_parse(text, "p.ini", &p, &err);
	if (status)
		print_error("%s: %s\n", text, err.text);
	assert_int_equal(status, OK);
	return &p;
}

static void refuse(const char *text, const char *why)
{
	static struct policy p;
	struct error err = {0};
	enum status status = policy_parse(text, "p.ini", &p, &err);
	if (status != ERR_CONFIG || !strstr(err.text, why))
		print_error("\"%s\": \"%s\", wanted \"%s\"\n", text, err.text, why);
	assert_int_equal(status, ERR_CONFIG);
	assert_contains(err.text, why);
}

static struct address at(const char *text)
{
	struct address a;
	assert_true(address_parse(slice_of_string(text), &a));
	return a;
}

static bool allows(const struct policy *p, const char *dst, unsigned port, const char *proto)
{
	struct address a = at(dst);
	return policy_allows(p, &a, port, proto) != NULL;
}

static void without_a_text_everything_has_its_default(void **state)
{
	(void)state;
	static const char *const empty[] = {"", "\n\n", "# nothing\n; at all\n", "\xef\xbb\xbf", "[policy]\n", "  \t\r\n"};
	for (size_t i = 0; i < LENGTH(empty); i++) {
		struct policy *p = parse(empty[i]);
		assert_false(p->host || p->log_required || p->payload);
		assert_true(p->stopped_is_fail);
		assert_int_equal(p->unread_percent, 0);
		assert_int_equal(p->retention_years, 6);
		assert_true(p->rotate_bytes == UINT64_C(1) << 30 && p->rotate_ns == INT64_C(21600000000000));
		assert_int_equal(p->required_count, 2);
		assert_string_equal(p->required[0], "kernel");
		assert_string_equal(p->required[1], "packets");
		assert_int_equal(p->allow_count + p->field_count, 0);
	}
}

static void all_of_it(void **state)
{
	(void)state;
	struct policy *p = parse("\xef\xbb\xbf# a site\r\n[policy]\r\nscope = host\r\n"
				 "required = tools , kernel\n stopped_attempts : note\n\tapp_log=required\n"
				 "app_log_unread_percent = 7 ; of a hundred\ncapture = payload\npaper = letter\nretention = 10 years\n"
				 "[allow 192.0.2.0/24:443/tcp] ; the lab\n  reason = ours; and yours\n"
				 "[organisation]\nname = A & B\nunit = x = y\n"
				 "[signing]\nkey = /k\ncertificate = /c\ntsa = http://127.0.0.1:1/t\ntsa_ca = /a\n[seal]\nhead = dir:/var/heads, journald");
	assert_true(p->host && p->log_required && p->payload && p->letter && !p->stopped_is_fail);
	assert_int_equal(p->unread_percent, 7);
	assert_int_equal(p->retention_years, 10);
	assert_int_equal(p->required_count, 2);
	assert_string_equal(p->required[0], "tools");
	assert_string_equal(p->required[1], "kernel");
	assert_int_equal(p->allow_count, 1);
	assert_string_equal(p->allow[0].destination, "192.0.2.0/24:443/tcp");
	assert_string_equal(p->allow[0].reason, "ours; and yours");
	assert_int_equal(p->field_count, 2);
	assert_string_equal(p->fields[1].name, "unit");
	assert_string_equal(p->fields[1].value, "x = y");
	assert_string_equal(policy_field(p, "unit"), "x = y");
	assert_string_equal(policy_field(p, "Unit"), "");
	assert_int_equal(p->seal.head_count, 2);
	assert_string_equal(p->seal.head[0], "dir:/var/heads");
	assert_string_equal(p->seal.head[1], "journald");
	assert_string_equal(p->signing.key, "/k");
	assert_string_equal(p->signing.certificate, "/c");
	assert_string_equal(p->signing.tsa, "http://127.0.0.1:1/t");
	assert_string_equal(p->signing.tsa_ca, "/a");
}

static void what_is_not_understood_is_an_error(void **state)
{
	(void)state;
	refuse("[policy]\nscope = all\n", "p.ini: line 2: scope is \"session\" or \"host\", not \"all\"");
	refuse("[policy]\nscope =\n", "scope is");
	refuse("[policy]\npaper = A4\n", "paper is \"a4\" or \"letter\", not \"A4\"");
	refuse("[policy]\nscopes = host\n", "unknown key \"scopes\" in [policy]");
	refuse("[policies]\n", "line 1: unknown section [policies]");
	refuse("[Policy]\nscope = host\n", "unknown section");
	refuse("[]\n", "unknown section");
	refuse("scope = host\n", "unknown key \"scope\" in []");
	refuse("[policy]\nrequired = kernel, packet\n", "required names \"packet\"");
	refuse("[policy]\nrequired = kernel, packet\n", "etw, socket_tables, seccomp and isolation");
	refuse("[policy]\ntier = ful\n", "tier is auto, full, unprivileged or polling, not \"ful\"");
	refuse("[policy]\nrequired =\n", "names no witness");
	refuse("[policy]\nrequired = kernel,,packets\n", "required names \"\"");
	refuse("[policy]\napp_log_unread_percent = 101\n", "0 to 100");
	refuse("[policy]\napp_log_unread_percent = -1\n", "0 to 100");
	refuse("[policy]\nscope\n", "line 2: neither");
	refuse("[policy\nscope = host\n", "line 1: a section is [name]");
	refuse("[policy]\nscope = host\nscope = session\n", "line 3: scope is given twice");
	refuse("[policy]\nscope = host\n[policy]\nscope = session\n", "given twice");
	refuse("[policy]\nscope = host\rscope = session\n", "control character");
	refuse("[policy]\nscope = \x01host\n", "control character");
	refuse("[signing]\ntsa = a\ntsa = b\n", "line 3: tsa is given twice");
	refuse("[policy]\nretention = 0 years\n", "retention is \"1 years\" to \"100 years\", not \"0 years\"");
	refuse("[policy]\nretention = 6\n", "retention is");
	refuse("[policy]\nretention = 101 years\n", "retention is");
	refuse("[policy]\nretention = six years\n", "retention is");
	refuse("[seal]\nscope = host\n", "unknown key \"scope\" in [seal]");
	refuse("[seal]\nhead = journald, syslog\n", "line 2: \"syslog\": no second place");
	refuse("[seal]\nhead = dir:relative\n", "no second place");
	refuse("[seal]\nhead = journald,journald\n", "head names journald twice");
	refuse("[seal]\nhead = journald\nhead = dir:/a\n", "line 3: head is given twice");
	refuse("[seal]\nhead = dir:/a,dir:/b,dir:/c,dir:/d,dir:/e\n", "more than 4 places");
	refuse("[signing]\nscope = host\n", "unknown key \"scope\" in [signing]");
}

static void a_destination_needs_its_reason(void **state)
{
	(void)state;
	refuse("[allow 192.0.2.1]\n", "[allow 192.0.2.1] has no reason");
	refuse("[allow 192.0.2.1]\n[policy]\nscope = host\n", "no reason");
	refuse("[allow 192.0.2.1]\nreason =\n", "needs a reason");
	refuse("[allow 192.0.2.1]\nreason = ; x\n", "needs a reason");
	refuse("[allow 192.0.2.1]\nreason = a\nreason = b\n", "one reason");
	refuse("[allow 192.0.2.1]\nport = 5\n", "only the key reason");
	refuse("[allow]\nreason = a\n", "unknown section [allow]");
	refuse("[allow\t192.0.2.1]\nreason = a\n", "");
	refuse("[allow ]\nreason = a\n", "");
}

/* What libinih would have read as something else, mostly something broader. */
static void nothing_is_misread_in_silence(void **state)
{
	(void)state;
	char text[1024], fill[600];
	refuse("[allow 192.0.2.1]:443/tcp\nreason = a\n", "nothing behind it");
	refuse("[allow 192.0.2.1];443\nreason = a\n", "nothing behind it");
	refuse("[allow 192.0.2.1 ;]:443]\nreason = a\n", "a section is [name]");
	refuse("[policy]\nrequired = kernel\n\tpackets\n", "line 3: neither");
	refuse("[allow 192.0.2.1]\nreason = a\n [allow 192.0.2.2]\n", "[allow 192.0.2.2] has no reason");
	memset(fill, 'x', sizeof fill);
	snprintf(text, sizeof text, "[allow 192.0.2.1]\nreason = %.*s\n", 300, fill);
	refuse(text, "line 2: longer than");
	snprintf(text, sizeof text, "; %.*s\n[policy]\nscope = host\n", 300, fill);
	refuse(text, "line 1: longer than");
	snprintf(text, sizeof text, "[allow %.*s]\nreason = a\n", 300, fill);
	refuse(text, "line 1:");
	snprintf(text, sizeof text, "[%.*s]\n", 60, fill);
	refuse(text, "unknown section [xxx");
	snprintf(text, sizeof text, "[organisation]\n%.*s = a\n", 100, fill);
	assert_int_equal(strlen(parse(text)->fields[0].name), 100);
	struct policy *p = parse("[allow [2001:db8:1111:2222:3333:4444:5555:6666]:65535/tcp]\nreason = long\n");
	assert_true(allows(p, "2001:db8:1111:2222:3333:4444:5555:6666", 65535, "tcp"));
	assert_false(allows(p, "2001:db8:1111:2222:3333:4444:5555:6666", 443, "tcp"));
}

static void from_where_on_a_model_is_good_enough(void **state)
{
	(void)state;
	struct policy *p = parse("");
	assert_false(policy_bench_any(&p->bench));
	assert_true(p->bench.server_errors == POLICY_SERVER_ERRORS);
	p = parse("[capture]\nrotate_size = 64KiB\nrotate_after = 0\n");
	assert_true(p->rotate_bytes == 65536 && p->rotate_ns == 0);
	refuse("[capture]\nrotate_size = 1G\n", "line 2: rotate_size takes a size such as");
	refuse("[capture]\nrotate_after = 6\n", "line 2: rotate_after takes a time such as");
	refuse("[capture]\nrotate_after = 6h\nrotate_after = 7h\n", "rotate_after is given twice");
	p = parse("[isolate]\ncarry = 11434, [::1]:8080\n");
	assert_int_equal(p->carry_count, 2);
	assert_int_equal(p->carry[0].port, 11434);
	assert_int_equal(p->carry[1].port, 8080);
	assert_false(p->required_given);
	assert_true(parse("[policy]\nrequired = isolation\n")->required_given);
	refuse("[isolate]\ncarry = 192.0.2.1:80\n", "line 2: carry names servers on the loopback");
	refuse("[isolate]\ncarry =\n", "carry names servers");
	refuse("[isolate]\nkeep = x\n", "unknown key \"keep\" in [isolate]");
	p = parse("[bench]\npass_complete = 60%\npass_mbpp = 62.125 %\nfirst_token = 1500ms\ntokens_per_s = 7.5\n"
		  "server_errors = 0%\n");
	assert_true(policy_bench_any(&p->bench));
	for (size_t i = 0; i < POLICY_CRITERIA; i++) {
		const char *key = policy_criteria[i].key;
		double wanted = !strcmp(key, "pass_complete") ? 0.6 : !strcmp(key, "pass_mbpp") ? 0.62125 :
				!strcmp(key, "first_token") ? 1500 : !strcmp(key, "tokens_per_s") ? 7.5 : 0;
		assert_int_equal(p->bench.given[i], wanted > 0);
		assert_true(p->bench.wanted[i] == wanted);
	}
	assert_true(p->bench.server_errors == 0);
	assert_false(policy_bench_any(&parse("[bench]\nserver_errors = 1%\n")->bench));
	refuse("[bench]\npass_complete = 60\n", "line 2: pass_complete is a share such as 60%, not \"60\"");
	refuse("[bench]\npass_complete = 101%\n", "a share");
	refuse("[bench]\npass_complete = 100.5%\n", "a share");
	refuse("[bench]\npass_complete = -1%\n", "a share");
	refuse("[bench]\npass_complete = 1.%\n", "a share");
	refuse("[bench]\npass_complete = 1.2345%\n", "a share");
	refuse("[bench]\npass_complete = %\n", "a share");
	refuse("[bench]\npass_complete =\n", "a share");
	refuse("[bench]\npass_complete = 60%\npass_complete = 1%\n", "pass_complete is given twice");
	refuse("[bench]\nserver_errors = 60%\nserver_errors = 1%\n", "server_errors is given twice");
	refuse("[bench]\nfirst_token = 2\n", "first_token takes a time");
	refuse("[bench]\ntokens_per_s = fast\n", "tokens_per_s is a number of tokens");
	refuse("[bench]\ntokens_per_s = 1e3\n", "a number of tokens");
	refuse("[bench]\npass_other = 60%\n", "unknown key \"pass_other\" in [bench]");
	refuse("[benches]\n", "[claim LAYER], [bench] and [audit]");
}

static void limits_are_stated(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	for (int i = 0; i < POLICY_ALLOW_MAX; i++)
		text_addf(&t, "[allow 10.0.0.%d]\nreason = r\n", i);
	assert_int_equal(parse(text_string(&t))->allow_count, POLICY_ALLOW_MAX);
	text_add_string(&t, "[allow 10.0.1.1]\nreason = r\n");
	refuse(text_string(&t), "more than 256 destinations");
	text_clear(&t);
	text_add_string(&t, "[organisation]\n");
	for (int i = 0; i <= POLICY_FIELDS_MAX; i++)
		text_addf(&t, "f%d = x\n", i);
	refuse(text_string(&t), "holds more than 16 fields");
	refuse("[policy]\nrequired = kernel,kernel,kernel,kernel,kernel,kernel,kernel,kernel,kernel\n", "twice");
}

static void destinations(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *dst;
		unsigned port;
		const char *proto;
		bool allowed;
	} cases[] = {
		{"192.0.2.1", "192.0.2.1", 80, "tcp", true},
		{"192.0.2.1", "192.0.2.2", 80, "tcp", false},
		{"192.0.2.1", "192.0.2.1", 0, "icmp", true},
		{"192.0.2.1:443", "192.0.2.1", 443, "udp", true},
		{"192.0.2.1:443", "192.0.2.1", 80, "tcp", false},
		{"192.0.2.1:443", "192.0.2.1", 0, "icmp", false},
		{"192.0.2.1:443/tcp", "192.0.2.1", 443, "tcp", true},
		{"192.0.2.1:443/tcp", "192.0.2.1", 443, "udp", false},
		{"192.0.2.0/24/udp", "192.0.2.77", 9, "udp", true},
		{"192.0.2.0/24/udp", "192.0.2.77", 9, "tcp", false},
		{"192.0.2.0/24:53", "192.0.3.1", 53, "udp", false},
		{"2001:db8::/32", "2001:db8:1::1", 1, "tcp", true},
		{"2001:db8::/32", "2001:db9::1", 1, "tcp", false},
		{"[2001:db8::1]:443", "2001:db8::1", 443, "tcp", true},
		{"[2001:db8::1]:443", "2001:db8::1", 444, "tcp", false},
		{"[2001:db8::]", "2001:db8::", 444, "tcp", true},
		{"::ffff:192.0.2.1", "192.0.2.1", 1, "tcp", true},
		{"192.0.2.1", "::ffff:192.0.2.1", 1, "tcp", true},
		{"0.0.0.0/0", "2001:db8::1", 1, "tcp", false},
		{"::/0", "192.0.2.1", 1, "tcp", false},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[128];
		snprintf(text, sizeof text, "[allow %s]\nreason = r\n", cases[i].rule);
		bool got = allows(parse(text), cases[i].dst, cases[i].port, cases[i].proto);
		if (got != cases[i].allowed)
			print_error("%s for %s\n", cases[i].rule, cases[i].dst);
		assert_int_equal(got, cases[i].allowed);
	}
	const struct address nothing = {0};
	assert_null(policy_allows(parse("[allow 0.0.0.0/0]\nreason = r\n[allow ::/0]\nreason = r\n"),
				  &nothing, 443, "tcp"));
}

static void what_is_no_destination(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",		   "*",		      "any",	      "host.example",  "192.0.2.1:",
		"192.0.2.1:0",	   "192.0.2.1:65536", "192.0.2.1:44 3", "192.0.2.1:443x", "192.0.2.1:+443",
		"192.0.2.1/33",	   "192.0.2.1/",      "192.0.2.1/-1", "192.0.2",       "192.0.2.1/TCP",
		"192.0.2.1/sctp",  "2001:db8::/129",  "[2001:db8::1",  "2001:db8::1]:4", "[2001:db8::1]443",
		"[2001:db8::1]:",  "[]:443",	      "/tcp",	      "fe80::1%eth0",  "192.0.2.1 192.0.2.2",
		"192.0.2.1:443:1", "192.0.2.1:000443", "::ffff:192.0.2.0/120",
	};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct policy_allow a = {0};
		struct error err = {0};
		enum status status = policy_destination(slice_of_string(bad[i]), &a, &err);
		if (status != ERR_CONFIG)
			print_error("\"%s\" was taken\n", bad[i]);
		assert_int_equal(status, ERR_CONFIG);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_text_everything_has_its_default),
		cmocka_unit_test(all_of_it),
		cmocka_unit_test(what_is_not_understood_is_an_error),
		cmocka_unit_test(a_destination_needs_its_reason),
		cmocka_unit_test(nothing_is_misread_in_silence),
		cmocka_unit_test(from_where_on_a_model_is_good_enough),
		cmocka_unit_test(limits_are_stated),
		cmocka_unit_test(destinations),
		cmocka_unit_test(what_is_no_destination),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
