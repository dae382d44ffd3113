/* SPDX-License-Identifier: Apache-2.0 */
/* What a capture lost, or nobody understood, is shown, and no session passes with it. */
#include "tests/unit/capture_build.h"
#include "tests/unit/judge_rows.h"

enum { SOURCE = 2 /* of the session's capture, see judge_rows.h */, SLL2 = 276 };

#define COVERAGE "SELECT witness, from_ns / 1000000000, to_ns / 1000000000, state, lost, source FROM v_coverage WHERE source IS NOT NULL"

/* Two packets that never left the machine. */
static struct capture *harmless(void)
{
	static const struct ends local = {"127.0.0.1", "127.0.0.1", 40100, 40101, OUT};
	struct capture *c = capture_begin(SLL2);
	c->time_ns = INT64_C(1005000000000);
	capture_udp(c, local, SLICE("x"));
	capture_udp(c, local, SLICE("y"));
	return c;
}

static void nothing(struct capture *c)
{
	(void)c;
}

static void add_packet(struct capture *c, unsigned interface, struct slice packet, uint64_t dropped)
{
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_le(b, 4, interface);
	put_le(b, 4, (uint64_t)c->time_ns >> 32);
	put_le(b, 4, (uint64_t)c->time_ns & 0xffffffff);
	put_le(b, 4, packet.size);
	put_le(b, 4, packet.size);
	put(b, packet);
	put_le(b, (4 - packet.size % 4) % 4, 0);
	put_le(b, 4, 4 | 8 << 16); /* epb_dropcount */
	put_le(b, 8, dropped);
	put_le(b, 4, 0);
	put_block(&c->file, 6, built(b));
	free(b);
}

static void another_link_type(struct capture *c)
{
	put_block(&c->file, 1, SLICE("\xe7\0\0\0\0\0\0\0\x09\0\1\0\x09\0\0\0"));
	add_packet(c, 1, SLICE("what is this"), 0);
	add_packet(c, 1, SLICE("what is that"), 0);
}

static void dropped_before_a_packet(struct capture *c)
{
	add_packet(c, 0, SLICE("\x08\0\0\0\0\0\0\1\3\4\4\6........" "\x45\0\0\x14" "\0\0\0\0" "\x40\xfe\0\0" "\x7f\0\0\1\x7f\0\0\1"), 7);
}

static void dropped_by_the_interface(struct capture *c)
{
	put_block(&c->file, 5, SLICE("\0\0\0\0tttttttt" "\5\0\x08\0" "\3\0\0\0\0\0\0\0" "\7\0\x08\0" "\2\0\0\0\0\0\0\0"));
}

static void a_header_that_is_cut(struct capture *c)
{
	add_packet(c, 0, SLICE("\x08\0\0"), 0);
}

static void a_file_that_is_cut(struct capture *c)
{
	c->file.size -= 6;
}

static const struct {
	const char *what;
	void (*add)(struct capture *c);
	enum verdict verdict;
	const char *coverage;
} cases[] = {
	{"nothing", nothing, VERDICT_PASS, "capture|1005|1006|seeing|0|capture.pcapng;"},
	{"an unknown link type", another_link_type, VERDICT_INCONCLUSIVE, "capture|1005|1007|lost|2|capture.pcapng;"},
	{"epb_dropcount", dropped_before_a_packet, VERDICT_INCONCLUSIVE, "capture|1005|1007|lost|7|capture.pcapng;"},
	{"isb_ifdrop and isb_osdrop", dropped_by_the_interface, VERDICT_INCONCLUSIVE, "capture|1005|1006|lost|5|capture.pcapng;"},
	{"a packet that cannot be read", a_header_that_is_cut, VERDICT_INCONCLUSIVE, "capture|1005|1007|lost|1|capture.pcapng;"},
	{"the end of the file", a_file_that_is_cut, VERDICT_INCONCLUSIVE, "capture|1005|1005|lost|1|capture.pcapng;"},
};

static void read_as(struct store *store, int64_t source, const struct reader *reader, struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.source = source, .path = "capture.pcapng"};
	uint64_t records = 0;
	assert_int_equal(direct_read(store, &to, reader, bytes, &records, &err), OK);
}

static void loss_is_shown_and_never_passes(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct capture *c = harmless();
		cases[i].add(c);
		rows_do(r, whole_session);
		read_as(r->store, SOURCE, &reader_pcapng, built(&c->file));
		enum verdict v = rows_judge(r);
		char *once = strdup(rows_get(r->store, COVERAGE));
		assert_int_equal(rows_judge(r), v);
		const char *twice = rows_get(r->store, COVERAGE);
		if (v != cases[i].verdict || strcmp(once, cases[i].coverage) || strcmp(twice, once)) {
			print_error("%s: %s, %s then %s\n", cases[i].what, verdict_name(v), once, twice);
			wrong++;
		}
		assert_rows(r->store, "SELECT witness, state FROM v_coverage WHERE source IS NULL",
			    "kernel|seeing;packets|seeing;sock_diag|seeing;");
		free(once);
		free(c);
		rows_do(r, clean_session);
	}
	assert_int_equal(wrong, 0);
}

/* Of a file without a session, too; and whatever it is called, it is no witness. */
static void a_classic_file_has_a_row(void **state)
{
	struct rows *r = *state;
	struct build *b = calloc(1, sizeof *b);
	assert_non_null(b);
	put_le(b, 4, 0xa1b2c3d4);
	put_le(b, 4, 2 | 4 << 16);
	put_le(b, 8, 0);
	put_le(b, 4, 65535);
	put_le(b, 4, 231);
	for (unsigned i = 0; i < 2; i++) {
		put_le(b, 4, 1005 + i);
		put_le(b, 4, 0);
		put_le(b, 8, UINT64_C(4) << 32 | 4);
		put(b, SLICE("what"));
	}
	rows_do(r, "INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'kernel', 'pcap', 0, '')");
	read_as(r->store, 1, &reader_pcap, built(b));
	assert_rows(r->store, "SELECT * FROM v_coverage", "capture|1005000000000|1006000000000|lost|2|kernel;");
	assert_rows(r->store, "SELECT * FROM coverage", "");
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(loss_is_shown_and_never_passes),
		rows_test(a_classic_file_has_a_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
