/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/schedule_command.h"
#include "cli/schedule_files.h"
#include "cli/schedule_state.h"
#include "cli/schedule_system.h"
#include "core/auto.h"
#include "core/clock.h"

#include <time.h>

static const struct schedule_system *system_called(const char *name)
{
	const struct schedule_system *s = NULL;
	assert_int_equal(schedule_system_find(name, NULL, &s, NULL), OK);
	return s;
}

static enum status write_text(const char *name, size_t file, const struct schedule_plan *plan, struct text *ret,
			      struct error *err)
{
	const struct schedule_system *s = system_called(name);
	const struct schedule_file *f = &(plan->user ? &s->user : &s->machine)->files[file];
	return schedule_text(s->format, slice_of(f->template, *f->size), plan, ret, err);
}

static void times(void **state)
{
	static const struct {
		const char *at, *every;
		unsigned hour, minute, hours, first; /* hours: 0: refused */
	} cases[] = {
		{NULL, NULL, 2, 30, 24, 2},
		{"00:00", "24h", 0, 0, 24, 0},
		{"23:59", "1d", 23, 59, 24, 23},
		{"14:05", "6h", 14, 5, 6, 2},
		{"14:05", "1h", 14, 5, 1, 0},
		{"14:05", "120m", 14, 5, 2, 0},
		{"24:00", NULL, 0, 0, 0, 0},
		{"12:60", NULL, 0, 0, 0, 0},
		{"2:30", NULL, 0, 0, 0, 0},
		{"02:30 ", NULL, 0, 0, 0, 0},
		{"02-30", NULL, 0, 0, 0, 0},
		{"", NULL, 0, 0, 0, 0},
		{NULL, "5h", 0, 0, 0, 0},
		{NULL, "90m", 0, 0, 0, 0},
		{NULL, "0h", 0, 0, 0, 0},
		{NULL, "2d", 0, 0, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct schedule_times t;
		struct error err = {0};
		enum status status = schedule_times_parse(cases[i].at, cases[i].every, &t, &err);
		assert_int_equal(status, cases[i].hours ? OK : ERR_USAGE);
		if (status)
			continue;
		assert_int_equal(t.hour, cases[i].hour);
		assert_int_equal(t.minute, cases[i].minute);
		assert_int_equal(t.every, cases[i].hours);
		assert_int_equal(schedule_times_first(&t), cases[i].first);
	}
}

static void next_run(void **state)
{
	static const struct {
		const char *zone, *now, *next;
		struct schedule_times t;
	} cases[] = {
		{"UTC", "2026-11-28T02:29:59Z", "2026-11-28T02:30:00Z", {2, 30, 24}},
		{"UTC", "2026-11-28T02:30:00Z", "2026-11-29T02:30:00Z", {2, 30, 24}},
		{"UTC", "2026-12-31T23:00:00Z", "2027-01-01T02:30:00Z", {2, 30, 24}},
		{"UTC", "2026-11-28T13:00:00Z", "2026-11-28T14:05:00Z", {14, 5, 6}},
		{"UTC", "2026-11-28T21:00:00Z", "2026-11-29T02:05:00Z", {14, 5, 6}},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T00:00:00Z", "2026-07-01T00:30:00Z", {2, 30, 24}},
		/* the night in which 02:30 is not there: an hour by the sun, not a day, later */
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z", {2, 30, 24}},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t now, next;
		setenv("TZ", cases[i].zone, 1);
		tzset();
		assert_true(clock_parse(slice_of_string(cases[i].now), &now));
		assert_true(clock_parse(slice_of_string(cases[i].next), &next));
		assert_int_equal(schedule_times_next(&cases[i].t, now), next);
	}
	unsetenv("TZ");
	tzset();
}

/* What each format makes of paths that it has to quote, or refuses. */
static void quoting(void **state)
{
	static const struct {
		const char *system, *program, *policy, *wanted; /* wanted of NULL: refused */
	} cases[] = {
		{"systemd", "/opt/a b/airgap-verify", "/etc/\"x\" 100%/$HOME\\p.ini",
		 "ExecStart=\"/opt/a b/airgap-verify\" audit --policy \"/etc/\\\"x\\\" 100%%/$$HOME\\\\p.ini\"\n"},
		{"systemd", "/opt/airgap-verify", NULL, "ExecStart=\"/opt/airgap-verify\" audit\n"},
		{"systemd", "/opt/$a/airgap-verify", NULL, NULL},
		{"systemd", "/opt/a", "/etc/a\nExecStartPre=/bin/sh", NULL},
		{"systemd", "/opt/a", "/etc/a\r", NULL},
		{"systemd", "/opt/a\x7F", NULL, NULL},
		{"systemd", "/opt/\xFF", NULL, NULL},
		{"launchd", "/opt/<a> & b/airgap-verify", "/p\"'", "<string>/opt/&lt;a&gt; &amp; b/airgap-verify</string>"},
		{"launchd", "/opt/a", "/p\"'", "<string>--policy</string>\n\t\t<string>/p&quot;'</string>"},
		{"launchd", "/opt/a", "/p\n", NULL},
		{"task", "C:\\Program Files\\a & b\\v.exe", "D:\\p q\\p.ini",
		 "<Command>C:\\Program Files\\a &amp; b\\v.exe</Command>\n      <Arguments>audit --policy &quot;D:\\p q\\p.ini&quot;"
		 "</Arguments>"},
		{"task", "C:\\%TEMP%\\v.exe", NULL, NULL},
		{"task", "C:\\v.exe", "C:\\a\" --x \"b", NULL},
		{"task", "C:\\v.exe", "C:\\a\x1Bz", NULL},
		{"cron", "/opt/a b/v", "/etc/it's 100%.ini",
		 "30 2 * * * root '/opt/a b/v' audit --quiet --policy '/etc/it'\\''s 100\\%.ini'\n"},
		{"cron", "/opt/v", "/etc/a\n* * * * * root /bin/sh", NULL},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX);
		struct schedule_plan plan = {{2, 30, 24}, cases[i].program, cases[i].policy, false, false};
		struct error err = {0};
		enum status status = write_text(cases[i].system, 0, &plan, &text, &err);
		assert_int_equal(status, cases[i].wanted ? OK : ERR_USAGE);
		if (!status)
			assert_contains(text_string(&text), cases[i].wanted);
		else
			assert_contains(err.text, "rename it");
	}
}

/* A Command of the Task Scheduler has 260 characters at most, of however many bytes; a policy may
 * have more. */
static void length_of_a_command(void **state)
{
	(void)state;
	for (size_t characters = 260; characters <= 261; characters++) {
		AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX), path = text_make(1024), policy = text_make(1024);
		struct schedule_plan plan = {{2, 30, 24}, NULL, NULL, false, false};
		struct error err = {0};
		text_add_string(&path, "C:\\");
		for (size_t i = 3; i < characters; i++)
			text_add_string(&path, "\xC3\xA9");
		text_addf(&policy, "%s%s", text_string(&path), text_string(&path));
		plan.program = text_string(&path);
		plan.policy = text_string(&policy);
		assert_int_equal(write_text("task", 0, &plan, &text, &err), characters == 260 ? OK : ERR_USAGE);
		if (characters > 260)
			assert_contains(err.text, "more than 260 characters; rename it");
		text_clear(&text);
		assert_int_equal(write_text("launchd", 0, &plan, &text, NULL), OK);
	}
}

/* The times, as each scheduler is told of them; and no field is left over. */
static void calendars(void **state)
{
	static const struct {
		const char *system;
		size_t file;
		struct schedule_times t;
		const char *wanted;
	} cases[] = {
		{"systemd", 1, {2, 30, 24}, "OnCalendar=*-*-* 02:30:00\n"},
		{"systemd", 1, {14, 5, 6}, "OnCalendar=*-*-* 02/6:05:00\n"},
		{"systemd", 1, {14, 5, 6}, "RandomizedDelaySec=450\n"},
		{"systemd", 0, {14, 5, 6}, "TimeoutStartSec=21600\n"},
		{"launchd", 0, {14, 5, 12}, "<integer>2</integer>\n\t\t\t<key>Minute</key>\n\t\t\t<integer>5</integer>"},
		{"launchd", 0, {14, 5, 12}, "<integer>14</integer>\n"},
		{"task", 0, {14, 5, 8}, "T06:05:00</StartBoundary>\n      <Repetition>\n        <Interval>PT8H</Interval>"},
		{"task", 0, {2, 30, 24}, "T02:30:00</StartBoundary>\n      <RandomDelay>PT1800S</RandomDelay>"},
		{"cron", 0, {14, 5, 6}, "\n5 2,8,14,20 * * * root "},
		/* and the audit itself */
		{"systemd", 0, {14, 5, 6}, "ExecStart=\"/opt/v\" audit --every 6h\n"},
		{"systemd", 0, {2, 30, 24}, "ExecStart=\"/opt/v\" audit\n"},
		{"launchd", 0, {14, 5, 12}, "<string>audit</string>\n\t\t<string>--every</string>\n\t\t<string>12h</string>\n\t</array>"},
		{"task", 0, {14, 5, 8}, "<Arguments>audit --every 8h</Arguments>"},
		{"task", 0, {2, 30, 24}, "<Arguments>audit</Arguments>"},
		{"cron", 0, {14, 5, 6}, " audit --quiet --every 6h\n"},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX), bytes = text_make(2 * SCHEDULE_TEXT_MAX);
		struct schedule_plan plan = {cases[i].t, "/opt/v", NULL, false, false};
		struct schedule_times told;
		assert_int_equal(write_text(cases[i].system, cases[i].file, &plan, &text, NULL), OK);
		assert_contains(text_string(&text), cases[i].wanted);
		schedule_text_bytes(system_called(cases[i].system)->format, text_slice(&text), &bytes);
		assert_true(schedule_times_of_file(text_slice(&bytes), &told));
		assert_memory_equal(&told, &cases[i].t, sizeof told);
	}
}

/* Beside a policy that says another, the audit must go by what the timer does. */
static void what_is_given_is_told(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX);
	struct schedule_plan plan = {{2, 30, 24}, "/opt/v", NULL, false, true};
	assert_int_equal(write_text("cron", 0, &plan, &text, NULL), OK);
	assert_contains(text_string(&text), " audit --quiet --every 24h\n");
}

static void the_policys_own(void **state)
{
	(void)state;
	struct error err = {0};
	struct schedule_times t = {2, 30, 24};
	assert_int_equal(schedule_times_follow(6 * 3600 * CLOCK_SECOND, &t, &err), OK);
	assert_int_equal(t.every, 6);
	static const int64_t none[] = {5 * 3600 * CLOCK_SECOND, 90 * 60 * CLOCK_SECOND, 48 * 3600 * CLOCK_SECOND, 0};
	for (size_t i = 0; i < LENGTH(none); i++) {
		assert_int_equal(schedule_times_follow(none[i], &t, &err), ERR_CONFIG);
		assert_contains(err.text, "give --every");
	}
	assert_int_equal(t.every, 6);
}

static void utf16(void **state)
{
	AUTO_TEXT struct text bytes = text_make(64);
	(void)state;
	schedule_text_bytes(&schedule_format_task, SLICE("a\xC3\xA9\n\xF0\x9F\x98\x80"), &bytes);
	assert_slice(text_slice(&bytes), "\xFF\xFE"
					 "a\0\xE9\0\r\0\n\0\x3D\xD8\x00\xDE");
}

static void whose_file(void **state)
{
	static const struct {
		const char *text;
		bool ours;
		struct schedule_times t;
	} cases[] = {
		{"# Written by airgap-verify schedule install: at 02:30 every 24h; and so on\n", true, {2, 30, 24}},
		{"<!-- Written by airgap-verify schedule install: at 14:05 every 6h; -->", true, {14, 5, 6}},
		{"# Written by airgap-verify schedule install: at 14:05 every 5h;\n", true, {0}},
		{"# Written by airgap-verify schedule install: at noon\n", true, {0}},
		{"# Written by airgap-verify schedule install: ", true, {0}},
		{"# written by hand\n", false, {0}},
		{"", false, {0}},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct schedule_times t;
		assert_int_equal(schedule_times_of_file(slice_of_string(cases[i].text), &t), cases[i].ours);
		assert_memory_equal(&t, &cases[i].t, sizeof t);
	}
}

static void files(void **state)
{
	static const char ours[] = "# Written by airgap-verify schedule install: at 02:30 every 24h;\n";
	const struct scratch *s = *state;
	enum schedule_found found;
	struct error err = {0};
	struct stat st;
	char path[128], link[16];
	bool there;
	snprintf(path, sizeof path, "%s/a/b/x.timer", s->path);
	assert_int_equal(schedule_files_look(path, &found, NULL, NULL), OK);
	assert_int_equal(found, SCHEDULE_ABSENT);
	assert_int_equal(schedule_files_remove(path, &there, NULL), OK);
	assert_false(there);
	assert_int_equal(schedule_files_write(path, slice_of_string(ours), NULL), OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(schedule_files_write(path, slice_of_string(ours), NULL), OK); /* of an earlier install */
	assert_int_equal(schedule_files_remove(path, &there, NULL), OK);
	assert_true(there);
	assert_int_not_equal(access(path, F_OK), 0);

	scratch_put(s, "a/b/x.timer", SLICE("[Timer]\n"));
	assert_int_equal(schedule_files_write(path, slice_of_string(ours), &err), ERR_CREATE);
	assert_contains(err.text, "not written by schedule install");
	assert_int_equal(schedule_files_remove(path, &there, NULL), ERR_CREATE);
	assert_int_equal(access(path, F_OK), 0);

	/* masked */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/dev/null", path), 0);
	assert_int_equal(schedule_files_write(path, slice_of_string(ours), NULL), ERR_CREATE);
	assert_int_equal(schedule_files_remove(path, &there, NULL), ERR_CREATE);
	assert_int_equal(readlink(path, link, sizeof link), sizeof "/dev/null" - 1);
}

static void last_run(void **state)
{
	struct schedule_state last = {0};
	const struct scratch *s = *state;
	static const char *const wrong[] = {
		"[]", "{\"last\":{\"id\":\"a\"", "{\"last\":7}", "{\"last\":{\"id\":\"a\",\"verdict\":\"FAIL\"}}",
		"{\"last\":{\"id\":7,\"verdict\":\"FAIL\",\"ended_ns\":1}}", "{\"last\":{\"id\":\"a\",\"verdict\":\"FAIL\",\"ended_ns\":-1}}",
		"{\"trouble\":{\"time_ns\":1}}",
	};
	assert_true(schedule_state_parse(SLICE("{\"x\":1,\"last\":{\"id\":\"20261128\",\"ended_ns\":1795890600000000000,"
					       "\"verdict\":\"FAIL\"},\"trouble\":{\"time_ns\":5,\"what\":\"disk full\"}}"), &last));
	assert_string_equal(last.id, "20261128");
	assert_string_equal(last.verdict, "FAIL");
	assert_int_equal(last.ended_ns, INT64_C(1795890600000000000));
	assert_string_equal(last.trouble, "disk full");
	assert_int_equal(last.trouble_ns, 5);
	last = (struct schedule_state){0};
	assert_true(schedule_state_parse(SLICE("{\"last\":null}"), &last));
	assert_int_equal(last.ended_ns, 0);
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_false(schedule_state_parse(slice_of_string(wrong[i]), &last));

	schedule_state_read(s->path, false, &last);
	assert_false(last.known);
	assert_contains(last.why, "no audit has ended yet");
	mkdirat(s->fd, "var", 0700);
	mkdirat(s->fd, "var/lib", 0700);
	mkdirat(s->fd, "var/lib/airgap-verify", 0700);
	scratch_put(s, "var/lib/airgap-verify/state.json", SLICE("{"));
	schedule_state_read(s->path, false, &last);
	assert_false(last.known);
	assert_contains(last.why, "damaged");
}

static void commands(void **state)
{
	AUTO_TEXT struct text out = text_make(SCHEDULE_ANSWER_MAX);
	struct error err = {0};
	(void)state;
	assert_int_equal(schedule_command_run((const char *const[]){"printf", "%s", "a b", NULL}, &out, NULL), OK);
	assert_slice(text_slice(&out), "a b");
	assert_int_equal(schedule_command_run((const char *const[]){"false", NULL}, &out, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "false failed (exit status 1)");
	assert_int_equal(schedule_command_run((const char *const[]){"/nowhere/x", NULL}, &out, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "is not there");
	text_clear(&out);
	schedule_command_add((const char *const[]){"a", "b c", NULL}, &out);
	assert_slice(text_slice(&out), "a \"b c\"");

	assert_int_equal(schedule_command_time(SLICE("ActiveState=active\nNext=Sun 2026-11-29 02:48:34 UTC\n"), "Next"),
			 INT64_C(1795920514000000000));
	assert_int_equal(schedule_command_time(SLICE("Next=\n"), "Next"), 0);
	assert_int_equal(schedule_command_time(SLICE("Next=n/a\n"), "Next"), 0);
	assert_int_equal(schedule_command_time(SLICE("Next=Sun 2026-11-29 02:48:34 CET\n"), "Next"), 0);
	assert_int_equal(schedule_command_time(SLICE("NextElse=Sun 2026-11-29 02:48:34 UTC\n"), "Next"), 0);
}

/* Each row can be found, installed and told of; no template asks for what there is not. */
static void rows(void **state)
{
	const struct schedule_system *found;
	struct error err = {0};
	(void)state;
	for (size_t i = 0; i < schedule_system_count; i++) {
		const struct schedule_system *s = &schedule_systems[i];
		assert_int_equal(schedule_system_find(s->name, NULL, &found, NULL), OK);
		assert_ptr_equal(found, s);
		for (int user = 0; user < 2; user++)
			for (size_t f = 0; f < SCHEDULE_FILES_MAX && (user ? &s->user : &s->machine)->files[f].path; f++) {
				AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX);
				struct schedule_plan plan = {{2, 30, 1}, s->program, NULL, user != 0, false};
				assert_int_equal(write_text(s->name, f, &plan, &text, &err), OK);
				assert_null(strstr(text_string(&text), "@A"));
			}
	}
	assert_int_equal(schedule_system_find("upstart", NULL, &found, &err), ERR_USAGE);
	assert_contains(err.text, "systemd, launchd, task, cron or auto");
	assert_int_equal(schedule_system_find("auto", "/nowhere", &found, &err), ERR_UNAVAILABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times),
		cmocka_unit_test(next_run),
		cmocka_unit_test(quoting),
		cmocka_unit_test(length_of_a_command),
		cmocka_unit_test(calendars),
		cmocka_unit_test(what_is_given_is_told),
		cmocka_unit_test(the_policys_own),
		cmocka_unit_test(utf16),
		cmocka_unit_test(whose_file),
		cmocka_unit_test_setup_teardown(files, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(last_run, scratch_setup, scratch_teardown),
		cmocka_unit_test(commands),
		cmocka_unit_test(rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
