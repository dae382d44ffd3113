/* SPDX-License-Identifier: Apache-2.0 */
/* Where probes go, and that what they send is what our own readers take it for. */
#include "tests/unit/test.h"

#include "cli/probe_message.h"
#include "cli/probe_target.h"
#include "ingest/capture/dns.h"
#include "ingest/capture/quic.h"
#include "ingest/capture/tls.h"

static const char TOKEN[] = "00112233445566778899aabbccddeeff";

static struct challenge sinks(const char *v4, const char *v6)
{
	struct challenge c = {.port = 7443};
	assert_true(!v4 || address_parse(slice_of_string(v4), &c.sink));
	assert_true(!v6 || address_parse(slice_of_string(v6), &c.sink6));
	return c;
}

static struct probe_target target(const char *name, const struct challenge *c)
{
	const struct probe *p = probe_find(slice_of_string(name));
	assert_non_null(p);
	return probe_target(p, c);
}

static void only_to_the_sink(void **state)
{
	(void)state;
	struct challenge both = sinks("192.0.2.2", "2001:db8::2"), only6 = sinks(NULL, "2001:db8::2"), none = {0};
	unsetenv("https_proxy");
	for (size_t i = 0; i < probe_count; i++) {
		struct probe_target t = probe_target(&probes[i], &both);
		if (probes[i].kind != PROBE_PROXY)
			assert_true(address_equal(&t.to, &both.sink) || address_equal(&t.to, &both.sink6));
		assert_non_null(probe_target(&probes[i], &none).skipped);
		assert_int_equal(probe_target(&probes[i], &none).to.family, ADDRESS_NONE);
	}
	assert_int_equal(target("tcp", &both).port, 7443);
	assert_int_equal(target("dns_udp", &both).port, 53);
	assert_int_equal(target("icmp", &both).port, 0);
	assert_int_equal(target("dns_udp", &only6).to.family, ADDRESS_V6);
	assert_string_equal(target("tcp", &only6).skipped, "the policy names no sink");
	both.port = 0;
	assert_int_equal(target("tcp", &both).port, CHALLENGE_PORT);
}

static void proxies(void **state)
{
	(void)state;
	struct challenge c = sinks("192.0.2.2", NULL);
	struct address a;
	unsigned port;
	static const char *const good[] = {"http://127.0.0.1:3128", "127.0.0.1:3128/", "http://[::1]:3128/", "http://192.0.2.2:3128"};
	static const char *const bad[] = {"http://proxy.example:3128", "http://192.0.2.3:3128", "socks5://127.0.0.1:1080",
					  "http://u:p@127.0.0.1:3128", "http://127.0.0.1", "http://127.0.0.1:0", "http://[::1]3128",
					  "http://", "", "http://127.0.0.1:99999"};
	for (size_t i = 0; i < LENGTH(good); i++) {
		assert_null(probe_proxy(slice_of_string(good[i]), &c, &a, &port));
		assert_int_equal(port, 3128);
	}
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_non_null(probe_proxy(slice_of_string(bad[i]), &c, &a, &port));
	setenv("https_proxy", "http://127.0.0.1:3128", 1);
	struct probe_target t = target("proxy", &c);
	assert_null(t.skipped);
	assert_true(address_equal(&t.to, &c.sink));
	assert_int_equal(t.via_port, 3128);
	setenv("https_proxy", "http://proxy.example:3128", 1);
	assert_contains(target("proxy", &c).skipped, "names are not looked up");
	unsetenv("https_proxy");
}

static void questions(void **state)
{
	(void)state;
	for (int tcp = 0; tcp < 2; tcp++) {
		AUTO_TEXT struct text t = text_make(PROBE_MESSAGE_MAX);
		struct dns_message m;
		struct dns_name name;
		uint16_t type;
		probe_question(TOKEN, "sink.example", tcp, &t);
		struct cursor c = cursor_over(text_slice(&t));
		if (tcp)
			assert_int_equal(cursor_be16(&c), t.size - 2);
		assert_true(dns_head(cursor_rest(&c), &m));
		assert_false(m.response);
		assert_true(dns_question(&m, &name, &type));
		assert_string_equal(name.text, "00112233445566778899aabbccddeeff.sink.example");
		assert_int_equal(type, DNS_TYPE_A);
		assert_true(dns_looks_right(cursor_rest(&c)));
	}
}

static void greetings(void **state)
{
	(void)state;
	static unsigned char buffer[1 << 16];
	static const char *const alpn[] = {"h2", "dot", NULL};
	for (size_t i = 0; i < LENGTH(alpn); i++) {
		AUTO_TEXT struct text t = text_make(PROBE_MESSAGE_MAX);
		struct tls_hello h;
		probe_hello(TOKEN, "sink.example", alpn[i], &t);
		assert_int_equal(tls_client_hello(text_slice(&t), buffer, &h), TLS_HELLO);
		assert_true(h.whole);
		assert_slice(h.name, "00112233445566778899aabbccddeeff.sink.example");
		assert_int_equal(h.version, 0x0304);
		if (alpn[i])
			assert_true(tls_offers(&h, alpn[i]));
		else
			assert_int_equal(h.alpn.size, 0);
	}
}

static void datagrams(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(PROBE_MESSAGE_MAX), echo = text_make(PROBE_MESSAGE_MAX);
	probe_initial(TOKEN, &t);
	assert_int_equal(t.size, 1200);
	struct cursor c = cursor_over(text_slice(&t));
	assert_int_equal(cursor_u8(&c), 0xc3);
	assert_int_equal(cursor_be32(&c), 1);
	cursor_skip(&c, 1 + 8 + 1);
	assert_int_equal(cursor_u8(&c), 32);
	assert_slice(cursor_take(&c, 32), "00112233445566778899aabbccddeeff");
	unsigned rest = cursor_be16(&c) & 0x3fff;
	assert_int_equal(rest, cursor_left(&c));
	probe_echo(TOKEN, ADDRESS_V4, &echo);
	uint32_t sum = 0;
	for (c = cursor_over(text_slice(&echo)); cursor_left(&c) > 1;)
		sum += cursor_be16(&c);
	sum += cursor_left(&c) ? (uint32_t)cursor_u8(&c) << 8 : 0;
	sum = (sum >> 16) + (sum & 0xffff);
	assert_int_equal((sum + (sum >> 16)) & 0xffff, 0xffff); /* RFC 1071: its own sum included */
	assert_true(slice_search(text_slice(&echo), slice_of_string(TOKEN)) < echo.size);
}

static void to_a_proxy(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(PROBE_MESSAGE_MAX);
	struct challenge c = sinks("192.0.2.2", "2001:db8::2");
	probe_connect(&c.sink6, 443, &t);
	assert_string_equal(text_string(&t), "CONNECT [2001:db8::2]:443 HTTP/1.1\r\nHost: [2001:db8::2]:443\r\n\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_to_the_sink), cmocka_unit_test(proxies),   cmocka_unit_test(questions),
		cmocka_unit_test(greetings),        cmocka_unit_test(datagrams), cmocka_unit_test(to_a_proxy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
