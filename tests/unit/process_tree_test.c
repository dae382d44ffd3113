/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process witness of macOS over processes and events that the test makes up.
 */
#include "tests/unit/fake_watch.h"

/* The source itself: no program of this system has use for it. */
#include "collectors/macos/process_tree.c"

enum { ALL_MAX = 16 };

static struct one {
	uint32_t pid, parent;
	bool ended, refused; /* refused: no events can be asked for */
	const char *comm, *path;
} all[ALL_MAX];
static size_t all_count;

static struct process_event events[ALL_MAX];
static size_t event_count;
static uint32_t asked[ALL_MAX * 4];
static size_t asked_count;

static struct one *one_of(uint32_t pid)
{
	for (size_t i = 0; i < all_count; i++)
		if (all[i].pid == pid)
			return &all[i];
	return NULL;
}

bool process_info_read(uint32_t pid, struct process_info *ret)
{
	const struct one *o = one_of(pid);
	*ret = (struct process_info){0};
	if (!o)
		return false;
	*ret = (struct process_info){.parent = o->parent, .uid = 501, .ended = o->ended};
	snprintf(ret->comm, sizeof ret->comm, "%s", o->comm);
	return true;
}

bool process_info_path(uint32_t pid, char ret[static PROCESS_INFO_PATH_MAX])
{
	const struct one *o = one_of(pid);
	snprintf(ret, PROCESS_INFO_PATH_MAX, "%s", o && o->path ? o->path : "");
	return ret[0];
}

static size_t list_of(bool everything, uint32_t parent, uint32_t ret[], size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < all_count && count < max; i++)
		if (everything || all[i].parent == parent)
			ret[count++] = all[i].pid;
	return count;
}

size_t process_info_children(uint32_t pid, uint32_t ret[], size_t max)
{
	return list_of(false, pid, ret, max);
}

size_t process_info_all(uint32_t ret[], size_t max)
{
	return list_of(true, 0, ret, max);
}

int process_events_open(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool process_events_ask(int queue, uint32_t pid)
{
	const struct one *o = one_of(pid);
	assert_true(queue >= 0 && asked_count < LENGTH(asked));
	asked[asked_count++] = pid;
	return o && !o->ended && !o->refused;
}

size_t process_events_take(int queue, struct process_event ret[], size_t max)
{
	size_t count = event_count;
	assert_true(queue >= 0 && count <= max);
	memcpy(ret, events, count * sizeof *events);
	event_count = 0;
	return count;
}

static void add_one(uint32_t pid, uint32_t parent, const char *comm, const char *path)
{
	assert_true(all_count < ALL_MAX);
	all[all_count++] = (struct one){.pid = pid, .parent = parent, .comm = comm, .path = path};
}

static void remove_one(uint32_t pid)
{
	struct one *o = one_of(pid);
	assert_non_null(o);
	*o = all[--all_count];
}

static void add_event(struct process_event e)
{
	assert_true(event_count < ALL_MAX);
	events[event_count++] = e;
}

/* A witness of the command 100. */
static void *begin(struct fake *f)
{
	struct error err = {0};
	void *state = NULL;
	all_count = event_count = asked_count = 0;
	f->w.processes = processes_new();
	f->w.suite = 50;
	f->w.command = 100;
	add_one(50, 1, "airgap-collect", NULL);
	add_one(100, 50, "airgap-collect", NULL);
	assert_int_equal(collector_processes.open(&f->w, &state, &err), OK);
	collector_processes.start(state);
	return state;
}

static void end(struct fake *f, void *state)
{
	assert_int_equal(collector_processes.stop(state), 0);
	processes_free(f->w.processes);
}

static void check(struct fake *f, const char *kind, size_t n, const char *wanted)
{
	struct json_member m[] = {{.key = "pid"}, {.key = "ppid"}, {.key = "comm"}, {.key = "exe"},
				  {.key = "status"}, {.key = "tree"}};
	char got[256] = "";
	assert_true(fake_record(f, kind, n, m, LENGTH(m)));
	for (size_t i = 0; i < LENGTH(m); i++) {
		size_t used = strlen(got);
		snprintf(got + used, sizeof got - used, "%s%.*s", i ? " " : "",
			 (int)m[i].value.raw.size, (const char *)m[i].value.raw.at);
	}
	assert_string_equal(got, wanted);
}

static void the_command_and_its_descendants_are_told(void **state)
{
	struct fake *f = *state;
	void *t = begin(f);
	check(f, "process", 0, "100 50 airgap-collect   true");
	assert_int_equal(asked[0], 100);
	one_of(100)->comm = "sh", one_of(100)->path = "/bin/sh";
	add_event((struct process_event){.pid = 100, .executed = true});
	add_one(101, 100, "sh", "/bin/sh");
	add_one(102, 101, "agent", "/opt/agent");
	add_event((struct process_event){.pid = 100, .forked = true});
	add_event((struct process_event){.pid = 101, .forked = true});
	collector_processes.drain(t);
	check(f, "exec", 0, "100 50 sh /bin/sh  true");
	check(f, "process", 1, "101 100 sh /bin/sh  true");
	check(f, "process", 2, "102 101 agent /opt/agent  true");
	assert_int_equal(processes_count(f->w.processes), 3);
	remove_one(102);
	add_event((struct process_event){.pid = 102, .ended = true, .has_status = true, .status = 256});
	add_event((struct process_event){.pid = 101, .ended = true});
	collector_processes.drain(t);
	check(f, "exit", 0, "102    256 ");
	check(f, "exit", 1, "101     ");
	assert_int_equal(processes_count(f->w.processes), 1);
	end(f, t);
}

/* It stays among the children until its parent asks how it ended. */
static void one_that_ended_is_told_once(void **state)
{
	struct fake *f = *state;
	void *t = begin(f);
	add_one(101, 100, "true", NULL);
	one_of(101)->ended = true;
	for (int i = 0; i < 3; i++) {
		add_event((struct process_event){.pid = 100, .forked = true});
		collector_processes.drain(t);
	}
	assert_int_equal(fake_count(f, "process"), 2);
	check(f, "process", 1, "101 100 true   true");
	check(f, "exit", 0, "101     ");
	assert_int_equal(fake_count(f, "exit"), 1);
	one_of(101)->ended = false; /* its number is another's now */
	add_event((struct process_event){.pid = 100, .forked = true});
	collector_processes.drain(t);
	assert_int_equal(fake_count(f, "process"), 3);
	assert_int_equal(processes_count(f->w.processes), 2);
	end(f, t);
}

static void forks_of_which_nothing_is_found_are_counted(void **state)
{
	struct fake *f = *state;
	struct json_member m[] = {{.key = "part"}, {.key = "state"}, {.key = "detail"}};
	char detail[256];
	void *t = begin(f);
	add_one(101, 100, "sleep", NULL);
	add_event((struct process_event){.pid = 100, .forked = true});
	add_event((struct process_event){.pid = 100, .forked = true}); /* gone already */
	collector_processes.drain(t);
	end(f, t);
	assert_true(fake_record(f, "witness", 0, m, LENGTH(m)));
	assert_true(slice_is(m[0].value.raw, "forks"));
	assert_true(slice_is(m[1].value.raw, "degraded"));
	assert_true(slice_to_string(m[2].value.raw, detail, sizeof detail));
	assert_contains(detail, "2 times a process was told to have forked; 1 time no new child");
}

static void what_runs_already_is_found_below_a_pid(void **state)
{
	struct fake *f = *state;
	all_count = 0;
	void *t = begin(f);
	end(f, t);
	f->w.command = 0;
	f->options.pid = 30;
	all_count = asked_count = 0;
	add_one(30, 1, "zsh", "/bin/zsh");
	add_one(50, 30, "airgap-collect", NULL); /* we ourselves, and what we started */
	add_one(51, 50, "airgap-tools", NULL);
	add_one(33, 32, "c", NULL);
	add_one(32, 31, "b", NULL);
	add_one(31, 30, "a", NULL);
	struct error err = {0};
	f->w.processes = processes_new();
	assert_int_equal(collector_processes.open(&f->w, &t, &err), OK);
	collector_processes.start(t);
	assert_int_equal(processes_count(f->w.processes), 4);
	for (uint32_t pid = 30; pid <= 33; pid++)
		assert_true(processes_has(f->w.processes, pid));
	end(f, t);
}

static void of_a_host_every_process_is_the_sessions(void **state)
{
	struct fake *f = *state;
	void *t = begin(f);
	f->options.host = true;
	add_one(1, 0, "launchd", "/sbin/launchd");
	one_of(1)->refused = true; /* lives, though nothing is told of it */
	add_one(300, 1, "daemon", NULL);
	look(t);
	assert_int_equal(processes_count(f->w.processes), 3);
	assert_true(processes_has(f->w.processes, 1));
	assert_int_equal(fake_count(f, "exit"), 0);
	end(f, t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(the_command_and_its_descendants_are_told),
		fake_test(one_that_ended_is_told_once),
		fake_test(forks_of_which_nothing_is_found_are_counted),
		fake_test(what_runs_already_is_found_below_a_pid),
		fake_test(of_a_host_every_process_is_the_sessions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
