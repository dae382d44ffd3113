/* SPDX-License-Identifier: Apache-2.0 */
/* [audit] of a policy. */
#include "tests/unit/test.h"

#include "analysis/policy.h"
#include "core/clock.h"
#include "core/text.h"

static const struct policy_audit *parse(const char *text)
{
	static struct policy p;
	struct error err = {0};
	enum status status = policy_parse(text, "p.ini", &p, &err);
	if (status)
		print_error("%s: %s\n", text, err.text);
	assert_int_equal(status, OK);
	return &p.audit;
}

static void refuse(const char *line, const char *why)
{
	static struct policy p;
	struct error err = {0};
	char text[8192];
	snprintf(text, sizeof text, "[audit]\n%s\n", line);
	assert_int_equal(policy_parse(text, "p.ini", &p, &err), ERR_CONFIG);
	if (!strstr(err.text, why))
		print_error("\"%s\": \"%s\", wanted \"%s\"\n", line, err.text, why);
	assert_contains(err.text, why);
}

static void without_a_word_there_are_defaults(void **state)
{
	(void)state;
	const struct policy_audit *a = parse("[audit]\n");
	assert_int_equal(a->duration_ns, 600 * CLOCK_SECOND);
	assert_int_equal(a->every_ns, 86400 * CLOCK_SECOND);
	assert_int_equal(a->past, 30);
	assert_int_equal(a->keep, 30);
	assert_int_equal(a->budget, UINT64_C(20) << 30);
	for (int l = 0; l < POLICY_AUDIT_LISTS; l++)
		assert_int_equal(a->counts[l], 0);
	assert_string_equal(a->notify, "");
}

static void all_of_it(void **state)
{
	(void)state;
	const struct policy_audit *a = parse("[audit]\nduration = 3s\nevery = 12h\npast = 100\nkeep_folders = 2\nbudget = 3M\n"
					     "logs = ufw=/var/log/ufw.log, agent=/home/a b/x.log\nlogs = c=/c\napp_logs = d=/d\n"
					     "exe = /usr/bin/ollama\nunit = ollama.service\nuser = dev,1001\ncgroup = /system.slice\n"
					     "app = claude-code\nhold = *-case7*, 2026*\nnotify = /usr/local/bin/tell\nnotify_file = /var/log/told\n");
	assert_int_equal(a->duration_ns, 3 * CLOCK_SECOND);
	assert_int_equal(a->every_ns, 43200 * CLOCK_SECOND);
	assert_int_equal(a->past, 100);
	assert_int_equal(a->keep, 2);
	assert_int_equal(a->budget, 3 << 20);
	assert_int_equal(a->counts[POLICY_AUDIT_LOGS], 3);
	assert_string_equal(a->lists[POLICY_AUDIT_LOGS][1], "agent=/home/a b/x.log");
	assert_string_equal(a->lists[POLICY_AUDIT_LOGS][2], "c=/c");
	assert_string_equal(a->lists[POLICY_AUDIT_APP_LOGS][0], "d=/d");
	assert_string_equal(a->lists[POLICY_AUDIT_EXE][0], "/usr/bin/ollama");
	assert_string_equal(a->lists[POLICY_AUDIT_UNIT][0], "ollama.service");
	assert_string_equal(a->lists[POLICY_AUDIT_USER][1], "1001");
	assert_string_equal(a->lists[POLICY_AUDIT_CGROUP][0], "/system.slice");
	assert_string_equal(a->lists[POLICY_AUDIT_APP][0], "claude-code");
	assert_string_equal(a->lists[POLICY_AUDIT_HOLD][0], "*-case7*");
	assert_string_equal(a->notify, "/usr/local/bin/tell");
	assert_string_equal(a->notify_file, "/var/log/told");
}

static void what_is_wrong_is_told(void **state)
{
	(void)state;
	refuse("duration = soon", "duration takes a time");
	refuse("duration = 0s", "duration is more than nothing");
	refuse("every = 0d", "every is more than nothing");
	refuse("past = 0", "past is 1 to 100");
	refuse("past = 101", "past is 1 to 100");
	refuse("keep_folders = 0", "keep_folders is 1 to");
	assert_int_equal(parse("[audit]\nbudget = 3GiB\n")->budget, UINT64_C(3) << 30); /* as --rotate-size has it */
	refuse("budget = 20", "budget is a size");
	refuse("budget = 20iB", "budget is a size");
	refuse("budget = 20GB", "budget is a size"); /* of 1000 or of 1024? */
	refuse("budget = 0G", "budget is a size");
	refuse("budget = 99999999T", "budget is a size");
	refuse("budget = 1G\nbudget = 2G", "budget is given twice");
	refuse("logs = /var/log/x", "NAME=/FILE");
	refuse("logs = a=x.log", "NAME=/FILE");
	refuse("logs = a/b=/x", "NAME=/FILE");
	refuse("logs = a=/x,", "logs takes names");
	refuse("app_logs = a=b", "app_logs takes NAME=/FILE");
	refuse("exe = ollama", "exe takes whole paths");
	refuse("notify = tell me", "notify is a whole path");
	refuse("colour = red", "unknown key \"colour\" in [audit]");
	AUTO_TEXT struct text many = text_make(8192);
	for (int i = 0; i <= POLICY_AUDIT_VALUES; i++)
		text_addf(&many, "user = u%d\n", i);
	refuse(text_string(&many), "user names more than 32");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_word_there_are_defaults),
		cmocka_unit_test(all_of_it),
		cmocka_unit_test(what_is_wrong_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
