/* SPDX-License-Identifier: Apache-2.0 */
/* Link layers around one and the same datagram. */
#include "tests/unit/capture_build.h"

struct link {
	unsigned linktype;
	struct slice head, tail;
	const char *dir;
};

#define BYTES(literal) {(const unsigned char *)(literal), sizeof(literal) - 1}
#define ETHERNET_TO(type) "aaaaaabbbbbb" type
#define SNAP_IP "\xaa\xaa\3\0\0\0\x08\0"
#define ZEROS_16 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static void put_datagram(struct build *b)
{
	put_ip(b, "192.0.2.1", "192.0.2.2", 17, 8);
	put_udp(b, 1, 2, SLICE(""));
}

static struct capture *capture_of(unsigned linktype, struct slice head, struct slice tail)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put(b, head);
	put_datagram(b);
	put(b, tail);
	struct capture *c = capture_begin(linktype);
	capture_add(c, built(b), 0);
	free(b);
	return c;
}

/* Each is the datagram, nothing is skipped, and no byte too many is counted. */
static void check_links(const struct link *links, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct store *store = store_in_memory();
		struct capture *c = capture_of(links[i].linktype, links[i].head, links[i].tail);
		char wanted[64];
		(void)read_into(store, &reader_pcapng, built(&c->file));
		snprintf(wanted, sizeof wanted, "udp 192.0.2.1 1 192.0.2.2 2 0 %s\n", links[i].dir);
		check_rows(store, SKIPS, "");
		check_rows(store,
			   "SELECT proto, src, sport, dst, dport, bytes_out, dir FROM flow", wanted);
		store_abandon(&store);
		free(c);
	}
}

/* As Linux counts packets: to this machine, to all, to a group; to another one, seen only
 * because everything was listened to; sent. */
static void cooked_packets_tell_their_way(void **state)
{
	(void)state;
	static const char *const wanted[] = {
		"in packets\n", "in packets\n", "in packets\n", "- passing\n", "out packets\n", "- -\n",
	};
	for (unsigned i = 0; i < LENGTH(wanted); i++) {
		const unsigned char sll[] = {0, (unsigned char)i, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0};
		const unsigned char sll2[] = {8, 0, 0, 0, 0, 0, 0, 2, 0, 1, (unsigned char)i, 6, 0, 0, 0, 0, 0, 0, 0, 0};
		struct capture *c = capture_of(113, slice_of(sll, sizeof sll), SLICE(""));
		capture_check(c, "SELECT dir, dir_how FROM flow", wanted[i]);
		c = capture_of(276, slice_of(sll2, sizeof sll2), SLICE(""));
		capture_check(c, "SELECT dir, dir_how FROM flow", wanted[i]);
	}
}

/* What passes by counts as out where it came from an address of this machine. */
static void an_own_address_tells_more_than_passing(void **state)
{
	(void)state;
	static const char *const own[] = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};
	static const char *const wanted[] = {"out addresses\n", "in addresses\n", "- passing\n"};
	for (size_t i = 0; i < LENGTH(own); i++) {
		struct store *store = store_in_memory();
		struct capture *c = capture_of(113, SLICE("\0\3\0\1\0\6aaaaaaaa\x08\0"), SLICE(""));
		char sql[128];
		snprintf(sql, sizeof sql, "INSERT INTO host_address VALUES ('%s', 2, 'eth0', 0)", own[i]);
		run_sql(store, sql);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, "SELECT dir, dir_how FROM flow", wanted[i]);
		store_abandon(&store);
		free(c);
	}
}

static void tags_labels_and_sessions(void **state)
{
	(void)state;
	static const struct link links[] = {
		{1, BYTES(ETHERNET_TO("\x91\0\0\1\x92\0\0\2\x93\0\0\3\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x88\x47\0\1\0\x40\0\2\1\x40")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x88\x48\0\1\1\x40")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x88\x47\0\1\1\x40\0\0\0\0" ETHERNET_TO("\x08\0"))), BYTES(""),
		 "-"},
		{1, BYTES(ETHERNET_TO("\x88\x64\x11\0\0\1\0\x1e\0\x21")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x81\0\0\1\x88\x64\x11\0\0\1\0\x1e\x21")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x88\xe7\0\0\0\1" ETHERNET_TO("\x08\0"))), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x89\x26\0\0\0\1\x81\0\0\1\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x89\3\0\1" ETHERNET_TO("\x08\0"))), BYTES(""), "-"},
		/* a bridge's port, a ring, a redundant path, a group, TRILL with an option */
		{1, BYTES(ETHERNET_TO("\x89\x3f\0\0\0\1\0\0\x81\0\0\1\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x89\x2f\0\x26\0\1\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\xf1\xc1\0\0\0\1\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x89\x09\1\1\0\1\0\7\x08\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x22\xf3\0\x41\0\1\0\2opts" ETHERNET_TO("\x08\0"))), BYTES(""),
		 "-"},
		/* a pseudowire without its control word, to an address that begins like one */
		{1, BYTES(ETHERNET_TO("\x88\x47\0\1\1\x40\0\1\2\3\4\5\0\1\2\3\4\6\x08\0")), BYTES(""),
		 "-"},
		/* what the frame calls another version */
		{1, BYTES(ETHERNET_TO("\x86\xdd")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x89\x4f\0\2\1\1\0\0\0\0")), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\x88\xe5\x20\0\0\0\0\1aaaaaa\0\1\x08\0")), BYTES(ZEROS_16), "-"},
		{1, BYTES(ETHERNET_TO("\0\x24" SNAP_IP)), BYTES(""), "-"},
		{1, BYTES(ETHERNET_TO("\0\x24\6\6\3")), BYTES(""), "-"},
		{281, BYTES("aaaaaabbbbbbtags\x08\0"), BYTES(""), "-"},
		{284, BYTES("aaaaaabbbbbbtags\x08\0"), BYTES(""), "-"},
		{285, BYTES("aaaaaabbbbbbtagstags\x08\0"), BYTES(""), "-"},
		{282, BYTES("tags" ETHERNET_TO("\x08\0")), BYTES(""), "-"},
		{51, BYTES("\x11\0\0\1\0\x1e\0\x21"), BYTES(""), "-"},
		{100, BYTES(SNAP_IP), BYTES(""), "-"},
		{242, BYTES(ZEROS_16 ZEROS_16 "........\x08\0\0\0"), BYTES(""), "-"},
	};
	check_links(links, LENGTH(links));
}

static void loopback_and_serial_lines(void **state)
{
	(void)state;
	static const struct link links[] = {
		{0, BYTES("\2\0\0\0"), BYTES(""), "-"},
		{0, BYTES("\0\0\0\2"), BYTES(""), "-"},
		{0, BYTES("\0\x08\0\0"), BYTES(""), "-"},
		{0, BYTES("\x0f\0\x08\0"), BYTES(""), "-"},
		{0, BYTES("\xff\3\0\x21"), BYTES(""), "-"},
		{14, BYTES(""), BYTES(""), "-"},
		{229, BYTES(""), BYTES(""), "-"},
		{9, BYTES("\xff\3\0\x21"), BYTES(""), "-"},
		{9, BYTES("\x21"), BYTES(""), "-"},
		{50, BYTES("\x0f\0\x08\0"), BYTES(""), "-"},
		{166, BYTES("\0\3\0\x21"), BYTES(""), "in"},
		{166, BYTES("\1\0\x21"), BYTES(""), "out"},
		{104, BYTES("\x0f\0\x08\0"), BYTES(""), "-"},
		{107, BYTES("\x18\x41\3\xcc"), BYTES(""), "-"},
		{107, BYTES("\x18\x41\3\0\x80\0\0\0\x08\0"), BYTES(""), "-"},
		{107, BYTES("\x18\x41\3\0\x80\0\x80\xc2\0\7" ETHERNET_TO("\x08\0")), BYTES(""), "-"},
		{107, BYTES("\x18\x41\3\0\x80\0\x80\xc2\0\1" ETHERNET_TO("\x08\0")), BYTES("chck"),
		 "-"},
		{107, BYTES("\x18\x40\x10\x01\x08\0"), BYTES(""), "-"},
	};
	check_links(links, LENGTH(links));
}

#define EIGHT_EACH "aaaaaaaabbbbbbbb"
#define PREAMBLE "\x55\x55\x55\x55\x55\x55\x55"

static void directions_in_front(void **state)
{
	(void)state;
	static const struct link links[] = {
		{8, BYTES("\0\x45.............."), BYTES(""), "in"},
		{8, BYTES("\1\x45.............."), BYTES(""), "out"},
		{8, BYTES("\2\x45.............."), BYTES(""), "-"},
		{204, BYTES("\0\xff\3\0\x21"), BYTES(""), "in"},
		{204, BYTES("\1\x21"), BYTES(""), "out"},
		{205, BYTES("\1\x0f\0\x08\0"), BYTES(""), "out"},
		{206, BYTES("\0\x18\x41\3\xcc"), BYTES(""), "in"},
		{123, BYTES("\x82\0\0\x64" SNAP_IP), BYTES(""), "out"},
		{123, BYTES("\x01\0\0\x64\0\5" ETHERNET_TO("\x08\0")), BYTES(""), "in"},
	};
	check_links(links, LENGTH(links));
}

static void rings_buses_and_cells(void **state)
{
	(void)state;
	static const struct link links[] = {
		{6, BYTES("\x10\x40" "aaaaaa" "bbbbbb" SNAP_IP), BYTES(""), "-"},
		{6, BYTES("\x10\x40" "aaaaaa" "\xe2" "bbbbb" "\xc6\x30" "\0\x11\0\x20" SNAP_IP), BYTES(""), "-"},
		{10, BYTES("\x57" "aaaaaa" "bbbbbb" SNAP_IP), BYTES(""), "-"},
		{10, BYTES("\xd0" "aaaaaa" "bbbbbb" SNAP_IP), BYTES(""), "-"},
		{122, BYTES(EIGHT_EACH SNAP_IP), BYTES(""), "-"},
		{138, BYTES(EIGHT_EACH "\x08\0"), BYTES(""), "-"},
		{100, BYTES("\xaa\xaa\3\0\x80\xc2\0\7\0\0" ETHERNET_TO("\x08\0")), BYTES(""), "-"},
		{100, BYTES("\xaa\xaa\3\0\x80\xc2\0\1\0\0" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
		{100, BYTES("\xfe\xfe\3\xcf\0\x21"), BYTES(""), "-"},
		{106, BYTES(SNAP_IP), BYTES(""), "-"},
		{106, BYTES(""), BYTES(""), "-"},
		{240, BYTES("\0\4\0\0" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
		{241, BYTES("\0\6\0\0" PREAMBLE "\xd5" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
		{241, BYTES("\0\6\0\0" "\x55\xd5" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
		{274, BYTES(PREAMBLE "\xd5" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
		{274, BYTES(PREAMBLE "\xe6" ETHERNET_TO("\x08\0")), BYTES("fcs!"), "-"},
	};
	check_links(links, LENGTH(links));
}

/* What the line says of itself is no packet, and no loss. */
static void lines_that_speak_of_themselves(void **state)
{
	(void)state;
	static const struct {
		unsigned linktype;
		struct slice frame;
	} frames[] = {
		{6, BYTES("\x10\0" "aaaaaa" "bbbbbb" "\0\x06")},
		{10, BYTES("\x41" "aaaaaa" "bbbbbb" "smt")},
		{123, BYTES("\x06\0\0\5signalling")},
		{123, BYTES("\x01\0\0\x64\xff\0\1\1")},
		{274, BYTES(PREAMBLE "\x07" "....")},
	};
	for (size_t i = 0; i < LENGTH(frames); i++) {
		struct store *store = store_in_memory();
		struct capture *c = capture_begin(frames[i].linktype);
		capture_add(c, frames[i].frame, 0);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, SKIPS, "");
		check_rows(store, "SELECT proto, packets_out FROM flow", "802.2 1\n");
		store_abandon(&store);
		free(c);
	}
}

#define TO_AP "\x08\1\0\0aaaaaabbbbbbcccccc\0\0"
#define QOS "\x88\1\0\0aaaaaabbbbbbcccccc\0\0\0\0"
#define MESH "\x88\3\0\0aaaaaabbbbbbcccccc\0\0dddddd\0\1\1\x1f\0\0\0\1eeeeee"
#define PPI "\0\0\x20\0\x69\0\0\0\2\0\x14\0........\1\0.........."

static void radio(void **state)
{
	(void)state;
	static const struct link links[] = {
		{105, BYTES(TO_AP SNAP_IP), BYTES(""), "-"},
		{105, BYTES(QOS SNAP_IP), BYTES(""), "-"},
		{105, BYTES(MESH SNAP_IP), BYTES(""), "-"},
		{127, BYTES("\0\0\x08\0\0\0\0\0" TO_AP SNAP_IP), BYTES(""), "-"},
		/* two words of `present`; time; flags: a check sequence, a header filled up */
		{127, BYTES("\0\0\x19\0\3\0\0\x80\0\0\0\0....tttttttt\x30" QOS "\0\0" SNAP_IP),
		 BYTES("fcs!"), "-"},
		{163, BYTES("\x80\x21\x10\1\0\0\0\x08" TO_AP SNAP_IP), BYTES(""), "-"},
		{192, BYTES(PPI TO_AP SNAP_IP), BYTES("fcs!"), "-"},
		{192, BYTES("\0\0\x08\0\x65\0\0\0"), BYTES(""), "-"},
	};
	check_links(links, LENGTH(links));
}

static void radio_that_carries_nothing_or_cannot_be_read(void **state)
{
	(void)state;
	static const struct {
		struct slice frame;
		const char *skips;
	} frames[] = {
		{BYTES("\x80\0\0\0aaaaaabbbbbbcccccc\0\0beacon"), ""},
		{BYTES("\xd4\0\0\0aaaaaa"), ""},
		{BYTES("\x48\1\0\0aaaaaabbbbbbcccccc\0\0"), ""},
		{BYTES("\x08\x41\0\0aaaaaabbbbbbcccccc\0\0xxxxxxxx"), "an encrypted 802.11 frame 1\n"},
		{BYTES("\x08\x05\0\0aaaaaabbbbbbcccccc\0\0xxxxxxxx"), "an 802.11 frame in pieces 1\n"},
		{BYTES("\x88\1\0\0aaaaaabbbbbbcccccc\0\0\x80\0xx"),
		 "an aggregate of 802.11 frames whose lengths are wrong 1\n"},
		{BYTES("\x88\1\0\0aaaaaabbbbbbcccccc\0\0\x80\0ddddddeeeeee\0\x09" SNAP_IP),
		 "an aggregate of 802.11 frames whose lengths are wrong 1\n"},
		{BYTES("\x88\3\0\0aaaaaabbbbbbcccccc\0\0dddddd\x80\1xx"),
		 "an aggregate of 802.11 mesh frames 1\n"},
		{BYTES("\x08\1\0\0aaaaaabb"), "a link header that is cut off 1\n"},
	};
	for (size_t i = 0; i < LENGTH(frames); i++) {
		struct store *store = store_in_memory();
		struct capture *c = capture_begin(105);
		capture_add(c, frames[i].frame, 0);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, SKIPS, frames[i].skips);
		check_rows(store, "SELECT proto, packets_out FROM flow", "802.11 1\n");
		store_abandon(&store);
		free(c);
	}
}

#define AGGREGATE "\x88\1\0\0aaaaaabbbbbbcccccc\0\0\x80\0"

static void put_subframe(struct build *b, const char *dst, bool filled)
{
	size_t before = b->size;
	put(b, SLICE("ddddddeeeeee\0\x29" SNAP_IP));
	put_ip(b, "192.0.2.1", dst, 17, 8 + 5);
	put_udp(b, 1, 2, SLICE("hello"));
	while (filled && (b->size - before) % 4)
		put_be(b, 1, 0);
}

/* Three datagrams, of which `captured` bytes of the frame were kept (0: all). */
static struct capture *aggregate(struct slice head, struct slice tail, size_t captured)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put(b, head);
	put_subframe(b, "192.0.2.2", true);
	put_subframe(b, "192.0.2.3", true);
	put_subframe(b, "192.0.2.4", false);
	put(b, tail);
	struct capture *c = capture_begin(head.size == sizeof AGGREGATE - 1 ? 105 : 127);
	capture_add(c, slice_part(built(b), 0, captured ? captured : b->size), b->size);
	free(b);
	return c;
}

#define AGGREGATED "SELECT dst, bytes_out, first_packet FROM flow WHERE proto = 'udp' ORDER BY id"

static void an_aggregate_holds_several_packets(void **state)
{
	(void)state;
	static const struct link links[] = {
		{105, BYTES(AGGREGATE), BYTES(""), "-"},
		{105, BYTES(AGGREGATE), BYTES("\0"), "-"},    /* filled up */
		{105, BYTES(AGGREGATE), BYTES("fcs!"), "-"}, /* and nothing tells it */
		{127, BYTES("\0\0\x09\0\2\0\0\0\x10" AGGREGATE), BYTES("fcs!"), "-"},
	};
	for (size_t i = 0; i < LENGTH(links); i++) {
		struct store *store = store_in_memory();
		struct capture *c = aggregate(links[i].head, links[i].tail, 0);
		assert_int_equal(read_into(store, &reader_pcapng, built(&c->file)), 1);
		check_rows(store, SKIPS, "");
		check_rows(store, AGGREGATED, "192.0.2.2 5 1\n192.0.2.3 5 1\n192.0.2.4 5 1\n");
		store_abandon(&store);
		free(c);
	}
}

/* What of an aggregate was not captured: in a subframe it is missing as in any packet, and
 * whole subframes are loss. */
static void an_aggregate_that_was_cut(void **state)
{
	(void)state;
	enum { HEAD = sizeof AGGREGATE - 1, EACH = 14 + 41 + 1 };
	static const struct {
		size_t captured;
		const char *flows, *skips;
	} cuts[] = {
		{HEAD + 3 * EACH - 3, "192.0.2.2 5 1\n192.0.2.3 5 1\n192.0.2.4 5 1\n", ""},
		{HEAD + 2 * EACH, "192.0.2.2 5 1\n192.0.2.3 5 1\n",
		 "an aggregate of 802.11 frames that was not captured whole 1\n"},
		{HEAD + EACH + 14 + 8 + 28, "192.0.2.2 5 1\n192.0.2.3 5 1\n",
		 "an aggregate of 802.11 frames that was not captured whole 1\n"},
		{HEAD + 5, "", "an aggregate of 802.11 frames that was not captured whole 1\n"},
	};
	for (size_t i = 0; i < LENGTH(cuts); i++) {
		struct store *store = store_in_memory();
		struct capture *c = aggregate(SLICE(AGGREGATE), SLICE(""), cuts[i].captured);
		(void)read_into(store, &reader_pcapng, built(&c->file));
		check_rows(store, SKIPS, cuts[i].skips);
		check_rows(store, AGGREGATED, cuts[i].flows);
		store_abandon(&store);
		free(c);
	}
}

/* Subframes that hold next to nothing, more than any frame has room for. */
static void aggregates_end(void **state)
{
	(void)state;
	struct capture *c = capture_begin(105);
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put(b, SLICE(AGGREGATE));
	for (int i = 0; i < 2000; i++)
		put(b, SLICE("ddddddeeeeee\0\3\x42\x42\3\0\0\0"));
	capture_add(c, built(b), 0);
	free(b);
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, SKIPS, "more packets in one frame than are read 1\n");
	check_rows(store, "SELECT proto, packets_out FROM flow", "802.2 1024\n");
	store_abandon(&store);
	free(c);
}

#define PKTAP                                                                                      \
	"\x6c\0\0\0\1\0\0\0\x0c\0\0\0en0\0....................\2\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0"     \
	"\xd2\4\0\0curl\0..............."                                                           \
	"\0\0\0\0\0\0\0\0\0\0\0\0...................."

static void what_a_kernel_puts_in_front(void **state)
{
	(void)state;
	static const struct link links[] = {
		{117, BYTES("\x3d\2\0\0en0\0" ZEROS_16 ZEROS_16 "....................\2..."), BYTES(""),
		 "out"},
		{239, BYTES("\2\0\0\0\x08\0\1\0\x08\0\3\0\x05\0\x0a\0x\0\0\0\x20\0\x09\0"), BYTES(""),
		 "out"},
		{239, BYTES("\2\0\0\0\0\x08\0\1\x08\0\1\0\0\x20\0\x09"), BYTES(""), "in"},
		{109, BYTES("\2\0\0\0spi!\0\0\0\0"), BYTES(""), "-"},
		{226, BYTES("\1\2......................"), BYTES(""), "-"},
	};
	check_links(links, LENGTH(links));
	struct capture *c = capture_of(258, SLICE(PKTAP), SLICE(""));
	capture_check(c, "SELECT src, dir, iface, pid, process FROM flow",
		      "192.0.2.1 out en0 1234 curl\n");
	struct store *store = store_in_memory();
	c = capture_of(149, SLICE(PKTAP), SLICE(""));
	run_sql(store, "INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'x', 'pcapng', 0, '')");
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT src, pid, exe, outer_id FROM v_flow", "192.0.2.1 1234 curl -\n");
	store_abandon(&store);
	free(c);
}

static void what_is_not_read_is_counted(void **state)
{
	(void)state;
	static const struct {
		unsigned linktype;
		struct slice head;
		const char *skips;
	} faults[] = {
		{231, BYTES("x"), "unknown link type 231 1\n"},
		{192, BYTES("\0\0\x08\0\xe7\0\0\0"), "an unknown link type inside another one 1\n"},
		{0, BYTES("\7\0\0\0"), "a loopback packet of another address family 1\n"},
		{101, BYTES("\x10"), "a raw packet that is neither IPv4 nor IPv6 1\n"},
		{9, BYTES("\xff\3\0\xfd"),
		 "a PPP protocol that is not read (compressed, encrypted, in pieces or unknown) 1\n"},
		{1, BYTES(ETHERNET_TO("\x88\xe5\x08\0\0\0\0\1")), "a frame that MACsec encrypted 1\n"},
		{1, BYTES(ETHERNET_TO("\x88\x47\0\1\1\x40\x10")),
		 "an MPLS channel of its own: what is in it is not read 1\n"},
		{239, BYTES("\2\0\0\0\x08\0\1\0\x08\0\3\0"), "an NFLOG message without a packet 1\n"},
		{258, BYTES("\x10\0\0\0"), "a PKTAP header that is cut off or wrong 1\n"},
		{127, BYTES("\0\0\x04\0\0\0\0\0"), "a radiotap header that is cut off or wrong 1\n"},
		{107, BYTES("\x18\x41\3\x81"), "a packet over frame relay that is not read 1\n"},
		{1, BYTES(ETHERNET_TO("\x81\0")), "a link header that is cut off 1\n"},
		{1, BYTES(ETHERNET_TO("\x81\0\0\1\0")), "a link header that is cut off 1\n"},
		{271, BYTES("x"), "a vsock message: between this machine and a virtual one 1\n"},
		{6, BYTES("\x10\x40" "aaaaaa" "\xe2" "bbbbb" "\xc1\x30"),
		 "a Token Ring route of an impossible length 1\n"},
		{10, BYTES("\x61" "aaaaaa" "bbbbbb"), "an FDDI frame of a kind that is not read 1\n"},
		{274, BYTES(PREAMBLE "\x61\1"), "the rest of an Ethernet frame in pieces 1\n"},
		{241, BYTES("\0\6\0\0" PREAMBLE "\xaa"), "an Ethernet frame without a start 1\n"},
		{8, BYTES("\0\x45........"), "a link header that is cut off 1\n"},
	};
	for (size_t i = 0; i < LENGTH(faults); i++) {
		struct capture *c = capture_begin(faults[i].linktype);
		capture_add(c, faults[i].head, 0);
		capture_check(c, SKIPS, faults[i].skips);
	}
}

/* Headers in each other without end: the reading stops, the stack does not grow. */
static void nesting_ends(void **state)
{
	(void)state;
	static const struct {
		unsigned linktype;
		struct slice first, again;
		const char *skips;
	} nests[] = {
		{192, BYTES(""), BYTES("\0\0\x08\0\xc0\0\0\0"),
		 "more link headers in each other than any frame has 1\n"},
		{100, BYTES(""), BYTES("\xaa\xaa\3\0\0\0\x81\0\0\1\0\x10"),
		 "more link headers in each other than any frame has 1\n"},
		{1, BYTES(ETHERNET_TO("\x81\0")), BYTES("\0\1\x81\0"),
		 "more tags than any frame has 1\n"},
		{1, BYTES(ETHERNET_TO("\x88\x47")), BYTES("\0\1\0\x40"),
		 "more MPLS labels than any frame has 1\n"},
	};
	for (size_t i = 0; i < LENGTH(nests); i++) {
		struct capture *c = capture_begin(nests[i].linktype);
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		put(b, nests[i].first);
		while (b->size < 100000)
			put(b, nests[i].again);
		capture_add(c, built(b), 0);
		free(b);
		capture_check(c, SKIPS, nests[i].skips);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cooked_packets_tell_their_way),
		cmocka_unit_test(an_own_address_tells_more_than_passing),
		cmocka_unit_test(tags_labels_and_sessions),
		cmocka_unit_test(loopback_and_serial_lines),
		cmocka_unit_test(directions_in_front),
		cmocka_unit_test(rings_buses_and_cells),
		cmocka_unit_test(lines_that_speak_of_themselves),
		cmocka_unit_test(radio),
		cmocka_unit_test(radio_that_carries_nothing_or_cannot_be_read),
		cmocka_unit_test(an_aggregate_holds_several_packets),
		cmocka_unit_test(an_aggregate_that_was_cut),
		cmocka_unit_test(aggregates_end),
		cmocka_unit_test(what_a_kernel_puts_in_front),
		cmocka_unit_test(what_is_not_read_is_counted),
		cmocka_unit_test(nesting_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
