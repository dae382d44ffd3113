/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of a TPM and its answers, byte for byte. */
#include "tests/unit/test.h"

#include "core/tpm.h"

#define HEX_MAX 256

struct bytes {
	unsigned char at[HEX_MAX];
	size_t size;
};

static struct bytes from_hex(const char *hex)
{
	struct bytes b = {.size = strlen(hex) / 2};
	assert_true(b.size <= sizeof b.at && slice_hex_bytes(slice_of_string(hex), b.size, b.at));
	return b;
}

static struct slice all(const struct bytes *b)
{
	return slice_of(b->at, b->size);
}

#define DIGEST "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define VALUE "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
#define VALUE_OF_13 "80010000003e00000000" "00000017" "00000001" "000b03002000" "00000001" "0020" VALUE
#define EXTENDED "80020000001300000000" "00000000" "0000" "01" "0000"
#define CLOCK "80010000002300000000" "0000000000001388" "00000000000f4240" "00000007" "00000002" "01"

static void wants_command(size_t size, const unsigned char at[], const char *hex)
{
	struct bytes wanted = from_hex(hex);
	assert_int_equal(size, wanted.size);
	assert_memory_equal(at, wanted.at, size);
}

static void commands_are_laid_out_as_the_specification_has_them(void **state)
{
	(void)state;
	unsigned char command[TPM_COMMAND_MAX];
	struct bytes digest = from_hex(DIGEST);
	wants_command(tpm_put_extend(13, digest.at, command), command,
		      "80020000004100000182" "0000000d" "00000009" "40000009" "0000" "00" "0000" "00000001" "000b" DIGEST);
	wants_command(tpm_put_read(13, command), command, "8001000000140000017e" "00000001" "000b03002000");
	wants_command(tpm_put_read(0, command), command, "8001000000140000017e" "00000001" "000b03010000");
	wants_command(tpm_put_clock(command), command, "80010000000a00000181");
}

static void answers_are_read(void **state)
{
	(void)state;
	struct tpm_clock clock;
	unsigned char value[HASH_SIZE];
	uint32_t code;
	bool there;
	struct bytes a = from_hex(EXTENDED), v = from_hex(VALUE_OF_13), c = from_hex(CLOCK), wanted = from_hex(VALUE);
	assert_null(tpm_take_extended(all(&a), &code));
	assert_int_equal(code, TPM_SUCCESS);
	assert_null(tpm_take_value(all(&v), 13, &code, &there, value));
	assert_true(there);
	assert_memory_equal(value, wanted.at, HASH_SIZE);
	assert_null(tpm_take_clock(all(&c), &code, &clock));
	assert_int_equal(clock.on_ms, 5000);
	assert_int_equal(clock.resets, 7);
	assert_int_equal(clock.restarts, 2);
	assert_int_equal(tpm_answer_size(all(&c)), c.size);
}

static void an_error_carries_its_code_and_nothing_else(void **state)
{
	(void)state;
	struct tpm_clock clock;
	uint32_t code;
	struct bytes retry = from_hex("80010000000a00000922"), more = from_hex("80010000000b0000092200"), tag = from_hex("80020000000a00000922");
	assert_null(tpm_take_clock(all(&retry), &code, &clock));
	assert_int_equal(code, TPM_RETRY);
	assert_null(tpm_take_extended(all(&retry), &code));
	assert_int_equal(code, TPM_RETRY);
	assert_non_null(tpm_take_clock(all(&more), &code, &clock));
	assert_non_null(tpm_take_clock(all(&tag), &code, &clock));
}

static void a_register_that_is_not_kept_is_told(void **state)
{
	(void)state;
	unsigned char value[HASH_SIZE];
	uint32_t code;
	bool there = true;
	struct bytes none = from_hex("80010000001600000000" "00000017" "00000000" "00000000");
	struct bytes empty = from_hex("80010000001c00000000" "00000017" "00000001" "000b03000000" "00000000");
	assert_null(tpm_take_value(all(&none), 13, &code, &there, value));
	assert_false(there);
	there = true;
	assert_null(tpm_take_value(all(&empty), 13, &code, &there, value));
	assert_false(there);
}

/* Another register, algorithm or size; more registers; a digest without a register. */
static void what_was_not_asked_for_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"80010000003e00000000" "00000017" "00000001" "000b03004000" "00000001" "0020" VALUE,
		"80010000003e00000000" "00000017" "00000001" "000403002000" "00000001" "0020" VALUE,
		"80010000003d00000000" "00000017" "00000001" "000b03002000" "00000001" "001f" VALUE,
		"80010000003e00000000" "00000017" "00000001" "000b03006000" "00000001" "0020" VALUE,
		"80010000003e00000000" "00000017" "00000001" "000b03002000" "00000002" "0020" VALUE,
		"80010000003e00000000" "00000017" "00000001" "000b03000000" "00000001" "0020" VALUE,
		"80010000003e00000000" "00000017" "ffffffff" "000b03002000" "00000001" "0020" VALUE,
	};
	unsigned char value[HASH_SIZE];
	uint32_t code;
	bool there;
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct bytes b = from_hex(wrong[i]);
		assert_non_null(tpm_take_value(all(&b), 13, &code, &there, value));
	}
}

/* Cut anywhere, or with a byte behind it. */
static void an_answer_of_another_length_is_refused(void **state)
{
	(void)state;
	static const char *const answers[] = {EXTENDED, VALUE_OF_13, CLOCK};
	for (size_t i = 0; i < LENGTH(answers); i++) {
		struct bytes b = from_hex(answers[i]);
		for (size_t size = 0; size <= b.size + 1; size++) {
			struct bytes part = b;
			unsigned char value[HASH_SIZE];
			struct tpm_clock clock;
			uint32_t code;
			bool there;
			part.at[5] = (unsigned char)size; /* it says itself that it is that long */
			struct slice s = slice_of(part.at, size);
			const char *wrong = i == 0   ? tpm_take_extended(s, &code)
					    : i == 1 ? tpm_take_value(s, 13, &code, &there, value)
						     : tpm_take_clock(s, &code, &clock);
			assert_int_equal(!wrong, size == b.size);
		}
	}
}

static void no_answer_is_larger_than_a_tpm_makes_them(void **state)
{
	(void)state;
	struct bytes b = from_hex("80010000100100000000"), least = from_hex("80010000000900000000"), most = from_hex("80010000100000000000");
	assert_int_equal(tpm_answer_size(all(&b)), 0);
	assert_int_equal(tpm_answer_size(all(&least)), 0);
	assert_int_equal(tpm_answer_size(all(&most)), TPM_ANSWER_MAX);
	assert_int_equal(tpm_answer_size(slice_of(most.at, 9)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_laid_out_as_the_specification_has_them),
		cmocka_unit_test(answers_are_read),
		cmocka_unit_test(an_error_carries_its_code_and_nothing_else),
		cmocka_unit_test(a_register_that_is_not_kept_is_told),
		cmocka_unit_test(what_was_not_asked_for_is_refused),
		cmocka_unit_test(an_answer_of_another_length_is_refused),
		cmocka_unit_test(no_answer_is_larger_than_a_tpm_makes_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
