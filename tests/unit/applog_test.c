/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/registry.h"

static char option_text[4][256];
static void *collector;

static void add_option(struct fake *f, const char *name, const char *file)
{
	size_t n = f->options.log_count++;
	snprintf(option_text[n], sizeof option_text[n], "%s%s%s/%s", name, *name ? "=" : "",
		 f->s->path, file);
	f->options.logs[n] = option_text[n];
}

static void start(struct fake *f, const char *name, const char *file)
{
	struct error err = {0};
	add_option(f, name, file);
	assert_int_equal(collector_applog.open(&f->w, &collector, &err), OK);
	collector_applog.start(collector);
}

static void append(struct fake *f, const char *name, const char *text)
{
	int fd = openat(f->s->fd, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* Looks once; the collector does so five times a second at most. */
static void look(void)
{
	usleep(210000);
	collector_applog.drain(collector);
}

struct wanted {
	const char *app, *role, *change, *copy, *before, *after, *problem; /* NULL: absent */
};

static void check_member(const struct json_member *m, const char *wanted)
{
	if (!wanted)
		assert_int_equal(m->value.type, JSON_ABSENT);
	else if (!slice_is(m->value.raw, wanted)) {
		print_error("%s: %.*s, wanted %s\n", m->key, (int)m->value.raw.size,
			    m->value.raw.size ? (const char *)m->value.raw.at : "", wanted);
		assert_true(false);
	}
}

static void check_log(struct fake *f, size_t n, struct wanted w)
{
	struct json_member m[] = {{.key = "app"},    {.key = "role"},	{.key = "change"},
				  {.key = "copy"},   {.key = "before"}, {.key = "after"},
				  {.key = "problem"}};
	assert_true(fake_record(f, "applog", n, m, LENGTH(m)));
	check_member(&m[0], w.app);
	check_member(&m[1], w.role);
	check_member(&m[2], w.change);
	check_member(&m[3], w.copy);
	check_member(&m[4], w.before);
	check_member(&m[5], w.after);
	check_member(&m[6], w.problem);
}

static void check_copy(struct fake *f, const char *name, const char *wanted)
{
	size_t size;
	char *bytes = scratch_get(f->s, name, &size);
	assert_string_equal(bytes, wanted);
	free(bytes);
}

static void what_was_added_is_kept_with_what_stood_before(void **state)
{
	struct fake *f = *state;
	append(f, "audit.log", "before\n");
	start(f, "agent", "audit.log");
	append(f, "audit.log", "during\n");
	assert_int_equal(collector_applog.stop(collector), 0);
	check_copy(f, "applogs/1-audit.log", "before\nduring\n");
	check_log(f, 0,
		  (struct wanted){"agent", "audit", "appended", "applogs/1-audit.log", "7", "14",
				  NULL});
	assert_int_equal(fake_count(f, "applog"), 1);
}

static void a_quiet_log_is_unchanged(void **state)
{
	struct fake *f = *state;
	append(f, "we ird!.log", "before\n");
	start(f, "", "we ird!.log");
	assert_int_equal(collector_applog.stop(collector), 0);
	check_log(f, 0,
		  (struct wanted){"app", "audit", "unchanged", "applogs/1-we-ird-.log", "7", "7",
				  NULL});
}

static void a_rotated_log_is_followed(void **state)
{
	struct fake *f = *state;
	append(f, "l", "one\n");
	start(f, "", "l");
	append(f, "l", "two\n");
	assert_int_equal(renameat(f->s->fd, "l", f->s->fd, "l.1"), 0);
	append(f, "l", "three\n");
	look();
	assert_int_equal(collector_applog.stop(collector), 0);
	check_copy(f, "applogs/1-l", "one\ntwo\n");
	check_copy(f, "applogs/1-l.1", "three\n");
	check_log(f, 0, (struct wanted){"app", "audit", "rotated", "applogs/1-l", "4", "8", NULL});
	check_log(f, 1,
		  (struct wanted){"app", "audit", "rotated", "applogs/1-l.1", "0", "6", NULL});
}

static void tampering_is_told(void **state)
{
	struct fake *f = *state;
	append(f, "cut", "before\n");
	append(f, "written-anew", "before\n");
	append(f, "gone", "before\n");
	add_option(f, "", "cut");
	add_option(f, "", "written-anew");
	start(f, "", "gone");
	assert_int_equal(truncate(strchr(option_text[0], '/'), 2), 0);
	scratch_put(f->s, "written-anew", SLICE("BEFORE\nmore\n"));
	assert_int_equal(unlinkat(f->s->fd, "gone", 0), 0);
	look();
	assert_int_equal(collector_applog.stop(collector), 0);
	check_log(f, 0,
		  (struct wanted){"app", "audit", "truncated", "applogs/1-cut", "7", "2", NULL});
	check_log(f, 1,
		  (struct wanted){"app", "audit", "rewritten", "applogs/2-written-anew", "7", "12",
				  NULL});
	check_log(f, 2,
		  (struct wanted){"app", "audit", "removed", "applogs/3-gone", "7", "7", NULL});
	check_copy(f, "applogs/3-gone", "before\n");
}

static void a_log_that_appears_is_new_as_a_whole(void **state)
{
	struct fake *f = *state;
	start(f, "", "later");
	append(f, "later", "line\n");
	look();
	append(f, "later", "more\n");
	assert_int_equal(collector_applog.stop(collector), 0);
	check_log(f, 0,
		  (struct wanted){"app", "audit", "appeared", "applogs/1-later", "0", "10", NULL});
}

static void what_cannot_be_kept_says_why(void **state)
{
	struct fake *f = *state;
	assert_int_equal(mkfifoat(f->s->fd, "pipe", 0600), 0);
	add_option(f, "", "missing");
	start(f, "", "pipe");
	assert_int_equal(collector_applog.stop(collector), 0);
	check_log(f, 0,
		  (struct wanted){"app", "audit", "unchanged", NULL, NULL, NULL,
				  "the file was never there"});
	check_log(f, 1,
		  (struct wanted){"app", "audit", "unchanged", NULL, NULL, NULL,
				  "not a regular file"});
}

static void context_is_marked_as_such(void **state)
{
	struct fake *f = *state;
	struct error err = {0};
	append(f, "c", "x\n");
	snprintf(option_text[0], sizeof option_text[0], "vscode=%s/c", f->s->path);
	f->options.contexts[f->options.context_count++] = option_text[0];
	assert_int_equal(collector_applog.open(&f->w, &collector, &err), OK);
	collector_applog.start(collector);
	assert_int_equal(collector_applog.stop(collector), 0);
	check_log(f, 0,
		  (struct wanted){"vscode", "context", "unchanged", "applogs/1-c", "2", "2", NULL});
}

static void no_log_no_folder(void **state)
{
	struct fake *f = *state;
	struct error err = {0};
	struct probe probe = {0};
	assert_int_equal(collector_applog.open(&f->w, &collector, &err), OK);
	collector_applog.start(collector);
	assert_int_equal(collector_applog.stop(collector), 0);
	assert_false(scratch_has(f->s, "applogs"));
	assert_int_equal(fake_count(f, "applog"), 0);
	collector_applog.probe(&probe);
	assert_true(probe.works);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(what_was_added_is_kept_with_what_stood_before),
		fake_test(a_quiet_log_is_unchanged),
		fake_test(a_rotated_log_is_followed),
		fake_test(tampering_is_told),
		fake_test(a_log_that_appears_is_new_as_a_whole),
		fake_test(what_cannot_be_kept_says_why),
		fake_test(context_is_marked_as_such),
		fake_test(no_log_no_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
