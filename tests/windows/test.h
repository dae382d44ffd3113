/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_WINDOWS_TEST_H
#define TESTS_WINDOWS_TEST_H

/*
 * The least that a test on Windows needs: cmocka is not there for MinGW. What it
 * prints is counted as cmocka's words are.
 */

#include "core/cursor.h"
#include "core/error.h"

#include <stdio.h>
#include <stdlib.h>

struct test {
	const char *name;
	void (*run)(const char *folder); /* an empty one of its own */
};

#define TEST(function) {#function, function}

/* Ends the program where `holds` is false. */
#define CHECK(holds) check((holds), #holds, __FILE__, __LINE__)

static inline void check(bool holds, const char *what, const char *file, int line)
{
	if (holds)
		return;
	printf("%s:%d: does not hold: %s\n", file, line, what);
	fflush(stdout);
	exit(1);
}

/* The same of a status, with the message. */
#define CHECK_OK(status, err) check_ok((status), (err), __FILE__, __LINE__)

static inline void check_ok(enum status status, const struct error *err, const char *file, int line)
{
	if (!status)
		return;
	printf("%s:%d: %s\n", file, line, err->text);
	fflush(stdout);
	exit(1);
}

static inline int run_tests(const struct test tests[], size_t count, int argc, char *argv[])
{
	for (size_t i = 0; i < count; i++) {
		printf("[ RUN      ] %s\n", tests[i].name);
		fflush(stdout);
		tests[i].run(argc > 1 ? argv[1] : ".");
		printf("[       OK ] %s\n", tests[i].name);
		fflush(stdout);
	}
	return 0;
}

#endif
