/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/packet_keep.h"

static struct keep keep;

/* A frame that is put together from its layers. */
struct frame {
	size_t size;
	unsigned char bytes[70000];
};
static struct frame frame;

static void add(const void *bytes, size_t size)
{
	assert_true(size <= sizeof frame.bytes - frame.size);
	memcpy(frame.bytes + frame.size, bytes, size);
	frame.size += size;
}

static void add_be16(unsigned value)
{
	const unsigned char bytes[] = {(unsigned char)(value >> 8), (unsigned char)value};
	add(bytes, 2);
}

static void sll2(unsigned ethertype, bool out)
{
	unsigned char head[18] = {0};
	frame.size = 0;
	add_be16(ethertype);
	head[8] = out ? 4 : 0;
	add(head, sizeof head);
}

static void ipv4(unsigned proto, unsigned fragment, size_t options)
{
	unsigned char head[60] = {0};
	head[0] = (unsigned char)(0x45 + options / 4);
	head[6] = (unsigned char)(fragment >> 8);
	head[7] = (unsigned char)fragment;
	head[9] = (unsigned char)proto;
	memcpy(head + 12, "\xc0\x00\x02\x01\xc6\x33\x64\x01", 8);
	add(head, 20 + options);
}

static void ipv6(unsigned next)
{
	unsigned char head[40] = {0x60};
	head[6] = (unsigned char)next;
	head[8] = 0x20, head[24] = 0x20;
	add(head, sizeof head);
}

static void tcp(unsigned sport, unsigned dport, size_t options)
{
	unsigned char head[60] = {0};
	head[8] = (unsigned char)((20 + options) / 4 << 4);
	add_be16(sport);
	add_be16(dport);
	add(head, 16 + options); /* head[8]: byte 12 of the header */
}

static void udp(unsigned sport, unsigned dport)
{
	add_be16(sport);
	add_be16(dport);
	add("\0\0\0\0", 4);
}

static size_t kept(void)
{
	return keep_bytes(&keep, slice_of(frame.bytes, frame.size));
}

/* Adds a payload; of it exactly `wanted` bytes are to be kept. */
static void check_payload(struct slice payload, size_t wanted)
{
	size_t headers = frame.size;
	add(payload.at, payload.size);
	assert_int_equal(kept(), headers + wanted);
	frame.size = headers;
}

static int fresh(void **state)
{
	(void)state;
	keep = (struct keep){0};
	return 0;
}

static const unsigned char SECRET[2000] = "what it said is nobody's business";

static void payload_of_the_unknown_is_cut(void **state)
{
	(void)state;
	for (size_t options = 0; options <= 40; options += 4) {
		sll2(0x0800, true);
		ipv4(6, 0, options);
		tcp(40000, 443, options);
		check_payload(slice_of(SECRET, sizeof SECRET), 0);
		sll2(0x86dd, true);
		ipv6(17);
		udp(40000, 9999);
		check_payload(slice_of(SECRET, sizeof SECRET), 0);
	}
	sll2(0x0800, true);
	ipv4(1, 0, 0); /* ICMP: its header and no more */
	check_payload(slice_of(SECRET, sizeof SECRET), 8);
	sll2(0x0806, true);
	check_payload(slice_of(SECRET, sizeof SECRET), 64);
	check_payload(slice_of(SECRET, 28), 28);
}

static void names_are_kept_and_questions_counted(void **state)
{
	(void)state;
	static const unsigned ports[] = {53, 5353, 5355, 137};
	for (size_t i = 0; i < LENGTH(ports); i++) {
		keep.queries = 0;
		sll2(0x0800, true);
		ipv4(17, 0, 0);
		udp(40000, ports[i]);
		check_payload(SLICE("\x12\x34\x01\x00 question"), 13);
		assert_int_equal(keep.queries, 1);
		check_payload(SLICE("\x12\x34\x81\x00 answer"), 11);
		assert_int_equal(keep.queries, 1);
		check_payload(SLICE("\x12\x34"), 2); /* too short to tell */
		assert_int_equal(keep.queries, 1);
		sll2(0x0800, false);
		ipv4(17, 0, 0);
		udp(ports[i], 40000);
		check_payload(SLICE("\x12\x34\x81\x00 answer"), 11);
		assert_int_equal(keep.queries, 1);
		sll2(0x0800, false); /* somebody asks us */
		ipv4(17, 0, 0);
		udp(40000, ports[i]);
		check_payload(SLICE("\x12\x34\x01\x00 question"), 13);
		assert_int_equal(keep.queries, 1);
	}
	sll2(0x86dd, true);
	ipv6(6);
	tcp(40000, 53, 12);
	check_payload(SLICE("\x00\x0c\x12\x34\x01\x00 question"), 15);
	assert_int_equal(keep.queries, 2);
}

/* A ClientHello of `size` bytes behind the head of its record. */
static struct slice hello(size_t size)
{
	static unsigned char bytes[70000];
	memset(bytes, 0xcc, sizeof bytes);
	memcpy(bytes, "\x16\x03\x01\x40\x00\x01", 6);
	size_t body = size - 4; /* of the handshake message */
	bytes[6] = (unsigned char)(body >> 16);
	bytes[7] = (unsigned char)(body >> 8);
	bytes[8] = (unsigned char)body;
	return slice_of(bytes, 5 + size);
}

static void client_hellos_are_kept_and_what_follows_is_not(void **state)
{
	(void)state;
	sll2(0x0800, true);
	ipv4(6, 0, 0);
	tcp(40000, 8443, 0);
	struct slice h = hello(500);
	check_payload(h, 505);
	check_payload(slice_of(h.at, 505 + 300), 505); /* early data behind it */
	check_payload(slice_of(SECRET, sizeof SECRET), 0);
	static const char *const others[] = {
		"\x17\x03\x03\x01\x00\x01\x00\x00\x10",	 /* application data */
		"\x16\x02\x01\x01\x00\x01\x00\x00\x10",	 /* no TLS version */
		"\x16\x03\x03\x01\x00\x02\x00\x00\x10"}; /* a ServerHello */
	for (size_t i = 0; i < LENGTH(others); i++)
		check_payload(slice_of(others[i], 9), 0);
	h = hello(66000); /* larger than any that is believed */
	check_payload(slice_of(h.at, 1400), 0);
}

static void a_client_hello_goes_on_in_its_own_flow(void **state)
{
	(void)state;
	struct slice h = hello(2000);
	sll2(0x0800, true);
	ipv4(6, 0, 0);
	tcp(40001, 443, 0);
	check_payload(slice_part(h, 0, 1400), 1400);
	sll2(0x0800, true);
	ipv4(6, 0, 0);
	tcp(40002, 443, 0); /* another connection */
	check_payload(slice_of(SECRET, 500), 0);
	sll2(0x0800, true);
	ipv4(6, 0, 0);
	tcp(40001, 443, 0);
	check_payload(slice_part(h, 1400, 300), 300);
	check_payload(slice_of(SECRET, 500), 2005 - 1700);
	check_payload(slice_of(SECRET, 500), 0);
}

static void quic_initials_are_kept(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		bool kept;
	} cases[] = {
		{"\xc3\x00\x00\x00\x01", true},
		{"\xd3\x00\x00\x00\x01", false}, /* 0-RTT */
		{"\xe3\x00\x00\x00\x01", false},
		{"\x43\x00\x00\x00\x01", false}, /* a short header */
		{"\xd3\x6b\x33\x43\xcf", true},
		{"\xc3\x6b\x33\x43\xcf", false}, /* version 2 */
		{"\xc3\x00\x00\x00\x00", false}, /* version negotiation */
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		sll2(0x86dd, true);
		ipv6(17);
		udp(40000, 443);
		unsigned char payload[1200] = {0};
		memcpy(payload, cases[i].bytes, 5);
		check_payload(slice_of(payload, sizeof payload),
			      cases[i].kept ? sizeof payload : 0);
	}
	check_payload(SLICE("\xc3\x00\x00"), 0);
}

static void of_http_the_request_line_and_host(void **state)
{
	(void)state;
	static const struct {
		const char *head, *rest;
	} cases[] = {
		{"GET /a HTTP/1.1\r\nHost: name.example\r\n", "Cookie: secret\r\n\r\n"},
		{"GET /a HTTP/1.1\r\nUser-Agent: x\r\nhOsT: name.example\r\n",
		 "Cookie: secret\r\n"},
		{"POST /a HTTP/1.1\r\n", "Authorization: secret\r\nHost: name.example\r\n"},
		{"CONNECT name.example:443 HTTP/1.1\r\n", "\r\nsecret"},
		{"PRI * HTTP/2.0\r\n", "\r\nSM\r\n\r\n"},
		{"GET /cut-off", ""},
		{"", "GETTY secret"},
		{"", "get /a HTTP/1.1\r\n"},
		{"", "HTTP/1.1 200 OK\r\n"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char payload[256];
		snprintf(payload, sizeof payload, "%s%s", cases[i].head, cases[i].rest);
		sll2(0x0800, true);
		ipv4(6, 0, 0);
		tcp(40000, 8080, 0);
		check_payload(slice_of_string(payload), strlen(cases[i].head));
	}
	char *endless = must_alloc(20000, 1);
	memset(endless, 'a', 20000);
	memcpy(endless, "GET /", 5);
	check_payload(slice_of(endless, 20000), 8192);
	free(endless);
}

static void fragments_and_extension_headers(void **state)
{
	(void)state;
	sll2(0x0800, true);
	ipv4(17, 0x2000, 0); /* the first of several */
	udp(40000, 53);
	check_payload(SLICE("\x12\x34\x01\x00 question"), 13);
	sll2(0x0800, true);
	ipv4(17, 0x2001, 0); /* a later one: there are no ports in it */
	check_payload(slice_of(SECRET, 1000), 8);
	sll2(0x86dd, true);
	ipv6(0);
	add("\x3c\x00\x00\x00\x00\x00\x00\x00", 8); /* hop by hop */
	add("\x2c\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 16); /* options */
	add("\x11\x00\x00\x01\x00\x00\x00\x01", 8); /* fragment 0 */
	udp(40000, 53);
	check_payload(SLICE("\x12\x34\x01\x00 question"), 13);
	sll2(0x86dd, true);
	ipv6(44);
	add("\x11\x00\x00\x08\x00\x00\x00\x01", 8);
	check_payload(slice_of(SECRET, 1000), 8);
	sll2(0x8100, true);
	add_be16(7);
	add_be16(0x0800);
	ipv4(17, 0, 0);
	udp(40000, 53);
	check_payload(SLICE("\x12\x34\x01\x00 question"), 13);
}

/* As macOS writes it; newer versions have more behind the first 108 bytes. */
static void pktap(unsigned size, unsigned link, bool out)
{
	unsigned char head[256] = {0};
	head[0] = (unsigned char)size;
	head[4] = 1; /* a packet */
	head[8] = (unsigned char)link;
	memcpy(head + 12, "en0", 3);
	head[36] = out ? 2 : 1;
	frame.size = 0;
	add(head, size);
}

static size_t kept_of_pktap(void)
{
	return keep_pktap(&keep, slice_of(frame.bytes, frame.size));
}

static void check_pktap(struct slice payload, size_t wanted)
{
	size_t headers = frame.size;
	add(payload.at, payload.size);
	assert_int_equal(kept_of_pktap(), headers + wanted);
}

static void behind_a_pktap_header_the_same_is_kept(void **state)
{
	(void)state;
	static const unsigned sizes[] = {108, 156};
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		keep.queries = 0;
		pktap(sizes[i], 1, true); /* Ethernet */
		add("\0\0\0\0\0\0\0\0\0\0\0\0\x08\x00", 14);
		ipv4(17, 0, 0);
		udp(40000, 53);
		check_pktap(SLICE("\x12\x34\x01\x00 question"), 13);
		assert_int_equal(keep.queries, 1);
		pktap(sizes[i], 1, false);
		add("\0\0\0\0\0\0\0\0\0\0\0\0\x08\x00", 14);
		ipv4(17, 0, 0);
		udp(40000, 53);
		check_pktap(SLICE("\x12\x34\x01\x00 question"), 13);
		assert_int_equal(keep.queries, 1); /* it came, it did not leave */
		pktap(sizes[i], 0, true); /* the loopback */
		add("\x1e\0\0\0", 4);
		ipv6(6);
		tcp(40000, 443, 12);
		check_pktap(slice_of(SECRET, sizeof SECRET), 0);
		pktap(sizes[i], 12, true); /* a tunnel */
		ipv4(6, 0, 0);
		tcp(40000, 443, 0);
		check_pktap(hello(300), 305);
		pktap(sizes[i], 101, true);
		ipv4(6, 0, 0);
		tcp(40000, 443, 0);
		check_pktap(slice_of(SECRET, sizeof SECRET), 0);
	}
}

static void of_other_frames_behind_pktap_little_is_kept(void **state)
{
	(void)state;
	pktap(108, 105, true); /* a link type of which nothing is known here */
	check_pktap(slice_of(SECRET, sizeof SECRET), 64);
	pktap(108, 1, true);
	add("\0\0\0\0\0\0\0\0\0\0\0\0\x08\x06", 14); /* ARP */
	check_pktap(slice_of(SECRET, 28), 28);
	pktap(108, 0, true); /* neither IPv4 nor IPv6 */
	add("\0\0\0\0\0", 5);
	check_pktap(slice_of(SECRET, sizeof SECRET), 63);
	pktap(60, 1, true); /* a header too short to be one */
	add(SECRET, sizeof SECRET);
	assert_int_equal(kept_of_pktap(), 108);
	pktap(108, 1, true); /* and one longer than all there is */
	frame.bytes[1] = 0xff;
	add(SECRET, 500);
	assert_int_equal(kept_of_pktap(), 108);
}

static void no_cut_is_read_past_its_end(void **state)
{
	(void)state;
	sll2(0x86dd, true);
	ipv6(0);
	add("\x06\x00\x00\x00\x00\x00\x00\x00", 8);
	tcp(40000, 443, 12);
	struct slice h = hello(300);
	add(h.at, h.size);
	for (size_t size = 0; size <= frame.size; size++) {
		unsigned char *exact = must_alloc(size + 1, 1); /* one more: 0 is a size too */
		memcpy(exact, frame.bytes, size);
		assert_true(keep_bytes(&keep, slice_of(exact, size)) <= size);
		assert_true(keep_pktap(&keep, slice_of(exact, size)) <= size);
		free(exact);
	}
	assert_int_equal(kept(), frame.size);
}

#define keep_test(f) cmocka_unit_test_setup(f, fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		keep_test(payload_of_the_unknown_is_cut),
		keep_test(names_are_kept_and_questions_counted),
		keep_test(client_hellos_are_kept_and_what_follows_is_not),
		keep_test(a_client_hello_goes_on_in_its_own_flow),
		keep_test(quic_initials_are_kept),
		keep_test(of_http_the_request_line_and_host),
		keep_test(fragments_and_extension_headers),
		keep_test(behind_a_pktap_header_the_same_is_kept),
		keep_test(of_other_frames_behind_pktap_little_is_kept),
		keep_test(no_cut_is_read_past_its_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
