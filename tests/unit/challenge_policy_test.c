/* SPDX-License-Identifier: Apache-2.0 */
/* [challenge] and [claim …] of a policy: to where anything may be sent, and what is refused. */
#include "tests/unit/test.h"

#include "analysis/policy.h"
#include "analysis/probe.h"

static struct policy policy;

static const struct challenge *parse(const char *text)
{
	struct error err = {0};
	enum status status = policy_parse(text, "p.ini", &policy, &err);
	if (status)
		print_error("%s: %s\n", text, err.text);
	assert_int_equal(status, OK);
	return &policy.challenge;
}

static void refuse(const char *text, const char *why)
{
	struct error err = {0};
	enum status status = policy_parse(text, "p.ini", &policy, &err);
	if (status != ERR_CONFIG || !strstr(err.text, why))
		print_error("\"%s\": \"%s\", wanted \"%s\"\n", text, err.text, why);
	assert_int_equal(status, ERR_CONFIG);
	assert_contains(err.text, why);
}

static uint32_t bit(const char *name)
{
	const struct probe *p = probe_find(slice_of_string(name));
	assert_non_null(p);
	return UINT32_C(1) << (p - probes);
}

static void without_it_nothing_may_be_sent(void **state)
{
	(void)state;
	assert_false(challenge_has_sink(parse("")));
	assert_false(challenge_has_sink(parse("[challenge]\n")));
	assert_false(challenge_has_sink(parse("[challenge]\nport = 7\nname = a.example\n")));
	assert_true(challenge_has_sink(parse("[challenge]\nsink = 192.0.2.2\n")));
	assert_true(challenge_has_sink(parse("[challenge]\nsink6 = 2001:db8::2\n")));
}

static void all_of_it(void **state)
{
	(void)state;
	const struct challenge *c = parse("[challenge]\nsink = 192.0.2.2\nsink6 = 2001:db8::2\nport = 7443\n"
					  "name = sink.example\n[claim egress filter]\nstops = tcp, udp,dns_udp\n"
					  "[claim b]\nstops = orphan\n[policy]\nscope = host\n");
	struct address sink;
	assert_true(address_parse(SLICE("192.0.2.2"), &sink) && address_equal(&sink, &c->sink));
	assert_true(address_parse(SLICE("2001:db8::2"), &sink) && address_equal(&sink, &c->sink6));
	assert_int_equal(c->port, 7443);
	assert_string_equal(c->name, "sink.example");
	assert_int_equal(c->claim_count, 2);
	assert_string_equal(c->claims[0].layer, "egress filter");
	assert_int_equal(c->claims[0].stops, bit("tcp") | bit("udp") | bit("dns_udp"));
	assert_int_equal(c->claims[1].stops, bit("orphan"));
}

static void sinks_that_are_none(void **state)
{
	(void)state;
	refuse("[challenge]\nsink = sink.example\n", "line 2: sink is an address, and no name");
	refuse("[challenge]\nsink = 192.0.2.0/24\n", "sink is an address");
	refuse("[challenge]\nsink = 192.0.2.2:443\n", "sink is an address");
	refuse("[challenge]\nsink =\n", "sink is an address");
	refuse("[challenge]\nsink = 2001:db8::2\n", "sink is an IPv4 address");
	refuse("[challenge]\nsink6 = 192.0.2.2\n", "sink6 is an IPv6 address");
	refuse("[challenge]\nsink6 = ::ffff:192.0.2.2\n", "sink6 is an IPv6 address");
	refuse("[challenge]\nsink = 127.0.0.1\n", "one other machine");
	refuse("[challenge]\nsink = 0.0.0.0\n", "one other machine");
	refuse("[challenge]\nsink = 224.0.0.251\n", "one other machine");
	refuse("[challenge]\nsink = 255.255.255.255\n", "one other machine");
	refuse("[challenge]\nsink6 = ff02::1\n", "one other machine");
	refuse("[challenge]\nsink6 = fe80::1\n", "one other machine");
	refuse("[challenge]\nsink = 192.0.2.2\nsink = 192.0.2.3\n", "given twice");
}

static void other_keys(void **state)
{
	(void)state;
	refuse("[challenge]\nport = 0\n", "port is 1 to 65535");
	refuse("[challenge]\nport = 65536\n", "port is 1 to 65535");
	refuse("[challenge]\nport = 1\nport = 2\n", "given twice");
	refuse("[challenge]\nname = a..b\n", "host name");
	refuse("[challenge]\nname = -a\n", "host name");
	refuse("[challenge]\nname = a b\n", "host name");
	refuse("[challenge]\nname = a\nname = b\n", "given twice");
	refuse("[challenge]\nhost = a\n", "has the keys sink, sink6, port and name");
	refuse("[challenges]\n", "unknown section");
}

static void claims_that_are_none(void **state)
{
	(void)state;
	refuse("[claim ]\nstops = tcp\n", "");
	refuse("[claim a]\n", "[claim a] does not tell what it stops");
	refuse("[claim a]\n[policy]\nscope = host\n", "[claim a] does not tell what it stops");
	refuse("[claim a]\nstops = tcp\n[claim a]\nstops = udp\n", "twice");
	refuse("[claim a]\nstops = tcp\nstops = udp\n", "twice");
	refuse("[claim a]\nstops = http\n", "stops names \"http\"");
	refuse("[claim a]\nstops =\n", "stops names \"\"");
	refuse("[claim a]\nstops = tcp,\n", "stops names \"\"");
	refuse("[claim a]\nreason = x\n", "only the key stops");
	char text[4096] = "", name[CHALLENGE_LAYER_MAX + 2];
	size_t size = 0;
	for (int i = 0; i <= CHALLENGE_CLAIMS_MAX; i++)
		size += (size_t)snprintf(text + size, sizeof text - size, "[claim %d]\nstops = tcp\n", i);
	refuse(text, "more than 32 claims");
	memset(name, 'x', sizeof name);
	name[sizeof name - 1] = 0;
	snprintf(text, sizeof text, "[claim %s]\nstops = tcp\n", name);
	refuse(text, "at most 64 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_it_nothing_may_be_sent), cmocka_unit_test(all_of_it),
		cmocka_unit_test(sinks_that_are_none),            cmocka_unit_test(other_keys),
		cmocka_unit_test(claims_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
