/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/file.h"
#include "report/hash_many.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { FILES = 40 };

static char names[FILES][16];

/* Each of another length, the first of none. */
static void fill(int folder, struct manifest_file ret[static FILES])
{
	for (size_t i = 0; i < FILES; i++) {
		struct error err = {0};
		AUTO_TEXT struct text t = text_make(1 << 16);
		for (size_t n = 0; n < i * i * 20; n++)
			text_add_char(&t, (char)('a' + (n + i) % 26));
		snprintf(names[i], sizeof names[i], "file%zu", i);
		assert_int_equal(file_write(folder, names[i], text_slice(&t), &err), OK);
		ret[i] = (struct manifest_file){.path = names[i]};
	}
}

static void each_gets_its_own(void **state)
{
	const struct scratch *s = *state;
	struct manifest_file files[FILES];
	struct error err = {0};
	fill(s->fd, files);
	assert_int_equal(hash_many(s->fd, files, FILES, &err), OK);
	for (size_t i = 0; i < FILES; i++) {
		unsigned char digest[HASH_SIZE];
		uint64_t size;
		AUTO_FD int fd = openat(s->fd, names[i], O_RDONLY | O_CLOEXEC);
		assert_int_equal(hash_fd(fd, digest, &size, &err), OK);
		assert_int_equal(files[i].size, size);
		assert_int_equal(size, i * i * 20);
		assert_memory_equal(files[i].digest, digest, HASH_SIZE);
	}
	assert_int_equal(hash_many(s->fd, files, 0, &err), OK);
}

/* Whichever thread meets it: the first in the list is told. */
static void the_first_that_fails_is_told(void **state)
{
	const struct scratch *s = *state;
	struct manifest_file files[FILES];
	struct error err = {0};
	fill(s->fd, files);
	for (size_t i = 7; i < FILES; i += 5)
		unlinkat(s->fd, names[i], 0);
	assert_int_not_equal(hash_many(s->fd, files, FILES, &err), OK);
	assert_non_null(strstr(err.text, "file7"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_gets_its_own, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(the_first_that_fails_is_told, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
