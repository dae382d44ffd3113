/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"

#include "ingest/capture/dns.h"

static const struct ends ASK = {"192.0.2.1", "192.0.2.53", 40000, 53, OUT};

#define DNS                                                                                        \
	"SELECT client, sport, server, dport, transport, query_id, qname, qtype, rcode, answers, " \
	"dir, packet FROM dns ORDER BY id"

/* A dotted name, without compression. */
static void put_name(struct build *b, const char *dotted)
{
	struct cursor c = cursor_over(slice_of_string(dotted));
	struct slice label;
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, '.', 63, &label))
			label = cursor_take(&c, cursor_left(&c));
		put_be(b, 1, label.size);
		put(b, label);
	}
	put_be(b, 1, 0);
}

static void put_head(struct build *b, unsigned id, unsigned flags, unsigned questions,
		     unsigned answers)
{
	put_be(b, 2, id);
	put_be(b, 2, flags);
	put_be(b, 2, questions);
	put_be(b, 2, answers);
	put_be(b, 4, 0);
}

static void put_question(struct build *b, const char *name, unsigned type)
{
	put_name(b, name);
	put_be(b, 2, type);
	put_be(b, 2, 1);
}

/* Its name is the one at offset 12. */
static void put_record(struct build *b, unsigned type, struct slice data)
{
	put_be(b, 2, 0xc00c);
	put_be(b, 2, type);
	put_be(b, 2, 1);
	put_be(b, 4, 60);
	put_be(b, 2, data.size);
	put(b, data);
}

static struct build *message(unsigned id, unsigned flags, const char *name, unsigned type,
			     unsigned answers)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_head(b, id, flags, 1, answers);
	put_question(b, name, type);
	return b;
}

static void a_response_completes_its_query(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *q = message(7, 0x0100, "www.Example.test", 1, 0);
	struct build *r = message(7, 0x8180, "www.example.test", 1, 3);
	struct build *no = message(8, 0x8183, "gone.test", 28, 0);
	put_record(r, 5, SLICE("\3cdn\xc0\x10"));
	put_record(r, 1, SLICE("\xc6\x33\x64\7"));
	put_record(r, 1, SLICE("\xc6\x33\x64"));
	capture_udp(c, ASK, built(q));
	capture_udp(c, back(ASK), built(r));
	capture_udp(c, back(ASK), built(r));  /* again: a row of its own */
	capture_udp(c, back(ASK), built(no)); /* its query was not seen */
	capture_udp(c, (struct ends){"192.0.2.1", "198.51.100.7", 5, 443, OUT}, SLICE("x"));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, DNS,
		   "192.0.2.1 40000 192.0.2.53 53 udp 7 www.Example.test A NOERROR "
		   "[\"cdn.example.test\",\"198.51.100.7\",\"\\\\# 3 c63364\"] out 1\n"
		   "192.0.2.1 40000 192.0.2.53 53 udp 7 www.example.test A NOERROR "
		   "[\"cdn.example.test\",\"198.51.100.7\",\"\\\\# 3 c63364\"] out 3\n"
		   "192.0.2.1 40000 192.0.2.53 53 udp 8 gone.test AAAA NXDOMAIN [] out 4\n");
	check_rows(store, "SELECT n.name, n.how, f.dst FROM name n JOIN flow f ON f.id = n.flow",
		   "www.example.test dns 198.51.100.7\n");
	store_abandon(&store);
	free(q);
	free(r);
	free(no);
	free(c);
}

static void over_tcp_in_pieces(void **state)
{
	(void)state;
	struct build *q = message(1, 0x0100, "one.test", 65, 0), *all = calloc(1, sizeof *all);
	struct build *second = message(2, 0x0100, "two.test", 65400, 0);
	assert_non_null(all);
	put_be(all, 2, q->size);
	put(all, built(q));
	put_be(all, 2, second->size);
	put(all, built(second));
	for (size_t step = 1; step <= all->size; step += 3) {
		struct capture *c = capture_begin(276);
		for (size_t at = 0; at < all->size; at += step)
			capture_tcp_bytes(c, ASK, (uint32_t)(100 + at),
					  slice_part(built(all), at, step));
		capture_check(c, "SELECT qname, qtype, transport FROM dns ORDER BY id",
			      "one.test HTTPS tcp\ntwo.test TYPE65400 tcp\n");
	}
	free(q);
	free(second);
	free(all);
}

static void neighbours_of_dns(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *q = message(0, 0, "printer.local", 12, 0);
	struct build *l = message(3, 0, "desk", 1, 0);
	struct build *n = message(4, 0x0110, "FDEFFCFGEFFCCACACACACACACACACACA", 32, 0);
	struct build *r = calloc(1, sizeof *r);
	assert_non_null(r);
	put_head(r, 0, 0x8400, 0, 1); /* unasked */
	put_name(r, "me.local");
	put_be(r, 8, UINT64_C(0x0001800100000078));
	put_be(r, 2, 4);
	put_be(r, 4, 0xc0000201);
	capture_udp(c, (struct ends){"192.0.2.1", "224.0.0.251", 5353, 5353, OUT}, built(q));
	capture_udp(c, (struct ends){"192.0.2.1", "224.0.0.251", 5353, 5353, OUT}, built(r));
	capture_udp(c, (struct ends){"192.0.2.1", "224.0.0.252", 50000, 5355, OUT}, built(l));
	capture_udp(c, (struct ends){"192.0.2.1", "192.0.2.255", 137, 137, OUT}, built(n));
	capture_check(c,
		      "SELECT client, server, transport, qname, qtype, rcode, answers, dir FROM "
		      "dns ORDER BY id",
		      "192.0.2.1 224.0.0.251 mdns printer.local PTR - - out\n"
		      "224.0.0.251 192.0.2.1 mdns me.local A NOERROR [\"192.0.2.1\"] out\n"
		      "192.0.2.1 224.0.0.252 llmnr desk A - - out\n"
		      "192.0.2.1 192.0.2.255 nbns SERVER<20> NB - - out\n");
	free(q);
	free(l);
	free(n);
	free(r);
}

static void more_than_is_read_is_counted(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *q = calloc(1, sizeof *q);
	assert_non_null(q);
	put_head(q, 1, 0, 40, 0);
	for (int i = 0; i < 40; i++)
		put_question(q, "a", 1);
	capture_udp(c, ASK, built(q));
	capture_udp(c, ASK, SLICE("short"));
	capture_udp(c, ASK, slice_part(built(q), 0, 20));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT count(*) FROM dns", "33\n");
	check_rows(
		store, SKIPS,
		"a DNS message that cannot be read to its end 1\na DNS message that is cut off 1\n"
		"a DNS message with more questions than are read 1\n");
	store_abandon(&store);
	free(q);
	free(c);
}

/* Its owner is spelt out. */
static void put_owned(struct build *b, const char *owner, unsigned type, uint32_t ttl,
		      struct slice data)
{
	put_name(b, owner);
	put_be(b, 2, type);
	put_be(b, 2, 1);
	put_be(b, 4, ttl);
	put_be(b, 2, data.size);
	put(b, data);
}

static void unasked_answers(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *r = calloc(1, sizeof *r), *q = calloc(1, sizeof *q);
	assert_true(r && q);
	put_head(r, 0, 0x8400, 0, 4);
	put_owned(r, "a.local", 1, 120, SLICE("\xc0\0\2\1"));
	put_owned(r, "a.local", 1, 90, SLICE("\xc0\0\2\2"));
	put_owned(r, "a.local", 16, 120, SLICE("\1x"));
	put_owned(r, "b.local", 1, UINT32_MAX, SLICE("\xc0\0\2\3"));
	put_head(q, 9, 0x0800, 0, 1); /* an inverse query */
	put_owned(q, "", 1, 0, SLICE("\xc6\x33\x64\7"));
	capture_udp(c, (struct ends){"192.0.2.1", "224.0.0.251", 5353, 5353, OUT}, built(r));
	capture_udp(c, ASK, built(q));
	capture_check(c, "SELECT transport, qname, qtype, answers, ttl FROM dns ORDER BY id",
		      "mdns a.local A [\"192.0.2.1\",\"192.0.2.2\"] 90\nmdns a.local TXT [\"x\"] 120\n"
		      "mdns b.local A [\"192.0.2.3\"] 4294967295\nudp . A [\"198.51.100.7\"] 0\n");
	free(r);
	free(q);
}

static void further_sections(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *r = message(7, 0x8580, "_x._tcp.test", 33, 1);
	put_record(r, 33, SLICE("\0\1\0\2\0\x50\4host\xc0\x14"));
	put_owned(r, "host.test", 1, 60, SLICE("\xc6\x33\x64\x09"));
	put_be(r, 3, 41); /* the root, OPT */
	put_be(r, 2, 1232);
	put_be(r, 4, 0x01000000); /* the upper bits of BADVERS */
	put_be(r, 2, 0);
	r->bytes[11] = 2;
	capture_udp(c, back(ASK), built(r));
	capture_udp(c, (struct ends){"192.0.2.1", "198.51.100.9", 5, 80, OUT}, SLICE("x"));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT qname, qtype, rcode, answers FROM dns",
		   "_x._tcp.test SRV BADVERS [\"1 2 80 host.test\"]\n");
	check_rows(store, "SELECT name, how FROM name", "host.test dns\n");
	check_rows(store, SKIPS, "");
	store_abandon(&store);
	free(c);
	free(r);
}

static void more_answers_than_are_read(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct build *r = message(7, 0x8180, "many.test", 1, DNS_ANSWERS_MAX + 1);
	for (int i = 0; i <= DNS_ANSWERS_MAX; i++)
		put_record(r, 1, SLICE("\xc0\0\2\1"));
	capture_udp(c, back(ASK), built(r));
	capture_check(c, SKIPS, "a DNS message with more answers than are read 1\n");
	free(r);
}

/* RFC 1001, section 14.1, whose example is the first; the last byte is the kind of service,
 * of the sixteen that a name has. */
static void netbios_names(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted; /* NULL: it is none, and stays as it is */
	} names[] = {
		{"EGFCEFEECACACACACACACACACACACACA.NETBIOS.COM", "FRED<20>.NETBIOS.COM"},
		{"EGFCEFEECACACACACACACACACACACACA", "FRED<20>"},
		{"EGEJEGFEEFEFEOCNEMEFFEFEEFFCFDBL", "FIFTEEN-LETTERS<1b>"},
		{"ABACFPFPENFDECFCEPFHFDEFFPFPACAB", "\\001\\002__MSBROWSE__\\002<01>"},
		{"CACACACACACACACACACACACACACACACA", "<20>"},
		{"EGFCEFEECACACACACACACACACACACAC", NULL},
		{"EGFCEFEECACACACACACACACACACACACAA", NULL},
		{"EGFCEFEECACACACACACACACACACACAQA", NULL},
		{"fred.example", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct dns_name n = {.size = strlen(names[i].text)};
		memcpy(n.text, names[i].text, n.size);
		assert_int_equal(dns_netbios_name(&n), names[i].wanted != NULL);
		assert_int_equal(n.size, strlen(n.text));
		assert_string_equal(n.text, names[i].wanted ? names[i].wanted : names[i].text);
	}
}

static void netbios_answers(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct ends e = {"192.0.2.1", "192.0.2.255", 137, 137, OUT};
	struct build *r = calloc(1, sizeof *r), *s = calloc(1, sizeof *s);
	assert_true(r && s);
	put_head(r, 4, 0x8580, 0, 1);
	put_owned(r, "FDEFFCFGEFFCCACACACACACACACACAAA.SCOPE", 32, 60,
		  SLICE("\0\0\xc0\0\2\5\x60\0\xc0\0\2\6"));
	put_head(s, 5, 0x8400, 0, 1);
	put_owned(s, "CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 33, 0,
		  SLICE("\2PRINTER        \0\4\0GROUP          \x1e\x84\0.................."));
	capture_udp(c, back(e), built(r));
	capture_udp(c, back(e), built(s));
	capture_check(c, "SELECT qname, qtype, answers FROM dns ORDER BY id",
		      "SERVER<00>.SCOPE NB [\"192.0.2.5\",\"192.0.2.6\"]\n"
		      "*<00> NBSTAT [\"PRINTER<00>\",\"GROUP<1e>\"]\n");
	free(r);
	free(s);
}

static void by_its_shape(void **state)
{
	(void)state;
	struct capture *c = capture_begin(276);
	struct ends e = {"192.0.2.1", "192.0.2.2", 40000, 5300, OUT};
	struct build *q = message(7, 0x0100, "odd.test", 28, 0);
	struct build *r = message(7, 0x8180, "odd.test", 28, 1), *t = calloc(1, sizeof *t);
	assert_non_null(t);
	put_record(r, 5, SLICE("\1a\xc0\x0c"));
	capture_udp(c, e, built(q));
	capture_udp(c, back(e), built(r));
	put_be(t, 2, q->size);
	put(t, built(q));
	capture_tcp_bytes(c, e, 1, built(t));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT transport, qname, qtype, answers FROM dns ORDER BY id",
		   "udp odd.test AAAA [\"a.odd.test\"]\ntcp odd.test AAAA -\n");
	check_rows(store, "SELECT DISTINCT app FROM flow", "dns\n");
	store_abandon(&store);
	assert_true(dns_looks_right(built(r)));
	for (size_t size = 0; size < r->size; size++)
		assert_false(dns_looks_right(slice_part(built(r), 0, size)));
	put_be(r, 1, 0);
	assert_false(dns_looks_right(built(r))); /* a byte too many */
	q->bytes[2] = 0x79;                      /* an opcode that nobody uses */
	assert_false(dns_looks_right(built(q)));
	q->bytes[2] = 1;
	q->bytes[13] = 0xff; /* no letter */
	assert_false(dns_looks_right(built(q)));
	free(q);
	free(r);
	free(t);
	free(c);
}

static bool name_at(struct slice bytes, size_t at, struct dns_name *ret)
{
	struct cursor c = cursor_over(bytes);
	cursor_skip(&c, at);
	bool good = dns_read_name(bytes, &c, ret);
	assert_int_equal(good, !c.short_read);
	return good;
}

static void names(void **state)
{
	(void)state;
	struct dns_name n;
	assert_true(name_at(SLICE("\3www\7example\0"), 0, &n));
	assert_string_equal(n.text, "www.example");
	assert_true(name_at(SLICE("\0"), 0, &n));
	assert_string_equal(n.text, ".");
	assert_true(name_at(SLICE("\5a.\\ \xff\1b\0"), 0, &n));
	assert_string_equal(n.text, "a\\.\\\\\\032\\255.b");
	assert_true(name_at(SLICE("\1a\0\1b\xc0\0\1c\xc0\3"), 7, &n));
	assert_string_equal(n.text, "c.b.a");
	assert_false(name_at(SLICE("\xc0\0"), 0, &n));             /* to itself */
	assert_false(name_at(SLICE("\1a\xc0\4\1b\xc0\0"), 0, &n)); /* forward, then round */
	assert_false(name_at(SLICE("\1a\xc0\0"), 0, &n));
	assert_false(name_at(SLICE("\x40"
				   "a\0"),
			     0, &n)); /* a kind of label that is not used */
	assert_false(name_at(SLICE("\3ab"), 0, &n));
	assert_false(name_at(SLICE("\1a"), 0, &n));
	assert_false(name_at(SLICE(""), 0, &n));
}

/* Pointers to pointers: each goes back, and it takes long all the same. */
static void too_many_jumps(void **state)
{
	(void)state;
	struct dns_name n;
	unsigned char bytes[2 * 140] = {1, 'a', 0};
	for (size_t i = 2; i < LENGTH(bytes) / 2; i++) {
		size_t to = i == 2 ? 0 : 2 * i - 2;
		bytes[2 * i] = (unsigned char)(0xc0 | to >> 8);
		bytes[2 * i + 1] = (unsigned char)to;
	}
	assert_true(name_at(slice_of(bytes, sizeof bytes), 2 * 129, &n));
	assert_string_equal(n.text, "a");
	assert_false(name_at(slice_of(bytes, sizeof bytes), 2 * 130, &n));
}

static void the_longest_name(void **state)
{
	(void)state;
	struct dns_name n;
	unsigned char bytes[400] = {0};
	for (size_t i = 0; i < 3; i++) {
		bytes[i * 64] = 63;
		memset(bytes + i * 64 + 1, 0xff, 63);
	}
	bytes[192] = 61;
	memset(bytes + 193, 0xff, 61); /* 255 bytes with the end */
	assert_true(name_at(slice_of(bytes, sizeof bytes), 0, &n));
	assert_int_equal(n.size, 4 * (63 * 3 + 61) + 3);
	assert_true(n.size <= DNS_NAME_MAX);
	bytes[192] = 62;
	bytes[254] = 0xff;
	assert_false(name_at(slice_of(bytes, sizeof bytes), 0, &n));
}

static void data_of(unsigned type, struct slice data, const char *wanted)
{
	struct build *b = message(1, 0x8000, "zone.test", type, 1);
	struct dns_message m;
	struct dns_record r;
	struct dns_name n;
	uint16_t got;
	struct text out = text_make(1 << 16);
	struct json j = json_on(&out);
	put_record(b, type, data);
	assert_true(dns_head(built(b), &m));
	assert_true(dns_question(&m, &n, &got));
	assert_true(dns_answer(&m, &r));
	assert_string_equal(r.owner.text, "zone.test");
	json_begin_array(&j, NULL);
	dns_data(&m, &r, &n, &j);
	json_end_array(&j);
	assert_string_equal(text_string(&out), wanted);
	assert_false(dns_answer(&m, &r));
	text_free(&out);
	free(b);
}

static void data_in_words(void **state)
{
	(void)state;
	data_of(1, SLICE("\xc0\0\2\1"), "[\"192.0.2.1\"]");
	data_of(28, SLICE("\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"), "[\"2001:db8::1\"]");
	data_of(2, SLICE("\2ns\xc0\x0c"), "[\"ns.zone.test\"]");
	data_of(15, SLICE("\0\x0a\2mx\xc0\x0c"), "[\"10 mx.zone.test\"]");
	data_of(33, SLICE("\0\1\0\2\0\x50\1h\xc0\x0c"), "[\"1 2 80 h.zone.test\"]");
	data_of(65, SLICE("\0\1\0\0\1\0\3\2h2\0\4\0\4\xc0\0\2\1\0\5\0\1x"),
		"[\"1 . alpn=h2 ipv4hint=192.0.2.1 ech\"]");
	data_of(16, SLICE("\2ab\3\"\\\n"), "[\"ab\\\"\\\\\\\\\\\\010\"]");
	data_of(16,
		SLICE("\x09"
		      "ab"),
		"[\"\\\\# 3 096162\"]");
	data_of(6, SLICE("\2ns\xc0\x0c\1a\0...................."), "[\"ns.zone.test\"]");
	data_of(999, SLICE("\1"), "[\"\\\\# 1 01\"]");
	data_of(5, SLICE("\xc0\xff"), "[\"\\\\# 2 c0ff\"]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_response_completes_its_query),
		cmocka_unit_test(over_tcp_in_pieces),
		cmocka_unit_test(neighbours_of_dns),
		cmocka_unit_test(more_than_is_read_is_counted),
		cmocka_unit_test(unasked_answers),
		cmocka_unit_test(further_sections),
		cmocka_unit_test(more_answers_than_are_read),
		cmocka_unit_test(netbios_names),
		cmocka_unit_test(netbios_answers),
		cmocka_unit_test(by_its_shape),
		cmocka_unit_test(names),
		cmocka_unit_test(too_many_jumps),
		cmocka_unit_test(the_longest_name),
		cmocka_unit_test(data_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
