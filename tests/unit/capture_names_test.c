/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of TCP: pieces in any order, and protocols that begin with another one. */
#include "tests/unit/capture_build.h"
#include "tests/unit/capture_hello.h"

#include "ingest/capture/http2.h"
#include "ingest/capture/proto_app.h"
#include "ingest/capture/socks.h"
#include "ingest/capture/starttls.h"
#include "ingest/capture/stream.h"

static const struct ends ASK = {"192.0.2.1", "198.51.100.7", 40000, 443, OUT};

#define NAMES "SELECT name, how FROM name ORDER BY id"

static void pieces_in_any_order(void **state)
{
	(void)state;
	struct build *m = hello("host.example.test", 3000), *all = hello_records(m, 16384);
	static const size_t orders[][4] = {
		{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}, {0, 3, 1, 2}};
	size_t size = all->size / 4 + 1;
	for (size_t i = 0; i < LENGTH(orders); i++) {
		struct capture *c = capture_begin(276);
		capture_tcp(c, ASK, UINT32_MAX - 100, SYN, "");
		for (size_t k = 0; k < 4; k++) {
			size_t at = orders[i][k] * size;
			capture_tcp_bytes(c, ASK, UINT32_MAX - 99 + (uint32_t)at,
					  slice_part(built(all), at, size));
			/* some of it again, from the middle of what was there */
			capture_tcp_bytes(c, ASK, UINT32_MAX - 99 + (uint32_t)at + 10,
					  slice_part(built(all), at + 10, 20));
		}
		struct store *store = store_in_memory();
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, NAMES, "host.example.test sni\n");
		check_rows(store, SKIPS, "");
		store_abandon(&store);
		free(c);
	}
	free(m);
	free(all);
}

/* Without what may be a secret of the user's. */
static void the_path_is_kept(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 99, SYN, "");
	capture_tcp(c, ASK, 100, ACK, "POST /uma/v2?token=secret HTTP/1.1\r\nHost: one.test\r\n\r\n");
	capture_check(c, "SELECT name, how, detail FROM name", "one.test http_host POST /uma/v2\n");
}

/* Who repeats bytes with other contents is not believed the second time. */
static void the_first_bytes_count(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 99, SYN, "");
	capture_tcp(c, ASK, 121, ACK, "ost: one.test\r\n\r\n");
	capture_tcp(c, ASK, 121, ACK, "ost: two.test\r\n\r\n");
	capture_tcp(c, ASK, 100, ACK, "GET /1234 HTTP/1.1\r\nHost: six.test\r\n\r\n");
	capture_check(c, NAMES, "one.test http_host\n");
}

static void what_is_missing_is_counted(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 99, SYN, "");
	capture_tcp(c, ASK, 200, ACK, "GET / HTTP/1.1\r\nHost: late.test\r\n\r\n");
	capture_tcp(c, ASK, 200000, ACK, "GET / HTTP/1.1\r\nHost: far.test\r\n\r\n");
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, NAMES, "late.test http_host\nfar.test http_host\n");
	check_rows(store, SKIPS, "a message in TCP segments with a piece missing 1\n");
	store_abandon(&store);
	free(c);
}

static void requests_one_after_the_other(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	const char *text = "POST /a HTTP/1.1\r\nHost: a.test\r\nContent-Length: 40\r\n\r\n"
			   "GET /no HTTP/1.1\r\nHost: body.test\r\n\r\n123"
			   "GET http://b.test:80/x HTTP/1.1\r\nHost: b.test\r\n\r\n\r\n"
			   "GET /c HTTP/1.1\r\nHost: c.test\r\n\r\n";
	for (size_t at = 0; at < strlen(text); at += 7)
		capture_tcp_bytes(c, ASK, (uint32_t)(1 + at),
				  slice_part(slice_of_string(text), at, 7));
	capture_check(c, NAMES,
		      "a.test http_host\nb.test http_host\nb.test proxy\nc.test http_host\n");
}

/* What `before` says, then a ClientHello in the next segment. */
static void check_before_hello(const char *before, size_t size, unsigned port, const char *names,
			       const char *app)
{
	struct build *m = hello("in.test", 1), *all = hello_records(m, 16384);
	struct capture *c = capture_begin(276);
	struct ends e = ASK;
	e.dport = port;
	capture_tcp(c, e, 99, SYN, "");
	capture_tcp_bytes(c, e, 100, slice_of(before, size));
	capture_tcp_bytes(c, e, 100 + (uint32_t)size, built(all));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, NAMES, names);
	check_rows(store, "SELECT app FROM flow", app);
	store_abandon(&store);
	free(c);
	free(m);
	free(all);
}

#define BEFORE(text, port, names, app) check_before_hello(text, sizeof(text) - 1, port, names, app)

static void tls_behind_something_else(void **state)
{
	(void)state;
	BEFORE("EHLO me\r\nSTARTTLS\r\n", 25, "in.test sni\n", "smtp\n");
	BEFORE("a1 STARTTLS\r\n", 143, "in.test sni\n", "imap\n");
	BEFORE("STLS\r\n", 110, "in.test sni\n", "pop3\n");
	BEFORE("AUTH TLS\r\n", 21, "in.test sni\n", "ftp\n");
	BEFORE("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", 5222, "in.test sni\n",
	       "xmpp\n");
	BEFORE("\x30\x1d\2\1\1\x77\x18\x80\x16"
	       "1.3.6.1.4.1.1466.20037",
	       389, "in.test sni\n", "ldap\n");
	BEFORE("\0\0\0\x08\4\xd2\x16\x2f", 5432, "in.test sni\n", "postgresql\n");
	BEFORE("CONNECT far.test:8443 HTTP/1.1\r\n\r\n", 3128, "far.test http_connect\nin.test sni\n",
	       "http\n");
	BEFORE("\4\1\1\xbb\0\0\0\1me\0far.test\0", 1080, "far.test socks\nin.test sni\n",
	       "socks\n");
	BEFORE("\4\1\1\xbb\xc0\0\2\1\0", 1080, "192.0.2.1 socks\nin.test sni\n", "socks\n");
}

static void socks_5(void **state)
{
	(void)state;
	struct build *m = hello("in.test", 1), *all = hello_records(m, 16384);
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 99, SYN, "");
	capture_tcp_bytes(c, ASK, 100, SLICE("\5\2\0\2"));
	capture_tcp_bytes(c, back(ASK), 500, SLICE("\5\2"));
	capture_tcp_bytes(c, ASK, 104, SLICE("\1\2me\3pwd"));
	capture_tcp_bytes(c, ASK, 112, SLICE("\5\1\0\3\x08"
					     "far.test\1\xbb"));
	capture_tcp_bytes(c, ASK, 127, built(all));
	capture_check(c, "SELECT name, how, coalesce(substr(detail, 1, 21), '') FROM name",
		      "far.test socks SOCKS 5, far.test:443\n"
		      "in.test sni TLS 1.3, alpn h2 http\n");
	free(m);
	free(all);
	struct socks_request r;
	assert_int_equal(socks_first(SLICE("\5\1\0x"), &r), SOCKS_NOT);
	assert_int_equal(socks_first(SLICE("\5\0"), &r), SOCKS_NOT);
	assert_int_equal(socks_first(SLICE("\4\1\0\x50\1\2"), &r), SOCKS_MORE);
	assert_int_equal(socks_next(SLICE("\5\1\0\1\xc0\0\2\1\0"), &r), SOCKS_MORE);
	assert_int_equal(socks_next(SLICE("\5\1\0\1\xc0\0\2\1\0\x50"), &r), SOCKS_REQUEST);
	assert_int_equal(r.port, 80);
	assert_int_equal(socks_next(SLICE("\5\1\0\2...."), &r), SOCKS_NOT);
}

static void starttls_in_the_same_segment(void **state)
{
	(void)state;
	const char *app = NULL;
	assert_int_equal(starttls_request(SLICE("EHLO a\r\nSTARTTLS\r\n\x16\3\1"), &app), 18);
	assert_int_equal(starttls_request(SLICE("NOSTARTTLS\r\n"), &app), 0);
	assert_int_equal(starttls_request(SLICE("tag starttls\r\n"), &app), 14);
	assert_string_equal(app, "imap");
}

/* w w w . = 1111000 1111000 1111000 010111, and so on; ones fill the last byte. */
static void huffman(void **state)
{
	(void)state;
	char text[32];
	assert_true(http2_huffman(SLICE("\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff"), text,
				  sizeof text));
	assert_string_equal(text, "www.example.com");
	assert_false(http2_huffman(SLICE("\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff"), text,
				   15));
	assert_false(http2_huffman(SLICE("\xff\xff"), text, sizeof text));
	assert_false(http2_huffman(SLICE("\x00"), text, sizeof text)); /* "0", then zeros */
	assert_true(http2_huffman(SLICE(""), text, sizeof text));
}

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"

static void http_2(void **state)
{
	(void)state;
	struct http2_request r;
	struct slice plain = SLICE(PREFACE "\0\0\x0f\1\4\0\0\0\1\x82\x86\x41\x0bh.test:8080");
	assert_int_equal(http2_request(plain, &r), HTTP2_REQUEST);
	assert_string_equal(r.authority, "h.test:8080");
	assert_string_equal(r.method, "GET");
	for (size_t size = 0; size < plain.size; size++)
		assert_int_equal(http2_request(slice_part(plain, 0, size), &r), HTTP2_MORE);
	struct slice padded =
		SLICE(PREFACE "\0\0\x1c\1\x2c\0\0\0\1\2\0\0\0\0\1\x83\0\x0a:authority\6x.test..");
	assert_int_equal(http2_request(padded, &r), HTTP2_REQUEST);
	assert_string_equal(r.authority, "x.test");
	assert_string_equal(r.method, "POST");
	assert_int_equal(http2_request(SLICE("PRX"), &r), HTTP2_NOT);
	struct capture *c = capture_begin(276);
	capture_tcp_bytes(c, ASK, 1, slice_part(plain, 0, 30));
	capture_tcp_bytes(c, ASK, 31, slice_part(plain, 30, plain.size));
	capture_check(c, "SELECT name, how, detail FROM name", "h.test http_host HTTP/2 GET\n");
}

static void hidden_lookups(void **state)
{
	(void)state;
	struct build *m = hello("dns.google", 1), *all = hello_records(m, 16384);
	struct capture *c = capture_begin(276);
	struct ends dot = ASK;
	dot.dport = 853;
	capture_tcp_bytes(c, ASK, 1, built(all));
	capture_tcp_bytes(c, dot, 1, built(all));
	capture_tcp_bytes(c, dot, 1 + (uint32_t)all->size, SLICE("\x17\3\3\0\1x"));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, NAMES, "dns.google sni\ndns.google doh\ndns.google sni\ndns.google dot\n");
	check_rows(store, "SELECT transport, qname, query_id, server, dport, flow FROM dns",
		   "doh - - 198.51.100.7 443 1\ndot - - 198.51.100.7 853 2\n");
	store_abandon(&store);
	free(c);
	free(m);
	free(all);
	assert_true(proto_is_resolver(SLICE("Dns.Quad9.net")));
	assert_false(proto_is_resolver(SLICE("www.quad9.net")));
	assert_false(proto_is_resolver(SLICE("notdns.google")));
	assert_true(proto_is_resolver(SLICE("x.cloudflare-dns.com")));
}

static void protocols(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	unsigned char ntp[48] = {0x23};
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.2", 5, 123, OUT}, slice_of(ntp, 48));
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.2", 6, 9999, OUT},
		    SLICE("\0\1\0\0\x21\x12\xa4\x42............"));
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.2", 7, 3478, OUT},
		    SLICE("\0\3\0\0\x21\x12\xa4\x42............"));
	capture_udp(c, (struct ends){"192.0.2.1", "239.255.255.250", 8, 1900, OUT},
		    SLICE("M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n\r\n"));
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.2", 9, 7777, OUT}, SLICE("what is it"));
	capture_tcp(c, (struct ends){"192.0.2.2", "192.0.2.1", 22, 10, IN}, 1, ACK, "SSH-2.0-x\r\n");
	capture_check(c, "SELECT app FROM flow ORDER BY id",
		      "ntp\nstun\nturn\nssdp\n-\nssh\n");
}

static struct flow *flow_of(int64_t id)
{
	struct flow *f = calloc(1, sizeof *f);
	assert_non_null(f);
	f->id = id;
	return f;
}

static void streams(void **state)
{
	(void)state;
	struct streams *s = streams_new();
	struct flow *f = flow_of(7);
	bool lost;
	assert_true(stream_put(s, f, 0, 4, SLICE("efgh"), &lost));
	assert_int_equal(stream_missing(s, f, 0), 4);
	assert_int_equal(stream_waiting(s, f, 0).size, 0);
	assert_true(stream_put(s, f, 0, 12, SLICE("mn"), &lost));
	assert_true(stream_put(s, f, 0, 2, SLICE("cdXXXXijklYY"), &lost));
	assert_true(stream_put(s, f, 0, 0, SLICE("ab"), &lost));
	assert_slice(stream_waiting(s, f, 0), "abcdefghijklmn");
	stream_drop(s, f, 0, 3);
	assert_slice(stream_waiting(s, f, 0), "defghijklmn");
	assert_false(stream_put(s, f, 0, 11 + STREAM_AHEAD + 1, SLICE("z"), &lost));
	assert_false(stream_put(s, f, 1, STREAM_MAX, SLICE("z"), &lost));
	for (size_t i = 1; i < STREAM_PIECES; i++)
		assert_true(stream_put(s, f, 0, 11 + 2 * i, SLICE("z"), &lost));
	assert_false(stream_put(s, f, 0, 11 + 2 * STREAM_PIECES, SLICE("z"), &lost));
	stream_drop(s, f, 0, STREAM_MAX);
	assert_false(stream_holds(s, f, 0));
	streams_free(s);
	free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_in_any_order),
		cmocka_unit_test(the_path_is_kept),
		cmocka_unit_test(the_first_bytes_count),
		cmocka_unit_test(what_is_missing_is_counted),
		cmocka_unit_test(requests_one_after_the_other),
		cmocka_unit_test(tls_behind_something_else),
		cmocka_unit_test(socks_5),
		cmocka_unit_test(starttls_in_the_same_segment),
		cmocka_unit_test(huffman),
		cmocka_unit_test(http_2),
		cmocka_unit_test(hidden_lookups),
		cmocka_unit_test(protocols),
		cmocka_unit_test(streams),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
