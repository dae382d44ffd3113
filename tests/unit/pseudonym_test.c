/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/random.h"
#include "redact/mask.h"

static const unsigned char key[SECRET_SIZE] = "a key of 32 bytes for the tests";

struct made {
	struct secret *secret;
	struct pseudonyms *p;
	bool settled;
};

static struct made begin(void)
{
	struct made m = {.secret = secret_new(key)};
	m.p = pseudonyms_new(m.secret);
	return m;
}

static void end(struct made *m)
{
	pseudonyms_free(m->p);
	secret_free(m->secret);
}

/* Both rounds over one text. */
static char *masked(struct made *m, enum mask how, const char *text, char ret[static 512])
{
	snprintf(ret, 512, "%s", text);
	if (!m->settled) {
		mask_text(m->p, how, (unsigned char *)ret, strlen(ret));
		assert_string_equal(ret, text); /* the first round changes nothing */
		pseudonyms_settle(m->p);
	}
	m->settled = true;
	mask_text(m->p, how, (unsigned char *)ret, strlen(ret));
	assert_int_equal(strlen(ret), strlen(text));
	return ret;
}

/* RFC 4231, 4.3, but for the prefix that tells what for: so against one made by OpenSSL:
 * printf 'use\0\0\0\0\0\0\0\0\0bytes' | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY */
static void test_hmac(void **state)
{
	static const unsigned char wanted[] = {235, 127, 82, 151, 83, 123, 75, 177, 197, 131, 20, 84, 120, 102, 23, 32, 56, 93, 38, 76, 92, 228, 171, 245, 0, 177, 180, 142, 222, 18, 214, 61};
	unsigned char got[40];
	(void)state;
	struct secret *s = secret_new(key);
	secret_stream(s, "use", 0, SLICE("bytes"), got, sizeof got);
	assert_memory_equal(got, wanted, sizeof wanted);
	secret_stream(s, "use", 1, SLICE("bytes"), got, sizeof got);
	assert_memory_not_equal(got, wanted, sizeof wanted);
	secret_free(s);
}

static void test_words(void **state)
{
	char a[512], b[512], c[512];
	(void)state;
	struct made m = begin();
	masked(&m, MASK_PATH, "/home/jane/Patients/smith-0231.txt", a);
	assert_true(!strncmp(a, "/home/", 6) && !strcmp(a + strlen(a) - 4, ".txt"));
	assert_null(strstr(a, "jane"));
	assert_null(strcasestr(a, "patients"));
	assert_null(strstr(a, "smith"));
	assert_null(strstr(a, "0231"));
	assert_true(a[11] >= 'A' && a[11] <= 'Z'); /* the capital of Patients */
	masked(&m, MASK_NAME, "jane.Smith", b);
	assert_memory_equal(b, a + 6, 4);
	assert_true(b[5] >= 'A' && b[5] <= 'Z');
	assert_memory_equal(b + 6, a + 21, 4); /* the same word in another case */
	/* a name that is a common word is hidden, in common text it is not */
	masked(&m, MASK_NAME, "log", b);
	assert_string_not_equal(b, "log");
	masked(&m, MASK_TEXT, "log x 1234567 12345678", c);
	assert_true(!strncmp(c, "log x 1234567 ", 14) && strcmp(c + 14, "12345678") != 0);
	unsigned char signs[] = "a\x01\x1f\x7f-_.b";
	mask_text(m.p, MASK_NAME, signs, sizeof signs - 1);
	assert_string_equal((char *)signs, "a?" "?" "?-_.b");
	/* a long number remains one that JSON may hold */
	masked(&m, MASK_TEXT, "{\"at\":1795859034669,\"n\":12345678,\"o\":87654321}", c);
	assert_true(c[6] != '0' && c[24] != '0' && c[37] != '0' && !strstr(c, "1795859034669") && !strstr(c, "12345678"));
	/* in other text, what is a name of a host is hidden as one */
	masked(&m, MASK_PATH, "curl https://api.openai.com:443/log Ollama.com python3.11 server.log 1.2.3", c);
	assert_null(strstr(c, "openai"));
	assert_null(strstr(c, "llama"));
	assert_true(!strncmp(c, "curl https://", 13) && strstr(c, ":443/log ") && strstr(c, "server.log"));
	masked(&m, MASK_NAME, "localhost", c);
	assert_string_equal(c, "localhost");
	end(&m);
}

static void test_kept(void **state)
{
	char a[512];
	(void)state;
	struct made m = begin();
	common_keep(pseudonyms_common(m.p), SLICE("Build.Example"));
	masked(&m, MASK_NAME, "build.hospital.example", a);
	assert_true(!strncmp(a, "build.", 6) && !strcmp(a + 14, ".example") && !strstr(a, "hospital"));
	masked(&m, MASK_NAME, "api.openai.com", a);
	assert_null(strstr(a, "openai"));
	end(&m);
	m = begin(); /* a name that stays is none to be looked for */
	common_keep(pseudonyms_common(m.p), SLICE("ollama.com"));
	masked(&m, MASK_PATH, "jane http://ollama.com", a);
	assert_non_null(strstr(a, "http://ollama.com"));
	assert_int_equal(pseudonyms_wholes(m.p), 0);
	end(&m);
	m = begin();
	common_keep_endpoints(pseudonyms_common(m.p));
	masked(&m, MASK_NAME, "api.openai.com", a);
	assert_string_equal(a, "api.openai.com");
	end(&m);
}

/* Thousands of words, short ones among them: no two the same, none that was there before. */
static void test_injective(void **state)
{
	enum { COUNT = 6000 };
	static char words[COUNT][16];
	(void)state;
	struct made m = begin();
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < COUNT; i++) {
			snprintf(words[i], sizeof words[i], "%c%c%cx%d", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676, i % 7);
			mask_text(m.p, MASK_PATH, (unsigned char *)words[i], strlen(words[i]));
		}
		if (round == 0)
			pseudonyms_settle(m.p);
	}
	assert_int_equal(pseudonyms_shared(m.p), 0);
	assert_int_equal(pseudonyms_words(m.p), COUNT);
	qsort(words, COUNT, sizeof words[0], (int (*)(const void *, const void *))strcmp);
	for (int i = 0; i < COUNT; i++) {
		if (i)
			assert_string_not_equal(words[i], words[i - 1]);
		for (size_t k = 0; k < 3; k++) /* an original has an x in the fourth place, and digits behind */
			assert_true(words[i][k] >= 'g' && words[i][k] <= 'z');
	}
	end(&m);
}

/* Two-letter words: more than there are pseudonyms. They are shared, and it is told. */
static void test_too_short(void **state)
{
	(void)state;
	struct made m = begin();
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 26 * 26; i++) {
			unsigned char word[2] = {(unsigned char)('a' + i % 26), (unsigned char)('a' + i / 26)};
			pseudonym_word(m.p, word, 2, false);
		}
		if (round == 0)
			pseudonyms_settle(m.p);
	}
	assert_true(pseudonyms_shared(m.p) > 0 && pseudonyms_shared(m.p) < 26 * 26 - 300);
	end(&m);
}

static bool is_address(const char *text)
{
	struct address a;
	return address_parse(slice_of_string(text), &a);
}

static void test_addresses_in_text(void **state)
{
	static const char *const same[] = {
		"127.0.0.1:8080", "[::1]:443", "*:53", "at 12:03:05", "224.0.0.251", "ff02::fb", "0.0.0.0:*", "::",
	};
	char a[512];
	(void)state;
	for (size_t i = 0; i < LENGTH(same); i++) {
		struct made m = begin();
		assert_string_equal(masked(&m, MASK_TEXT, same[i], a), same[i]);
		end(&m);
	}
	struct made m = begin();
	masked(&m, MASK_TEXT, "tcp 192.0.2.1:443->198.51.100.24:53144 (ESTABLISHED)", a);
	assert_null(strstr(a, "192.0.2.1"));
	assert_true(!strncmp(a, "tcp 192.0.2.", 12) && !strncmp(a + 13, ":443->198.51.100.", 17));
	assert_non_null(strstr(a, ":53144 (ESTABLISHED)"));
	masked(&m, MASK_TEXT, "10.1.2.3.52044 fe80::1234:5678%eth0.80 2001:db8::c0a8:1", a);
	assert_true(!strncmp(a, "10.", 3) && !strncmp(a + 8, ".52044 fe80::", 13) && strstr(a, " 2001:db8::"));
	assert_null(strstr(a, "1234:5678"));
	assert_null(strstr(a, "c0a8"));
	masked(&m, MASK_TEXT, "lladdr 52:54:00:12:34:56 x", a);
	assert_null(strstr(a, "12:34:56"));
	assert_true(!strncmp(a, "lladdr ", 7) || strlen(a) == 26);
	masked(&m, MASK_TEXT, "::ffff:203.0.113.77", a);
	assert_true(!strncmp(a, "::ffff:203.0.113.", 17) && strcmp(a + 17, "77") != 0 && is_address(a));
	end(&m);
}

/* Who an address belongs to is asked by a name that holds it. */
static void test_reverse(void **state)
{
	char name[512], a[512];
	(void)state;
	struct made m = begin();
	masked(&m, MASK_TEXT, "203.0.113.77", a);
	masked(&m, MASK_NAME, "77.113.0.203.in-addr.arpa", name);
	assert_string_equal(name + 2, ".113.0.203.in-addr.arpa");
	assert_memory_equal(name, a + 10, 2);
	masked(&m, MASK_TEXT, "2001:db8::5:abcd", a);
	masked(&m, MASK_NAME, "d.c.b.a.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", name);
	char back[5] = {name[6], name[4], name[2], name[0], 0};
	assert_memory_equal(back, a + 12, 4);
	end(&m);
}

static bool same_kind(const struct address *a, const struct address *b)
{
	return address_class(a) == address_class(b) && a->family == b->family;
}

/* Every first pair of numbers, and many of the rest. */
static void test_classes(void **state)
{
	(void)state;
	struct made m = begin();
	unsigned stayed = 0;
	for (unsigned i = 0; i < 1 << 16; i++) {
		unsigned char bytes[4] = {(unsigned char)(i >> 8), (unsigned char)i, (unsigned char)(i * 7), (unsigned char)(i * 13)};
		char text[ADDRESS_TEXT_MAX], made_text[ADDRESS_TEXT_MAX];
		struct address a = address_v4(bytes), made = address_mask_of(pseudonyms_mask(m.p), &a);
		address_text(&a, text);
		address_text(&made, made_text);
		if (!same_kind(&a, &made) || strlen(text) != strlen(made_text)) {
			print_error("%s became %s\n", text, made_text);
			assert_true(false);
		}
		stayed += address_class(&a) == CLASS_PUBLIC && address_equal(&a, &made);
	}
	assert_int_equal(stayed, 0);
	for (unsigned i = 0; i < 20000; i++) {
		struct address a = {.family = ADDRESS_V6};
		char text[ADDRESS_TEXT_MAX], made_text[ADDRESS_TEXT_MAX];
		static const unsigned char starts[][2] = {{0xfe, 0x80}, {0xfd, 0x12}, {0x20, 0x01}, {0xff, 0x02}, {0x2a, 0x00}, {0x20, 0x02}};
		random_bytes(a.bytes, 16);
		if (i % 2)
			memset(a.bytes + 2, 0, i % 13);
		memcpy(a.bytes, starts[i % 6], 2);
		struct address made = address_mask_of(pseudonyms_mask(m.p), &a);
		address_text(&a, text);
		address_text(&made, made_text);
		if (!same_kind(&a, &made) || strlen(text) != strlen(made_text) || (address_equal(&a, &made) && i % 6 != 3)) {
			print_error("%s became %s\n", text, made_text);
			assert_true(false);
		}
	}
	end(&m);
}

/* One network stays one, and no two addresses become the same. */
static void test_prefixes(void **state)
{
	(void)state;
	struct made m = begin();
	bool there[256] = {false};
	unsigned char first[4] = {93, 184, 216, 0};
	address_mask_v4(pseudonyms_mask(m.p), first);
	for (unsigned i = 0; i < 256; i++) {
		unsigned char bytes[4] = {93, 184, 216, (unsigned char)i};
		address_mask_v4(pseudonyms_mask(m.p), bytes);
		assert_memory_equal(bytes, first, 3);
		assert_false(there[bytes[3]]);
		there[bytes[3]] = true;
	}
	end(&m);
}

static void test_another_key(void **state)
{
	char a[512], b[512];
	unsigned char other[SECRET_SIZE] = "another key";
	(void)state;
	struct made m = begin(), n = {.secret = secret_new(other)};
	n.p = pseudonyms_new(n.secret);
	masked(&m, MASK_NAME, "workstation.hospital 93.184.216.34 52:54:00:12:34:56", a);
	masked(&n, MASK_NAME, "workstation.hospital 93.184.216.34 52:54:00:12:34:56", b);
	assert_string_not_equal(a, b);
	assert_memory_not_equal(a, b, 11);
	end(&n);
	end(&m);
	m = begin();
	masked(&m, MASK_NAME, "workstation.hospital 93.184.216.34 52:54:00:12:34:56", b);
	assert_string_equal(a, b);
	end(&m);
}

static void test_key_file(void **state)
{
	char path[] = "/tmp/airgap-redact-XXXXXX", name[64];
	struct secret *s = NULL;
	struct error err = {0};
	struct stat st;
	bool made;
	(void)state;
	assert_non_null(mkdtemp(path));
	snprintf(name, sizeof name, "%s/key", path);
	assert_int_equal(secret_open(name, &s, &made, &err), OK);
	assert_true(made);
	secret_free(s);
	assert_int_equal(stat(name, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(secret_open(name, &s, &made, &err), OK);
	assert_false(made);
	secret_free(s);
	chmod(name, 0640);
	assert_int_equal(secret_open(name, &s, &made, &err), ERR_PERMISSION);
	chmod(name, 0600);
	assert_int_equal(truncate(name, 20), 0);
	assert_int_equal(secret_open(name, &s, &made, &err), ERR_CONFIG);
	unlink(name);
	rmdir(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hmac),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_injective),
		cmocka_unit_test(test_too_short),
		cmocka_unit_test(test_addresses_in_text),
		cmocka_unit_test(test_reverse),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_another_key),
		cmocka_unit_test(test_key_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
