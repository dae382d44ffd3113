/* SPDX-License-Identifier: Apache-2.0 */
/* Host names outside ASCII, both ways, and what is none. */
#include "tests/unit/test.h"

#include "core/idn.h"
#include "core/punycode.h"

static const struct {
	const char *unicode, *ascii;
} pairs[] = {
	{"bücher.example", "xn--bcher-kva.example"},
	{"münchen.de", "xn--mnchen-3ya.de"},
	{"例え.jp", "xn--r8jz45g.jp"},
	{"пример.рф", "xn--e1afmkfd.xn--p1ai"},
	{"παράδειγμα.gr", "xn--hxajbheg2az3al.gr"},
	{"faß.de", "xn--fa-hia.de"},
	{"a.中国", "a.xn--fiqs8s"},
	{"☃.net", "xn--n3h.net"},
	{"💩.la", "xn--ls8h.la"},
	{"שלום.org", "xn--9dbne9b.org"},
	{"3年b組金八先生.jp", "xn--3b-ww4c5e180e575a65lsy2b.jp"},
};

static void both_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(pairs); i++) {
		AUTO_TEXT struct text back = text_make(1 << 10);
		char ascii[IDN_NAME_MAX + 1];
		assert_true(idn_to_ascii(slice_of_string(pairs[i].unicode), ascii));
		assert_string_equal(ascii, pairs[i].ascii);
		assert_true(idn_to_unicode(slice_of_string(ascii), &back));
		assert_string_equal(text_string(&back), pairs[i].unicode);
	}
}

static void names_are_folded(void **state)
{
	(void)state;
	static const struct {
		const char *name, *ascii;
	} cases[] = {
		{"BÜCHER.Example", "xn--bcher-kva.example"}, {"ПРИМЕР.РФ", "xn--e1afmkfd.xn--p1ai"},
		{"ΠΑΡΆΔΕΙΓΜΑ.gr", "xn--hxajbheg2az3al.gr"},  {"ｖｅｎｄｏｒ。ｃｏｍ", "vendor.com"},
		{"Vendor.COM", "vendor.com"},		     {"ŽŠ.si", "xn--pga1d.si"},
		{"ẠỲ.vn", "xn--nkg8k.vn"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char ascii[IDN_NAME_MAX + 1];
		assert_true(idn_to_ascii(slice_of_string(cases[i].name), ascii));
		assert_string_equal(ascii, cases[i].ascii);
	}
}

static void what_is_no_name(void **state)
{
	(void)state;
	static const char *const none[] = {"", ".", "a.", ".a", "b\xfc" "cher.de", "a..b", "\xc3"};
	char ascii[IDN_NAME_MAX + 1];
	AUTO_TEXT struct text name = text_make(1 << 12);
	for (size_t i = 0; i < LENGTH(none); i++)
		assert_false(idn_to_ascii(slice_of_string(none[i]), ascii));
	assert_false(idn_to_ascii(SLICE("a\0b.de"), ascii));
	for (size_t i = 0; i < 30; i++)
		text_add_string(&name, "ü中");
	assert_false(idn_to_ascii(text_slice(&name), ascii)); /* a label of more than 63 bytes */
	text_clear(&name);
	for (size_t i = 0; i < 63; i++)
		text_add_char(&name, 'a');
	assert_true(idn_to_ascii(text_slice(&name), ascii));
	text_add_char(&name, 'a');
	assert_false(idn_to_ascii(text_slice(&name), ascii));
	text_clear(&name);
	for (size_t i = 0; i < 127; i++)
		text_add_string(&name, "a.");
	assert_false(idn_to_ascii(text_slice(&name), ascii));
	text_add_char(&name, 'a');
	assert_false(idn_to_ascii(text_slice(&name), ascii)); /* 255 bytes */
}

/* What is shown for a name must be that name: labels that stand for nothing, for ASCII,
 * or for something else stay as they are. */
static void labels_that_stay(void **state)
{
	(void)state;
	static const char *const none[] = {"vendor.com", "xn--.com", "xn--abc-.com", "xn--a b.com", "xn--99999999.com",
					   "xn----0.com", "xn--vendoracomx-ox3f.com", "", "xn--BCHER-KVA.de"};
	AUTO_TEXT struct text name = text_make(1 << 10);
	for (size_t i = 0; i < LENGTH(none); i++) {
		if (idn_to_unicode(slice_of_string(none[i]), &name))
			print_error("%s: %s\n", none[i], text_string(&name));
		assert_string_equal(text_string(&name), "");
	}
	assert_true(idn_to_unicode(SLICE("xn--bcher-kva.xn--99999999.com"), &name));
	assert_string_equal(text_string(&name), "bücher.xn--99999999.com");
}

/* Any code points of a label come back. */
static void every_label_comes_back(void **state)
{
	(void)state;
	uint64_t seed = 1;
	for (size_t round = 0; round < 20000; round++) {
		uint32_t codes[PUNYCODE_MAX], again[PUNYCODE_MAX];
		size_t count = round % 12 + 1, got = 0;
		char text[PUNYCODE_MAX + 1];
		for (size_t i = 0; i < count; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			uint32_t code = (uint32_t)(seed >> 33) % (round % 3 ? 0x500 : 0x110000);
			codes[i] = code >= 0xd800 && code <= 0xdfff ? 0x10ffff : code < ' ' ? 'a' : code;
		}
		assert_true(punycode_encode(codes, count, text));
		assert_true(punycode_decode(slice_of_string(text), again, &got));
		assert_int_equal(got, count);
		assert_memory_equal(codes, again, count * sizeof *codes);
	}
}

static void what_lies_below(void **state)
{
	(void)state;
	assert_true(idn_is_below(SLICE("vendor.com"), SLICE("vendor.com")));
	assert_true(idn_is_below(SLICE("api.vendor.com"), SLICE("vendor.com")));
	assert_false(idn_is_below(SLICE("my-vendor.com"), SLICE("vendor.com")));
	assert_false(idn_is_below(SLICE("com"), SLICE("vendor.com")));
	assert_false(idn_is_below(SLICE("vendor.com.example"), SLICE("vendor.com")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_forms),
		cmocka_unit_test(names_are_folded),
		cmocka_unit_test(what_lies_below),
		cmocka_unit_test(what_is_no_name),
		cmocka_unit_test(labels_that_stay),
		cmocka_unit_test(every_label_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
