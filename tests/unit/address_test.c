/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/address.h"
#include "core/random.h"

#include <arpa/inet.h>

static struct address parsed(const char *text)
{
	struct address a = {0};
	if (!address_parse(slice_of_string(text), &a))
		print_error("not read: %s\n", text);
	return a;
}

static void text_there_and_back(void **state)
{
	(void)state;
	static const struct {
		const char *text, *canonical;
		enum address_family family;
	} cases[] = {
		{"0.0.0.0", "0.0.0.0", ADDRESS_V4},
		{"192.0.2.7", "192.0.2.7", ADDRESS_V4},
		{"255.255.255.255", "255.255.255.255", ADDRESS_V4},
		{"::", "::", ADDRESS_V6},
		{"::1", "::1", ADDRESS_V6},
		{"2001:DB8:0:0:0:0:0:1", "2001:db8::1", ADDRESS_V6},
		{"::ffff:192.0.2.7", "192.0.2.7", ADDRESS_V4}, /* RFC 4291, 2.5.5.2 */
		{"::ffff:0:1", "0.0.0.1", ADDRESS_V4},
		{"64:ff9b::192.0.2.7", "64:ff9b::c000:207", ADDRESS_V6},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[ADDRESS_TEXT_MAX];
		struct address a = parsed(cases[i].text);
		assert_int_equal(a.family, cases[i].family);
		address_text(&a, text);
		assert_string_equal(text, cases[i].canonical);
	}
	char text[ADDRESS_TEXT_MAX] = "x";
	address_text(&(struct address){0}, text);
	assert_string_equal(text, "");
}

static void check_v6(const unsigned char bytes[static 16])
{
	char text[ADDRESS_TEXT_MAX], wanted[INET6_ADDRSTRLEN];
	struct address a = {.family = ADDRESS_V6};
	memcpy(a.bytes, bytes, sizeof a.bytes);
	address_text(&a, text);
	assert_non_null(inet_ntop(AF_INET6, bytes, wanted, sizeof wanted));
	assert_string_equal(text, wanted);
}

/* Every choice of which groups are 0, with groups of every length between. */
static void v6_text_is_that_of_the_c_library(void **state)
{
	(void)state;
	static const unsigned char masks[4][2] = {{0, 0x0f}, {0, 0xff}, {0x0f, 0xff}, {0xff, 0xff}};
	unsigned char bytes[16];
	for (unsigned zeros = 0; zeros < 256; zeros++)
		for (unsigned i = 0; i < 64; i++) {
			random_bytes(bytes, sizeof bytes);
			for (unsigned k = 0; k < 16; k++)
				bytes[k] &= zeros >> k / 2 & 1 ? 0 : masks[(i + k / 2) % 4][k % 2];
			check_v6(bytes);
		}
	check_v6((const unsigned char[16]){[10] = 0xff, [11] = 0xff, [12] = 192, [15] = 7});
	check_v6((const unsigned char[16]){[10] = 0xff, [11] = 0xff});
	check_v6((const unsigned char[16]){[12] = 192, [15] = 7});
	check_v6((const unsigned char[16]){[14] = 1, [15] = 7});
	check_v6((const unsigned char[16]){0});
}

static void what_is_no_address(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"1",
		"1.2.3",
		"1.2.3.4.5",
		"256.1.1.1",
		"01.2.3.4",
		"1.2.3.4 ",
		" 1.2.3.4",
		"0x7f.1",
		":",
		":::",
		"1::2::3",
		"12345::",
		"fe80::1%eth0",
		"[::1]",
		"::1/128",
		"name.example",
		"1.2.3.4:80",
		"::ffff:256.1.1.1",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999",
		"00000000000000000000000000000000000000000000000000000000001.2.3.4",
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct address a = {0};
		if (address_parse(slice_of_string(cases[i]), &a))
			print_error("accepted: %s\n", cases[i]);
		assert_int_equal(a.family, ADDRESS_NONE);
	}
	struct address a;
	assert_false(address_parse(SLICE("1.2.3.4\0"), &a));
}

static void classes_by_the_registries(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum address_class class;
	} cases[] = {
		{"127.0.0.1", CLASS_LOOPBACK},
		{"127.255.255.255", CLASS_LOOPBACK},
		{"128.0.0.0", CLASS_PUBLIC},
		{"126.255.255.255", CLASS_PUBLIC},
		{"0.0.0.0", CLASS_LOOPBACK},
		{"0.0.0.1", CLASS_PUBLIC},
		{"10.0.0.0", CLASS_PRIVATE},
		{"10.255.255.255", CLASS_PRIVATE},
		{"9.255.255.255", CLASS_PUBLIC},
		{"11.0.0.0", CLASS_PUBLIC},
		{"172.15.255.255", CLASS_PUBLIC},
		{"172.16.0.0", CLASS_PRIVATE},
		{"172.31.255.255", CLASS_PRIVATE},
		{"172.32.0.0", CLASS_PUBLIC},
		{"192.167.255.255", CLASS_PUBLIC},
		{"192.168.0.0", CLASS_PRIVATE},
		{"192.169.0.0", CLASS_PUBLIC},
		{"100.63.255.255", CLASS_PUBLIC},
		{"100.64.0.0", CLASS_PRIVATE},
		{"100.127.255.255", CLASS_PRIVATE},
		{"100.128.0.0", CLASS_PUBLIC},
		{"169.254.169.254", CLASS_LINK_LOCAL},
		{"169.255.0.0", CLASS_PUBLIC},
		{"224.0.0.1", CLASS_MULTICAST},
		{"239.255.255.255", CLASS_MULTICAST},
		{"255.255.255.255", CLASS_MULTICAST},
		{"192.0.2.1", CLASS_PUBLIC},
		{"198.51.100.1", CLASS_PUBLIC},
		{"203.0.113.1", CLASS_PUBLIC},
		{"8.8.8.8", CLASS_PUBLIC},
		{"::1", CLASS_LOOPBACK},
		{"::", CLASS_LOOPBACK},
		{"::2", CLASS_PUBLIC},
		{"::ffff:127.0.0.1", CLASS_LOOPBACK},
		{"::ffff:10.1.2.3", CLASS_PRIVATE},
		{"::ffff:8.8.8.8", CLASS_PUBLIC},
		{"fe80::1", CLASS_LINK_LOCAL},
		{"febf:ffff::", CLASS_LINK_LOCAL},
		{"fec0::1", CLASS_PRIVATE},
		{"fe7f::1", CLASS_PUBLIC},
		{"ff02::1", CLASS_MULTICAST},
		{"fc00::1", CLASS_PRIVATE},
		{"fdff::1", CLASS_PRIVATE},
		{"fbff::1", CLASS_PUBLIC},
		{"2001:db8::1", CLASS_PUBLIC},
		{"64:ff9b::7f00:1", CLASS_PUBLIC},
		{"::127.0.0.1", CLASS_PUBLIC},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct address a = parsed(cases[i].text);
		if (address_class(&a) != cases[i].class)
			print_error("%s: %s\n", cases[i].text,
				    address_class_name(address_class(&a)));
		assert_int_equal(address_class(&a), cases[i].class);
	}
	assert_string_equal(address_class_name(CLASS_LINK_LOCAL), "link_local");
	assert_string_equal(address_class_name(CLASS_OWN), "own");
	assert_string_equal(address_class_name(CLASS_PUBLIC), "public");
}

static void equal_only_in_family_and_bytes(void **state)
{
	(void)state;
	struct address a = parsed("192.0.2.1"), b = parsed("::ffff:192.0.2.1"),
		       c = parsed("192.0.2.2");
	struct address d = parsed("c000:201::");
	assert_true(address_equal(&a, &b));
	assert_false(address_equal(&a, &c));
	assert_false(address_equal(&a, &d)); /* the same first bytes */
}

static void ranges(void **state)
{
	(void)state;
	static const struct {
		const char *range, *in, *out;
	} cases[] = {
		{"192.0.2.0/24", "192.0.2.255", "192.0.3.0"},
		{"192.0.2.0/25", "192.0.2.127", "192.0.2.128"},
		{"192.0.2.128/31", "192.0.2.129", "192.0.2.130"},
		{"192.0.2.1", "192.0.2.1", "192.0.2.2"},
		{"0.0.0.0/0", "255.1.2.3", "::1"},
		{"2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"},
		{"2001:db8::/33", "2001:db8:7fff::", "2001:db8:8000::"},
		{"::/0", "::1", "127.0.0.1"},
		{"2001:db8::1/128", "2001:db8::1", "2001:db8::2"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct address_range range;
		struct address in = parsed(cases[i].in), out = parsed(cases[i].out);
		assert_true(address_range_parse(slice_of_string(cases[i].range), &range));
		assert_true(address_in(&in, &range));
		assert_false(address_in(&out, &range));
	}
	static const char *const bad[] = {"",	     "/24",	    "192.0.2.0/",   "192.0.2.0/33",
					  "::/129",  "192.0.2/24",  "192.0.2.0/-1", "192.0.2.0/24/",
					  "host/24", "192.0.2.0/ 8"};
	struct address_range range;
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_false(address_range_parse(slice_of_string(bad[i]), &range));
}

static void the_scope_in_a_link_local_address_is_cleared(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after;
	} cases[] = {
		{"fe80:4::1", "fe80::1"},
		{"febf:ffff:1::1", "febf:0:1::1"},
		{"fe80::1", "fe80::1"},
		{"fec0:4::1", "fec0:4::1"},
		{"2001:db8:4::1", "2001:db8:4::1"},
		{"254.128.4.1", "254.128.4.1"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[ADDRESS_TEXT_MAX];
		struct address a = parsed(cases[i].before);
		address_clear_scope(&a);
		address_text(&a, text);
		assert_string_equal(text, cases[i].after);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_there_and_back),
		cmocka_unit_test(v6_text_is_that_of_the_c_library),
		cmocka_unit_test(what_is_no_address),
		cmocka_unit_test(classes_by_the_registries),
		cmocka_unit_test(equal_only_in_family_and_bytes),
		cmocka_unit_test(ranges),
		cmocka_unit_test(the_scope_in_a_link_local_address_is_cleared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
