/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"
#include "tests/unit/capture_hello.h"

#include "ingest/capture/http.h"
#include "ingest/capture/quic.h"
#include "ingest/capture/stream.h"
#include "ingest/capture/tls.h"

static const struct ends ASK = {"192.0.2.1", "198.51.100.7", 40000, 443, OUT};

/* One cipher, and the extensions without the name and ALPN. */
#define JA4 ", ja4 t13d0104h2_0f2cb44170f4_7418e7913c75"
#define NAMES "SELECT flow, name, how, detail FROM name ORDER BY id"

static void a_name_out_of_records_and_segments(void **state)
{
	(void)state;
	struct build *m = hello("host.example.test", 2000);
	static const size_t sizes[][2] = {
		{16384, 9999}, {16384, 1400}, {100, 9999}, {100, 333}, {9, 1}};
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		struct build *all = hello_records(m, sizes[i][0]);
		struct capture *c = capture_begin(276);
		for (size_t at = 0; at < all->size; at += sizes[i][1])
			capture_tcp_bytes(c, ASK, (uint32_t)(100 + at),
					  slice_part(built(all), at, sizes[i][1]));
		capture_check(c, NAMES, "1 host.example.test sni TLS 1.3, alpn h2 http/1.1" JA4 "\n");
		free(all);
	}
	free(m);
}

static void a_missing_piece_is_counted(void **state)
{
	(void)state;
	struct build *m = hello("host.example.test", 2000), *all = hello_records(m, 16384);
	struct capture *c = capture_begin(276);
	capture_tcp_bytes(c, ASK, 100, slice_part(built(all), 0, 500));
	capture_tcp_bytes(c, ASK, 1100, slice_part(built(all), 1000, 2000));
	capture_check(c, SKIPS, "a ClientHello that is cut off 1\n");
	c = capture_begin(276); /* and where the capture kept less than was sent */
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_ip(b, ASK.src, ASK.dst, 6, 20 + all->size);
	put_tcp(b, 1, 443, 1, ACK, slice_part(built(all), 0, 500));
	capture_add(c, built(b), b->size + all->size - 500);
	capture_check(c, SKIPS, "a ClientHello that is cut off 1\n");
	free(b);
	free(m);
	free(all);
}

static void the_session_keeps_the_hello_and_cuts_the_rest(void **state)
{
	(void)state;
	struct build *m = hello("h.test", 1), *all = hello_records(m, 16384), *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	assert_non_null(b);
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_ip(b, ASK.src, ASK.dst, 6, 20 + all->size + 700);
	put_tcp(b, 1, 443, 1, ACK, built(all));
	capture_add(c, built(b), b->size + 700);
	capture_check(c, NAMES, "1 h.test sni TLS 1.3, alpn h2 http/1.1" JA4 "\n");
	free(b);
	free(m);
	free(all);
}

static void hellos_that_are_none(void **state)
{
	(void)state;
	unsigned char buffer[TLS_HELLO_MAX];
	struct tls_hello h;
	struct build *m = hello("h.test", 40), *all = hello_records(m, 16384);
	assert_int_equal(tls_client_hello(SLICE(""), buffer, &h), TLS_NOT);
	assert_int_equal(tls_client_hello(SLICE("\x16"), buffer, &h), TLS_MORE);
	assert_int_equal(tls_client_hello(SLICE("\x17\3\3\0\1\1"), buffer, &h), TLS_NOT);
	assert_int_equal(tls_client_hello(SLICE("\x16\3\3\0\1\2"), buffer, &h), TLS_NOT);
	for (size_t size = 1; size < all->size; size++)
		assert_int_equal(tls_client_hello(slice_part(built(all), 0, size), buffer, &h),
				 TLS_MORE);
	assert_int_equal(tls_client_hello(built(all), buffer, &h), TLS_HELLO);
	assert_slice(h.name, "h.test");
	all->bytes[5 + 4 + 2 + 32] = 255; /* the session's size */
	assert_int_equal(tls_client_hello(built(all), buffer, &h), TLS_BROKEN);
	free(m);
	free(all);
}

/* A record of DTLS 1.2 around a part of the body of a ClientHello. */
static void put_datagram(struct build *b, struct slice body, size_t from, size_t size)
{
	struct slice part = slice_part(body, from, size);
	put_be(b, 3, 0x16fefd);
	put_be(b, 8, 0);
	put_be(b, 2, part.size + 12);
	put_be(b, 1, 1);
	put_be(b, 3, body.size);
	put_be(b, 2, 0);
	put_be(b, 3, from);
	put_be(b, 3, part.size);
	put(b, part);
}

static void dtls(void **state)
{
	(void)state;
	struct build *m = hello("far.test", 300), *body = calloc(1, sizeof *body),
		     *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	assert_true(body && b);
	put_be(body, 2, 0xfefd);
	put(body, slice_part(built(m), 6, 33)); /* random, session */
	put_be(body, 1, 0);                     /* cookie */
	put(body, slice_part(built(m), 39, m->size));
	put_datagram(b, built(body), 200, 2000);
	capture_udp(c, ASK, built(b));
	b->size = 0;
	put_datagram(b, built(body), 0, 100);
	put_datagram(b, built(body), 100, 100);
	capture_udp(c, ASK, built(b));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT name, how, substr(detail, 1, 21) FROM name",
		   "far.test sni DTLS 1.2, alpn h2 htt\n");
	check_rows(store, "SELECT app FROM flow", "dtls\n");
	check_rows(store, SKIPS, "");
	store_abandon(&store);
	free(c);
	free(m);
	free(body);
	free(b);
}

/* Its fingerprint has a row, and no name; of one that is cut it would be wrong. */
static void a_hello_that_names_nobody(void **state)
{
	(void)state;
	struct build *m = hello_of_nobody(), *all = hello_records(m, 16384), *body = calloc(1, sizeof *body),
		     *b = calloc(1, sizeof *b);
	assert_true(body && b);
	struct capture *c = capture_begin(276);
	capture_tcp_bytes(c, ASK, 1, built(all));
	put_be(body, 2, 0xfefd);
	put(body, slice_part(built(m), 6, 33));
	put_be(body, 1, 0);
	put(body, slice_part(built(m), 39, m->size));
	put_datagram(b, built(body), 0, 2000);
	capture_udp(c, ASK, built(b));
	capture_check(c, "SELECT quote(name), how, detail FROM name ORDER BY id",
		      "'' tls TLS 1.3, alpn h2 http/1.1, ja4 t13i0104h2_0f2cb44170f4_c8e4d16d7dd6\n"
		      "'' dtls DTLS 1.2, alpn h2 http/1.1, ja4 dd2i0104h2_0f2cb44170f4_c8e4d16d7dd6\n");
	c = capture_begin(276);
	capture_tcp_bytes(c, ASK, 1, slice_part(built(all), 0, all->size - 3));
	capture_check(c, NAMES, "");
	free(m);
	free(all);
	free(body);
	free(b);
}

/* What VPNs spoke before there was a standard: version 0100, and mostly no extensions. */
static void dtls_before_its_standard(void **state)
{
	(void)state;
	struct build *b = calloc(1, sizeof *b), *body = calloc(1, sizeof *body);
	assert_true(b && body);
	put_be(body, 2, 0x0100);
	put(body, SLICE("0123456789abcdef0123456789abcdef\0\0\0\2\0\x39\1\0"));
	put_datagram(b, built(body), 0, 2000);
	b->bytes[1] = 1;
	b->bytes[2] = 0;
	struct capture *c = capture_begin(276);
	capture_udp(c, ASK, built(b));
	capture_check(c, "SELECT f.app, n.how, n.detail FROM name n JOIN flow f ON f.id = n.flow",
		      "dtls dtls DTLS 1.0 draft, ja4 d00i010000_2cfe23c976cf_000000000000\n");
	free(b);
	free(body);
}

static void the_hello_of_ssl_2(void **state)
{
	(void)state;
	struct tls_hello h;
	struct slice old = SLICE("\x80\x1f\1\3\1\0\6\0\0\0\x10\1\0\x80\0\0\x2f"
				 "0123456789abcdef");
	assert_int_equal(tls_old_hello(old, &h), TLS_HELLO);
	assert_int_equal(h.version, 0x0301);
	assert_int_equal(tls_old_hello(slice_part(old, 0, 10), &h), TLS_NOT);
	assert_int_equal(tls_old_hello(SLICE("\x80\x1f\1\3\1\0\7\0\0\0\x10......."), &h), TLS_NOT);
	struct capture *c = capture_begin(276);
	capture_tcp_bytes(c, ASK, 1, old);
	capture_check(c, "SELECT app FROM flow", "tls\n");
}

static void check_request(const char *text, enum http_result wanted, const char *host,
			  bool connects)
{
	struct http_request r;
	assert_int_equal(http_request(slice_of_string(text), &r), wanted);
	if (wanted == HTTP_NOT)
		return;
	assert_true(slice_is(r.host, host));
	assert_int_equal(r.connect, connects);
}

static void requests(void **state)
{
	(void)state;
	check_request("GET / HTTP/1.1\r\nHost: a.test:8080\r\n", HTTP_MORE, "a.test", false);
	check_request("GET / HTTP/1.1\r\nHost: a.test:8080\r\n\r\n", HTTP_REQUEST, "a.test",
		      false);
	check_request("GET / HTTP/1.1\r\nAccept: x\nhOST:\t [2001:db8::1]:80 \r\n\r\n",
		      HTTP_REQUEST, "2001:db8::1", false);
	check_request("CONNECT b.test:443 HTTP/1.1\r\n\r\n", HTTP_REQUEST, "b.test", true);
	check_request("POST http://c.test/x HTTP/1.0\r\n\r\n", HTTP_REQUEST, "c.test", false);
	check_request("GET / HTTP/1.1\r\nHost: a.te", HTTP_MORE, "", false);
	check_request("GE", HTTP_MORE, "", false);
	check_request("GET / SIP/2.0\r\n", HTTP_NOT, "", false);
	check_request("GETX / HTTP/1.1\r\nHost: d.test\r\n\r\n", HTTP_REQUEST, "d.test", false);
	check_request("EHLO example.test\r\n", HTTP_NOT, "", false);
	check_request("HTTP/1.1 200 OK\r\nHost: x\r\n", HTTP_NOT, "", false);
	check_request("", HTTP_NOT, "", false);
}

static void hosts_of_a_flow(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 1, ACK, "GET /1 HTTP/1.1\r\nUser-Agent: x\r\nHo");
	capture_tcp(c, ASK, 35, ACK, "st: one.test\r\n\r\n");
	capture_tcp(c, ASK, 51, ACK, "HEAD /2 HTTP/1.1\r\nHost: one.test\r\n\r\n");
	capture_tcp(c, ASK, 87, ACK, "PUT /3 HTTP/1.1\r\nHost: two\x1b.test\r\n\r\n");
	capture_tcp(c, (struct ends){"192.0.2.1", "192.0.2.2", 5, 3128, OUT}, 1, ACK,
		    "CONNECT far.test:443 HTTP/1.1\r\n\r\n");
	capture_check(c, NAMES,
		      "1 one.test http_host GET /1\n1 two\\027.test http_host PUT /3\n"
		      "2 far.test http_connect far.test:443\n");
}

static enum quic_type type_of(struct slice datagram)
{
	struct cursor c = cursor_over(datagram);
	struct quic_packet p;
	assert_true(quic_packet(&c, &p));
	return p.type;
}

static void quic_headers(void **state)
{
	(void)state;
	struct cursor c;
	struct quic_packet p;
	assert_int_equal(type_of(SLICE("\xc3\0\0\0\1\4abcd\0\0\5.....----")), QUIC_INITIAL);
	assert_int_equal(type_of(SLICE("\xd3\x6b\x33\x43\xcf\4abcd\0\0\5....---")), QUIC_INITIAL);
	assert_int_equal(type_of(SLICE("\xe3\0\0\0\1\4abcd\0\5.....-----")), QUIC_HANDSHAKE);
	assert_int_equal(type_of(SLICE("\xc3\0\0\0\0\4abcd\0..........")), QUIC_NEGOTIATION);
	c = cursor_over(SLICE("\xc3\0\0\0\1\4ab"));
	assert_false(quic_packet(&c, &p));
	c = cursor_over(SLICE("\x43\0\0\0\1\4abcd\0........."));
	assert_false(quic_packet(&c, &p));
	c = cursor_over(SLICE("\xc3\0\0\0\1\4abcd\0\0\5.....\xe3\0\0\0\1\4abcd\0\x19........"));
	assert_true(quic_packet(&c, &p)); /* two in one datagram, the second one cut */
	assert_false(p.cut);
	assert_true(quic_packet(&c, &p));
	assert_int_equal(p.type, QUIC_HANDSHAKE);
	assert_true(p.cut);
	assert_false(quic_packet(&c, &p));
	struct capture *all = capture_begin(276);
	capture_udp(all, ASK, SLICE("\xc3\0\0\0\1\4abcd\0\0\5.....----"));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&all->file));
	check_rows(store, "SELECT proto, state, app FROM flow", "udp quic quic\n");
	check_rows(store, SKIPS, "a QUIC Initial that cannot be decrypted 1\n");
	store_abandon(&store);
	free(all);
}

/* More messages in pieces than there are buffers: the count tells. */
static void pieces_beyond_the_buffers(void **state)
{
	(void)state;
	struct build *m = hello("h.test", 40), *all = hello_records(m, 16384);
	struct capture *c = capture_begin(276);
	for (unsigned i = 0; i < STREAMS + 2; i++)
		capture_tcp_bytes(c, (struct ends){"192.0.2.1", "192.0.2.2", 1000 + i, 443, OUT}, 1,
				  slice_part(built(all), 0, 50));
	for (unsigned i = 0; i < STREAMS + 2; i++)
		capture_tcp_bytes(c, (struct ends){"192.0.2.1", "192.0.2.2", 1000 + i, 443, OUT},
				  51, slice_part(built(all), 50, all->size));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT count(*) FROM name", "256\n");
	check_rows(store, SKIPS, "a message in TCP segments given up for a newer one 2\n");
	store_abandon(&store);
	free(c);
	free(m);
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_out_of_records_and_segments),
		cmocka_unit_test(a_missing_piece_is_counted),
		cmocka_unit_test(the_session_keeps_the_hello_and_cuts_the_rest),
		cmocka_unit_test(hellos_that_are_none),
		cmocka_unit_test(dtls),
		cmocka_unit_test(a_hello_that_names_nobody),
		cmocka_unit_test(dtls_before_its_standard),
		cmocka_unit_test(the_hello_of_ssl_2),
		cmocka_unit_test(requests),
		cmocka_unit_test(hosts_of_a_flow),
		cmocka_unit_test(quic_headers),
		cmocka_unit_test(pieces_beyond_the_buffers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
