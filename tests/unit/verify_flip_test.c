/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hard rule: whichever byte of whichever file of a sealed folder is changed, the
 * folder is bad and that file is named, and no other.
 */
#include "tests/unit/seal_fixture.h"

#include "core/arena.h"

/* A file larger than this, whose hash alone covers it, is flipped at some bytes only. */
enum { SPARSE_FROM = 600, SPARSE_STEP = 7 };

#ifdef __SANITIZE_ADDRESS__
enum { SEAL_STEP = 3 }; /* four times as slow */
#else
enum { SEAL_STEP = 1 };
#endif

static const char *const seal_files[] = {SEAL_SUMS,	   SEAL_CMS,	 SEAL_SSH,
					 SEAL_CERTIFICATE, SEAL_ALLOWED, SEAL_CUSTODY};

enum { SIGNATURES = 3 }; /* the first ones: no hash covers them */

static uint32_t random_state = 12345;

static unsigned next_random(void)
{
	random_state = random_state * 1664525u + 1013904223u;
	return random_state >> 16;
}

static void put_byte(const struct scratch *s, const char *path, size_t at, char byte)
{
	int fd = openat(s->fd, path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
	close(fd);
}

static void flip(const struct scratch *s, const char *path, const char *bytes, size_t at,
		 unsigned mask)
{
	char what[64];
	snprintf(what, sizeof what, "byte %zu ^ 0x%02x", at, mask);
	put_byte(s, path, at, (char)(bytes[at] ^ (int)mask));
	fixture_expect_bad(s, path, true, what);
	put_byte(s, path, at, bytes[at]);
}

static void flip_file(const struct scratch *s, const char *path, size_t step, bool all_masks)
{
	static const unsigned masks[] = {0x20, 0x01, 0x80};
	size_t size;
	char *bytes = scratch_get(s, path, &size);
	for (size_t at = 0; at < size; at += step) {
		flip(s, path, bytes, at, 1u << next_random() % 8);
		for (size_t i = 0; all_masks && i < LENGTH(masks); i++)
			flip(s, path, bytes, at, masks[i]);
	}
	free(bytes);
}

static void flips_in_the_seal_are_found(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(seal_files); i++)
		flip_file(s, seal_files[i], SEAL_STEP, i < SIGNATURES);
	fixture_expect(s, VERIFY_GOOD);
}

static bool is_seal_file(const char *path)
{
	for (size_t i = 0; i < LENGTH(seal_files); i++)
		if (!strcmp(path, seal_files[i]))
			return true;
	return false;
}

static void flips_in_all_other_files_are_found(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	struct arena *arena = arena_new(1 << 20);
	struct file_entry *entries;
	size_t count;
	assert_int_equal(file_list(s->fd, arena, &entries, &count, NULL), OK);
	assert_true(count > 15);
	for (size_t i = 0; i < count; i++)
		if (!is_seal_file(entries[i].path))
			flip_file(s, entries[i].path,
				  entries[i].size > SPARSE_FROM ? SPARSE_STEP : 1, false);
	arena_free(arena);
	fixture_expect(s, VERIFY_GOOD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(flips_in_the_seal_are_found),
		scratch_test(flips_in_all_other_files_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
