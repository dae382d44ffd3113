/* SPDX-License-Identifier: Apache-2.0 */
/* One datagram inside tunnels of every kind. */
#include "tests/unit/capture_build.h"

#define BYTES(literal) {(const unsigned char *)(literal), sizeof(literal) - 1}
#define TEREDO "2001:0:0:1::2"
#define ETHERNET_OF(type) "aaaaaabbbbbb" type
#define RADIO_OF(control, qos) control "..aaaaaabbbbbbcccccc\0\0" qos "\xaa\xaa\3\0\0\0\x08\0"
#define INNER "SELECT proto, src, sport, dst, dport, packets_out, bytes_out, dir, outer FROM flow ORDER BY id"

struct carried {
	unsigned proto, port; /* port 0: right above IP */
	struct slice head;
	const char *v6; /* destination inside; NULL: IPv4 */
};

static void put_inner(struct build *b, const char *v6)
{
	put_ip(b, v6 ? "2001:db8::1" : "10.0.0.1", v6 ? v6 : "10.0.0.2", 17, 8 + 4);
	put_udp(b, 1, 2, SLICE("data"));
}

static void put_outer(struct build *b, unsigned proto, unsigned port, struct slice body)
{
	put_ip(b, "192.0.2.1", "198.51.100.2", proto, body.size + (port ? 8 : 0));
	if (port)
		put_udp(b, 40000, port, body);
	else
		put(b, body);
}

static struct capture *capture_of(const struct carried *t)
{
	struct build *inner = calloc(1, sizeof *inner), *b = calloc(1, sizeof *b);
	assert_true(inner && b);
	put(inner, t->head);
	put_inner(inner, t->v6);
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_outer(b, t->proto, t->port, built(inner));
	struct capture *c = capture_begin(276);
	capture_add(c, built(b), 0);
	free(inner);
	free(b);
	return c;
}

/* Each is one flow with one more in it, and nothing else. */
static void check_tunnels(const struct carried tunnels[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct capture *c = capture_of(&tunnels[i]);
		struct store *store = store_in_memory();
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, SKIPS, "");
		check_rows(store, INNER " LIMIT 1 OFFSET 1",
			   tunnels[i].v6 ? "udp 2001:db8::1 1 2001:0:0:1::2 2 1 4 out 1\n"
					 : "udp 10.0.0.1 1 10.0.0.2 2 1 4 out 1\n");
		check_rows(store, "SELECT count(*), src, dst, outer FROM flow WHERE id = 1",
			   "1 192.0.2.1 198.51.100.2 -\n");
		store_abandon(&store);
		free(c);
	}
}

static void tunnels_above_ip(void **state)
{
	(void)state;
	static const struct carried tunnels[] = {
		{4, 0, BYTES(""), NULL},
		{41, 0, BYTES(""), TEREDO},
		{94, 0, BYTES(""), NULL},
		{97, 0, BYTES("\x30\0" ETHERNET_OF("\x08\0")), NULL},
		{137, 0, BYTES("\0\1\1\x40"), NULL},
		/* GRE: plain, with all of its options, Ethernet, MPLS, PPTP, WCCP */
		{47, 0, BYTES("\0\0\x86\xdd"), TEREDO},
		{47, 0, BYTES("\xb0\0\x08\0....keyssequ"), NULL},
		{47, 0, BYTES("\x40\0\x08\0....\x08\0\0\4addr\0\0\0\0"), NULL},
		{47, 0, BYTES("\0\0\x65\x58" ETHERNET_OF("\x81\0\0\1\x08\0")), NULL},
		{47, 0, BYTES("\0\0\x88\x47\0\1\1\x40"), NULL},
		{47, 0, BYTES("\x30\x81\x88\x0b\0\x24\0\1sequackn\xff\3\0\x21"), NULL},
		{47, 0, BYTES("\0\0\x88\x3e\0\0\0\0"), NULL},
		{47, 0, BYTES("\0\0\x65\x59\x18\x41\3\xcc"), NULL},
		{47, 0, BYTES("\0\0\x82\x10" RADIO_OF("\x88\1", "\0\0")), NULL},
		{51, 0, BYTES("\4\1\0\0spi.sequ"), NULL},
		/* ERSPAN I, II, III without and with a subheader */
		{47, 0, BYTES("\0\0\x88\xbe" ETHERNET_OF("\x08\0")), NULL},
		{47, 0, BYTES("\x10\0\x88\xbesequ\x10\0\0\0\0\0\0\0" ETHERNET_OF("\x08\0")), NULL},
		{47, 0, BYTES("\x10\0\x22\xebsequ\x20\0\0\0\0\0\0\0\0\0\0\0" ETHERNET_OF("\x08\0")),
		 NULL},
		{47, 0,
		 BYTES("\x10\0\x22\xebsequ\x20\0\0\0\0\0\0\0\0\0\0\1subhdr!!" ETHERNET_OF("\x08\0")),
		 NULL},
		{143, 0, BYTES(ETHERNET_OF("\x08\0")), NULL},
	};
	check_tunnels(tunnels, LENGTH(tunnels));
}

static void tunnels_in_udp(void **state)
{
	(void)state;
	static const struct carried tunnels[] = {
		{17, 4789, BYTES("\x08\0\0\0\0\0\7\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 8472, BYTES("\x88\0\0\0\0\0\7\0" ETHERNET_OF("\x08\0")), NULL},
		/* what stands there is to be passed over (RFC 7348, section 5) */
		{17, 4789, BYTES("\x08\1\2\3\0\0\7\4" ETHERNET_OF("\x08\0")), NULL},
		{17, 4790, BYTES("\x08\0\0\0\0\0\7\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 4790, BYTES("\x0c\0\0\1\0\0\7\0"), NULL},
		{17, 4790, BYTES("\x0c\0\0\4\0\0\7\0\0\2\1\3\0\0\0\1" ETHERNET_OF("\x08\0")), NULL},
		{17, 6081, BYTES("\1\0\x65\x58\0\0\7\0opts" ETHERNET_OF("\x08\0")), NULL},
		{17, 6081, BYTES("\0\0\x86\xdd\0\0\7\0"), TEREDO},
		{17, 2152, BYTES("\x30\xff\0\x20teid"), NULL},
		{17, 2152, BYTES("\x36\xff\0\x28teid\0\1\0\x85\1\0\0\0"), NULL},
		{17, 3544, BYTES(""), TEREDO},
		{17, 3544, BYTES("\0\1\1\1iv12345678\0\0\0\1\2\3\4\5\6"), TEREDO},
		{17, 3544, BYTES("\0\0\1\2\3\4\5\6"), TEREDO},
		{17, 5072, BYTES("\x41\x52\x11\x29time1234567890123456ssssssssssssssssssss"), TEREDO},
		{17, 1701, BYTES("\x40\2\0\x2e\0\1\0\1\xff\3\0\x21"), NULL},
		{17, 1701, BYTES("\x0a\2\0\1\0\1sequ\0\2..\0\x21"), NULL},
		{17, 4341, BYTES("\0\0\0\0\0\0\0\1"), NULL},
		{17, 4754, BYTES("\0\0\x08\0"), NULL},
		{17, 6635, BYTES("\0\1\1\x40"), NULL},
		/* CAPWAP: Ethernet, 802.11, and that with its control as Cisco has it */
		{17, 5247, BYTES("\0\x10\2\0\0\0\0\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 5247, BYTES("\0\x18\3\0\0\0\0\0more" RADIO_OF("\x08\1", "")), NULL},
		{17, 5247, BYTES("\0\x10\3\0\0\0\0\0" RADIO_OF("\1\x08", "")), NULL},
		{17, 6080, BYTES("\1\4\0\0opts"), NULL},
		{17, 6080, BYTES(""), TEREDO},
		{17, 37008, BYTES("\1\0\0\1\0\x0a\1\xc8\1" ETHERNET_OF("\x08\0")), NULL},
		{17, 37008, BYTES("\1\1\0\x12\1" RADIO_OF("\x08\2", "")), NULL},
		{17, 37008, BYTES("\1\0\0\x7f\1\0\0\x08\0\0\0\0\0" RADIO_OF("\x08\1", "")), NULL},
	};
	check_tunnels(tunnels, LENGTH(tunnels));
}

static void what_only_has_the_port_is_no_tunnel(void **state)
{
	(void)state;
	static const struct carried others[] = {
		{17, 4789, BYTES("\0\0\0\0\0\0\7\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 4790, BYTES("\x0c\0\0\x09\0\0\7\0"), NULL},
		{17, 6081, BYTES("\x40\0\x08\0\0\0\7\0"), NULL},
		{17, 2152, BYTES("\x32\1\0\4teid"), NULL},
		{17, 2152, BYTES("\x34\xff\0\4teid\0\0\0\1\0"), NULL},
		{17, 3544, BYTES("\x60"), TEREDO},
		{17, 1701, BYTES("\xc8\2\0\x0c\0\0\0\0"), NULL},
		{17, 5072, BYTES("\x41\x52\x13\x29time"), NULL},
		{17, 4341, BYTES("12345678\x70"), NULL},
		{17, 5247, BYTES("\1\0\0\0" ETHERNET_OF("\x08\0")), NULL}, /* DTLS */
		{17, 5247, BYTES("\0\x10\2\x80\0\1\0\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 5247, BYTES("\0\x10\2\x08\0\0\0\0keep"), NULL},
		{17, 5247, BYTES("\0\x10\1\0\0\0\0\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 6080, BYTES("\x20\4\0\0"), NULL},
		{17, 6080, BYTES("\0\x11\0\0"), NULL},
		{17, 37008, BYTES("\1\4\0\1\1"), NULL},
		{17, 37008, BYTES("\1\0\0\1\x0a\xff\xc8"), NULL},
		{17, 9999, BYTES("\x08\0\0\0\0\0\7\0" ETHERNET_OF("\x08\0")), NULL},
		{17, 9999, BYTES(""), "2001:db8::2"}, /* no address of Teredo's */
		{47, 0, BYTES("\0\0\0\0"), NULL},
		{47, 0, BYTES("\x20\x81\x88\x0b\0\0\0\1ackn"), NULL},
	};
	for (size_t i = 0; i < LENGTH(others); i++) {
		struct capture *c = capture_of(&others[i]);
		capture_check(c, "SELECT count(*), (SELECT count(*) FROM skipped) FROM flow", "1 0\n");
	}
}

static void tunnels_that_cannot_be_read_are_counted(void **state)
{
	(void)state;
	static const struct {
		struct carried carried;
		const char *skips;
	} faults[] = {
		{{115, 0, BYTES("\0\0\0\1"), NULL},
		 "an L2TPv3 session: what is inside it is not read 1\n"},
		{{47, 0, BYTES("\0\3\x08\0"), NULL}, "GRE of an unknown version 1\n"},
		{{4, 0, BYTES("\x50\0\0\0"), NULL}, "an IP packet of a version that there is not 1\n"},
		{{137, 0, BYTES("\0\1\1\x40\x10"), NULL},
		 "an MPLS channel of its own: what is in it is not read 1\n"},
	};
	for (size_t i = 0; i < LENGTH(faults); i++)
		capture_check(capture_of(&faults[i].carried), SKIPS, faults[i].skips);
}

static void put_nested(struct build *b, unsigned depth)
{
	if (depth > 0)
		put_ip(b, "192.0.2.1", "192.0.2.2", depth == 1 ? 17 : 4, 8 + (depth - 1) * 20);
	if (depth > 1)
		put_nested(b, depth - 1);
	else
		put_udp(b, 1, 2, SLICE(""));
}

static void tunnels_in_tunnels_end(void **state)
{
	(void)state;
	for (unsigned depth = 7; depth <= 8; depth++) {
		struct build *b = calloc(1, sizeof *b);
		struct store *store = store_in_memory();
		struct capture *c = capture_begin(101);
		assert_non_null(b);
		put_nested(b, depth);
		capture_add(c, built(b), 0);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, "SELECT count(*), max(outer), sum(proto = 'udp') FROM flow",
			   depth == 7 ? "7 6 1\n" : "7 6 0\n");
		check_rows(store, SKIPS,
			   depth == 7 ? "" : "more tunnels in each other than are read 1\n");
		store_abandon(&store);
		free(c);
		free(b);
	}
}

/* The two ways of one connection may take tunnels of different ports; different
 * networks are different flows. */
static void flows_inside_are_told_apart_by_their_network(void **state)
{
	(void)state;
	struct capture *c = capture_begin(101);
	for (unsigned i = 0; i < 3; i++) {
		struct build *inner = calloc(1, sizeof *inner), *b = calloc(1, sizeof *b);
		assert_true(inner && b);
		put_be(inner, 4, 0x08000000);
		put_be(inner, 4, i == 2 ? 8 << 8 : 7 << 8);
		put_text(inner, "aaaaaabbbbbb\x08");
		put_be(inner, 1, 0);
		put_ip(inner, i == 1 ? "10.0.0.2" : "10.0.0.1", i == 1 ? "10.0.0.1" : "10.0.0.2", 17, 9);
		put_udp(inner, i == 1 ? 2 : 1, i == 1 ? 1 : 2, SLICE("x"));
		put_ip(b, i == 1 ? "192.0.2.2" : "192.0.2.1", i == 1 ? "192.0.2.1" : "192.0.2.2", 17,
		       8 + inner->size);
		put_udp(b, 50000 + i, 4789, built(inner));
		capture_add(c, built(b), 0);
		free(inner);
		free(b);
	}
	capture_check(c,
		      "SELECT src, dst, packets_out, packets_in, outer FROM flow WHERE outer IS NOT NULL "
		      "ORDER BY id",
		      "10.0.0.1 10.0.0.2 1 1 1\n10.0.0.1 10.0.0.2 1 0 4\n");
}

static void a_name_inside_is_found(void **state)
{
	(void)state;
	struct capture *c = capture_begin(101);
	struct build *b = calloc(1, sizeof *b);
	struct slice query = SLICE("\0\1\1\0\0\1\0\0\0\0\0\0\6inside\7example\0\0\1\0\1");
	assert_non_null(b);
	put_ip(b, "192.0.2.1", "192.0.2.2", 4, 28 + query.size);
	put_ip(b, "10.0.0.1", "10.0.0.2", 17, 8 + query.size);
	put_udp(b, 4000, 53, query);
	capture_add(c, built(b), b->size);
	free(b);
	capture_check(c, "SELECT qname, client, flow FROM dns", "inside.example 10.0.0.1 2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tunnels_above_ip),
		cmocka_unit_test(tunnels_in_udp),
		cmocka_unit_test(what_only_has_the_port_is_no_tunnel),
		cmocka_unit_test(tunnels_that_cannot_be_read_are_counted),
		cmocka_unit_test(tunnels_in_tunnels_end),
		cmocka_unit_test(flows_inside_are_told_apart_by_their_network),
		cmocka_unit_test(a_name_inside_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
