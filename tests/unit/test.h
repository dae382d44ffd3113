/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

/*
 * What the unit tests share: cmocka with what it wants included before it, a
 * comparison of slices, and a folder that is gone after the test.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro; ours is a function */

#include "core/cursor.h"
#include "core/error.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void slice_check(struct slice got, struct slice wanted, const char *file, int line)
{
	if (slice_equal(got, wanted))
		return;
	print_error("\"%.*s\" (%zu bytes), wanted \"%.*s\" (%zu bytes)\n", (int)got.size,
		    got.size ? (const char *)got.at : "", got.size, (int)wanted.size,
		    wanted.size ? (const char *)wanted.at : "", wanted.size);
	_fail(file, line);
}

#define assert_slice(got, literal) slice_check((got), SLICE(literal), __FILE__, __LINE__)
#define assert_contains(text, part) assert_non_null(strstr((text), (part)))

struct scratch {
	char path[64];
	int fd;
};

static inline int scratch_setup(void **state)
{
	struct scratch *s = calloc(1, sizeof *s);
	if (!s)
		return -1;
	snprintf(s->path, sizeof s->path, "/tmp/airgap-test-XXXXXX");
	*state = s;
	if (!mkdtemp(s->path))
		return -1;
	s->fd = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return s->fd < 0 ? -1 : 0;
}

static inline int scratch_remove(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static inline int scratch_teardown(void **state)
{
	struct scratch *s = *state;
	close(s->fd);
	nftw(s->path, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(s);
	return 0;
}

/* A file of the scratch folder with these bytes. */
static inline void scratch_put(const struct scratch *s, const char *name, struct slice bytes)
{
	int fd = openat(s->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.at, bytes.size), bytes.size);
	close(fd);
}

/* All of a file of the scratch folder; free() what is returned. */
static inline char *scratch_get(const struct scratch *s, const char *name, size_t *ret_size)
{
	struct stat st;
	int fd = openat(s->fd, name, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	char *bytes = calloc((size_t)st.st_size + 1, 1);
	assert_non_null(bytes);
	assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
	close(fd);
	*ret_size = (size_t)st.st_size;
	return bytes;
}

static inline bool scratch_has(const struct scratch *s, const char *name)
{
	return faccessat(s->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

#define scratch_test(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

#endif
