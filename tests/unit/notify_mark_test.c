/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who asks is known by a mark in its memory, and by a look where that is another: whatever one
 * executes, and however soon, it is told as what it is.
 */
#include "tests/unit/cage.h"

#include "collectors/linux/notify_mark.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/personality.h>

enum { CALLS = 4 }; /* the mark is known from the third on */

static char self[256], copies[2][128], port_text[16];

static void where_it_stands_is_found(void **state)
{
	const uint64_t vector[] = {AT_PAGESZ, 4096, AT_RANDOM, 0x7ffc1234, AT_NULL, 0};
	const uint64_t none[] = {AT_RANDOM, 0, AT_NULL, 0}, behind[] = {AT_NULL, 0, AT_RANDOM, 1};
	uint64_t at = 0;
	(void)state;
	assert_true(notify_mark_find(slice_of(vector, sizeof vector), &at));
	assert_int_equal(at, 0x7ffc1234);
	assert_true(notify_mark_find(slice_of(vector, 4 * sizeof *vector), &at));
	for (size_t size = 0; size < 4 * sizeof *vector; size++)
		assert_false(notify_mark_find(slice_of(vector, size), &at));
	assert_false(notify_mark_find(slice_of(none, sizeof none), &at));
	assert_false(notify_mark_find(slice_of(behind, sizeof behind), &at));
}

static void it_is_what_the_program_itself_is_told(void **state)
{
	struct notify_mark mark;
	int own = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	(void)state;
	notify_mark_learn(own, getpid(), &mark);
	assert_int_equal(mark.at, getauxval(AT_RANDOM));
	assert_memory_equal(mark.bytes, (const void *)(uintptr_t)getauxval(AT_RANDOM), sizeof mark.bytes);
	close(own);
	notify_mark_learn(-1, getpid(), &mark);
	assert_int_equal(mark.at, 0);
}

static int call_often(const struct sockaddr_in *to)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	for (int i = 0; i < CALLS; i++)
		if (sendto(fd, "x", 1, 0, (const struct sockaddr *)to, sizeof *to) != 1)
			return 1;
	close(fd);
	return 0;
}

/* What the copies of this program do: the first one executes the second. */
static int call_as_another(const char *port, char *next)
{
	uint64_t number;
	if (!slice_u64(slice_of_string(port), UINT16_MAX, &number))
		return 9;
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (call_often(&to) != 0)
		return 8;
	if (next[0])
		execl(next, next, port, "", (char *)NULL);
	return next[0] ? 7 : 0;
}

/* With the memory laid out as ever, the mark of the one stands where that of the other stood. */
static int act_execute(void)
{
	personality(ADDR_NO_RANDOMIZE);
	if (call_often(&udp_at) != 0)
		return 1;
	execl(copies[0], copies[0], port_text, copies[1], (char *)NULL);
	return 2;
}

/* One that has the memory of its parent until it executes something of its own. */
static int act_vfork(void)
{
	int status = 1;
	pid_t pid = vfork();
	if (pid == 0) {
		if (call_often(&udp_at) != 0)
			_exit(3);
		execl(copies[1], copies[1], port_text, "", (char *)NULL);
		_exit(4);
	}
	waitpid(pid, &status, 0);
	return status ? 5 : call_often(&udp_at);
}

/* One that wears the mark of another: the bytes are its own to write. */
static int act_overwrite(void)
{
	unsigned char *mark = (void *)(uintptr_t)getauxval(AT_RANDOM); /* NOLINT(performance-no-int-to-ptr) */
	if (call_often(&udp_at) != 0)
		return 1;
	memset(mark, 'x', NOTIFY_MARK_BYTES);
	return call_often(&udp_at);
}

static void assert_told(size_t first, size_t count, uint32_t program)
{
	assert_true(first + count <= cage.count);
	for (size_t i = first; i < first + count; i++) {
		assert_int_equal(cage.records[i].who.pid, cage.records[first].who.pid);
		assert_int_equal(cage.records[i].who.program, program);
		assert_int_equal(cage.records[i].dport, ntohs(udp_at.sin_port));
		assert_int_equal(cage.records[i].value, 1);
	}
}

static void another_program_is_told_as_such_at_once(void **state)
{
	(void)state;
	run(act_execute);
	assert_int_equal(cage.count, 3 * CALLS);
	for (uint32_t program = 1; program <= 3; program++) {
		size_t first = (program - 1) * CALLS;
		assert_told(first, CALLS, program);
		assert_int_equal(cage.records[first].who.pid, cage.records[0].who.pid);
	}
}

static void who_has_the_memory_of_another_is_not_taken_for_it(void **state)
{
	(void)state;
	run(act_vfork);
	assert_int_equal(cage.count, 3 * CALLS);
	assert_told(0, CALLS, 1);
	assert_told(CALLS, CALLS, 2);
	assert_told(2 * CALLS, CALLS, 1);
	assert_int_equal(cage.records[0].who.pid, cage.records[CALLS].who.pid);
	assert_true(cage.records[0].who.pid != cage.records[2 * CALLS].who.pid);
}

static void without_the_mark_it_is_looked_at(void **state)
{
	(void)state;
	run(act_overwrite);
	assert_int_equal(cage.count, 2 * CALLS);
	assert_told(0, 2 * CALLS, 1);
}

static int setup(void **state)
{
	char command[1024];
	if (cage_setup(state) != 0)
		return -1;
	for (int i = 0; i < 2; i++)
		snprintf(copies[i], sizeof copies[i], "%s/copy%d", folder, i);
	snprintf(command, sizeof command, "cp '%s' '%s' && cp '%s' '%s'", self, copies[0], self, copies[1]);
	snprintf(port_text, sizeof port_text, "%u", ntohs(udp_at.sin_port));
	return system(command);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_it_stands_is_found),
		cmocka_unit_test(it_is_what_the_program_itself_is_told),
		cmocka_unit_test(another_program_is_told_as_such_at_once),
		cmocka_unit_test(who_has_the_memory_of_another_is_not_taken_for_it),
		cmocka_unit_test(without_the_mark_it_is_looked_at),
	};
	if (argc == 3)
		return call_as_another(argv[1], argv[2]);
	ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
	return size > 0 ? cmocka_run_group_tests(tests, setup, cage_teardown) : 1;
}
