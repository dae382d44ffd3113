/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "ingest/input.h"

#include <sys/wait.h>

static void check_end(struct input *in, struct slice all)
{
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	struct error err = {0};
	uint64_t size = 0;
	assert_int_equal(input_finish(in, &size, digest, &err), OK);
	assert_int_equal(size, all.size);
	hash_bytes(all, wanted);
	assert_memory_equal(digest, wanted, HASH_SIZE);
}

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
	check_end(in, slice_of_string(LINES));
}

static void lines_of_a_file_and_of_memory(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_INPUT struct input file = {.fd = -1}, memory = {.fd = -1};
	scratch_put(s, "f", slice_of_string(LINES));
	assert_int_equal(input_open(s->fd, "f", &file, &err), OK);
	check_lines(&file);
	input_over(slice_of_string(LINES), "memory", &memory);
	check_lines(&memory);
	input_close(&file);
	input_close(&file);
}

static void an_empty_file(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct slice line;
	AUTO_INPUT struct input in = {.fd = -1};
	scratch_put(s, "f", SLICE(""));
	assert_int_equal(input_open(s->fd, "f", &in, &err), OK);
	assert_int_equal(input_peek(&in).size, 0);
	assert_int_equal(input_take(&in, 10).size, 0);
	assert_int_equal(input_line(&in, &line), LINE_END);
	check_end(&in, SLICE(""));
}

static void what_cannot_be_opened(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct input in;
	assert_int_equal(input_open(s->fd, "missing", &in, &err), ERR_NO_INPUT);
	assert_int_equal(symlinkat("missing", s->fd, "link"), 0);
	assert_int_equal(input_open(s->fd, "link", &in, &err), ERR_NO_INPUT);
	assert_int_equal(input_open(s->fd, ".", &in, &err), ERR_NO_INPUT);
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
	struct scratch *s = *state;
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
		scratch_put(s, "f", slice_of(bytes, size));
		struct input in;
		struct slice line;
		struct error err = {0};
		assert_int_equal(input_open(s->fd, "f", &in, &err), OK);
		assert_int_equal(input_line(&in, &line), LINE_WHOLE);
		assert_slice(line, "first");
		assert_int_equal(input_line(&in, &line), cases[i].kind);
		if (cases[i].kind == LINE_WHOLE)
			assert_true(slice_equal(line, slice_of(bytes + 6, cases[i].length)));
		else
			assert_int_equal(line.size, 0);
		assert_int_equal(in.offset, size - 5);
		assert_int_equal(input_line(&in, &line), LINE_CUT);
		assert_slice(line, "after");
		check_end(&in, slice_of(bytes, size));
		input_close(&in);
		free(bytes);
	}
}

static void taking_and_skipping_over_the_buffer(void **state)
{
	struct scratch *s = *state;
	const size_t size = 2 * INPUT_BUFFER + 1000;
	unsigned char *bytes = letters(size);
	AUTO_INPUT struct input in = {.fd = -1};
	struct error err = {0};
	scratch_put(s, "f", slice_of(bytes, size));
	assert_int_equal(input_open(s->fd, "f", &in, &err), OK);
	assert_int_equal(input_peek(&in).size, INPUT_SNIFF);
	assert_true(slice_equal(input_take(&in, 10), slice_of(bytes, 10)));
	assert_true(slice_equal(input_take(&in, INPUT_BUFFER), slice_of(bytes + 10, INPUT_BUFFER)));
	assert_int_equal(in.offset, INPUT_BUFFER + 10);
	assert_int_equal(input_skip(&in, 0), 0);
	assert_int_equal(input_skip(&in, 990), 990);
	assert_int_equal(input_skip(&in, UINT64_MAX), INPUT_BUFFER);
	assert_int_equal(in.offset, size);
	assert_int_equal(input_take(&in, 1).size, 0);
	check_end(&in, slice_of(bytes, size));
	free(bytes);
}

static void what_nobody_read_is_hashed_too(void **state)
{
	struct scratch *s = *state;
	const size_t size = INPUT_BUFFER + 12345;
	unsigned char *bytes = letters(size);
	struct error err = {0};
	for (size_t taken = 0; taken < 20; taken += 7) {
		struct input in;
		scratch_put(s, "f", slice_of(bytes, size));
		assert_int_equal(input_open(s->fd, "f", &in, &err), OK);
		assert_int_equal(input_take(&in, taken).size, taken);
		check_end(&in, slice_of(bytes, size));
		input_close(&in);
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
	AUTO_INPUT struct input in = {.fd = -1};
	scratch_put(s, "f", SLICE("text\n"));
	assert_int_equal(input_open(s->fd, "f", &in, &err), OK);
	close(in.fd);
	in.fd = openat(s->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* reads give EISDIR */
	assert_int_equal(input_line(&in, &line), LINE_END);
	assert_int_equal(input_finish(&in, &size, digest, &err), ERR_IO);
	assert_contains(err.text, "f: ");
}

static void standard_input_is_a_dash(void **state)
{
	(void)state;
	int fds[2], before = dup(0);
	struct error err = {0};
	AUTO_INPUT struct input in = {.fd = -1};
	struct slice line;
	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], 0);
	assert_int_equal(write(fds[1], "piped\n", 6), 6);
	close(fds[1]);
	assert_int_equal(input_open(AT_FDCWD, "-", &in, &err), OK);
	assert_int_equal(input_line(&in, &line), LINE_WHOLE);
	assert_slice(line, "piped");
	input_close(&in);
	assert_int_not_equal(fcntl(0, F_GETFD), -1); /* a copy was closed, not 0 itself */
	dup2(before, 0);
	close(before);
	close(fds[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(lines_of_a_file_and_of_memory),
		scratch_test(an_empty_file),
		scratch_test(what_cannot_be_opened),
		scratch_test(lines_around_the_maximum),
		scratch_test(taking_and_skipping_over_the_buffer),
		scratch_test(what_nobody_read_is_hashed_too),
		scratch_test(a_read_that_fails_is_told_at_the_end),
		cmocka_unit_test(standard_input_is_a_dash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
