/* SPDX-License-Identifier: Apache-2.0 */
/* Which hosts are found in bytes, which are not, and that no cut of them matters. */
#include "tests/unit/test.h"

#include "core/text.h"
#include "ingest/inventory/hostname.h"
#include "ingest/inventory/scan.h"
#include "ingest/inventory/top_level.h"

enum { FEED_WHOLE = 1 << 20 };

static void on_hit(void *to, const struct scan_hit *hit)
{
	static const char how[] = {[SCAN_URL] = 'u', [SCAN_NAME] = 'n', [SCAN_ADDRESS] = 'a'};
	text_addf(to, "%c%s%.*s@%llu ", how[hit->how], hit->guessed ? "?" : "", (int)hit->host.size,
		  (const char *)hit->host.at, (unsigned long long)hit->offset);
}

/* What is found, told in one line; `step` bytes are handed over at a time. */
static void search(struct slice bytes, size_t step, struct text *ret, struct scan_counts *ret_counts)
{
	const struct slice known[] = {SLICE("registry.vendor.ai"), SLICE("cursor.sh"), SLICE("vendor.com")};
	const struct scan_known all = {known, LENGTH(known)};
	struct scan *s = scan_new(&all, on_hit, ret);
	while (bytes.size > 0) {
		size_t room;
		unsigned char *to = scan_room(s, &room);
		assert_true(room > 0);
		struct slice part = slice_part(bytes, 0, step < room ? step : room);
		memcpy(to, part.at, part.size);
		scan_add(s, part.size);
		bytes = slice_part(bytes, part.size, bytes.size);
	}
	scan_end(s);
	*ret_counts = scan_take_counts(s);
	scan_free(s);
}

static void finds(struct slice bytes, const char *wanted)
{
	static const size_t steps[] = {FEED_WHOLE, 1, 7};
	for (size_t i = 0; i < LENGTH(steps); i++) {
		AUTO_TEXT struct text got = text_make(1 << 20);
		struct scan_counts counts;
		search(bytes, steps[i], &got, &counts);
		assert_string_equal(text_string(&got), wanted);
	}
}

static void hosts_of_urls(void **state)
{
	(void)state;
	finds(SLICE("see https://api.some.io/v1, (http://B.Other.org)."), "uapi.some.io@9 ub.other.org@33 ");
	finds(SLICE("\"https:\\/\\/a.some.io\\/x\""), "ua.some.io@6 ");
	finds(SLICE("wss://u:p@a.some.io:8443/"), "ua.some.io@3 ");
	finds(SLICE("ftp://a.some.io"), "ua.some.io@3 ");
	finds(SLICE("http://127.0.0.1:11434/ http://[2001:db8::1]/ http://localhost:1/"),
	      "a127.0.0.1@4 a2001:db8::1@28 ulocalhost@50 ");
	finds(SLICE("http://xn--fsqu00a.xn--0zwm56d/"), "uxn--fsqu00a.xn--0zwm56d@4 ");
}

static void what_is_no_host(void **state)
{
	(void)state;
	static const char *const none[] = {
		"chrome://settings.some.io/", "file:///etc/a.some.io.x", "https://", "https:// a", "http://server/",
		"http://1.2/", "http://256.1.1.1/", "http://-a.io/", "http://a..io/", "https:/a.some.io", "std::vector",
		"http://www.com/", "://a.some.io", "x://a.some.io", "=e.net,", "this.cursor.shape", "\"org.apache.net\"",
		"\"io.some.net\"", "a@mail.some.com", "console.info", "f(a.some.com(b))", "window.some.name", "\"some.io\"",
		"v1.2.3", "....", "::::", ".com", "\".com\"", "a.com.\"",
	};
	for (size_t i = 0; i < LENGTH(none); i++)
		finds(slice_of_string(none[i]), "");
}

static void names_alone(void **state)
{
	(void)state;
	finds(SLICE("\"some.com\" 'a.some.io' \0b.some.dev\0"), "nsome.com@1 na.some.io@12 nb.some.dev@24 ");
	finds(SLICE("\"//cdn.some.com/x\""), "ncdn.some.com@3 ");
	finds(SLICE("see a.some.com for more"), "na.some.com@4 ");
	finds(SLICE("electron.net\n"), "");
	finds(SLICE(" node.target.dev \"node.target.dev\""), "nnode.target.dev@18 ");
	finds(SLICE("\"libnode.1.so\" \"a.b.info\""), "");
}

static void known_names_anywhere(void **state)
{
	(void)state;
	finds(SLICE("=registry.vendor.ai;"), "n?registry.vendor.ai@1 ");
	finds(SLICE("textregistry.vendor.aitext"), "n?registry.vendor.ai@0 ");
	finds(SLICE("\"my-vendor.com\""), "nmy-vendor.com@1 ");
	finds(SLICE("\"api.vendor.com\""), "napi.vendor.com@1 ");
	finds(SLICE("a cursor.sh b.cursor.sh"), "nb.cursor.sh@12 ");
	finds(SLICE("'cursor.sh'"), "ncursor.sh@1 ");
}

/* As much on both sides of a dot as is ever looked at. */
static void the_longest_names(void **state)
{
	(void)state;
	char text[600];
	for (size_t left = 230; left < 260; left++)
		for (size_t right = 2; right < 14; right++) {
			memset(text, 'c', sizeof text);
			text[left] = '.';
			text[left + 1] = 'i';
			text[left + 2] = 'o';
			text[left + 1 + right] = '"';
			AUTO_TEXT struct text got = text_make(1 << 12);
			struct scan_counts counts;
			search(slice_of(text, left + 2 + right), FEED_WHOLE, &got, &counts);
			assert_string_equal(text_string(&got), "");
		}
}

/* Go keeps its texts one behind the other. */
static void texts_that_run_into_each_other(void **state)
{
	(void)state;
	finds(SLICE("xhttps://some.comhttps://other.orgabc"), "u?some.com@6 u?other.org@22 ");
}

static void sixteen_bits(void **state)
{
	(void)state;
	finds(SLICE("\"\0h\0t\0t\0p\0s\0:\0/\0/\0a\0.\0s\0o\0m\0e\0.\0i\0o\0/\0x\0\"\0"), "ua.some.io@12 ");
	finds(SLICE("\0\"\0h\0t\0t\0p\0:\0/\0/\0a\0.\0s\0o\0m\0e\0.\0i\0o"), "ua.some.io@11 ");
	finds(SLICE("\0\0w\0w\0w\0.\0s\0o\0m\0e\0.\0c\0o\0m\0\0\0"), "nwww.some.com@2 ");
}

static void escaped_urls(void **state)
{
	(void)state;
	static const char *const urls[] = {
		"https:\\/\\/a.some.io\\/x",      "https:\\\\/\\\\/a.some.io\\\\/", "https:\\x2f\\x2Fa.some.io\\x2f",
		"https:\\u002f\\u002Fa.some.io", "https:\\u{2f}\\u{00002f}a.some.io", "https\\x3a\\x2f\\x2fa.some.io",
		"https\\u003A//a.some.io",      "https\\\\u003a\\\\u002f/a.some.io", "https%3A%2F%2Fa.some.io%2Fx",
		"https%3a//a.some.io",	       "https%253A%252F%252Fa.some.io%252F", "https:%2f%2fa%2esome%2eio",
		"https:&#47;&#47;a.some.io&#47;", "https:&#x2F;&#x2f;a.some.io",     "https&#58;&#x2f&#047a.some.io",
		"https&colon;&sol;&sol;a&period;some.io", "https:\\\\a.some.io", "https:\\\\\\\\a.some.io",
		"https://\\u0061.some.io",	       "https://%61.some.io",	      "https:\\/\\/a\\.some\\.io",
	};
	for (size_t i = 0; i < LENGTH(urls); i++) {
		AUTO_TEXT struct text wanted = text_make(1 << 10);
		text_addf(&wanted, "ua.some.io@%d ", 5);
		finds(slice_of_string(urls[i]), text_string(&wanted));
	}
	finds(SLICE("https://a.some.io/?to=https%3A%2F%2Fb.some.io%3A81%2Fx&c=c.some.com"), "ua.some.io@5 ub.some.io@27 ");
	finds(SLICE("h\0t\0t\0p\0:\0\\\0/\0\\\0/\0a\0.\0s\0o\0m\0e\0.\0i\0o\0"), "ua.some.io@8 ");
	finds(SLICE("h\0t\0t\0p\0%\0003\0A\0%\0002\0F\0%\0002\0F\0a\0.\0s\0o\0m\0e\0.\0i\0o\0"), "ua.some.io@8 ");
}

static void what_is_no_escape(void **state)
{
	(void)state;
	static const char *const none[] = {
		"https:\\x2f\\x2", "https:\\x2g\\x2fa.some.io", "https\\x3b\\x2f\\x2fa.some.io", "https%3%2F%2Fa.some.io",
		"https:\\u{2f\\u{2f}a.some.io", "https:\\u{110000}/a.some.io", "https:&#;&#47;a.some.io", "https:&slash;/a.some.io",
		"https:\\u02f\\u002fa.some.io", "https:\\ud83d\\ude00a.some.io", "https%25253A//a.some.io", "x3a//a.some.io",
	};
	for (size_t i = 0; i < LENGTH(none); i++)
		finds(slice_of_string(none[i]), "");
}

static void outside_ascii(void **state)
{
	(void)state;
	finds(SLICE("\"https://bücher.some.io/x\""), "uxn--bcher-kva.some.io@6 ");
	finds(SLICE("https://пример.рф:81/ http://例え.jp/"), "uxn--e1afmkfd.xn--p1ai@5 uxn--r8jz45g.jp@34 ");
	finds(SLICE("https://b\\u00fccher.com https://b\\xfccher.com https://b\\xc3\\xbccher.com"),
	      "uxn--bcher-kva.com@5 uxn--bcher-kva.com@29 uxn--bcher-kva.com@51 ");
	finds(SLICE("https://b%C3%BCcher.com/ https://b&#252;cher.com/"), "uxn--bcher-kva.com@5 uxn--bcher-kva.com@30 ");
	finds(SLICE("https://ａ．some．io https://a。some.io"), "ua.some.io@5 ua.some.io@29 ");
	finds(SLICE("https://xn--bcher-kva.com https://${r}.bücher.com"), "uxn--bcher-kva.com@5 u*.xn--bcher-kva.com@31 ");
	finds(SLICE("\"bücher.com\" 'https' \"//bücher.org/\""), "nxn--bcher-kva.com@1 nxn--bcher-kva.org@25 ");
	finds(SLICE("'例え.com' '例え.api.some.com'"), "nxn--r8jz45g.com@1 nxn--r8jz45g.api.some.com@14 ");
}

/* Where a name in ASCII ends, or begins, and text in another script goes on. */
static void beside_other_scripts(void **state)
{
	(void)state;
	finds(SLICE("参照https://a.some.com文字 https://a.some.com。次 (https://a.some.com，b)"),
	      "u?a.some.com@11 ua.some.com@36 ua.some.com@62 ");
	finds(SLICE("“a.some.com” 请访问www.some.com\n"), "na.some.com@3 nwww.some.com@26 ");
	finds(SLICE("ébücher.com "), "");
	finds(SLICE("'com中.com'"), "");
	finds(SLICE("\"some.comé\" \"mañana.\""), "");
	AUTO_TEXT struct text got = text_make(1 << 10);
	struct scan_counts counts;
	search(SLICE("http://a.eびذ http://bücher.zzzz https://… http://☃/"), FEED_WHOLE, &got, &counts);
	assert_string_equal(text_string(&got), "");
	assert_int_equal(counts.unknown, 2);
}

static void sixteen_bits_outside_ascii(void **state)
{
	(void)state;
	static const char little[] = "h\0t\0t\0p\0:\0/\0/\0\x3f\4\x40\4\x38\4.\0\x40\4\x44\4/\0";
	static const char big[] = "\0h\0t\0t\0p\0:\0/\0/\4\x3f\4\x40\4\x38\0.\4\x40\4\x44\0/";
	finds(slice_of(little, sizeof little - 1), "uxn--h1and.xn--p1ai@8 ");
	finds(slice_of(big, sizeof big - 1), "uxn--h1and.xn--p1ai@9 ");
	finds(SLICE("\"\0b\0\xfc\0c\0h\0e\0r\0.\0c\0o\0m\0\"\0"), "nxn--bcher-kva.com@2 ");
}

static void what_a_program_fills_in(void **state)
{
	(void)state;
	finds(SLICE("`https://${r}.some.io/` https://%s.some.io/ https://api-{0}.some.io https://*.some.io"),
	      "u*.some.io@6 u*.some.io@29 u*.some.io@49 u*.some.io@73 ");
	AUTO_TEXT struct text got = text_make(1 << 10);
	struct scan_counts counts;
	search(SLICE("https://${host}/ http://{0}:1/ http://a.zzzz/ https://${h}.com"), FEED_WHOLE, &got, &counts);
	assert_string_equal(text_string(&got), "");
	assert_int_equal(counts.dynamic, 3);
	assert_int_equal(counts.unknown, 1);
}

/* A name at every place around the end of a block is found, once, where it stands. */
static void at_the_seams(void **state)
{
	(void)state;
	static unsigned char bytes[600000];
	static const char url[] = "https://a.some.io/";
	for (size_t at = 256 * 1024 - 1100; at < 256 * 1024 + 2100; at += 13) {
		AUTO_TEXT struct text got = text_make(1 << 10);
		struct scan_counts counts;
		char wanted[64];
		memset(bytes, 'x', sizeof bytes);
		memcpy(bytes + at, " ", 1);
		memcpy(bytes + at + 1, url, sizeof url - 1);
		search(slice_of(bytes, sizeof bytes), 65536, &got, &counts);
		snprintf(wanted, sizeof wanted, "ua.some.io@%zu ", at + 6);
		assert_string_equal(text_string(&got), wanted);
	}
}

/* Bytes that look like the beginning of a name everywhere. */
static void nasty_bytes(void **state)
{
	(void)state;
	static const char *const patterns[] = {".", ":", "://", "http://", ".com", "a.", "http://a.", ".co", "\"a.com",
					       "http://${", "https:\\/\\/", "%3A%2F", "https%3A%2F%2F", "\\", "\\\\\\x", "&#",
					       "http:\\x2f\\x2fa\\x2e", "ü.com", "http://ü"};
	static unsigned char bytes[1 << 21];
	for (size_t i = 0; i < LENGTH(patterns); i++) {
		AUTO_TEXT struct text got = text_make(64 << 20);
		struct scan_counts counts;
		size_t size = strlen(patterns[i]);
		for (size_t at = 0; at < sizeof bytes; at++)
			bytes[at] = (unsigned char)patterns[i][at % size];
		search(slice_of(bytes, sizeof bytes), FEED_WHOLE, &got, &counts);
	}
}

static void top_level_labels(void **state)
{
	(void)state;
	struct slice label;
	enum top_level kind;
	size_t count = 0;
	for (size_t at = 0; top_level_next(&at, &label, &kind); count++)
		assert_int_equal(top_level_find(label), kind);
	assert_true(count > 1300);
	assert_int_equal(top_level_find(SLICE("com")), TOP_LEVEL_TWO);
	assert_int_equal(top_level_find(SLICE("io")), TOP_LEVEL_THREE);
	assert_int_equal(top_level_find(SLICE("name")), TOP_LEVEL_URL);
	assert_int_equal(top_level_find(SLICE("js")), TOP_LEVEL_NONE);
	assert_int_equal(top_level_find(SLICE("")), TOP_LEVEL_NONE);
	assert_int_equal(top_level_find(SLICE("aaa0")), TOP_LEVEL_NONE);
	assert_int_equal(top_level_find(SLICE("zzzzzzz")), TOP_LEVEL_NONE);
}

static void authorities(void **state)
{
	(void)state;
	struct hostname h;
	assert_int_equal(hostname_read(SLICE("A.Some.IO.:65535/x"), &h), HOSTNAME_NAME);
	assert_string_equal(h.text, "a.some.io");
	assert_int_equal(hostname_read(SLICE("a.some.io:65536"), &h), HOSTNAME_NAME);
	assert_int_equal(h.port, 0);
	assert_int_equal(hostname_read(SLICE("u/x@a.some.io"), &h), HOSTNAME_NONE);
	assert_int_equal(hostname_read(SLICE("[::1"), &h), HOSTNAME_NONE);
	assert_int_equal(hostname_read(SLICE("[::1]:80"), &h), HOSTNAME_ADDRESS);
	assert_int_equal(h.port, 80);
	char longest[400] = "";
	for (int i = 0; i < 40; i++)
		memcpy(longest + 8 * i, "abcdefg.", 9);
	memcpy(longest + 320, "com", 4);
	assert_int_equal(hostname_read(slice_of_string(longest), &h), HOSTNAME_UNKNOWN);
	assert_int_equal(hostname_read(SLICE("a@b@a.some.io/"), &h), HOSTNAME_NAME);
	assert_string_equal(h.text, "a.some.io");
	assert_int_equal(h.taken, 13);
	assert_int_equal(hostname_read(SLICE("a.some.io#@b.some.io"), &h), HOSTNAME_NAME);
	assert_string_equal(h.text, "a.some.io");
	assert_int_equal(hostname_read(SLICE("a.some.io?@b.some.io"), &h), HOSTNAME_NAME);
	assert_string_equal(h.text, "a.some.io");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_of_urls),
		cmocka_unit_test(what_is_no_host),
		cmocka_unit_test(names_alone),
		cmocka_unit_test(known_names_anywhere),
		cmocka_unit_test(the_longest_names),
		cmocka_unit_test(texts_that_run_into_each_other),
		cmocka_unit_test(sixteen_bits),
		cmocka_unit_test(escaped_urls),
		cmocka_unit_test(what_is_no_escape),
		cmocka_unit_test(outside_ascii),
		cmocka_unit_test(beside_other_scripts),
		cmocka_unit_test(sixteen_bits_outside_ascii),
		cmocka_unit_test(what_a_program_fills_in),
		cmocka_unit_test(at_the_seams),
		cmocka_unit_test(nasty_bytes),
		cmocka_unit_test(top_level_labels),
		cmocka_unit_test(authorities),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
