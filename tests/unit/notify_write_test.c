/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/linux/notify_write.h"
#include "collectors/processes.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum { CANARY = 77 };

static struct notify_record record_of(enum notify_kind kind, const char *call)
{
	struct notify_record r = {
		.kind = kind,
		.mono_ns = 5,
		.who = {.pid = 11, .tid = 12, .ppid = 3, .uid = 1000, .comm = "agent"},
		.call = call,
		.family = AF_INET,
		.type = SOCK_STREAM,
		.protocol = IPPROTO_TCP,
		.dst = address_v4((const unsigned char[]){192, 0, 2, 2}),
		.dport = 443,
		.src = address_v4((const unsigned char[]){192, 0, 2, 1}),
		.sport = 40000,
		.cookie = 99,
		.answered = true,
	};
	return r;
}

static struct notify_writer *open_writer(struct fake *f, struct notify_programs **ret)
{
	*ret = notify_programs_new();
	f->w.processes = processes_new();
	return notify_writer_new(&f->w, *ret, CANARY);
}

static void close_writer(struct fake *f, struct notify_writer *n, struct notify_programs *programs)
{
	notify_writer_free(n);
	notify_programs_free(programs);
	processes_free(f->w.processes);
}

static void an_attempt_has_who_where_and_what_came_of_it(void **state)
{
	struct fake *f = *state;
	struct notify_programs *programs;
	struct notify_writer *n = open_writer(f, &programs);
	struct notify_record r = record_of(NOTIFY_ATTEMPT, "connect");
	r.value = -ECONNREFUSED;
	notify_write_record(n, &r);
	notify_write_record(n, &r);
	struct json_member m[] = {{.key = "witness"}, {.key = "dst"}, {.key = "dport"}, {.key = "value"}, {.key = "proto"},
				  {.key = "tree"},    {.key = "suite"}, {.key = "cookie"}, {.key = "sport"}};
	assert_true(fake_record(f, "attempt", 0, m, LENGTH(m)));
	assert_slice(m[0].value.raw, "seccomp");
	assert_slice(m[1].value.raw, "192.0.2.2");
	assert_slice(m[2].value.raw, "443");
	assert_slice(m[3].value.raw, "-111");
	assert_slice(m[4].value.raw, "tcp");
	assert_int_equal(m[5].value.type, JSON_TRUE);
	assert_int_equal(m[6].value.type, JSON_ABSENT);
	assert_slice(m[7].value.raw, "99");
	assert_slice(m[8].value.raw, "40000");
	/* whose it is, once */
	assert_int_equal(fake_count(f, "exec"), 1);
	assert_int_equal(f->w.tally.egress, 2);
	assert_int_equal(processes_seen(f->w.processes), 1);
	assert_int_equal(processes_count(f->w.processes), 0);
	close_writer(f, n, programs);
}

static void the_canary_is_the_suites_own(void **state)
{
	struct fake *f = *state;
	struct notify_programs *programs;
	struct notify_writer *n = open_writer(f, &programs);
	struct notify_record r = record_of(NOTIFY_ATTEMPT, "connect");
	r.who.pid = CANARY;
	notify_write_record(n, &r);
	struct json_member m[] = {{.key = "tree"}, {.key = "suite"}};
	assert_true(fake_record(f, "attempt", 0, m, LENGTH(m)));
	assert_int_equal(m[0].value.type, JSON_FALSE);
	assert_int_equal(m[1].value.type, JSON_TRUE);
	assert_int_equal(fake_count(f, "exec"), 0);
	assert_int_equal(f->w.tally.egress, 0);
	close_writer(f, n, programs);
}

static void other_kinds_have_their_own_members(void **state)
{
	struct fake *f = *state;
	struct notify_programs *programs;
	struct notify_writer *n = open_writer(f, &programs);
	struct notify_record r = record_of(NOTIFY_UNIX, "sendto");
	r.family = AF_UNIX;
	memcpy(r.path, "\0name", 5);
	r.path_size = 5;
	notify_write_record(n, &r);
	struct json_member m[] = {{.key = "path"}, {.key = "abstract"}, {.key = "call"}, {.key = "value"}};
	assert_true(fake_record(f, "unix", 0, m, LENGTH(m)));
	assert_slice(m[0].value.raw, "name");
	assert_int_equal(m[1].value.type, JSON_TRUE);
	assert_slice(m[2].value.raw, "sendto");
	r = record_of(NOTIFY_REFUSED, "io_uring_setup");
	r.value = -ENOSYS;
	notify_write_record(n, &r);
	struct json_member u[] = {{.key = "call"}, {.key = "value"}, {.key = "family"}};
	assert_true(fake_record(f, "special_socket", 0, u, LENGTH(u)));
	assert_slice(u[0].value.raw, "io_uring_setup");
	assert_slice(u[1].value.raw, "-38");
	assert_int_equal(u[2].value.type, JSON_ABSENT);
	r = record_of(NOTIFY_LISTEN, "listen");
	notify_write_record(n, &r);
	struct json_member l[] = {{.key = "local"}, {.key = "lport"}, {.key = "state"}, {.key = "moment"}};
	assert_true(fake_record(f, "socket", 0, l, LENGTH(l)));
	assert_slice(l[0].value.raw, "192.0.2.1");
	assert_slice(l[1].value.raw, "40000");
	assert_slice(l[2].value.raw, "LISTEN");
	assert_slice(l[3].value.raw, "listen");
	r = record_of(NOTIFY_OUTCOME, "connect");
	r.value = -ETIMEDOUT;
	notify_write_record(n, &r);
	struct json_member o[] = {{.key = "cookie"}, {.key = "state"}, {.key = "error"}};
	assert_true(fake_record(f, "state", 0, o, LENGTH(o)));
	assert_slice(o[1].value.raw, "closed");
	assert_slice(o[2].value.raw, "110");
	close_writer(f, n, programs);
}

/* Where its socket is bound to an interface, and it did go out. */
static void an_interface_is_told_of_what_went_out(void **state)
{
	static const int values[] = {1, -EINPROGRESS, -ENETUNREACH};
	struct fake *f = *state;
	struct notify_programs *programs;
	struct notify_writer *n = open_writer(f, &programs);
	for (size_t i = 0; i < LENGTH(values); i++) {
		struct notify_record r = record_of(NOTIFY_ATTEMPT, "connect");
		struct json_member m[] = {{.key = "ifindex"}};
		r.ifindex = 3;
		r.value = values[i];
		notify_write_record(n, &r);
		assert_true(fake_record(f, "attempt", (unsigned)i, m, LENGTH(m)));
		assert_int_equal(m[0].value.type == JSON_NUMBER, values[i] != -ENETUNREACH);
	}
	close_writer(f, n, programs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(an_attempt_has_who_where_and_what_came_of_it),
		fake_test(an_interface_is_told_of_what_went_out),
		fake_test(the_canary_is_the_suites_own),
		fake_test(other_kinds_have_their_own_members),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
