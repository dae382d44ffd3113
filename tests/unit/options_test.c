/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/options.h"

#define SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define PARSE(o, err, ...) parse((char *[]){"session", __VA_ARGS__, NULL}, (o), (err))

static enum status parse(char *argv[], struct watch_options *o, struct error *err)
{
	int argc = 0;
	while (argv[argc])
		argc++;
	*err = (struct error){0};
	return options_parse(argc, argv, o, err);
}

static void the_least_there_can_be(void **state)
{
	(void)state;
	struct watch_options o;
	struct error err;
	uint64_t half;
	assert_int_equal(PARSE(&o, &err, "-o", "dir", "--", "agent", "--fast"), OK);
	assert_string_equal(o.folder, "dir");
	assert_string_equal(o.command[0], "agent");
	assert_string_equal(o.command[1], "--fast"); /* behind "--" nothing is ours */
	assert_null(o.command[2]);
	assert_int_equal(o.linger_ns, 5 * CLOCK_SECOND);
	assert_true(o.rotate_bytes == UINT64_C(1) << 30 && o.rotate_ns == 6 * 3600 * CLOCK_SECOND);
	assert_int_equal(o.interval_ns, 5 * CLOCK_SECOND);
	assert_int_equal(o.duration_ns, 0);
	assert_int_equal(o.ring_bytes, 8 << 20);
	assert_int_equal(o.status_fd, -1);
	assert_int_equal(o.control_fd, -1);
	assert_int_equal(o.pid + o.host + o.payload + o.command_to_stderr, 0);
	assert_int_equal(o.log_count + o.context_count, 0);
	assert_true(!o.log_descriptions && !o.log_timezone);
	assert_int_equal(PARSE(&o, &err, "--log-timezone", ""), ERR_USAGE);
	assert_int_equal(PARSE(&o, &err, "-o", "dir", "--", "agent", "--fast"), OK);
	assert_string_equal(o.policy, "");
	assert_int_equal(strlen(o.id), 32);
	assert_true(slice_hex_u64(slice_of(o.id, 16), UINT64_MAX, &half));
	char before[33];
	memcpy(before, o.id, sizeof before);
	assert_int_equal(PARSE(&o, &err, "-o", "dir", "--", "agent"), OK);
	assert_string_not_equal(o.id, before);
}

static void everything_there_can_be(void **state)
{
	struct scratch *s = *state;
	struct watch_options o;
	struct error err;
	char policy[16];
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	char status_fd[16], control_fd[16];
	snprintf(status_fd, sizeof status_fd, "%d", pipes[1]);
	snprintf(control_fd, sizeof control_fd, "%d", pipes[0]);
	scratch_put(s, "policy", SLICE("[scope]\nscope = session\n"));
	int policy_fd = openat(s->fd, "policy", O_RDONLY | O_CLOEXEC);
	snprintf(policy, sizeof policy, "%d", policy_fd);
	assert_int_equal(PARSE(&o, &err, "--pid", "4711", "--duration", "2m", "--linger", "0s",
			       "--log-descriptions", "a=" SUM ",b-2=" SUM, "--log-timezone", "Europe/Berlin", "--interval", "100ms", "--app-log", "a=/x", "--app-log", "/y",
			       "--context-log", "/z", "--payload", "--policy-fd", policy, "--id",
			       "00112233445566778899aabbccddeeff", "--ring", "4096", "--status-fd",
			       status_fd, "--control-fd", control_fd, "--stdout-to-stderr", "-o",
			       "first", "-o", "second"),
			 OK);
	assert_string_equal(o.folder, "second");
	assert_int_equal(o.pid, 4711);
	assert_false(o.host);
	assert_int_equal(o.duration_ns, 120 * CLOCK_SECOND);
	assert_int_equal(o.linger_ns, 0);
	assert_int_equal(o.interval_ns, 100 * CLOCK_MILLISECOND);
	assert_int_equal(o.log_count, 2);
	assert_string_equal(o.logs[0], "a=/x");
	assert_string_equal(o.contexts[0], "/z");
	assert_string_equal(o.log_descriptions, "a=" SUM ",b-2=" SUM);
	assert_string_equal(o.log_timezone, "Europe/Berlin");
	assert_true(o.payload && o.command_to_stderr);
	assert_string_equal(o.policy, "[scope]\nscope = session\n");
	assert_int_equal(fcntl(policy_fd, F_GETFD), -1); /* read and closed */
	assert_string_equal(o.id, "00112233445566778899aabbccddeeff");
	assert_int_equal(o.ring_bytes, 4096);
	assert_int_equal(o.status_fd, pipes[1]);
	assert_int_equal(fcntl(pipes[1], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(fcntl(pipes[1], F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	assert_int_equal(fcntl(pipes[0], F_GETFL) & O_NONBLOCK, 0);
	close(pipes[0]);
	close(pipes[1]);
}

static void a_policy_is_not_left_over(void **state)
{
	(void)state;
	struct watch_options o;
	struct error err;
	assert_int_equal(PARSE(&o, &err, "-o", "d", "--", "x"), OK);
	assert_string_equal(o.policy, "");
}

static void without_a_command_the_host_is_watched(void **state)
{
	(void)state;
	struct watch_options o;
	struct error err;
	assert_int_equal(PARSE(&o, &err, "-o", "d", "--duration", "1s"), OK);
	assert_true(o.host);
	assert_null(o.command);
	assert_int_equal(PARSE(&o, &err, "-o", "d", "--host", "--", "x"), OK);
	assert_true(o.host);
	assert_int_equal(PARSE(&o, &err, "-o", "d", "--duration", "1s", "--"), OK);
	assert_null(o.command);
}

static void what_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *words[6];
		const char *why;
	} cases[] = {
		{{"--", "x"}, "-o DIR is missing"},
		{{"-o"}, "-o needs DIR"},
		{{"-o", "d"}, "a command is missing"},
		{{"-o", "d", "--"}, "a command is missing"},
		{{"-o", "d", "x"}, "unknown option x"},
		{{"-o", "d", "--bogus"}, "unknown option --bogus"},
		{{"-o", "d", "--pid", "1", "--", "x"}, "not both"},
		{{"-o", "d", "--pid", "0"}, "a command is missing"},
		{{"-o", "d", "--pid", "-1"}, "--pid takes"},
		{{"-o", "d", "--pid", "2147483648"}, "--pid takes"},
		{{"-o", "d", "--pid"}, "--pid needs PID"},
		{{"-o", "d", "--duration", "5"}, "--duration takes"},
		{{"-o", "d", "--duration", "0s"}, "a command is missing"},
		{{"-o", "d", "--linger", "x"}, "--linger takes"},
		{{"-o", "d", "--rotate-size", "1G"}, "--rotate-size takes a size"},
		{{"-o", "d", "--rotate-after", "6"}, "--rotate-after takes a time"},
		{{"--interval", "99ms", "-o", "d", "--", "x"}, "at least 100ms"},
		{{"--ring", "4095"}, "power of two"},
		{{"--ring", "2048"}, "power of two"},
		{{"--ring", "12288"}, "power of two"},
		{{"--ring", "0"}, "power of two"},
		{{"--ring", "2147483648"}, "--ring takes"},
		{{"--id", "123"}, "32 hexadecimal digits"},
		{{"--id", "00112233445566778899aabbccddeefg"}, "32 hexadecimal digits"},
		{{"--status-fd", "65535"}, "is not open"},
		{{"--control-fd", "65535"}, "is not open"},
		{{"--status-fd", "x"}, "--status-fd takes"},
		{{"--policy-fd", "65535"}, "is not open"},
		{{"--policy-fd", "x"}, "--policy-fd takes"},
		{{"--policy-file", "x"}, "unknown option"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char *argv[8] = {"session"};
		struct watch_options o;
		struct error err;
		for (size_t k = 0; k < 6 && cases[i].words[k]; k++)
			argv[k + 1] = (char *)(uintptr_t)cases[i].words[k];
		assert_int_equal(parse(argv, &o, &err), ERR_USAGE);
		assert_contains(err.text, cases[i].why);
	}
	assert_int_not_equal(fcntl(0, F_GETFD), -1); /* and standard input is still there */
}

static void a_policy_has_a_maximum(void **state)
{
	struct scratch *s = *state;
	struct watch_options o;
	struct error err;
	char policy[16], *bytes = must_alloc((1 << 20) + 1, 1);
	memset(bytes, 'x', (1 << 20) + 1);
	for (size_t size = 1 << 20; size <= (1 << 20) + 1; size++) {
		scratch_put(s, "policy", slice_of(bytes, size));
		int fd = openat(s->fd, "policy", O_RDONLY | O_CLOEXEC);
		snprintf(policy, sizeof policy, "%d", fd);
		bool fits = size == 1 << 20;
		assert_int_equal(PARSE(&o, &err, "-o", "d", "--policy-fd", policy, "--", "x"),
				 fits ? OK : ERR_LIMIT);
		if (fits)
			assert_int_equal(strlen(o.policy), size);
	}
	free(bytes);
	int fd = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(policy, sizeof policy, "%d", fd);
	assert_int_equal(PARSE(&o, &err, "--policy-fd", policy), ERR_IO);
}

static void descriptions_have_a_name_and_a_sum(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "a", "a=", "a=00", "=" SUM, "a=" SUM ",", "a=" SUM ",b", "a=" SUM "0", "a=x" SUM,
					  "a-name-that-is-longer-than-any-one=" SUM};
	struct watch_options o;
	struct error err;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		char text[256];
		snprintf(text, sizeof text, "%s", bad[i]);
		assert_int_equal(PARSE(&o, &err, "-o", "d", "--log-descriptions", text, "--", "x"), ERR_USAGE);
		assert_contains(err.text, "--log-descriptions takes NAME=SHA256");
	}
}

static void logs_have_a_maximum(void **state)
{
	(void)state;
	struct watch_options o;
	struct error err;
	char *argv[2 * WATCH_LOGS_MAX + 6] = {"session"};
	static const char *const options[] = {"--app-log", "--context-log"};
	for (size_t kind = 0; kind < 2; kind++) {
		size_t n = 1;
		for (size_t i = 0; i < WATCH_LOGS_MAX + 1; i++) {
			argv[n++] = (char *)(uintptr_t)options[kind];
			argv[n++] = "f";
		}
		argv[n] = NULL;
		assert_int_equal(parse(argv, &o, &err), ERR_USAGE);
		assert_contains(err.text, options[kind]);
		argv[n - 2] = "-o";
		argv[n - 1] = "d";
		argv[n++] = "--host";
		argv[n] = NULL;
		assert_int_equal(parse(argv, &o, &err),
				 ERR_USAGE); /* only the command is missing */
		assert_contains(err.text, "a command is missing");
		assert_int_equal(kind ? o.context_count : o.log_count, WATCH_LOGS_MAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_there_can_be),
		scratch_test(everything_there_can_be),
		cmocka_unit_test(a_policy_is_not_left_over),
		cmocka_unit_test(without_a_command_the_host_is_watched),
		cmocka_unit_test(what_is_refused),
		scratch_test(a_policy_has_a_maximum),
		cmocka_unit_test(descriptions_have_a_name_and_a_sum),
		cmocka_unit_test(logs_have_a_maximum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
