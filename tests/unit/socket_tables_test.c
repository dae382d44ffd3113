/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket witness of macOS over processes and sockets that the test makes up.
 */
#include "tests/unit/fake_watch.h"

/* The sources themselves: no program of this system has use for them. */
#include "collectors/macos/socket_row.c"
#include "collectors/macos/socket_tables.c"

enum { SOCKETS_MAX = 8 };

static struct one {
	uint32_t pid;
	bool refused, cut;
	const char *comm;
	size_t count;
	struct socket_facts sockets[SOCKETS_MAX];
} all[3];

static struct one *one_of(uint32_t pid)
{
	for (size_t i = 0; i < LENGTH(all); i++)
		if (all[i].pid == pid)
			return &all[i];
	return NULL;
}

bool process_info_read(uint32_t pid, struct process_info *ret)
{
	const struct one *o = one_of(pid);
	*ret = (struct process_info){.uid = 501};
	snprintf(ret->comm, sizeof ret->comm, "%s", o ? o->comm : "");
	return o != NULL;
}

/* Of the first alone the program is known. */
bool process_info_path(uint32_t pid, char ret[static PROCESS_INFO_PATH_MAX])
{
	snprintf(ret, PROCESS_INFO_PATH_MAX, "%s", pid == 10 ? "/opt/agent" : "");
	return pid == 10;
}

size_t process_info_all(uint32_t ret[], size_t max)
{
	assert_true(max >= LENGTH(all));
	for (size_t i = 0; i < LENGTH(all); i++)
		ret[i] = all[i].pid;
	return LENGTH(all);
}

bool socket_files_open(struct socket_files *f, uint32_t pid)
{
	const struct one *o = one_of(pid);
	f->pid = pid;
	f->at = 0;
	f->count = o->count;
	f->cut = o->cut;
	errno = o->refused ? EPERM : 0;
	return !o->refused;
}

bool socket_files_next(struct socket_files *f, struct socket_facts *ret, uint64_t *ret_handle)
{
	if (f->at >= f->count)
		return false;
	*ret_handle = f->pid * 100 + f->at;
	*ret = one_of(f->pid)->sockets[f->at++];
	return true;
}

static struct socket_facts to(const unsigned char address[static 4], unsigned port)
{
	struct socket_facts f = {.tcp = true, .vflag = 1, .state = 4, .fport = htobe16((uint16_t)port),
				 .lport = htobe16(50000)};
	memcpy(f.foreign + 12, address, 4);
	memcpy(f.local + 12, "\xc0\x00\x02\x01", 4);
	return f;
}

/* 10 is the session's, 20 is somebody else's, 30 may not be looked into. */
static void *begin(struct fake *f)
{
	struct error err = {0};
	void *state = NULL;
	memset(all, 0, sizeof all);
	all[0] = (struct one){.pid = 10, .comm = "agent", .count = 1};
	all[0].sockets[0] = to((const unsigned char[]){127, 0, 0, 1}, 11434);
	all[1] = (struct one){.pid = 20, .comm = "mail", .count = 1};
	all[1].sockets[0] = to((const unsigned char[]){198, 51, 100, 9}, 993);
	all[2] = (struct one){.pid = 30, .comm = "launchd", .refused = true};
	f->w.processes = processes_new();
	processes_add(f->w.processes, 10);
	assert_int_equal(collector_socket_tables.open(&f->w, &state, &err), OK);
	return state;
}

static uint64_t end(struct fake *f, void *state)
{
	processes_free(f->w.processes);
	return collector_socket_tables.stop(state);
}

static void check(struct fake *f, size_t n, const char *wanted)
{
	struct json_member m[] = {{.key = "moment"}, {.key = "proto"}, {.key = "local"},
				  {.key = "lport"},  {.key = "remote"}, {.key = "rport"},
				  {.key = "state"},  {.key = "pid"},	{.key = "process"},
				  {.key = "uid"},    {.key = "witness"}};
	char got[256] = "";
	assert_true(fake_record(f, "socket", n, m, LENGTH(m)));
	for (size_t i = 0; i < LENGTH(m); i++) {
		size_t used = strlen(got);
		snprintf(got + used, sizeof got - used, "%s%.*s", i ? " " : "",
			 (int)m[i].value.raw.size, (const char *)m[i].value.raw.at);
	}
	assert_string_equal(got, wanted);
}

static void a_round_looks_at_all(void **state)
{
	struct fake *f = *state;
	struct json_member m[] = {{.key = "moment"}, {.key = "rows"}, {.key = "unreadable"}};
	void *s = begin(f);
	collector_socket_tables.round(s, &(struct round){1, "before", NULL});
	check(f, 0, "before tcp 192.0.2.1 50000 127.0.0.1 11434 ESTAB 10 /opt/agent 501 socket_tables");
	check(f, 1, "before tcp 192.0.2.1 50000 198.51.100.9 993 ESTAB 20 mail 501 socket_tables");
	assert_int_equal(fake_count(f, "socket"), 2);
	assert_true(fake_record(f, "socket_table", 0, m, LENGTH(m)));
	assert_true(slice_is(m[0].value.raw, "before") && slice_is(m[1].value.raw, "2") &&
		    slice_is(m[2].value.raw, "1"));
	collector_socket_tables.round(s, &(struct round){2, "during", NULL});
	assert_int_equal(fake_count(f, "socket"), 2); /* nothing new */
	assert_int_equal(fake_count(f, "socket_table"), 2);
	assert_int_equal(end(f, s), 0);
}

static void between_rounds_what_is_new_of_the_sessions_is_told(void **state)
{
	struct fake *f = *state;
	struct sockets *s = begin(f);
	collector_socket_tables.drain(s);
	assert_int_equal(fake_count(f, "socket"), 1);
	assert_int_equal(f->w.tally.local, 1);
	all[0].sockets[all[0].count++] = to((const unsigned char[]){203, 0, 113, 5}, 443);
	all[1].sockets[all[1].count++] = to((const unsigned char[]){203, 0, 113, 6}, 443);
	collector_socket_tables.drain(s); /* not yet */
	assert_int_equal(fake_count(f, "socket"), 1);
	for (int i = 0; i < 2; i++) {
		s->next_ns = 0;
		collector_socket_tables.drain(s);
		assert_int_equal(fake_count(f, "socket"), 2);
		assert_int_equal(f->w.tally.egress, 1);
	}
	check(f, 1, "during tcp 192.0.2.1 50000 203.0.113.5 443 ESTAB 10 /opt/agent 501 socket_tables");
	all[0].sockets[1].state = 6;
	s->next_ns = 0;
	collector_socket_tables.drain(s);
	check(f, 2, "during tcp 192.0.2.1 50000 203.0.113.5 443 FIN-WAIT-1 10 /opt/agent 501 socket_tables");
	assert_int_equal(f->w.tally.egress, 1); /* the same connection */
	collector_socket_tables.round(s, &(struct round){1, "after", NULL});
	assert_int_equal(fake_count(f, "socket"), 7); /* all four, again or for the first time */
	assert_int_equal(f->w.tally.egress + f->w.tally.local, 2);
	assert_int_equal(end(f, s), 0);
}

static void what_was_cut_or_refused_is_lost(void **state)
{
	struct fake *f = *state;
	void *s = begin(f);
	all[0].cut = true;
	collector_socket_tables.drain(s);
	assert_int_equal(collector_socket_tables.lost(s), 1);
	processes_add(f->w.processes, 30); /* of the session, and not to be looked into */
	collector_socket_tables.round(s, &(struct round){1, "during", NULL});
	assert_int_equal(collector_socket_tables.lost(s), 3);
	assert_int_equal(end(f, s), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_round_looks_at_all),
		fake_test(between_rounds_what_is_new_of_the_sessions_is_told),
		fake_test(what_was_cut_or_refused_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
