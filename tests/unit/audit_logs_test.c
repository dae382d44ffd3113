/* SPDX-License-Identifier: Apache-2.0 */
/* Logs read on from one audit to the next. */
#include "tests/unit/test.h"

#include "cli/audit_logs.h"
#include "core/auto.h"

/* Two audits take turns with these. */
static struct audit_state states[2];
static struct policy_audit policy;

static const char *night(struct scratch *s, unsigned number)
{
	static struct text lines;
	struct error err = {0};
	char name[16];
	AUTO_FD int session = -1;
	text_free(&lines);
	lines = text_make(1 << 20);
	snprintf(name, sizeof name, "night%u", number);
	assert_int_equal(file_make_folder(s->fd, name, &session, &err), OK);
	enum status status = audit_logs_keep(&policy, &states[(number + 1) % 2], session, &states[number % 2], &lines, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	return text_string(&lines);
}

static void kept(struct scratch *s, const char *name, const char *wanted)
{
	size_t size;
	char *text = scratch_get(s, name, &size);
	assert_string_equal(text, wanted);
	free(text);
}

static void add(struct scratch *s, const char *name, const char *text)
{
	AUTO_FD int fd = openat(s->fd, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static void three_nights(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char value[128];
	memset(states, 0, sizeof states);
	policy_audit_defaults(&policy);
	snprintf(value, sizeof value, "fw=%s/log,none=%s/none", s->path, s->path);
	assert_int_equal(policy_audit_set(&policy, "logs", value, &err), OK);
	add(s, "log", "one\n");
	const char *lines = night(s, 1);
	assert_contains(lines, "\"trail\":\"new\",\"problem\":null}\n{\"piece\":\"applogs/since-1-log\",\"log\":\"fw\",");
	assert_contains(lines, "/none\",\"trail\":\"missing\",");
	kept(s, "night1/applogs/since-1-log", "one\n");
	assert_int_equal(states[1].log_count, 1);

	lines = night(s, 2); /* nothing was written */
	assert_contains(lines, "\"trail\":\"followed\",\"from\":4,");
	assert_null(strstr(lines, "piece"));
	assert_int_equal(states[0].logs[0].place.offset, 4);

	add(s, "log", "two\n");
	assert_int_equal(renameat(s->fd, "log", s->fd, "log.1"), 0);
	add(s, "log", "three\n");
	lines = night(s, 3);
	assert_contains(lines, "\"trail\":\"rotated\",\"from\":4,");
	kept(s, "night3/applogs/since-1-log.1", "two\n");
	kept(s, "night3/applogs/since-2-log", "three\n");
	assert_int_equal(states[1].logs[0].place.offset, 6);

	assert_int_equal(unlinkat(s->fd, "log", 0), 0);
	add(s, "log", "an other one\n");
	lines = night(s, 4);
	assert_contains(lines, "\"trail\":\"gap\",\"from\":6,");
	kept(s, "night4/applogs/since-1-log", "an other one\n");
	assert_int_equal(unlinkat(s->fd, "log", 0), 0);
	assert_int_equal(unlinkat(s->fd, "log.1", 0), 0);
	lines = night(s, 5);
	assert_contains(lines, "\"trail\":\"missing\",\"from\":13,");
	assert_int_equal(states[1].logs[0].place.offset, 13); /* should it come back */
	assert_int_equal(symlinkat("/etc/passwd", s->fd, "log"), 0);
	lines = night(s, 6);
	assert_null(strstr(lines, "piece"));
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {scratch_test(three_nights)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
