/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "redact/leftover.h"
#include "redact/mask.h"

static const unsigned char key[SECRET_SIZE] = "of what is left";

/* What the program says itself: of the words, gate; as a part, oncologys. */
#define OWN "at the gate\0of Oncologys\0janets"

struct work {
	struct secret *secret;
	struct pseudonyms *hidden;
	struct leftovers left;
};

/* Hides a host's name, an eight-byte word, a short one, and addresses of each kind. */
static void begin(struct work *w)
{
	static const char names[] = "smithson", path[] = "/home/jane/oncology/beef", host[] = "gate.hospital-lan.example",
			  addresses[] = "93.184.216.34 2001:db8:77:5::1234:9 2001:db8:77:6::abcd:1 52:54:00:12:34:56";
	char text[128];
	*w = (struct work){.secret = secret_new(key)};
	w->hidden = pseudonyms_new(w->secret);
	snprintf(text, sizeof text, "%s", names);
	mask_text(w->hidden, MASK_PATH, (unsigned char *)text, strlen(text));
	snprintf(text, sizeof text, "%s", path);
	mask_text(w->hidden, MASK_PATH, (unsigned char *)text, strlen(text));
	snprintf(text, sizeof text, "%s", host);
	mask_text(w->hidden, MASK_NAME, (unsigned char *)text, strlen(text));
	snprintf(text, sizeof text, "%s", addresses);
	mask_text(w->hidden, MASK_TEXT, (unsigned char *)text, strlen(text));
	pseudonyms_settle(w->hidden);
}

static void end(struct work *w)
{
	leftovers_free(&w->left);
	pseudonyms_free(w->hidden);
	secret_free(w->secret);
}

/* What is found in one file of these bytes: how often, and where first. */
static uint64_t found(const struct scratch *s, struct slice bytes, uint64_t *ret_at)
{
	struct work w;
	begin(&w);
	scratch_put(s, "file", bytes);
	assert_int_equal(leftover_search(w.hidden, SLICE(OWN), s->fd, &w.left, NULL), OK);
	assert_int_equal(w.left.files, 1);
	assert_int_equal(w.left.bytes, bytes.size);
	uint64_t all = w.left.all;
	*ret_at = w.left.count ? w.left.found[0].at : UINT64_MAX;
	if (w.left.count)
		assert_string_equal(w.left.found[0].path, "file");
	end(&w);
	return all;
}

static void test_found(void **state)
{
	static const struct {
		struct slice bytes;
		uint64_t at;
	} cases[] = {
		{SLICE("x smithson y"), 2},
		{SLICE("xSmithSony"), 1},
		{SLICE("x /jane/ y"), 3},
		{SLICE("JANE"), 0},
		{SLICE("\"d952e350-2c82-beef-b0cd-8a52c46b540\""), 15}, /* no UUID: a digit is missing */
		{SLICE("a\4gate\14hospital-lan\7example\0b"), 2},
		{SLICE("gate.hospital-lan.example"), 0},
		{SLICE("x\0s\0m\0i\0t\0h\0s\0o\0n\0"), 2},
		{SLICE("-\0j\0a\0n\0e\0.\0"), 2},
		{SLICE("to 93.184.216.34:443"), 3},
		{SLICE("to 93.184.216.34.443 (BSD)"), 3},
		{SLICE("[2001:DB8:77:5:0:0:1234:9]:80"), 1},
		{SLICE("2001:db8:77:5::1234:9:443"), 0},
		{SLICE("..\x20\x01\x0d\xb8\0\x77\0\5\0\0\0\0\x12\x34\0\x09.."), 2},
		{SLICE("-\x20\x01\x0d\xb8\0\x77\0\6\0\0\0\0\xab\xcd\0\1"), 1},
		{SLICE("ab\x52\x54\0\x12\x34\x56"), 2},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t at;
		uint64_t all = found(*state, cases[i].bytes, &at);
		if (!all || at != cases[i].at) {
			print_error("case %zu: found %llu, first at %llu\n", i, (unsigned long long)all, (unsigned long long)at);
			assert_true(false);
		}
	}
}

static void test_not_found(void **state)
{
	static const struct slice cases[] = {
		SLICE("janet and sejane jane2"), /* other words */
		SLICE("smith son smithso"),
		SLICE("the gate is a word of ours, so is oncology"),
		SLICE("93.184.216.3 93.184.216.345 193.184.216.34"),
		SLICE("2001:db8:77:5::1234:99"),
		SLICE("{\"uuid\":\"d952e350-2c82-beef-b0cd-8a52c46b5401\"}"), /* by chance */
		SLICE(""),
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t at;
		if (found(*state, cases[i], &at)) {
			print_error("case %zu: found at %llu\n", i, (unsigned long long)at);
			assert_true(false);
		}
	}
}

/* Over the edge of any piece, and behind megabytes. */
static void test_edges(void **state)
{
	enum { SIZE = (1 << 20) + 700 };
	AUTO_FREE char *bytes = malloc(SIZE);
	for (size_t from = (1 << 20) - 9; from <= 1 << 20; from++) {
		uint64_t at;
		memset(bytes, ' ', SIZE);
		memcpy(bytes + from, "smithson", 8);
		assert_int_equal(found(*state, slice_of(bytes, SIZE), &at), 1);
		assert_int_equal(at, from);
	}
}

/* A few letters in a packed file are nobody's name. */
static void test_packed(void **state)
{
	const struct scratch *s = *state;
	struct work w;
	begin(&w);
	scratch_put(s, "report.pdf", SLICE("\x01jane\x02"));
	scratch_put(s, "x.sig", SLICE("+jane/"));
	assert_int_equal(leftover_search(w.hidden, SLICE(OWN), s->fd, &w.left, NULL), OK);
	assert_int_equal(w.left.all, 0);
	leftovers_free(&w.left);
	scratch_put(s, "report.pdf", SLICE("\x01jane\x02 smithson"));
	assert_int_equal(leftover_search(w.hidden, SLICE(OWN), s->fd, &w.left, NULL), OK);
	assert_int_equal(w.left.all, 1);
	assert_string_equal(w.left.found[0].what, "smithson");
	end(&w);
}

/* What is a pseudonym too cannot be told from one. */
static void test_compare(void **state)
{
	struct work w;
	unsigned char word[] = "jane", made[] = "jane", other[] = "elsewhere";
	(void)state;
	begin(&w);
	pseudonym_word(w.hidden, made, 4, false);
	struct pseudonyms *seen = pseudonyms_new(w.secret);
	pseudonym_word(seen, made, 4, false);
	pseudonym_word(seen, other, 9, false);
	leftover_compare(w.hidden, seen, &w.left);
	assert_int_equal(w.left.all, 0);
	pseudonym_word(seen, word, 4, false);
	const struct address a = address_v4((const unsigned char[]){93, 184, 216, 34});
	pseudonym_address(seen, &a);
	leftover_compare(w.hidden, seen, &w.left);
	assert_int_equal(w.left.all, 2);
	assert_string_equal(w.left.found[0].what, "jane");
	assert_string_equal(w.left.found[1].what, "93.184.216.34");
	pseudonyms_free(seen);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(test_found),
		scratch_test(test_not_found),
		scratch_test(test_edges),
		scratch_test(test_packed),
		cmocka_unit_test(test_compare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
