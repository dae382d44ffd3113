/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/registry.h"

static struct address parsed(const char *text)
{
	struct address a = {0};
	assert_true(address_parse(slice_of_string(text), &a));
	return a;
}

static void what_leaves_the_machine(void **state)
{
	struct fake *f = *state;
	static const struct {
		const char *address;
		bool leaves;
	} cases[] = {
		{"127.0.0.1", false},	     {"127.5.5.5", false},	  {"::1", false},
		{"0.0.0.0", false},	     {"::ffff:127.0.0.1", false}, {"192.0.2.7", false},
		{"::ffff:192.0.2.7", false}, {"192.0.2.8", true},	  {"10.0.0.1", true},
		{"169.254.1.1", true},	     {"224.0.0.251", true},	  {"fe80::1", true},
		{"2001:db8::1", true},
	};
	f->w.own[0] = parsed("192.0.2.7");
	f->w.own_count = 1;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct address a = parsed(cases[i].address);
		assert_int_equal(watch_leaves(&f->w, &a), cases[i].leaves);
	}
}

static void monotonic_times_become_wall_times(void **state)
{
	(void)state;
	struct clock_pair now = clock_now();
	int64_t off = watch_wall(now.mono_ns) - now.wall_ns;
	assert_true(off > -CLOCK_SECOND && off < CLOCK_SECOND);
	int64_t hour = 3600 * CLOCK_SECOND;
	off = watch_wall(now.mono_ns - hour) - (now.wall_ns - hour);
	assert_true(off > -CLOCK_SECOND && off < CLOCK_SECOND);
}

static void witnesses_speak_for_themselves(void **state)
{
	struct fake *f = *state;
	struct json_member m[] = {{.key = "witness"},
				  {.key = "part"},
				  {.key = "state"},
				  {.key = "detail"},
				  {.key = "remedy"}};
	watch_witness(&f->w, "kernel", NULL, "missing", "no \"BPF\"", "run as root");
	watch_witness(&f->w, "kernel", "uring", "on", "", "");
	assert_true(fake_record(f, "witness", 0, m, LENGTH(m)));
	assert_slice(m[0].value.raw, "kernel");
	assert_int_equal(m[1].value.type, JSON_ABSENT);
	assert_slice(m[2].value.raw, "missing");
	assert_slice(m[3].value.raw, "no \\\"BPF\\\"");
	assert_slice(m[4].value.raw, "run as root");
	assert_true(fake_record(f, "witness", 1, m, LENGTH(m)));
	assert_slice(m[1].value.raw, "uring");
}

static void egress_is_counted_also_when_it_is_told_no_more(void **state)
{
	struct fake *f = *state;
	struct address dst = parsed("192.0.2.1");
	int fds[2];
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	f->tell.fd = fds[1];
	for (unsigned i = 0; i < TELL_EGRESS_MAX + 5; i++)
		watch_tell_egress(&f->w, 1, SLICE("agent"), "connect", "tcp", &dst, 443);
	assert_int_equal(f->w.tally.egress, TELL_EGRESS_MAX + 5);
	close(fds[0]);
	close(fds[1]);
}

static void the_registry_is_complete(void **state)
{
	(void)state;
	size_t count = 0;
	for (; collectors[count]; count++) {
		const struct collector *c = collectors[count];
		assert_true(c->name[0] && c->witnesses[0] && c->needs[0]);
		assert_non_null(c->probe);
		assert_non_null(c->open);
		assert_non_null(c->stop);
		for (size_t i = 0; i < count; i++)
			assert_string_not_equal(c->name, collectors[i]->name);
	}
	assert_true(count >= 5);
	assert_ptr_equal(collectors[0], &collector_kernel); /* it must know the first process */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(what_leaves_the_machine),
		cmocka_unit_test(monotonic_times_become_wall_times),
		fake_test(witnesses_speak_for_themselves),
		fake_test(egress_is_counted_also_when_it_is_told_no_more),
		cmocka_unit_test(the_registry_is_complete),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
