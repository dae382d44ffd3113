/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CAPTURE_BUILD_H
#define TESTS_UNIT_CAPTURE_BUILD_H

/*
 * Packets and capture files put together in code, read into a store in memory, and
 * what came out of it as text.
 */

#include "tests/unit/direct.h"
#include "tests/unit/test.h"

#include "core/address.h"
#include "core/store.h"
#include "core/text.h"
#include "ingest/registry.h"

enum { BUILD_MAX = 1 << 20 };

struct build {
	size_t size;
	unsigned char bytes[BUILD_MAX];
};

static inline void put(struct build *b, struct slice bytes)
{
	assert_true(bytes.size <= sizeof b->bytes - b->size);
	if (bytes.size)
		memcpy(b->bytes + b->size, bytes.at, bytes.size);
	b->size += bytes.size;
}

static inline void put_be(struct build *b, size_t size, uint64_t value)
{
	for (size_t i = size; i > 0; i--) {
		unsigned char byte = (unsigned char)(value >> (8 * (i - 1)));
		put(b, slice_of(&byte, 1));
	}
}

static inline void put_le(struct build *b, size_t size, uint64_t value)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)(value >> (8 * i));
		put(b, slice_of(&byte, 1));
	}
}

static inline void put_text(struct build *b, const char *text)
{
	put(b, slice_of_string(text));
}

static inline struct slice built(const struct build *b)
{
	return slice_of(b->bytes, b->size);
}

/* Layers. */
enum { OUT = 4, IN = 0, ETHERNET = 1, LOOPBACK = 772 };

static inline void put_sll2(struct build *b, unsigned type, unsigned ifindex, unsigned hardware,
			    unsigned direction)
{
	put_be(b, 2, type);
	put_be(b, 2, 0);
	put_be(b, 4, ifindex);
	put_be(b, 2, hardware);
	put_be(b, 1, direction);
	put_be(b, 1, 6);
	put_be(b, 8, 0);
}

static inline struct address address_of(const char *text)
{
	struct address a = {0};
	assert_true(address_parse(slice_of_string(text), &a));
	return a;
}

/* IPv4 or IPv6, by the addresses; `size` bytes follow. */
static inline void put_ip(struct build *b, const char *src, const char *dst, unsigned proto,
			  size_t size)
{
	struct address from = address_of(src), to = address_of(dst);
	if (from.family == ADDRESS_V4) {
		put_be(b, 2, 0x4500);
		put_be(b, 2, 20 + size);
		put_be(b, 4, 0x12340000);
		put_be(b, 2, 64 << 8 | proto);
		put_be(b, 2, 0);
		put(b, slice_of(from.bytes, 4));
		put(b, slice_of(to.bytes, 4));
	} else {
		put_be(b, 4, 0x60000000);
		put_be(b, 2, size);
		put_be(b, 2, proto << 8 | 64);
		put(b, slice_of(from.bytes, 16));
		put(b, slice_of(to.bytes, 16));
	}
}

static inline void put_udp(struct build *b, unsigned sport, unsigned dport, struct slice payload)
{
	put_be(b, 2, sport);
	put_be(b, 2, dport);
	put_be(b, 2, 8 + payload.size);
	put_be(b, 2, 0);
	put(b, payload);
}

enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

static inline void put_tcp(struct build *b, unsigned sport, unsigned dport, uint32_t seq,
			   unsigned flags, struct slice payload)
{
	put_be(b, 2, sport);
	put_be(b, 2, dport);
	put_be(b, 4, seq);
	put_be(b, 4, 0);
	put_be(b, 2, 0x5000 | flags);
	put_be(b, 2, 1000);
	put_be(b, 4, 0);
	put(b, payload);
}

/* A capture file of a session: pcapng, little-endian, nanoseconds, LINUX_SLL2. */
struct capture {
	struct build file;
	int64_t time_ns;
};

static inline void put_block(struct build *b, uint32_t type, struct slice body)
{
	size_t padded = (body.size + 3) / 4 * 4;
	put_le(b, 4, type);
	put_le(b, 4, 12 + padded);
	put(b, body);
	put_le(b, padded - body.size, 0);
	put_le(b, 4, 12 + padded);
}

static inline struct capture *capture_begin(unsigned linktype)
{
	struct capture *c = calloc(1, sizeof *c);
	struct build *body = calloc(1, sizeof *body);
	assert_true(c && body);
	put_le(body, 4, 0x1A2B3C4D);
	put_le(body, 4, 1);
	put_le(body, 8, UINT64_MAX);
	put_block(&c->file, 0x0A0D0D0A, built(body));
	body->size = 0;
	put_le(body, 4, linktype);
	put_le(body, 4, 0);
	put_le(body, 4, 9 | 1 << 16); /* if_tsresol */
	put_le(body, 4, 9);
	put_le(body, 4, 2 | 3 << 16); /* if_name */
	put_text(body, "any");
	put_le(body, 1, 0);
	put_block(&c->file, 1, built(body));
	free(body);
	c->time_ns = INT64_C(1700000000000000000);
	return c;
}

/* Each a second after the one before; `original` 0: captured whole. */
static inline void capture_add(struct capture *c, struct slice packet, size_t original)
{
	struct build *body = calloc(1, sizeof *body);
	assert_non_null(body);
	put_le(body, 4, 0);
	put_le(body, 4, (uint64_t)c->time_ns >> 32);
	put_le(body, 4, (uint64_t)c->time_ns & 0xffffffff);
	put_le(body, 4, packet.size);
	put_le(body, 4, original ? original : packet.size);
	put(body, packet);
	put_block(&c->file, 6, built(body));
	free(body);
	c->time_ns += 1000000000;
}

/* Whole packets over interface 2, as a session captures them. */
struct ends {
	const char *src, *dst;
	unsigned sport, dport;
	unsigned direction;
};

static inline struct ends back(struct ends e)
{
	return (struct ends){e.dst, e.src, e.dport, e.sport, e.direction == OUT ? IN : OUT};
}

static inline unsigned ethertype_of(const char *address)
{
	return address_of(address).family == ADDRESS_V4 ? 0x0800 : 0x86dd;
}

static inline void capture_tcp(struct capture *c, struct ends e, uint32_t seq, unsigned flags,
			       const char *payload)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, ethertype_of(e.src), 2, ETHERNET, e.direction);
	put_ip(b, e.src, e.dst, 6, 20 + strlen(payload));
	put_tcp(b, e.sport, e.dport, seq, flags, slice_of_string(payload));
	capture_add(c, built(b), 0);
	free(b);
}

static inline void capture_tcp_bytes(struct capture *c, struct ends e, uint32_t seq,
				     struct slice payload)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, ethertype_of(e.src), 2, ETHERNET, e.direction);
	put_ip(b, e.src, e.dst, 6, 20 + payload.size);
	put_tcp(b, e.sport, e.dport, seq, ACK, payload);
	capture_add(c, built(b), 0);
	free(b);
}

static inline void capture_udp(struct capture *c, struct ends e, struct slice payload)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_sll2(b, ethertype_of(e.src), 2, ETHERNET, e.direction);
	put_ip(b, e.src, e.dst, 17, 8 + payload.size);
	put_udp(b, e.sport, e.dport, payload);
	capture_add(c, built(b), 0);
	free(b);
}

/* Reading. */
static inline struct store *store_in_memory(void)
{
	struct error err = {0};
	struct store *store = NULL;
	assert_int_equal(store_open(":memory:", STORE_NEW, &store, &err), OK);
	assert_int_equal(store_begin(store, &err), OK);
	return store;
}

static inline sqlite3 *handle_of(struct store *store)
{
	return sqlite3_db_handle(store_query(store, QUERY_INGEST_NEXT));
}

static inline void run_sql(struct store *store, const char *sql)
{
	assert_int_equal(sqlite3_exec(handle_of(store), sql, NULL, NULL, NULL), SQLITE_OK);
}

static inline uint64_t read_into(struct store *store, const struct reader *reader,
				 struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.source = 1, .path = "test"};
	uint64_t records = 0;
	assert_int_equal(direct_read(store, &to, reader, bytes, &records, &err), OK);
	return records;
}

/* Rows as lines, columns with blanks between, NULL as "-". */
static inline struct text rows_of(struct store *store, const char *sql)
{
	struct text t = text_make(1 << 20);
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_prepare_v2(handle_of(store), sql, -1, &q, NULL), SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			const unsigned char *value = sqlite3_column_text(q, i);
			text_addf(&t, i ? " %s" : "%s", value ? (const char *)value : "-");
		}
		text_add_char(&t, '\n');
	}
	sqlite3_finalize(q);
	return t;
}

static inline void check_rows(struct store *store, const char *sql, const char *wanted)
{
	struct text got = rows_of(store, sql);
	assert_string_equal(text_string(&got), wanted);
	text_free(&got);
}

/* Reads what was captured, compares, and frees it. */
static inline void capture_check(struct capture *c, const char *sql, const char *wanted)
{
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, sql, wanted);
	store_abandon(&store);
	free(c);
}

#define FLOWS                                                                                      \
	"SELECT proto, src, sport, dst, dport, packets_out, packets_in, bytes_out, bytes_in, "     \
	"state, dir FROM flow ORDER BY id"
#define SKIPS "SELECT reason, count FROM skipped ORDER BY reason"

#endif
