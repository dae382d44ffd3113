/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "analysis/special.h"

static struct address address(const char *text)
{
	struct address a = {0};
	assert_true(address_parse(slice_of_string(text), &a));
	return a;
}

static void check(const char *dst, const struct special_nat64 *own, const char *wanted)
{
	AUTO_TEXT struct text t = text_make(SPECIAL_TEXT_MAX);
	struct address a = address(dst);
	struct special_table table;
	special_read(&table);
	special_text(&a, &table, own, &t);
	if (strcmp(text_string(&t), wanted) != 0)
		print_error("%s\n", dst);
	assert_string_equal(text_string(&t), wanted);
	assert_false(t.overflow);
}

/* The first and the last address of a range, and those beside it. */
static void edges(void **state)
{
	(void)state;
	static const struct {
		const char *dst, *wanted;
	} cases[] = {
		{"0.0.0.0", "unspecified"}, {"0.0.0.1", "this network"}, {"0.255.255.255", "this network"}, {"1.0.0.0", ""},
		{"9.255.255.255", ""}, {"10.0.0.0", "private use"}, {"10.255.255.255", "private use"}, {"11.0.0.0", ""},
		{"100.63.255.255", ""}, {"100.64.0.0", "shared by a carrier's NAT"},
		{"100.127.255.255", "shared by a carrier's NAT"}, {"100.128.0.0", ""},
		{"126.255.255.255", ""}, {"127.0.0.0", "loopback"}, {"127.255.255.255", "loopback"}, {"128.0.0.0", ""},
		{"169.253.255.255", ""}, {"169.254.0.0", "link-local"}, {"169.254.255.255", "link-local"}, {"169.255.0.0", ""},
		{"169.254.169.254", "link-local, metadata service of clouds"},
		{"172.15.255.255", ""}, {"172.16.0.0", "private use"}, {"172.31.255.255", "private use"}, {"172.32.0.0", ""},
		{"191.255.255.255", ""}, {"192.0.0.0", "IPv4 service continuity (DS-Lite)"},
		{"192.0.0.7", "IPv4 service continuity (DS-Lite)"}, {"192.0.0.8", "dummy address"},
		{"192.0.0.9", "anycast of port control"}, {"192.0.0.10", "anycast of TURN"}, {"192.0.0.11", "protocol assignments"},
		{"192.0.0.170", "discovery of NAT64"}, {"192.0.0.171", "discovery of NAT64"},
		{"192.0.0.255", "protocol assignments"}, {"192.0.1.0", ""},
		{"192.0.2.0", "documentation"}, {"192.0.2.255", "documentation"}, {"192.0.3.0", ""},
		{"192.31.196.1", "AS112"}, {"192.52.193.1", "multicast tunnels (AMT)"}, {"192.88.99.1", "6to4 relay, withdrawn"},
		{"192.167.255.255", ""}, {"192.168.0.0", "private use"}, {"192.168.255.255", "private use"}, {"192.169.0.0", ""},
		{"192.175.48.1", "AS112"}, {"198.17.255.255", ""}, {"198.18.0.0", "benchmarking"},
		{"198.19.255.255", "benchmarking"}, {"198.20.0.0", ""}, {"198.51.99.255", ""}, {"198.51.100.0", "documentation"},
		{"198.51.100.255", "documentation"}, {"203.0.112.255", ""}, {"203.0.113.0", "documentation"}, {"203.0.114.0", ""},
		{"223.255.255.255", ""}, {"224.0.0.0", "multicast, local network"}, {"224.0.0.251", "multicast, mDNS"},
		{"224.0.0.252", "multicast, LLMNR"}, {"224.0.0.255", "multicast, local network"},
		{"224.0.1.0", "multicast, internetwork control"}, {"224.0.2.0", "multicast"}, {"231.255.255.255", "multicast"},
		{"232.0.0.0", "multicast, source-specific"}, {"233.0.0.1", "multicast, by AS numbers"}, {"234.0.0.1", "multicast"},
		{"239.0.0.0", "multicast, administratively scoped"}, {"239.191.255.255", "multicast, administratively scoped"},
		{"239.192.0.0", "multicast, scope of the organisation"}, {"239.195.255.255", "multicast, scope of the organisation"},
		{"239.254.255.255", "multicast, administratively scoped"}, {"239.255.0.0", "multicast, local scope"},
		{"239.255.255.250", "multicast, SSDP"}, {"240.0.0.0", "reserved"}, {"255.255.255.254", "reserved"},
		{"255.255.255.255", "broadcast of the link"},
		{"::", "unspecified"}, {"::1", "loopback"}, {"::2", "IPv4-compatible, deprecated of 0.0.0.2 (this network)"},
		{"::ffff:10.0.0.1", "private use"}, {"::fffe:10.0.0.1", ""},
		{"100::", "discarded"}, {"100::ffff:ffff:ffff:ffff", "discarded"}, {"100:0:0:1::", "dummy prefix"}, {"100:0:0:2::", ""},
		{"2001:1::1", "anycast of port control"}, {"2001:1::2", "anycast of TURN"}, {"2001:1::3", "protocol assignments"},
		{"2001:2::", "benchmarking"}, {"2001:2:1::", "protocol assignments"}, {"2001:3::", "multicast tunnels (AMT)"},
		{"2001:4:112::", "AS112"}, {"2001:10::", "ORCHID, deprecated"}, {"2001:1f:ffff::", "ORCHID, deprecated"},
		{"2001:20::", "ORCHIDv2"}, {"2001:2f:ffff::", "ORCHIDv2"}, {"2001:30::", "DRIP"}, {"2001:40::", "protocol assignments"},
		{"2001:1ff:ffff::", "protocol assignments"}, {"2001:200::", ""},
		{"2001:db7:ffff::", ""}, {"2001:db8::", "documentation"}, {"2001:db8:ffff::", "documentation"}, {"2001:db9::", ""},
		{"2620:4f:8000::1", "AS112"}, {"3fff::", "documentation"}, {"3fff:fff:ffff::", "documentation"}, {"3fff:1000::", ""},
		{"5eff::", ""}, {"5f00::", "segment routing"}, {"5f01::", ""},
		{"fbff::", ""}, {"fc00::", "unique local (ULA)"}, {"fdff::", "unique local (ULA)"}, {"fe00::", ""},
		{"fe7f::", ""}, {"fe80::", "link-local"}, {"febf:ffff::", "link-local"}, {"fec0::", "site-local, deprecated"},
		{"feff::", "site-local, deprecated"}, {"ff00::", "multicast"}, {"ff01::1", "multicast, scope of the interface"},
		{"ff02::3", "multicast, scope of the link"}, {"ff02::1", "multicast, all nodes of the link"},
		{"ff02::fb", "multicast, mDNS"}, {"ff02::1:3", "multicast, LLMNR"}, {"ff02::c", "multicast, SSDP"},
		{"ff02::1:ff00:0", "multicast, neighbour discovery"}, {"ff02::1:ffff:ffff", "multicast, neighbour discovery"},
		{"ff03::1", "multicast, scope of the realm"}, {"ff04::1", "multicast, administratively scoped"},
		{"ff05::2", "multicast, scope of the site"}, {"ff08::1", "multicast, scope of the organisation"},
		{"ff0e::1", "multicast, global"}, {"ff0f::1", "multicast"}, {"ffff::1", "multicast"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		check(cases[i].dst, NULL, cases[i].wanted);
}

static void what_holds_another_is_told_with_it(void **state)
{
	(void)state;
	check("64:ff9b::8.8.8.8", NULL, "NAT64 of 8.8.8.8 (public)");
	check("64:ff9b::7f00:1", NULL, "NAT64 of 127.0.0.1 (loopback)");
	check("64:ff9b::1:0:0", NULL, "");
	check("64:ff9b:1:a00:0:100::", NULL, "NAT64, local use of 10.0.0.1 (private use)");
	check("2002:a00:1::1", NULL, "6to4 of 10.0.0.1 (private use)");
	check("2002:808:808::", NULL, "6to4 of 8.8.8.8 (public)");
	check("2001:0:4136:e378:8000:63bf:3fff:fdd2", NULL,
	      "Teredo of 192.0.2.45 (documentation) by 65.54.227.120 (public)");
	check("::127.0.0.1", NULL, "IPv4-compatible, deprecated of 127.0.0.1 (loopback)");
}

/* RFC 6052, 2.4: 192.0.2.33 behind prefixes of each length. */
static void every_length_of_a_prefix(void **state)
{
	(void)state;
	static const struct {
		const char *dst, *answer, *prefix;
		unsigned bits;
	} cases[] = {
		{"2001:db8:c000:221::", "2001:db8:c000:aa::", "2001:db8::", 32},
		{"2001:db8:1c0:2:21::", "2001:db8:1c0:0:aa::", "2001:db8:100::", 40},
		{"2001:db8:122:c000:2:2100::", "2001:db8:122:c000:0:aa00::", "2001:db8:122::", 48},
		{"2001:db8:122:3c0:0:221::", "2001:db8:122:3c0:0:aa::", "2001:db8:122:300::", 56},
		{"2001:db8:122:344:c0:2:2100::", "2001:db8:122:344:c0:0:aa00::", "2001:db8:122:344::", 64},
		{"2001:db8:122:344::192.0.2.33", "2001:db8:122:344::192.0.0.171", "2001:db8:122:344::", 96},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct special_nat64 own = {.count = 1};
		struct address held, a = address(cases[i].dst), answer = address(cases[i].answer), wanted = address(cases[i].prefix);
		assert_true(special_embedded(&a, cases[i].bits, &held));
		assert_memory_equal(held.bytes, ((unsigned char[]){192, 0, 2, 33}), 4);
		assert_true(special_nat64_prefix(&answer, &own.prefixes[0]));
		assert_int_equal(own.prefixes[0].bits, cases[i].bits);
		assert_true(address_equal(&own.prefixes[0].from, &wanted));
		check(cases[i].dst, &own, "NAT64 of this network, of 192.0.2.33 (documentation)");
	}
	struct address none = address("2001:db8::1"), v4 = address("192.0.0.170"), held;
	struct address_range prefix;
	assert_false(special_nat64_prefix(&none, &prefix));
	assert_false(special_nat64_prefix(&v4, &prefix));
	assert_false(special_embedded(&none, 33, &held));
}

/* No row is dead, none says what core/address.c says otherwise, and none is milder. */
static void the_table_is_whole(void **state)
{
	(void)state;
	struct special_table table;
	special_read(&table);
	for (size_t i = 0; i < table.count; i++) {
		const struct special_row *row = &table.rows[i];
		AUTO_TEXT struct text t = text_make(SPECIAL_TEXT_MAX);
		special_text(&row->range.from, &table, NULL, &t);
		assert_true(t.size > 0 && row->specification.size > 0);
		enum address_class class = address_class(&row->range.from);
		bool many = slice_starts(row->what, "multicast,") || slice_is(row->what, "multicast") || slice_starts(row->what, "broadcast");
		assert_true(many == (class == CLASS_MULTICAST));
		assert_true((slice_is(row->what, "loopback") || slice_is(row->what, "unspecified") || row->range.bits == 8 ||
			     row->range.bits == 96) || class != CLASS_LOOPBACK);
	}
	assert_int_equal(table.count, 82);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(what_holds_another_is_told_with_it),
		cmocka_unit_test(every_length_of_a_prefix),
		cmocka_unit_test(the_table_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
