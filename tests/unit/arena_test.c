/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/arena.h"

#include <stdalign.h>

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct arena *a = arena_new(10 << 20);
	unsigned char *before = NULL;
	for (size_t size = 1; size < 2000; size += 7) {
		unsigned char *piece = arena_alloc(a, size);
		assert_non_null(piece);
		assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, (int)(size & 0xff), size);
		if (before)
			assert_int_equal(before[0], (size - 7) & 0xff);
		before = piece;
	}
	unsigned char *large = arena_alloc(a, 1 << 20); /* more than a block */
	assert_non_null(large);
	memset(large, 1, 1 << 20);
	arena_free(a);
	arena_free(NULL);
}

static void the_maximum_is_kept(void **state)
{
	(void)state;
	struct arena *a = arena_new(100);
	assert_non_null(arena_alloc(a, 60));
	assert_null(arena_alloc(a, 41));
	assert_non_null(arena_alloc(a, 40));
	assert_null(arena_alloc(a, 1));
	assert_null(arena_string(a, SLICE("")));
	arena_free(a);
	a = arena_new(SIZE_MAX);
	assert_null(arena_alloc(a, SIZE_MAX));
	assert_null(arena_alloc(a, SIZE_MAX - 64));
	assert_non_null(arena_alloc(a, 1));
	arena_free(a);
}

static void strings_are_copied(void **state)
{
	(void)state;
	struct arena *a = arena_new(1000);
	char source[] = "text";
	const char *copy = arena_string(a, slice_of(source, 4));
	source[0] = 'x';
	assert_string_equal(copy, "text");
	assert_string_equal(arena_string(a, slice_of(NULL, 0)), "");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(the_maximum_is_kept),
		cmocka_unit_test(strings_are_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
