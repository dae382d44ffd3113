/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/confined.h"

#include "benchmark/confine_stage.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

static const struct confine_proof *find(const struct confine_proof *p, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(p[i].name, name))
			return &p[i];
	return NULL;
}

static void everything_holds(void **state)
{
	(void)state;
	struct confine_proof *p = NULL;
	size_t count = 0, held = 0;
	struct error err = {0};
	enum status status = confine_prove(confined, &p, &count, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	for (size_t i = 0; i < count; i++) {
		held += p[i].held;
		print_message("%-12s %s (%s)\n", p[i].name, p[i].held ? "held" : "DID NOT HOLD", p[i].detail);
	}
	assert_int_equal(held, count);
	assert_non_null(find(p, count, "connect"));
	assert_non_null(find(p, count, "forks"));
	free(p);
}

/* A bubblewrap that keeps the network and no filter: what would reach a listener does,
 * and everything else still holds. */
static void a_hole_is_found(void **state)
{
	static const char script[] =
		"#!/bin/bash\n"
		"[ \"$1\" = --version ] && exec /usr/bin/bwrap --version\n"
		"args=()\n"
		"while [ \"$1\" != -- ]; do\n"
		"case $1 in\n"
		"--unshare-all) args+=(--unshare-pid --unshare-ipc --unshare-uts) ;;\n"
		"--seccomp) shift ;;\n"
		"*) args+=(\"$1\") ;;\n"
		"esac; shift; done\n"
		"exec /usr/bin/bwrap \"${args[@]}\" \"$@\"\n";
	/* connect-ipv6 only where there is IPv6; the filter that nobody took is handed on */
	static const char *const open[] = {"connect", "connect-ipv6", "send", "unix", "raw", "trace", "mount", "calls", "handed-on"};
	struct scratch *s = *state;
	char *before = must_strdup(getenv("PATH"));
	struct confine *c = NULL;
	struct confine_proof *p = NULL;
	size_t count = 0, wrong = 0;
	struct error err = {0};
	scratch_put(s, "bwrap", SLICE(script));
	assert_int_equal(fchmodat(s->fd, "bwrap", 0755, 0), 0);
	chmod(s->path, 0755);
	setenv("PATH", s->path, 1);
	enum status status = confine_open(&c, &err);
	setenv("PATH", before, 1);
	free(before);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	status = confine_prove(c, &p, &count, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	for (size_t i = 0; i < count; i++) {
		bool is_open = false;
		for (size_t k = 0; k < LENGTH(open); k++)
			is_open |= !strcmp(p[i].name, open[k]);
		if (!strcmp(p[i].name, "connect-ipv6") && access("/proc/sys/net/ipv6", F_OK) != 0)
			continue;
		if (p[i].held == is_open)
			print_error("%s: %s\n", p[i].name, p[i].detail);
		wrong += p[i].held == is_open;
	}
	assert_int_equal(wrong, 0);
	free(p);
	confine_close(c);
}

static void the_stage_notices(void **state)
{
	(void)state;
	struct stage s;
	struct error err = {0};
	assert_int_equal(stage_set(&s, &err), OK);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(s.port[STAGE_TCP]), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	assert_false(stage_was_reached(&s, STAGE_TCP));
	assert_false(stage_was_reached(&s, STAGE_UDP));
	int fd = socket(AF_INET, SOCK_STREAM, 0), datagram = socket(AF_INET, SOCK_DGRAM, 0);
	assert_int_equal(connect(fd, (void *)&to, sizeof to), 0);
	to.sin_port = htons(s.port[STAGE_UDP]);
	assert_int_equal(sendto(datagram, "x", 1, 0, (void *)&to, sizeof to), 1);
	assert_true(stage_was_reached(&s, STAGE_TCP));
	assert_true(stage_was_reached(&s, STAGE_UDP));
	assert_true(stage_victim_lives(&s));
	kill(s.victim, SIGKILL);
	usleep(100000);
	assert_false(stage_victim_lives(&s));
	s.victim = 0;
	assert_int_equal(stage_left(&s), 0);
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sleep", s.token, "5", NULL);
		_exit(1);
	}
	for (int i = 0; i < 100 && stage_left(&s) == 0; i++)
		usleep(10000);
	assert_int_equal(stage_left(&s), 1);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	char folder[STAGE_PATH_MAX];
	memcpy(folder, s.folder, sizeof folder);
	stage_strike(&s);
	assert_int_not_equal(access(folder, F_OK), 0);
	close(fd);
	close(datagram);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_holds),
		scratch_test(a_hole_is_found),
		cmocka_unit_test(the_stage_notices),
	};
	return cmocka_run_group_tests(tests, confined_open, confined_close);
}
