/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"

static const struct ends ASK = {"192.0.2.1", "198.51.100.7", 40000, 443, OUT};

static void a_connection_from_its_first_to_its_last_packet(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 1000, SYN, "");
	capture_tcp(c, back(ASK), 5000, SYN | ACK, "");
	capture_tcp(c, ASK, 1001, ACK, "");
	capture_tcp(c, ASK, 1001, ACK, "hello");
	capture_tcp(c, back(ASK), 5001, ACK, "good day");
	capture_tcp(c, ASK, 1006, FIN | ACK, "");
	capture_tcp(c, back(ASK), 5009, FIN | ACK, "");
	capture_tcp(c, ASK, 1007, ACK, "");
	capture_check(c,
		      "SELECT proto, src, sport, dst, dport, packets_out, packets_in, bytes_out, "
		      "bytes_in, "
		      "state, dir, ifindex, iface, first_packet, last_ns - first_ns FROM flow",
		      "tcp 192.0.2.1 40000 198.51.100.7 443 5 3 5 8 closed out 2 - 1 7000000000\n");
}

static void bytes_count_once(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, UINT32_C(0xfffffffa), SYN, "");
	capture_tcp(c, back(ASK), 1, SYN | ACK, "");
	capture_tcp(c, ASK, UINT32_C(0xfffffffb), ACK, "0123456789");   /* over the wrap */
	capture_tcp(c, ASK, UINT32_C(0xfffffffb), ACK, "0123456789");   /* again */
	capture_tcp(c, ASK, UINT32_C(0xfffffffb), ACK, "0123456789ab"); /* again, and two more */
	capture_tcp(c, ASK, 11, ACK, "xyz");                            /* four missing between */
	capture_tcp(c, ASK, 7, ACK, "late");
	capture_tcp(c, ASK, 13, ACK, ""); /* a keep-alive */
	capture_check(c, FLOWS, "tcp 192.0.2.1 40000 198.51.100.7 443 7 1 19 0 established out\n");
}

static void refused_reset_silent_and_midstream(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct ends e = ASK;
	capture_tcp(c, e, 1, SYN, "");
	capture_tcp(c, back(e), 0, RST | ACK, "");
	e.sport = 40001;
	capture_tcp(c, e, 1, SYN, "");
	capture_tcp(c, e, 1, SYN, "");
	e.sport = 40002;
	capture_tcp(c, e, 1, SYN, "");
	capture_tcp(c, back(e), 9, SYN | ACK, "");
	capture_tcp(c, e, 2, RST, "");
	e.sport = 40003;
	capture_tcp(c, e, 77, ACK, "more");
	e.sport = 40004;
	capture_tcp(c, back(e), 9, SYN | ACK, ""); /* its SYN was not captured */
	capture_check(c, FLOWS,
		      "tcp 192.0.2.1 40000 198.51.100.7 443 1 1 0 0 refused out\n"
		      "tcp 192.0.2.1 40001 198.51.100.7 443 2 0 0 0 syn_sent out\n"
		      "tcp 192.0.2.1 40002 198.51.100.7 443 2 1 0 0 reset out\n"
		      "tcp 192.0.2.1 40003 198.51.100.7 443 1 0 4 0 midstream out\n"
		      "tcp 192.0.2.1 40004 198.51.100.7 443 0 1 0 0 established out\n");
}

static void the_same_ports_again_are_another_flow(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	capture_tcp(c, ASK, 1, SYN, "");
	capture_tcp(c, back(ASK), 0, RST | ACK, "");
	capture_tcp(c, ASK, 900, SYN, "");
	capture_tcp(c, back(ASK), 70, SYN | ACK, "");
	capture_check(c, FLOWS,
		      "tcp 192.0.2.1 40000 198.51.100.7 443 1 1 0 0 refused out\n"
		      "tcp 192.0.2.1 40000 198.51.100.7 443 1 1 0 0 established out\n");
}

static void what_was_cut_or_offloaded_counts_in_full(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_ip(b, ASK.src, ASK.dst, 6, 20 + 1000);
	put_tcp(b, 1, 2, 1, ACK, SLICE(""));
	capture_add(c, built(b), b->size + 1000); /* only headers were kept */
	b->size = 0;
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_ip(b, ASK.src, ASK.dst, 6, 20);
	b->bytes[22] = b->bytes[23] = 0; /* total length 0 */
	put_tcp(b, 1, 2, 1001, ACK, SLICE(""));
	capture_add(c, built(b), b->size + 64000);
	b->size = 0;
	put_sll2(b, 0x0800, 2, ETHERNET, OUT);
	put_ip(b, ASK.src, ASK.dst, 6, 20 + 1);
	put_tcp(b, 1, 2, 65001, ACK, SLICE("x\0\0\0\0\0")); /* padding */
	capture_add(c, built(b), 0);
	free(b);
	capture_check(c, FLOWS, "tcp 192.0.2.1 1 198.51.100.7 2 3 0 65001 0 midstream out\n");
}

static void put_loopback(struct capture *c, unsigned direction, unsigned hardware, unsigned ifindex)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, 0x86dd, ifindex, hardware, direction);
	put_ip(b, "::1", "::1", 17, 8 + 3);
	put_udp(b, 4000, 5000, SLICE("abc"));
	capture_add(c, built(b), 0);
	free(b);
}

static void loopback_passes_twice_and_counts_once(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	put_loopback(c, OUT, LOOPBACK, 1);
	put_loopback(c, IN, LOOPBACK, 1);
	capture_check(c, FLOWS, "udp ::1 4000 ::1 5000 1 0 3 0 one_way local\n");
	c = capture_begin(276); /* a capture of the one half only */
	put_loopback(c, IN, LOOPBACK, 1);
	capture_check(c, FLOWS, "udp ::1 4000 ::1 5000 1 0 3 0 one_way local\n");
}

static void another_interface_is_another_flow(void **state)
{
	(void)state;
	struct store *store = store_in_memory();
	struct capture *c = capture_begin(276);
	put_loopback(c, OUT, ETHERNET, 3);
	put_loopback(c, OUT, ETHERNET, 4);
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.2", 9, 9, OUT}, SLICE(""));
	run_sql(store,
		"INSERT INTO host_address VALUES ('192.0.2.1', 3, 'eth0', 0), "
		"('192.0.2.2', 4, 'eth1', 0), ('192.0.2.2', 4, 'later', 9000000000000000000)");
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT ifindex, iface, dir FROM flow ORDER BY id",
		   "3 eth0 local\n4 eth1 local\n2 - local\n");
	store_abandon(&store);
	free(c);
}

static void udp_that_came_in_is_in(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct ends dns = {"192.0.2.53", "192.0.2.1", 53, 40000, IN};
	struct slice response = SLICE("\0\1\x81\x80\0\0\0\0\0\0\0\0");
	capture_udp(c, dns, response); /* the query was not captured */
	capture_udp(c, back(ASK), SLICE("x"));
	dns.direction = OUT;
	dns.src = "192.0.2.54";
	capture_udp(c, dns, response); /* called an answer, but nobody asked */
	capture_check(c, FLOWS,
		      "udp 192.0.2.1 40000 192.0.2.53 53 0 1 0 12 answered out\n"
		      "udp 198.51.100.7 443 192.0.2.1 40000 1 0 1 0 one_way in\n"
		      "udp 192.0.2.54 53 192.0.2.1 40000 1 0 12 0 one_way out\n");
}

static void put_packet(struct capture *c, unsigned type, struct slice body, unsigned direction)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, type, 2, ETHERNET, direction);
	put(b, body);
	capture_add(c, built(b), 0);
	free(b);
}

static void what_is_no_ip_is_a_flow_too(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	put_packet(c, 0x0806,
		   SLICE("\0\1\x08\0\6\4\0\1"
			 "aaaaaa\xc0\0\2\1"
			 "bbbbbb\xc0\0\2\2"),
		   OUT);
	put_packet(c, 0x88cc, SLICE("lldp"), OUT);
	put_packet(c, 0x0004, SLICE("\x42\x42\3...."), IN);
	put_packet(c, 0x0806, SLICE("\0\1\x08\0\6\4\0"), OUT);
	put_packet(c, 0x0800, SLICE("\x45\0\0"), OUT);
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, FLOWS,
		   "arp 192.0.2.1 - 192.0.2.2 - 1 0 0 0 request out\n"
		   "ethertype 0x88cc  -  - 1 0 4 0 one_way out\n"
		   "802.2  -  - 1 0 7 0 one_way in\n"
		   "arp  -  - 1 0 0 0 other operation out\n"
		   "ethertype 0x0800  -  - 1 0 0 0 one_way out\n");
	check_rows(store, SKIPS,
		   "an ARP packet that is cut off 1\nan IPv4 header that is cut off 1\n");
	store_abandon(&store);
	free(c);
}

static void put_over_ip(struct capture *c, const char *src, const char *dst, unsigned proto,
			struct slice body, unsigned direction)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_ip(b, src, dst, proto, body.size);
	put(b, body);
	put_packet(c, ethertype_of(src), built(b), direction);
	free(b);
}

static void icmp_and_its_kin(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct slice hop = SLICE("\x3a\0\5\2\0\0\1\0\x8f\0\0\0\0\0\0\1");
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 1, SLICE("\x08\0\0\0\0\7\0\1data"), OUT);
	put_over_ip(c, "192.0.2.2", "192.0.2.1", 1, SLICE("\0\0\0\0\0\7\0\1data"), IN);
	put_over_ip(c, "fe80::1", "ff02::1:ff00:2", 58, SLICE("\x87\0\0\0\0\0\0\0"), OUT);
	put_over_ip(c, "fe80::1", "ff02::16", 0, hop, OUT);
	put_over_ip(c, "192.0.2.1", "224.0.0.22", 2, SLICE("\x22\0\0\0\0\0\0\0"), OUT);
	put_over_ip(c, "192.0.2.9", "192.0.2.1", 1, SLICE("\3\3\0\0\0\0\0\0...."), IN);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 200, SLICE("12345"), OUT);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 132, SLICE("\0\1\0\2........\0\3\0\x14............data"), OUT);
	capture_check(c, FLOWS,
		      "icmp 192.0.2.1 - 192.0.2.2 - 1 1 4 4 answered out\n"
		      "icmp6 fe80::1 - ff02::1:ff00:2 - 1 0 0 0 neighbour solicitation out\n"
		      "icmp6 fe80::1 - ff02::16 - 1 0 0 0 mld report out\n"
		      "igmp 192.0.2.1 - 224.0.0.22 - 1 0 0 0 membership report out\n"
		      "icmp 192.0.2.9 - 192.0.2.1 - 1 0 4 0 destination unreachable in\n"
		      "ip proto 200 192.0.2.1 - 192.0.2.2 - 1 0 5 0 one_way out\n"
		      "sctp 192.0.2.1 1 192.0.2.2 2 1 0 4 0 one_way out\n");
}

static void put_fragment(struct capture *c, unsigned flags, struct slice body)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_ip(b, "192.0.2.1", "192.0.2.2", 17, body.size);
	b->bytes[6] = (unsigned char)(flags >> 8);
	b->bytes[7] = (unsigned char)flags;
	put(b, body);
	put_packet(c, 0x0800, built(b), OUT);
	free(b);
}

static void fragments_follow_the_first(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	put_fragment(c, 0x2000,
		     SLICE("\0\1\0\2\0\x18\0\0"
			   "12345678"));
	put_fragment(c, 0x0002, SLICE("abcdefgh"));
	capture_check(c, FLOWS, "udp 192.0.2.1 1 192.0.2.2 2 2 0 16 0 one_way out\n");
	c = capture_begin(276); /* the first one was not captured */
	put_fragment(c, 0x0002, SLICE("abcdefgh"));
	capture_check(c, FLOWS, "udp 192.0.2.1 - 192.0.2.2 - 1 0 8 0 one_way out\n");
}

static void an_authentication_header_hides_nothing(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 51,
		    SLICE("\x11\1\0\0spi.sequ\0\1\0\2\0\x0c\0\0data"), OUT);
	put_over_ip(c, "2001:db8::1", "2001:db8::2", 51,
		    SLICE("\x11\1\0\0spi.sequ\0\1\0\2\0\x0c\0\0data"), OUT);
	capture_check(c, FLOWS,
		      "udp 192.0.2.1 1 192.0.2.2 2 1 0 4 0 one_way out\n"
		      "udp 2001:db8::1 1 2001:db8::2 2 1 0 4 0 one_way out\n");
}

static void headers_that_are_cut_leave_what_is_known(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 6, SLICE("\0\1\0\2...."), OUT);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 17, SLICE("\0"), OUT);
	put_over_ip(c, "2001:db8::1", "2001:db8::2", 43, SLICE("\x11\x09\0\0\0\0\0\0"), OUT);
	put_over_ip(c, "192.0.2.1", "192.0.2.2", 51, SLICE("\x11\4\0\0\0\0\0\1"), OUT);
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT proto, src, dst, packets_out FROM flow ORDER BY id",
		   "tcp 192.0.2.1 192.0.2.2 1\nudp 192.0.2.1 192.0.2.2 1\n"
		   "ip proto 43 2001:db8::1 2001:db8::2 1\nah 192.0.2.1 192.0.2.2 1\n");
	check_rows(store, SKIPS,
		   "a TCP header that is cut off 1\na UDP header that is cut off 1\n"
		   "an extension header of IP that is cut off 2\n");
	store_abandon(&store);
	free(c);
}

/* More flows than the table holds: the oldest are written, none is lost. */
static void a_full_table_loses_nothing(void **state)
{
	(void)state;
	enum { FLOWS_OVER = 70000 };
	struct store *store = store_in_memory();
	struct build *b = calloc(1, sizeof *b);
	unsigned char *file = calloc(FLOWS_OVER, 60);
	size_t used = 24;
	assert_true(b && file);
	memcpy(file, "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\x65\0\0\0", 24);
	for (unsigned i = 0; i < FLOWS_OVER; i++) {
		b->size = 0;
		put_le(b, 4, i);
		put_le(b, 4, 0);
		put_le(b, 4, 28);
		put_le(b, 4, 28);
		put_ip(b, i & 1 ? "192.0.2.1" : "192.0.2.2", "192.0.2.3", 17, 8);
		put_udp(b, i >> 1, 9, SLICE(""));
		memcpy(file + used, b->bytes, b->size);
		used += b->size;
	}
	assert_int_equal(read_into(store, &reader_pcap, slice_of(file, used)), FLOWS_OVER);
	check_rows(store, "SELECT count(*), sum(packets_out), count(DISTINCT id) FROM flow",
		   "70000 70000 70000\n");
	store_abandon(&store);
	free(file);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connection_from_its_first_to_its_last_packet),
		cmocka_unit_test(bytes_count_once),
		cmocka_unit_test(refused_reset_silent_and_midstream),
		cmocka_unit_test(the_same_ports_again_are_another_flow),
		cmocka_unit_test(what_was_cut_or_offloaded_counts_in_full),
		cmocka_unit_test(loopback_passes_twice_and_counts_once),
		cmocka_unit_test(another_interface_is_another_flow),
		cmocka_unit_test(udp_that_came_in_is_in),
		cmocka_unit_test(what_is_no_ip_is_a_flow_too),
		cmocka_unit_test(icmp_and_its_kin),
		cmocka_unit_test(fragments_follow_the_first),
		cmocka_unit_test(an_authentication_header_hides_nothing),
		cmocka_unit_test(headers_that_are_cut_leave_what_is_known),
		cmocka_unit_test(a_full_table_loses_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
