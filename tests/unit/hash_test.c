/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/hash.h"

static void check(const struct hash *h, const char *wanted)
{
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	hash_peek(h, digest);
	hash_text(digest, text);
	assert_string_equal(text, wanted);
}

static const char EMPTY[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char ABC[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void known_answers(void **state)
{
	(void)state;
	AUTO_HASH struct hash *h = hash_new();
	check(h, EMPTY);
	hash_add(h, slice_of(NULL, 0));
	hash_add(h, SLICE("a"));
	hash_add(h, SLICE("bc"));
	check(h, ABC);
	check(h, ABC); /* looking changes nothing */
	hash_add(h, SLICE("dbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
	check(h, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	hash_reset(h);
	check(h, EMPTY);
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	hash_bytes(SLICE("abc"), digest);
	hash_text(digest, text);
	assert_string_equal(text, ABC);
	hash_free(NULL);
}

static void a_file_from_where_it_stands(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	uint64_t size = 0;
	scratch_put(s, "f", SLICE("xxabc"));
	int fd = openat(s->fd, "f", O_RDONLY);
	assert_int_equal(lseek(fd, 2, SEEK_SET), 2);
	assert_int_equal(hash_fd(fd, digest, &size, &err), OK);
	hash_bytes(SLICE("abc"), wanted);
	assert_memory_equal(digest, wanted, HASH_SIZE);
	assert_int_equal(size, 3);
	assert_int_equal(hash_fd(fd, digest, NULL, &err), OK); /* at its end: nothing */
	hash_bytes(SLICE(""), wanted);
	assert_memory_equal(digest, wanted, HASH_SIZE);
	close(fd);
}

static void a_large_file_is_read_to_its_end(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	const size_t size = 700001;
	uint64_t got = 0;
	unsigned char *bytes = must_alloc(size, 1);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(i * 31);
	scratch_put(s, "f", slice_of(bytes, size));
	hash_bytes(slice_of(bytes, size), wanted);
	free(bytes);
	int fd = openat(s->fd, "f", O_RDONLY);
	assert_int_equal(hash_fd(fd, digest, &got, &err), OK);
	close(fd);
	assert_int_equal(got, size);
	assert_memory_equal(digest, wanted, HASH_SIZE);
}

static void what_cannot_be_read_fails(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	unsigned char digest[HASH_SIZE];
	assert_int_equal(hash_fd(s->fd, digest, NULL, &err), ERR_IO); /* a folder */
	assert_contains(err.text, "cannot read");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		scratch_test(a_file_from_where_it_stands),
		scratch_test(a_large_file_is_read_to_its_end),
		scratch_test(what_cannot_be_read_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
