/* SPDX-License-Identifier: Apache-2.0 */
/* The log of a register is followed to what the register holds. */
#include "tests/unit/test.h"

#include "core/head_register.h"

#include <string.h>

#define ONE "00112233445566778899aabbccddeeff"

enum { LINES_MAX = 16 };

/* A log, and the register that was extended with its lines. */
struct log {
	struct text lines[LINES_MAX];
	size_t count;
	struct head_register now;
};

static void setup(struct log *l)
{
	*l = (struct log){.now = {.number = 13, .wall_ns = 7, .resets = 3, .restarts = 1}};
	memset(l->now.value, 0xaa, HASH_SIZE); /* whatever was before */
}

static void tell(struct log *l, const struct text *line)
{
	head_register_extend(l->now.value, text_slice(line));
	l->lines[l->count] = text_make(HEAD_LINE_MAX);
	text_add(&l->lines[l->count++], text_slice(line));
}

static void tell_register(struct log *l)
{
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	head_register_add(&l->now, &line);
	tell(l, &line);
}

static void tell_head(struct log *l, uint64_t bytes)
{
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	struct head h = {.session = ONE, .state = HEAD_GOING, .bytes = bytes};
	head_add(&h, &line);
	tell(l, &line);
}

static struct head_replay follow(const struct log *l)
{
	struct head_replay r = {0};
	for (size_t i = 0; i < l->count; i++)
		if (l->lines[i].size)
			assert_true(head_replay_line(&r, text_slice(&l->lines[i]), i + 1));
	return r;
}

static void end(struct log *l)
{
	for (size_t i = 0; i < l->count; i++)
		text_free(&l->lines[i]);
}

static void a_line_is_read_as_it_was_written(void **state)
{
	(void)state;
	struct head_register r = {.number = 14, .wall_ns = 5, .resets = UINT32_MAX, .restarts = 2}, again;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	memset(r.value, 0x5a, HASH_SIZE);
	head_register_add(&r, &line);
	assert_null(head_register_read(text_slice(&line), &again));
	assert_memory_equal(again.value, r.value, HASH_SIZE);
	assert_int_equal(again.number, 14);
	assert_int_equal(again.wall_ns, 5);
	assert_int_equal(again.resets, UINT32_MAX);
	assert_int_equal(again.restarts, 2);
	assert_non_null(head_register_read(SLICE("{\"kind\":\"register\",\"register\":13}"), &again));
	assert_non_null(head_register_read(SLICE("{\"kind\":\"head\"}"), &again));
	assert_non_null(head_register_read(SLICE(""), &again));
}

/* By openssl and sha256sum: 32 zeros, and the hash of "a", hashed. */
static void a_register_is_extended_as_a_tpm_does(void **state)
{
	(void)state;
	unsigned char value[HASH_SIZE] = {0}, wanted[HASH_SIZE];
	assert_true(slice_hex_bytes(SLICE("8c374a53782642f7514d087d26a3e733f1b806009a03e04a43b288ef2fa9f9c0"), HASH_SIZE, wanted));
	head_register_extend(value, SLICE("a"));
	assert_memory_equal(value, wanted, HASH_SIZE);
}

static void a_log_leads_to_the_register(void **state)
{
	(void)state;
	struct log l;
	setup(&l);
	tell_register(&l);
	tell_head(&l, 10);
	tell_head(&l, 20);
	tell_register(&l); /* another session: nothing was in between */
	tell_head(&l, 30);
	struct head_replay r = follow(&l);
	assert_true(head_replay_holds(&r, &l.now));
	assert_int_equal(r.from_line, 1);
	assert_int_equal(r.lines, 5);
	assert_int_equal(r.breaks, 0);
	l.now.number = 14;
	assert_false(head_replay_holds(&r, &l.now));
	end(&l);
}

/* Each line changed, removed or put twice; a line added; the last ones cut. */
static void a_log_that_was_edited_does_not(void **state)
{
	(void)state;
	struct log l;
	setup(&l);
	tell_register(&l);
	for (uint64_t i = 0; i < 4; i++)
		tell_head(&l, i);
	for (size_t i = 0; i < l.count; i++) {
		struct text kept = l.lines[i];
		l.lines[i] = text_make(HEAD_LINE_MAX); /* removed */
		struct head_replay r = follow(&l);
		assert_false(head_replay_holds(&r, &l.now));
		text_add(&l.lines[i], text_slice(&kept));
		char *time = strstr(l.lines[i].at, "\"t\":");
		assert_non_null(time);
		time[4] = '1'; /* changed */
		r = follow(&l);
		assert_false(head_replay_holds(&r, &l.now));
		text_free(&l.lines[i]);
		l.lines[i] = kept;
	}
	unsigned char held[HASH_SIZE];
	memcpy(held, l.now.value, HASH_SIZE);
	tell_head(&l, 99);
	memcpy(l.now.value, held, HASH_SIZE);
	struct head_replay r = follow(&l);
	assert_false(head_replay_holds(&r, &l.now));
	end(&l);
}

/* From where somebody else extended it, or the machine was started anew, it can be followed again. */
static void what_was_in_between_is_a_break(void **state)
{
	(void)state;
	struct log l;
	setup(&l);
	tell_register(&l);
	tell_head(&l, 10);
	head_register_extend(l.now.value, SLICE("something else"));
	struct head_replay r = follow(&l);
	assert_false(head_replay_holds(&r, &l.now));
	tell_register(&l);
	tell_head(&l, 20);
	r = follow(&l);
	assert_true(head_replay_holds(&r, &l.now));
	assert_int_equal(r.breaks, 1);
	assert_int_equal(r.from_line, 3);
	memset(l.now.value, 0, HASH_SIZE);
	l.now.resets++;
	r = follow(&l);
	assert_false(head_replay_holds(&r, &l.now));
	tell_register(&l);
	r = follow(&l);
	assert_true(head_replay_holds(&r, &l.now));
	assert_int_equal(r.from.resets, 4);
	assert_int_equal(r.from_line, 5);
	end(&l);
}

/* Who cannot extend it cannot begin a log of their own with what it holds. */
static void what_it_holds_now_is_no_beginning(void **state)
{
	(void)state;
	struct log l;
	setup(&l);
	tell_register(&l);
	struct head_register now = l.now;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	head_register_add(&now, &line);
	struct head_replay r = {0};
	assert_true(head_replay_line(&r, text_slice(&line), 1));
	assert_false(head_replay_holds(&r, &now));
	assert_false(head_replay_line(&r, SLICE("{}"), 2));
	struct head_replay none = {0};
	assert_false(head_replay_holds(&none, &now));
	end(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_read_as_it_was_written),
		cmocka_unit_test(a_register_is_extended_as_a_tpm_does),
		cmocka_unit_test(a_log_leads_to_the_register),
		cmocka_unit_test(a_log_that_was_edited_does_not),
		cmocka_unit_test(what_was_in_between_is_a_break),
		cmocka_unit_test(what_it_holds_now_is_no_beginning),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
