/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fed.h"


static const char LINES[] = "one\n\ntwo\r\nlast";

static void check_lines(struct input *in)
{
	static const struct {
		const char *text;
		enum line kind;
		uint64_t offset; /* behind it */
	} wanted[] = {
		{"one", LINE_WHOLE, 4},
		{"", LINE_WHOLE, 5},
		{"two\r", LINE_WHOLE, 10},
		{"last", LINE_CUT, 14},
	};
	struct slice line;
	assert_slice(input_peek(in), "one\n\ntwo\r\nlast");
	assert_int_equal(in->offset, 0);
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		assert_int_equal(input_line(in, &line), wanted[i].kind);
		assert_true(slice_is(line, wanted[i].text));
		assert_int_equal(in->offset, wanted[i].offset);
	}
	assert_int_equal(input_line(in, &line), LINE_END);
	assert_int_equal(input_line(in, &line), LINE_END);
}

static void lines_of_a_file_and_of_memory(void **state)
{
	struct fed f;
	AUTO_INPUT struct input memory;
	fed_open(&f, *state, slice_of_string(LINES));
	check_lines(&f.in);
	fed_end(&f, slice_of_string(LINES));
	input_over(slice_of_string(LINES), "memory", &memory);
	check_lines(&memory);
}

static void an_empty_file(void **state)
{
	struct fed f;
	struct slice line;
	fed_open(&f, *state, SLICE(""));
	assert_int_equal(input_peek(&f.in).size, 0);
	assert_int_equal(input_take(&f.in, 10).size, 0);
	assert_int_equal(input_line(&f.in, &line), LINE_END);
	fed_end(&f, SLICE(""));
}

/* `size` letters that differ by their place. */
static unsigned char *letters(size_t size)
{
	unsigned char *bytes = must_alloc(size, 1);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)('a' + i % 23);
	return bytes;
}

static void lines_around_the_maximum(void **state)
{
	static const struct {
		size_t length; /* of the line in the middle, without its LF */
		enum line kind;
	} cases[] = {
		{INPUT_BUFFER - 1, LINE_WHOLE}, /* with its LF just as large as the buffer */
		{INPUT_BUFFER, LINE_TOO_LONG},
		{INPUT_BUFFER + 1, LINE_TOO_LONG},
		{3 * INPUT_BUFFER + 17, LINE_TOO_LONG},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		size_t size = 6 + cases[i].length + 1 + 5;
		unsigned char *bytes = letters(size);
		memcpy(bytes, "first\n", 6);
		memcpy(bytes + size - 6, "\nafter", 6);
		struct fed f;
		struct slice line;
		fed_open(&f, *state, slice_of(bytes, size));
		assert_int_equal(input_line(&f.in, &line), LINE_WHOLE);
		assert_slice(line, "first");
		assert_int_equal(input_line(&f.in, &line), cases[i].kind);
		if (cases[i].kind == LINE_WHOLE)
			assert_true(slice_equal(line, slice_of(bytes + 6, cases[i].length)));
		else
			assert_int_equal(line.size, 0);
		assert_int_equal(f.in.offset, size - 5);
		assert_int_equal(input_line(&f.in, &line), LINE_CUT);
		assert_slice(line, "after");
		fed_end(&f, slice_of(bytes, size));
		free(bytes);
	}
}

static void taking_and_skipping_over_the_ring(void **state)
{
	const size_t size = 3 * RING_SIZE + 1000;
	unsigned char *bytes = letters(size);
	struct fed f;
	fed_open(&f, *state, slice_of(bytes, size));
	assert_int_equal(input_peek(&f.in).size, INPUT_SNIFF);
	assert_true(slice_equal(input_take(&f.in, 10), slice_of(bytes, 10)));
	size_t at = 10;
	for (size_t step = INPUT_BUFFER - 12345; at + step < size; at += step)
		assert_true(slice_equal(input_take(&f.in, step), slice_of(bytes + at, step)));
	assert_int_equal(f.in.offset, at);
	assert_int_equal(input_skip(&f.in, 0), 0);
	assert_int_equal(input_skip(&f.in, 990), 990);
	assert_int_equal(input_skip(&f.in, UINT64_MAX), size - at - 990);
	assert_int_equal(f.in.offset, size);
	assert_int_equal(input_take(&f.in, 1).size, 0);
	fed_end(&f, slice_of(bytes, size));
	free(bytes);
}

static void what_nobody_read_is_hashed_too(void **state)
{
	const size_t size = 2 * RING_SIZE + 12345;
	unsigned char *bytes = letters(size);
	for (size_t taken = 0; taken < 20; taken += 7) {
		struct fed f;
		fed_open(&f, *state, slice_of(bytes, size));
		assert_int_equal(input_take(&f.in, taken).size, taken);
		fed_end(&f, slice_of(bytes, size));
	}
	free(bytes);
}

static void a_read_that_fails_is_told_at_the_end(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct slice line;
	unsigned char digest[HASH_SIZE];
	uint64_t size;
	struct fed f;
	fed_start(&f, openat(s->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)); /* reads give EISDIR */
	assert_int_equal(input_line(&f.in, &line), LINE_END);
	assert_int_equal(fed_finish(&f, &size, digest, &err), ERR_IO);
	assert_contains(err.text, "f: ");
}

/* A pipe gives what is there: many short pieces make the same lines. */
static void pieces_of_a_pipe(void **state)
{
	(void)state;
	int fds[2];
	struct fed f;
	struct slice line;
	assert_int_equal(pipe(fds), 0);
	fed_start(&f, fds[0]);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(write(fds[1], i % 10 == 9 ? "x\n" : "abc", i % 10 == 9 ? 2 : 3),
				 i % 10 == 9 ? 2 : 3);
	close(fds[1]);
	for (size_t i = 0; i < 100; i++) {
		assert_int_equal(input_line(&f.in, &line), LINE_WHOLE);
		assert_slice(line, "abcabcabcabcabcabcabcabcabcx");
	}
	assert_int_equal(input_line(&f.in, &line), LINE_END);
	unsigned char digest[HASH_SIZE];
	uint64_t size;
	struct error err = {0};
	assert_int_equal(fed_finish(&f, &size, digest, &err), OK);
	assert_int_equal(size, 2900);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(lines_of_a_file_and_of_memory),
		scratch_test(an_empty_file),
		scratch_test(lines_around_the_maximum),
		scratch_test(taking_and_skipping_over_the_ring),
		scratch_test(what_nobody_read_is_hashed_too),
		scratch_test(a_read_that_fails_is_told_at_the_end),
		cmocka_unit_test(pieces_of_a_pipe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
