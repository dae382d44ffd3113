/* SPDX-License-Identifier: Apache-2.0 */
/* What starts of a named program, as records of the kernel witness tell it. */
#include "tests/unit/test.h"

#include "collectors/linux/later.h"
#include "collectors/processes.h"
#include "core/auto.h"
#include "core/named.h"

#include <unistd.h>

/* Numbers that no process of this machine has: what is looked up in /proc is not there. */
enum { APP = 5000000, CHILD, STRANGER, OTHER };
#define USER 4000000000u

struct fixture {
	struct named named;
	struct watch_options options;
	struct watch w;
	struct later *l;
	uint64_t mono;
};

static void begin(struct fixture *f, const struct scratch *s)
{
	struct error err = {0};
	f->options = (struct watch_options){.later = &f->named};
	f->w = (struct watch){.options = &f->options, .kernel = true, .processes = processes_new()};
	assert_int_equal(evidence_open(s->fd, "evidence.ndjson", "00", &f->w.evidence, &err), OK);
	f->l = later_new(&f->w);
	assert_non_null(f->l);
	f->mono = 1000;
}

/* Closes the evidence and hands it out; to be freed. */
static char *end(struct fixture *f, const struct scratch *s)
{
	struct error err = {0};
	size_t size;
	later_free(f->l);
	evidence_checkpoint(f->w.evidence, SLICE("{}"), true);
	assert_int_equal(evidence_close(&f->w.evidence, &err), OK);
	processes_free(f->w.processes);
	return scratch_get(s, "evidence.ndjson", &size);
}

static struct event_head head_of(struct fixture *f, uint16_t kind, uint32_t pid)
{
	return (struct event_head){.mono_ns = ++f->mono, .kind = kind, .tgid = pid, .tid = pid, .uid = 7};
}

static bool executes(struct fixture *f, uint32_t pid, const char *path)
{
	const struct event_exec e = {.head = head_of(f, EVENT_EXEC, pid), .comm = "name", .inode = UINT64_MAX, .cgroup = UINT64_MAX};
	return later_note(f->l, &e, path) || later_follows(f->l, &e.head);
}

static bool forks(struct fixture *f, uint32_t pid, uint32_t child)
{
	const struct event_fork e = {.head = head_of(f, EVENT_FORK, pid), .child = child};
	return later_note(f->l, &e, "") || later_follows(f->l, &e.head);
}

static bool ends(struct fixture *f, uint32_t pid)
{
	const struct event_exit e = {.head = head_of(f, EVENT_EXIT, pid)};
	bool kept = later_note(f->l, &e, "") || later_follows(f->l, &e.head);
	later_written(f->l, &e);
	return kept;
}

static struct event_attempt connects(struct fixture *f, uint32_t pid, uint8_t first)
{
	return (struct event_attempt){.head = head_of(f, EVENT_ATTEMPT, pid), .family = 2, .dst = {first, 0, 0, 1}, .comm = "name"};
}

static bool is_ours(struct fixture *f, const struct event_attempt *e)
{
	later_note(f->l, e, "");
	return later_follows(f->l, &e->head);
}

static void by_its_file(void **state)
{
	struct scratch *s = *state;
	struct fixture f = {.named = {.exes = {"/opt/app"}, .exe_count = 1}};
	begin(&f, s);
	assert_false(executes(&f, STRANGER, "/opt/apps"));
	assert_false(forks(&f, STRANGER, OTHER));
	assert_false(executes(&f, OTHER, "")); /* a path that did not fit: not of that file */
	assert_true(executes(&f, APP, "/opt/app"));
	assert_true(forks(&f, APP, CHILD));
	assert_true(executes(&f, CHILD, "/bin/true")); /* it descends from it */
	struct event_attempt out = connects(&f, CHILD, 93), near = connects(&f, CHILD, 127);
	assert_true(is_ours(&f, &out) && is_ours(&f, &near));
	/* of a stranger what it aims at other machines is kept, as ever, and is not the app's */
	struct event_attempt other = connects(&f, STRANGER, 93), local = connects(&f, STRANGER, 127);
	assert_true(later_note(f.l, &other, "") && !later_follows(f.l, &other.head));
	assert_false(later_note(f.l, &local, "") || later_follows(f.l, &local.head));
	assert_int_equal(processes_count(f.w.processes), 2);
	assert_int_equal(later_lost(f.l), 0);
	AUTO_FREE char *text = end(&f, s);
	assert_non_null(strstr(text, "\"pid\":5000000,\"comm\":\"name\",\"exe\":\"/opt/app\",\"role\":\"exe\",\"state\":\"followed\"}"));
	assert_null(strstr(strstr(text, "\"kind\":\"later\"") + 1, "\"kind\":\"later\"")); /* the child is no news */
}

/* An attempt may be told after the end of its process; a number that is given to somebody else
 * afterwards is a stranger's. */
static void after_its_end(void **state)
{
	struct scratch *s = *state;
	struct fixture f = {.named = {.exes = {"/opt/app"}, .exe_count = 1}};
	begin(&f, s);
	assert_true(executes(&f, APP, "/opt/app"));
	struct event_attempt held = connects(&f, APP, 93);
	assert_true(ends(&f, APP));
	assert_true(is_ours(&f, &held));
	struct event_attempt again = connects(&f, APP, 93);
	assert_false(is_ours(&f, &again));
	assert_false(executes(&f, APP, "/bin/true"));
	assert_false(ends(&f, STRANGER));
	assert_true(executes(&f, APP, "/opt/app"));
	AUTO_FREE char *text = end(&f, s);
	assert_non_null(text);
}

/* Whoever becomes a user may execute nothing. What we run ourselves is nobody's. */
static void by_its_user(void **state)
{
	struct scratch *s = *state;
	struct fixture f = {.named = {.users = {USER}, .user_count = 1}};
	begin(&f, s);
	struct event_attempt before = connects(&f, APP, 93);
	assert_false(is_ours(&f, &before));
	struct event_attempt out = connects(&f, APP, 93);
	out.head.uid = USER;
	assert_true(is_ours(&f, &out));
	assert_true(forks(&f, APP, CHILD));
	assert_false(forks(&f, (uint32_t)getpid(), OTHER));
	struct event_attempt tool = connects(&f, OTHER, 93), suite = connects(&f, STRANGER, 93), tree = connects(&f, STRANGER, 93);
	tool.head.uid = suite.head.uid = tree.head.uid = USER;
	suite.head.flags = EVENT_SUITE;
	tree.head.flags = EVENT_IN_TREE;
	assert_false(is_ours(&f, &tool) || is_ours(&f, &suite) || is_ours(&f, &tree));
	AUTO_FREE char *text = end(&f, s);
	assert_non_null(strstr(text, "\"role\":\"user\",\"state\":\"followed\"}"));
}

/* Process and group are gone before anybody could look: that is told, and not taken for nothing. */
static void a_group_that_is_gone(void **state)
{
	struct scratch *s = *state;
	struct fixture f = {.named = {.units = {"model.service"}, .unit_count = 1}};
	begin(&f, s);
	assert_false(executes(&f, APP, "/bin/true"));
	AUTO_FREE char *text = end(&f, s);
	assert_non_null(strstr(text, "\"exe\":\"/bin/true\",\"role\":\"cgroup\",\"state\":\"unknown\"}"));
}

/* Without names all is as it was. */
static void nothing_is_named(void **state)
{
	(void)state;
	struct watch_options options = {.later = NULL};
	struct watch w = {.options = &options};
	const struct event_head head = {.kind = EVENT_EXIT, .tgid = 1};
	const pid_t *begun;
	assert_null(later_new(&w));
	assert_true(later_note(NULL, &head, ""));
	later_written(NULL, &head);
	later_look(NULL);
	assert_false(later_follows(NULL, &head));
	assert_int_equal(later_begun(NULL, &begun) + later_lost(NULL), 0);
	later_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(by_its_file),	    scratch_test(after_its_end),	cmocka_unit_test(nothing_is_named),
		scratch_test(by_its_user),	    scratch_test(a_group_that_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
