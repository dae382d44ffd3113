/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What core/windows/ puts in the place of OpenSSL and Linux.
 */
#include "tests/windows/test.h"

#include "core/address.h"
#include "core/clock.h"
#include "core/hash.h"
#include "core/key.h"
#include "core/random.h"
#include "core/windows/failure.h"
#include "core/windows/filetime.h"
#include "core/windows/signature.h"
#include "core/windows/wide.h"

#include <windows.h>

enum { SIGNATURES = 8000 };

static bool hash_is(const struct hash *h, const char *wanted)
{
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	hash_peek(h, digest);
	hash_text(digest, text);
	return slice_is(slice_of_string(wanted), text);
}

/* FIPS 180-4, and the vectors of NIST for it */
static void hashes_of_known_messages(const char *folder)
{
	static const char empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	AUTO_HASH struct hash *h = hash_new();
	(void)folder;
	CHECK(hash_is(h, empty));
	hash_add(h, slice_of(NULL, 0));
	hash_add(h, SLICE("a"));
	hash_add(h, SLICE("bc"));
	CHECK(hash_is(h, abc));
	CHECK(hash_is(h, abc)); /* looking changes nothing */
	hash_add(h, SLICE("dbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
	CHECK(hash_is(h, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
	hash_reset(h);
	CHECK(hash_is(h, empty));
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	hash_bytes(SLICE("abc"), digest);
	hash_text(digest, text);
	CHECK(slice_is(slice_of_string(abc), text));
	hash_free(NULL);
}

/* Numbers that begin with a 1 bit, and such that are shorter, come by themselves. */
static void signatures_in_their_one_spelling(const char *folder)
{
	unsigned char point[KEY_PUBLIC_SIZE], der[KEY_SIGNATURE_MAX], pair[SIGNATURE_PAIR_SIZE];
	unsigned sizes[KEY_SIGNATURE_MAX] = {0};
	struct key *k = key_new();
	(void)folder;
	key_public(k, point);
	CHECK(point[0] == 4);
	for (unsigned i = 0; i < SIGNATURES; i++) {
		struct slice message = slice_of(&i, sizeof i);
		size_t size = key_sign(k, message, der);
		CHECK(size < KEY_SIGNATURE_MAX && signature_from_der(slice_of(der, size), pair));
		CHECK(key_verify(point, message, slice_of(der, size)));
		sizes[size]++;
	}
	/* both with a zero in front, one, none; and one of 31 bytes, as one in 512 has */
	CHECK(sizes[72] && sizes[71] && sizes[70]);
	CHECK(sizes[69] + sizes[68] + sizes[67]);
	key_free(k);
	key_free(NULL);
}

static void other_signatures_do_not_verify(const char *folder)
{
	unsigned char point[KEY_PUBLIC_SIZE], other[KEY_PUBLIC_SIZE], der[KEY_SIGNATURE_MAX];
	struct key *k = key_new(), *k2 = key_new();
	(void)folder;
	key_public(k, point);
	key_public(k2, other);
	size_t size = key_sign(k, SLICE("m"), der);
	CHECK(!key_verify(point, SLICE("n"), slice_of(der, size)));
	CHECK(!key_verify(other, SLICE("m"), slice_of(der, size)));
	CHECK(!key_verify(point, SLICE("m"), slice_of(der, size - 1)));
	CHECK(!key_verify(point, SLICE("m"), slice_of(NULL, 0)));
	CHECK(!key_verify(point, SLICE("m"), SLICE("0\x06\x02\x01\x00\x02\x01\x00")));
	for (size_t bit = 0; bit < 8 * size; bit++) {
		der[bit / 8] ^= (unsigned char)(1 << bit % 8);
		CHECK(!key_verify(point, SLICE("m"), slice_of(der, size)));
		der[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	point[0] = 2;
	CHECK(!key_verify(point, SLICE("m"), slice_of(der, size)));
	key_free(k);
	key_free(k2);
}

static void clocks_run(const char *folder)
{
	struct clock_pair first = clock_now(), last = first;
	SYSTEMTIME t;
	char text[CLOCK_TEXT_MAX], wanted[CLOCK_TEXT_MAX];
	(void)folder;
	for (int i = 0; i < 100000; i++) {
		int64_t now = clock_mono();
		CHECK(now >= last.mono_ns);
		last.mono_ns = now;
	}
	Sleep(50);
	last = clock_now();
	CHECK(last.mono_ns - first.mono_ns >= 45 * CLOCK_MILLISECOND);
	CHECK(last.wall_ns - first.wall_ns >= 45 * CLOCK_MILLISECOND);
	do { /* to the minute, by what Windows itself says of the date */
		first = clock_now();
		GetSystemTime(&t);
	} while (clock_now().wall_ns / (60 * CLOCK_SECOND) != first.wall_ns / (60 * CLOCK_SECOND));
	clock_text(first.wall_ns, 0, text);
	snprintf(wanted, sizeof wanted, "%04d-%02d-%02dT%02d:%02d", t.wYear, t.wMonth, t.wDay, t.wHour,
		 t.wMinute);
	CHECK(slice_starts(slice_of_string(text), wanted));
}

static void times_of_windows(const char *folder)
{
	(void)folder;
	CHECK(filetime_ns(INT64_C(116444736000000000)) == 0); /* 1970-01-01, as its headers say */
	CHECK(filetime_ns(INT64_C(116444736000000001)) == 100);
	CHECK(filetime_ns(INT64_C(132223104000000000)) == INT64_C(1577836800) * CLOCK_SECOND); /* 2020 */
	CHECK(filetime_ns(0) == 0 && filetime_ns(-1) == 0 && filetime_ns(INT64_MAX) == 0);
}

static void random_numbers_differ(const char *folder)
{
	unsigned char a[64] = {0}, b[64] = {0}, zeros[64] = {0};
	(void)folder;
	random_bytes(a, sizeof a);
	random_bytes(b, sizeof b - 1);
	CHECK(memcmp(a, b, sizeof a) != 0 && memcmp(a, zeros, sizeof a) != 0);
	CHECK(memcmp(a + 32, zeros, 32) != 0 && b[63] == 0);
}

static void failures_have_words_and_a_status(const char *folder)
{
	struct error err = {0};
	(void)folder;
	CHECK(fail_windows(&err, ERR_CREATE, ERROR_DISK_FULL, "file %d", 7) == ERR_IO);
	CHECK(slice_starts(slice_of_string(err.text), "file 7: ") && err.text[8]);
	CHECK(!slice_ends(slice_of_string(err.text), ".") && !slice_ends(slice_of_string(err.text), "\n"));
	CHECK(fail_windows(&err, ERR_CREATE, ERROR_ACCESS_DENIED, "x") == ERR_PERMISSION);
	CHECK(fail_windows(&err, ERR_IO, ERROR_FILE_NOT_FOUND, "x") == ERR_NO_INPUT);
	CHECK(fail_windows(&err, ERR_CREATE, ERROR_BAD_LENGTH, "x") == ERR_CREATE);
	CHECK(fail_windows(&err, ERR_CREATE, 0x0fffffff, "x") == ERR_CREATE);
	CHECK(slice_starts(slice_of_string(err.text), "x: Windows error "));
	CHECK(fail_windows(NULL, ERR_CREATE, ERROR_BAD_LENGTH, "x") == ERR_CREATE);
}

static void utf16_and_back(const char *folder)
{
	static const wchar_t odd[] = {'a', 0xd800, 'b', 0xdc00, 0xd83d, 0xde00, 0xd83d};
	static const char all[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";
	wchar_t wide[16];
	char text[64];
	(void)folder;
	CHECK(wide_from(all, wide, LENGTH(wide)));
	wide_string(wide, text, sizeof text);
	CHECK(slice_is(slice_of_string(text), all));
	CHECK(!wide_from(all, wide, 5) && wide[0] == 0); /* 5 units and a NUL */
	CHECK(wide_from(all, wide, 6));
	CHECK(!wide_from("\xff", wide, LENGTH(wide)));
	AUTO_TEXT struct text t = text_make(64);
	wide_add(&t, odd, LENGTH(odd));
	CHECK(slice_is(text_slice(&t), "a\xef\xbf\xbd" "b\xef\xbf\xbd\xf0\x9f\x98\x80\xef\xbf\xbd"));
}

static void addresses_as_elsewhere(const char *folder)
{
	static const char *const same[] = {"192.0.2.7", "::", "::1", "2001:db8::1", "::192.0.2.7",
					   "fe80::5efe:c000:207", "2001:db8:0:1::2:0"};
	(void)folder;
	for (size_t i = 0; i < LENGTH(same); i++) {
		struct address a;
		char text[ADDRESS_TEXT_MAX];
		CHECK(address_parse(slice_of_string(same[i]), &a));
		address_text(&a, text);
		CHECK(slice_is(slice_of_string(same[i]), text));
	}
}

int main(int argc, char *argv[])
{
	static const struct test tests[] = {
		TEST(hashes_of_known_messages),
		TEST(signatures_in_their_one_spelling),
		TEST(other_signatures_do_not_verify),
		TEST(clocks_run),
		TEST(times_of_windows),
		TEST(random_numbers_differ),
		TEST(failures_have_words_and_a_status),
		TEST(utf16_and_back),
		TEST(addresses_as_elsewhere),
	};
	return run_tests(tests, LENGTH(tests), argc, argv);
}
