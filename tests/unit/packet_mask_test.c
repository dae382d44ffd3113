/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "redact/packet_mask.h"

enum { SIZE_MAX_OF_PACKET = 2048, ETHERNET = 1, SLL2 = 276, RAW = 101 };

static const unsigned char key[SECRET_SIZE] = "of packets";

struct work {
	struct secret *secret;
	struct pseudonyms *p;
	unsigned char in[SIZE_MAX_OF_PACKET], out[SIZE_MAX_OF_PACKET];
	size_t size;
	struct packet_masked result;
};

static void begin(struct work *w)
{
	*w = (struct work){.secret = secret_new(key)};
	w->p = pseudonyms_new(w->secret);
}

static void end(struct work *w)
{
	pseudonyms_free(w->p);
	secret_free(w->secret);
}

static void add(struct work *w, const void *bytes, size_t size)
{
	assert_true(size <= sizeof w->in - w->size);
	memcpy(w->in + w->size, bytes, size);
	w->size += size;
}

#define ADD(w, literal) add((w), (literal), sizeof(literal) - 1)

static void put16(unsigned char *at, size_t value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

/* RFC 1071, written down once more. */
static unsigned sum_of(unsigned sum, const unsigned char *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		sum += i % 2 ? at[i] : (unsigned)at[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static unsigned transport_sum(const unsigned char *ip, size_t size)
{
	bool v4 = ip[0] >> 4 == 4;
	size_t head = v4 ? 20 : 40;
	unsigned sum = sum_of((v4 ? ip[9] : ip[6]) + (unsigned)(size - head), v4 ? ip + 12 : ip + 8, v4 ? 8 : 32);
	return sum_of(sum, ip + head, size - head);
}

/* An IPv4 packet from 93.184.216.34 to 10.1.2.3, its checksums right. */
static void add_v4(struct work *w, unsigned char proto, const void *transport, size_t size, size_t checksum)
{
	size_t at = w->size;
	unsigned char head[20] = {0x45, 0, 0, 0, 0x12, 0x34, 0x40, 0, 64, proto, 0, 0, 93, 184, 216, 34, 10, 1, 2, 3};
	put16(head + 2, 20 + size);
	put16(head + 10, ~sum_of(0, head, 20) & 0xffff);
	add(w, head, sizeof head);
	add(w, transport, size);
	put16(w->in + at + 20 + checksum, ~transport_sum(w->in + at, 20 + size) & 0xffff);
	assert_int_equal(transport_sum(w->in + at, 20 + size), 0xffff);
}

/* Both rounds; what must hold of every packet. */
static void mask(struct work *w, unsigned linktype)
{
	packet_mask(w->p, linktype, slice_of(w->in, w->size), w->out);
	assert_memory_equal(w->out, w->in, 0);
	pseudonyms_settle(w->p);
	w->result = packet_mask(w->p, linktype, slice_of(w->in, w->size), w->out);
	assert_true(w->result.known);
}

static bool holds(const struct work *w, const char *text)
{
	return slice_search(slice_of(w->out, w->size), slice_of_string(text)) < w->size;
}

static void add_ethernet(struct work *w, unsigned type)
{
	unsigned char head[14] = {0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x02, 0x11, 0x22, 0x33, 0x44, 0x55};
	put16(head + 12, type);
	add(w, head, sizeof head);
}

static const char answer[] = "\x12\x34\x81\x80\0\1\0\2\0\0\0\1"
			     "\3api\7hospita\7example\0\0\1\0\1"
			     "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\x07\4cdn2\xc0\x10"
			     "\xc0\x31\0\1\0\1\0\0\0\x3c\0\4\x5d\xb8\xd8\x22"
			     "\0\0\x29\4\xd0\0\0\0\0\0\x0c\0\x08\0\x08secretec"; /* an option of EDNS */

static void test_dns(void **state)
{
	struct work w;
	unsigned char udp[8 + sizeof answer - 1] = {0, 53, 0xc0, 1};
	(void)state;
	begin(&w);
	put16(udp + 4, sizeof udp);
	memcpy(udp + 8, answer, sizeof answer - 1);
	add_ethernet(&w, 0x0800);
	add_v4(&w, 17, udp, sizeof udp, 6);
	mask(&w, ETHERNET);
	const unsigned char *ip = w.out + 14, *dns = ip + 28;
	assert_int_equal(sum_of(0, ip, 20), 0xffff);
	assert_int_equal(transport_sum(ip, w.size - 14), 0xffff);
	assert_memory_not_equal(ip + 12, "\x5d\xb8\xd8\x22", 4);
	assert_int_equal(ip[16], 10); /* private use stays that */
	assert_memory_equal(dns, answer, 12);
	assert_int_equal(dns[12], 3);
	assert_int_equal(dns[16], 7);
	assert_int_equal(dns[49], 4);
	assert_false(holds(&w, "hospita") || holds(&w, "example") || holds(&w, "cdn") || holds(&w, "secret"));
	assert_memory_equal(ip + 12, dns + 68, 4); /* the address in the answer is that of the packet */
	assert_memory_equal(dns + 54, answer + 54, 14);
	assert_true(w.result.blanked);
	assert_memory_not_equal(w.out, w.in, 3);
	assert_int_equal(w.out[0] & 3, w.in[0] & 3);
	end(&w);
}

/* Of a name that cannot be read nothing is left, nor of what is behind it. */
static void test_dns_broken(void **state)
{
	static const char broken[] = "\0\1\1\0\0\1\0\0\0\0\0\0\3api\x3fpatientsmith\0";
	struct work w;
	unsigned char udp[8 + sizeof broken - 1] = {0xc0, 1, 0, 53};
	(void)state;
	begin(&w);
	put16(udp + 4, sizeof udp);
	memcpy(udp + 8, broken, sizeof broken - 1);
	add_v4(&w, 17, udp, sizeof udp, 6);
	mask(&w, RAW);
	assert_false(holds(&w, "smith") || holds(&w, "patient") || holds(&w, "api"));
	assert_int_equal(transport_sum(w.out, w.size), 0xffff);
	end(&w);
}

static void add_hello(struct work *w)
{
	static const char hello[] = "\x16\3\1\0\x5a\1\0\0\x56\3\3"
				    "RANDOMRANDOMRANDOMRANDOMRANDOMRA"
				    "\4SESS\0\2\x13\1\1\0\0\x29"
				    "\0\0\0\x14\0\x12\0\0\x0f" "api.lab.example"
				    "\0\x10\0\5\0\3\2h2"
				    "\0\x33\0\4\0\2XY";
	unsigned char tcp[20 + sizeof hello - 1] = {0xc0, 1, 1, 0xbb, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x18};
	memcpy(tcp + 20, hello, sizeof hello - 1);
	add_v4(w, 6, tcp, sizeof tcp, 16);
}

static void test_hello(void **state)
{
	struct work w;
	(void)state;
	begin(&w);
	add_hello(&w);
	mask(&w, RAW);
	assert_int_equal(transport_sum(w.out, w.size), 0xffff);
	const unsigned char *hello = w.out + 40;
	assert_memory_equal(hello, w.in + 40, 11);
	assert_false(holds(&w, "RANDOM") || holds(&w, "SESS") || holds(&w, "example") || holds(&w, "XY"));
	const unsigned char *name = hello + 43 + 5 + 4 + 2 + 2 + 9;
	assert_memory_equal(name - 9, "\0\0\0\x14\0\x12\0\0\x0f", 9);
	assert_true(name[3] == '.' && name[7] == '.' && name[0] >= 'g');
	assert_true(holds(&w, "\2h2"));
	end(&w);
}

static void test_request(void **state)
{
	static const char request[] = "GET /v1/track?user=jane.doe HTTP/1.1\r\nHost: collect.vendor.example:8080\r\n"
				      "Authorization: Basic c2VjcmV0\r\n\r\nbody of smith";
	struct work w;
	unsigned char tcp[20 + sizeof request - 1] = {0xc0, 1, 0x1f, 0x90, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x18};
	(void)state;
	begin(&w);
	memcpy(tcp + 20, request, sizeof request - 1);
	add_v4(&w, 6, tcp, sizeof tcp, 16);
	mask(&w, RAW);
	assert_int_equal(transport_sum(w.out, w.size), 0xffff);
	assert_true(holds(&w, "GET /") && holds(&w, " HTTP/1.1\r\nHost: ") && holds(&w, ":8080\r\n"));
	assert_false(holds(&w, "jane") || holds(&w, "collect") || holds(&w, "c2Vj") || holds(&w, "smith") || holds(&w, "body"));
	end(&w);
}

/* A later part of a datagram, an unknown protocol, a payload of no form: numbers of headers alone. */
static void test_unknown_payload(void **state)
{
	static const unsigned char protos[] = {6, 17, 132, 47, 50};
	(void)state;
	for (size_t i = 0; i < LENGTH(protos); i++) {
		struct work w;
		unsigned char body[80] = {0xc0, 1, 0x30, 0x39, 0, 80, 0, 0, 0, 0, 0, 0, 0x50};
		begin(&w);
		memcpy(body + 30, "the patient is called smith", 27);
		add_v4(&w, protos[i], body, sizeof body, protos[i] == 17 ? 6 : 16);
		if (i % 2)
			w.in[6] = 0x20, w.in[7] = 9;
		mask(&w, RAW);
		assert_false(holds(&w, "patient") || holds(&w, "called"));
		assert_true(w.result.blanked);
		end(&w);
	}
}

static void test_neighbours(void **state)
{
	struct work w;
	unsigned char ip[40 + 32] = {0x60, 0, 0, 0, 0, 32, 58, 255};
	static const char from[] = "\xfe\x80\0\0\0\0\0\0\x50\x54\0\xff\xfe\x12\x34\x56",
			  to[] = "\xff\2\0\0\0\0\0\0\0\0\0\1\xff\x12\x34\x57",
			  target[] = "\xfe\x80\0\0\0\0\0\0\x50\x54\0\xff\xfe\x12\x34\x57";
	(void)state;
	begin(&w);
	memcpy(ip + 8, from, 16);
	memcpy(ip + 24, to, 16);
	ip[40] = 135;
	memcpy(ip + 48, target, 16);
	memcpy(ip + 64, "\1\1\x52\x54\0\x12\x34\x56", 8);
	put16(ip + 42, ~transport_sum(ip, sizeof ip) & 0xffff);
	add_ethernet(&w, 0x86dd);
	add(&w, ip, sizeof ip);
	mask(&w, ETHERNET);
	const unsigned char *out = w.out + 14;
	assert_int_equal(transport_sum(out, sizeof ip), 0xffff);
	assert_memory_equal(out + 8, "\xfe\x80\0\0\0\0\0\0", 8);
	assert_memory_equal(out + 24, to, 13); /* of the group, which one it is */
	assert_memory_not_equal(out + 37, to + 13, 3);
	assert_memory_equal(out + 48, out + 8, 14); /* the same network and card */
	assert_memory_not_equal(out + 48, target, 16);
	assert_memory_equal(out + 66, w.out, 6); /* the same card as in the frame */
	end(&w);
}

static void test_arp(void **state)
{
	struct work w;
	(void)state;
	begin(&w);
	add_ethernet(&w, 0x0806);
	ADD(&w, "\0\1\x08\0\6\4\0\1\x02\x11\x22\x33\x44\x55\x0a\1\2\3\0\0\0\0\0\0\x0a\1\2\4padding");
	mask(&w, ETHERNET);
	assert_memory_equal(w.out + 14, w.in + 14, 8);
	assert_memory_equal(w.out + 22, w.out + 6, 6);
	assert_memory_not_equal(w.out + 28, "\x0a\1\2\3", 4);
	assert_memory_equal(w.out + 28, w.out + 38, 3); /* one network */
	assert_false(holds(&w, "padding"));
	end(&w);
}

/* A packet that could not be delivered comes back within the message that says so. */
static void test_inner(void **state)
{
	struct work w, inner;
	unsigned char icmp[8 + 256] = {3, 1};
	(void)state;
	begin(&inner);
	add_hello(&inner);
	memcpy(icmp + 8, inner.in, inner.size);
	begin(&w);
	add_v4(&w, 1, icmp, 8 + inner.size, 2);
	/* no pseudo header there */
	put16(w.in + 22, 0);
	put16(w.in + 22, ~sum_of(0, w.in + 20, w.size - 20) & 0xffff);
	mask(&w, RAW);
	assert_int_equal(sum_of(0, w.out + 20, w.size - 20), 0xffff);
	assert_memory_equal(w.out + 28 + 12, w.out + 12, 8); /* the same addresses */
	assert_int_equal(transport_sum(w.out + 28, inner.size), 0xffff);
	assert_false(holds(&w, "example"));
	end(&w);
	end(&inner);
}

/* Every prefix of a packet, of every link type: nothing is read or written behind its end. */
static void test_prefixes(void **state)
{
	struct work w;
	static const unsigned links[] = {0, 1, 12, 101, 108, 113, 228, 229, 276, 258, 7};
	(void)state;
	begin(&w);
	add_ethernet(&w, 0x0800);
	add_hello(&w);
	pseudonyms_settle(w.p);
	for (size_t size = 0; size <= w.size; size++)
		for (size_t i = 0; i < LENGTH(links); i++) {
			unsigned char *in = malloc(size + 1), *out = malloc(size + 1);
			memcpy(in, w.in, size);
			out[size] = 0x5a;
			struct packet_masked r = packet_mask(w.p, links[i], slice_of(in, size), out);
			assert_int_equal(out[size], 0x5a);
			assert_int_equal(r.known, links[i] != 258 && links[i] != 7);
			assert_true(slice_search(slice_of(out, size), SLICE("example")) == size);
			free(in);
			free(out);
		}
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dns),
		cmocka_unit_test(test_dns_broken),
		cmocka_unit_test(test_hello),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_unknown_payload),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_arp),
		cmocka_unit_test(test_inner),
		cmocka_unit_test(test_prefixes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
