/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/direct.h"
#include "tests/unit/etl_build.h"
#include "tests/unit/fake_store.h"

#include "ingest/etl/buffer.h"
#include "ingest/etl/logfile.h"
#include "ingest/etl/provider.h"
#include "ingest/etl/utf16.h"

static const struct build_guid unknown = {0x01020304, 0x11112222, UINT64_C(0x8899aabbccddeeff)};

static uint64_t read_trace(struct store *store, struct slice bytes)
{
	struct error err = {0};
	struct ingest to = {.path = "a.etl"};
	uint64_t records = 0;
	sqlite3_stmt *q = store_query(store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, "a.etl");
	store_bind_text(q, 2, "etl");
	assert_int_equal(store_run(q, &err), OK);
	to.source = store_last_id(store);
	enum status status = direct_read(store, &to, &reader_etl, bytes, &records, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	return records;
}

static struct build *fresh(void)
{
	static struct build b;
	b.size = b.buffer = 0;
	return &b;
}

/* One event of each layout. */
static void build_all(struct build *b)
{
	const struct build_manifest m = {.provider = unknown, .id = 5, .pid = 9, .stamp = 5001, .item = true};
	build_buffer(b, 1, 0x20, 0);
	build_kernel(b, 5, 1, 2, 9, 5001, SLICE("abc"));
	static const struct {
		unsigned kind, hooked, head;
	} layouts[] = {{1, 1, 32}, {3, 1, 24}, {4, 1, 24}, {16, 1, 16}, {17, 1, 16}, {10, 0, 48},
		       {20, 0, 48}, {11, 0, 72}, {21, 0, 72}, {18, 0, 80}};
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		build_put(b, layouts[i].hooked ? 2 : layouts[i].head + 4, 2);
		build_put(b, layouts[i].kind, 1);
		build_put(b, 0xc0, 1);
		build_put(b, layouts[i].hooked ? layouts[i].head + 4 : 0, 2);
		build_put(b, layouts[i].hooked ? 0x0501 : 0, 2);
		build_put(b, 0, layouts[i].head - 8 + 4);
		build_align(b);
	}
	build_manifest(b, &m, SLICE("hello"));
	/* a message with everything */
	build_put(b, 8 + 4 + 16 + 8 + 8 + 2, 2);
	build_put(b, 0, 1);
	build_put(b, 0x90, 1);
	build_put(b, 33, 2);
	build_put(b, 1 | 2 | 8 | 32, 2);
	build_put(b, 7, 4);
	build_guid(b, unknown);
	build_put(b, 5002, 8);
	build_put(b, 3, 4);
	build_put(b, 4, 4);
	build_put(b, 0x4142, 2);
	build_align(b);
	build_buffer_end(b, 32);
}

static void test_layouts(void **state)
{
	struct build *b = fresh();
	struct event e;
	static const unsigned kinds[] = {EVENT_KERNEL, EVENT_KERNEL, EVENT_KERNEL, EVENT_KERNEL, EVENT_KERNEL, EVENT_KERNEL,
					 EVENT_CLASSIC, EVENT_CLASSIC, EVENT_CLASSIC, EVENT_CLASSIC, EVENT_MANIFEST, EVENT_MANIFEST, EVENT_MESSAGE};
	static const char *const payloads[] = {"abc", "\0\0\0\0", "\0\0\0\0", "\0\0\0\0", "\0\0\0\0", "\0\0\0\0", "\0\0\0\0",
					       "\0\0\0\0", "\0\0\0\0", "\0\0\0\0", "\0\0\0\0", "hello", "BA"};
	(void)state;
	build_all(b);
	struct cursor c = cursor_over(slice_part(build_slice(b), BUILD_HEAD, b->size));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		assert_int_equal(event_next(&c, &e), EVENT_READ);
		assert_int_equal(e.kind, kinds[i]);
		size_t size = i == 0 ? 3 : i == 11 ? 5 : i == 12 ? 2 : 4;
		assert_int_equal(e.payload.size, size);
		assert_memory_equal(e.payload.at, payloads[i], size);
		if (i == 11) {
			assert_int_equal(e.pid, 9);
			assert_int_equal(e.tid, 78);
			assert_int_equal(e.id, 5);
			assert_int_equal(e.pointer, 8);
			assert_int_equal(e.stamp, 5001);
		}
	}
	assert_int_equal(e.id, 33);
	assert_int_equal(e.pid, 4);
	assert_int_equal(event_next(&c, &e), EVENT_END);
}

static void test_clocks(void **state)
{
	static const struct {
		struct build_log log;
		uint64_t stamp;
		int64_t ns;
	} cases[] = {
		{{.clock = 1, .frequency = 10000000}, 5000 + 15000000, BUILD_START_NS + 1500000000},
		{{.clock = 1, .frequency = 3579545}, 5000 + 3579545, BUILD_START_NS + 1000000000},
		{{.clock = 1, .frequency = UINT64_C(24000000000)}, 5000 + UINT64_C(36000000000), BUILD_START_NS + 1500000000},
		{{.clock = 1, .frequency = 10000000}, 4000, BUILD_START_NS - 100000},
		{{.clock = 2}, BUILD_START + 7, BUILD_START_NS + 700},
		{{.clock = 3, .mhz = 2000}, 5000 + UINT64_C(1000000000), BUILD_START_NS + 500000000},
		{{.clock = 1, .frequency = 0}, 6000, 0},
		{{.clock = 1, .frequency = 10, .pointer = 4}, 5010, BUILD_START_NS + 1000000000},
		{{.clock = 1, .frequency = 1}, UINT64_MAX, 0},
		{{.clock = 2}, 5, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct build *b = fresh();
		struct event e;
		struct logfile l;
		build_log(b, &cases[i].log);
		struct cursor c = cursor_over(slice_part(build_slice(b), BUILD_HEAD, b->size));
		assert_int_equal(event_next(&c, &e), EVENT_READ);
		assert_true(logfile_read(&e, &l));
		assert_int_equal(l.processors, 2);
		assert_int_equal(logfile_time(&l, cases[i].stamp), cases[i].ns);
	}
}

/* The same events plain, packed in either way, and in a buffer larger than what the
 * input hands out whole. */
static void test_buffers(void **state)
{
	struct rows *r = *state;
	static struct build plain;
	struct build *b = fresh();
	const struct build_log log = {.clock = 1, .frequency = 10000000};
	plain.size = 0;
	build_all(&plain);
	build_log(b, &log);
	build_packed(b, &plain, false);
	build_packed(b, &plain, true);
	build_all(b);
	assert_int_equal(reader_etl.sniff(build_slice(b)), 100);
	assert_int_equal(read_trace(r->store, build_slice(b)), 1 + 3 * 13);
	assert_rows(r->store, "SELECT reason, count FROM skipped WHERE reason LIKE '%thread%' OR reason LIKE '%01020304%' ORDER BY count",
		    "an event of {01020304-1111-2222-8899-aabbccddeeff} that is not read|6;"
		    "an event of the kernel (thread) that is not read|18;");
	size_t size = (INPUT_BUFFER + 4096) + b->size;
	unsigned char *large = malloc(size);
	assert_non_null(large);
	memset(large, 0xff, size);
	memcpy(large, b->bytes, b->size);
	memcpy(large + b->size, plain.bytes, plain.size);
	const uint32_t whole = INPUT_BUFFER + 4096;
	memcpy(large + b->size, &whole, 4);
	assert_int_equal(read_trace(r->store, slice_of(large, size)), 1 + 4 * 13);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM skipped WHERE reason LIKE '%cut off%' OR reason LIKE '%no buffer%'"), 0);
	free(large);
}

static void test_loss(void **state)
{
	struct rows *r = *state;
	struct build *b = fresh();
	build_log(b, &(struct build_log){.clock = 2, .lost = 12, .buffers_lost = 3});
	build_buffer(b, 0, BUFFER_EVENTS_LOST | BUFFER_BUFFER_LOST, 0);
	build_buffer_end(b, 8);
	read_trace(r->store, build_slice(b));
	assert_rows(r->store, "SELECT reason, count FROM skipped WHERE reason LIKE '%lost%' ORDER BY 1",
		    "a buffer that the trace lost while it was made|3;a buffer was lost before another one|1;"
		    "an event that the trace lost while it was made|12;events were lost before a buffer|1;");
	assert_rows(r->store, "SELECT witness, state, lost, source FROM v_coverage", "etw|lost|17|a.etl;");
}

/* What is damaged is told, and what stands in front of it read. */
static void test_damage(void **state)
{
	struct rows *r = *state;
	struct build *b = fresh();
	build_log(b, &(struct build_log){.clock = 2});
	size_t second = b->size;
	build_all(b);
	read_trace(r->store, slice_part(build_slice(b), 0, b->size - 150));
	assert_int_equal(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE 'the last buffer%'"), 1);
	assert_int_equal(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE 'an event that is cut off'"), 1);
	build_set(b, second + BUILD_HEAD + 2, 0, 2); /* its first event has no mark */
	read_trace(r->store, build_slice(b));
	assert_int_equal(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE 'a buffer that holds other%'"), 1);
	build_set(b, second, 12, 4); /* smaller than its header */
	assert_int_equal(read_trace(r->store, build_slice(b)), 1);
	assert_int_equal(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE 'what stands there%'"), 1);
	build_set(b, second, BUILD_HEAD + 8, 4); /* eight bytes that claim to be 16 MiB */
	build_set(b, second + 48, BUFFER_MAX, 4);
	build_set(b, second + 52, BUFFER_PACKED, 2);
	assert_int_equal(read_trace(r->store, slice_part(build_slice(b), 0, second + BUILD_HEAD + 8)), 1);
	assert_int_equal(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE 'a packed buffer that would%'"), 1);
	for (size_t size = 0; size < b->size; size += 7)
		read_trace(r->store, slice_part(build_slice(b), 0, size));
}

static void test_many_providers(void **state)
{
	struct rows *r = *state;
	struct build *b = fresh();
	build_log(b, &(struct build_log){.clock = 2});
	build_buffer(b, 0, 0, 0);
	for (uint32_t i = 0; i < 100; i++) {
		const struct build_manifest m = {.provider = {i + 1, 2, 3}, .stamp = BUILD_START};
		build_manifest(b, &m, SLICE(""));
	}
	build_buffer_end(b, 0);
	assert_int_equal(read_trace(r->store, build_slice(b)), 101);
	assert_true(rows_number(r->store, "SELECT count(*) FROM skipped") <= 65);
	assert_true(rows_number(r->store, "SELECT sum(count) FROM skipped") >= 100);
	assert_rows(r->store, "SELECT state, lost FROM v_coverage", "seeing|0;");
	assert_true(rows_number(r->store, "SELECT count FROM skipped WHERE reason LIKE '%still other providers%'") >= 36);
}

static void test_text(void **state)
{
	static const unsigned char wide[] = {'a', 0, 0xe9, 0, 0xac, 0x20, 0x3d, 0xd8, 0x00, 0xde, 0x00, 0xd8, 'z', 0, 0, 0, 'x', 0};
	char text[32];
	(void)state;
	struct cursor c = cursor_over(slice_of(wide, sizeof wide));
	assert_int_equal(utf16_read(&c, text, sizeof text), 14);
	assert_string_equal(text, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbdz");
	assert_int_equal(cursor_left(&c), 2);
	assert_false(utf16_skip(&c));
	c = cursor_over(slice_of(wide, sizeof wide));
	assert_int_equal(utf16_read(&c, text, 5), 3);
	assert_string_equal(text, "a\xc3\xa9");
	c = cursor_over(slice_of(wide, sizeof wide));
	assert_true(utf16_skip(&c));
	char guid[GUID_TEXT_MAX];
	struct build *b = fresh();
	build_guid(b, unknown);
	guid_text(build_slice(b), guid);
	assert_string_equal(guid, "{01020304-1111-2222-8899-aabbccddeeff}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts), cmocka_unit_test(test_clocks), rows_test(test_buffers),
		rows_test(test_loss),		rows_test(test_damage),	       rows_test(test_many_providers),
		cmocka_unit_test(test_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
