/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/processes.h"

static void come_and_go(void **state)
{
	(void)state;
	struct processes *p = processes_new();
	size_t at = 0;
	assert_int_equal(processes_next(p, &at), 0);
	processes_add(p, 10);
	processes_add(p, 20);
	processes_add(p, 10);	 /* is there */
	processes_remove(p, 99); /* is not */
	assert_int_equal(processes_count(p), 2);
	assert_int_equal(processes_seen(p), 2);
	assert_true(processes_has(p, 10) && processes_has(p, 20));
	assert_false(processes_has(p, 99) || processes_has(p, 0) || processes_has(p, UINT32_MAX));
	processes_remove(p, 10);
	processes_remove(p, 10);
	assert_false(processes_has(p, 10) || processes_has(p, UINT32_MAX));
	assert_int_equal(processes_count(p), 1);
	at = 0;
	assert_int_equal(processes_next(p, &at), 20);
	assert_int_equal(processes_next(p, &at), 0);
	processes_add(p, 10); /* a pid comes again: another process */
	assert_int_equal(processes_count(p), 2);
	assert_int_equal(processes_seen(p), 3);
	processes_free(p);
	processes_free(NULL);
}

static void what_is_no_pid_changes_nothing(void **state)
{
	(void)state;
	struct processes *p = processes_new();
	processes_add(p, 5);
	processes_add(p, 6);
	processes_remove(p, 5); /* leaves its mark */
	processes_add(p, 0);
	processes_add(p, UINT32_MAX);
	for (int i = 0; i < 3; i++) {
		processes_remove(p, 0);
		processes_remove(p, UINT32_MAX);
	}
	assert_int_equal(processes_count(p), 1);
	assert_int_equal(processes_seen(p), 2);
	processes_free(p);
}

static void the_table_has_a_maximum(void **state)
{
	(void)state;
	struct processes *p = processes_new();
	for (uint32_t pid = 1; pid <= PROCESSES_MAX + 10; pid++)
		processes_add(p, pid);
	assert_int_equal(processes_count(p), PROCESSES_MAX);
	processes_remove(p, 1);
	processes_add(p, PROCESSES_MAX + 1);
	assert_int_equal(processes_count(p), PROCESSES_MAX);
	size_t at = 0, living = 0;
	uint64_t sum = 0;
	for (uint32_t pid; (pid = processes_next(p, &at)) != 0; living++)
		sum += pid;
	assert_int_equal(living, PROCESSES_MAX);
	assert_int_equal(sum,
			 (uint64_t)PROCESSES_MAX * (PROCESSES_MAX + 1) / 2 - 1 + PROCESSES_MAX + 1);
	processes_free(p);
}

/* Every pid there is, many times over: marks of the removed must not fill it. */
static void a_long_session_does_not_fill_it(void **state)
{
	(void)state;
	struct processes *p = processes_new();
	for (uint32_t i = 1; i <= 3000000; i++) {
		processes_add(p, i);
		if (i > 100)
			processes_remove(p, i - 100);
	}
	assert_int_equal(processes_count(p), 100);
	assert_int_equal(processes_seen(p), 3000000);
	size_t at = 0;
	bool living[101] = {0};
	for (uint32_t pid; (pid = processes_next(p, &at)) != 0;) {
		assert_true(pid > 2999900 && !living[pid - 2999900]);
		living[pid - 2999900] = true;
	}
	processes_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(come_and_go),
		cmocka_unit_test(what_is_no_pid_changes_nothing),
		cmocka_unit_test(the_table_has_a_maximum),
		cmocka_unit_test(a_long_session_does_not_fill_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
