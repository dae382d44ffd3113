/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_store.h"
#include "tests/unit/fed.h"

#include "core/store.h"
#include "ingest/compressed.h"
#include "ingest/ingest.h"
#include "ingest/input.h"

#include <archive.h>
#include <archive_entry.h>

enum { PACKED_MAX = 8 << 20 };

static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_XZ};

/* free() what is returned. `times` of `bytes` are packed. */
static unsigned char *pack(int filter, struct slice bytes, size_t times, size_t *ret_size)
{
	unsigned char *packed = malloc(PACKED_MAX);
	struct archive *a = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	assert_true(packed && a && entry);
	archive_write_set_format_raw(a);
	archive_write_add_filter(a, filter);
	assert_int_equal(archive_write_open_memory(a, packed, PACKED_MAX, ret_size), ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	for (size_t i = 0; i < times; i++)
		assert_int_equal(archive_write_data(a, bytes.at, bytes.size), bytes.size);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	archive_entry_free(entry);
	return packed;
}

static void unpacked_from_file_and_memory(void **state)
{
	for (size_t i = 0; i < 2 * LENGTH(filters); i++) {
		struct fed f;
		AUTO_INPUT struct input memory;
		struct input *in = i % 2 ? &f.in : &memory;
		size_t size = 0;
		unsigned char *packed = pack(filters[i / 2], SLICE("two lines\nof text\n"), 1, &size);
		assert_true(compressed_sniff(slice_of(packed, size)));
		input_over(slice_of(packed, size), "memory", &memory);
		if (i % 2)
			fed_open(&f, *state, slice_of(packed, size));
		assert_slice(input_peek(in), "two lines\nof text\n");
		assert_slice(input_take(in, 4), "two ");
		assert_int_equal(in->offset, 4);
		assert_int_equal(input_skip(in, 100), 14);
		assert_null(input_problem(in));
		if (i % 2)
			fed_end(&f, slice_of(packed, size));
		free(packed);
	}
}

/* Far more comes out than goes in: it is read to its end, in memory that stays. */
static void much_in_little(void **state)
{
	enum { PART = 1 << 20, PARTS = 64 };
	unsigned char *zeros = calloc(PART, 1);
	assert_non_null(zeros);
	for (size_t i = 0; i < LENGTH(filters); i++) {
		struct fed f;
		size_t size = 0;
		unsigned char *packed = pack(filters[i], slice_of(zeros, PART), PARTS, &size);
		assert_true(size < PART / 4);
		fed_open(&f, *state, slice_of(packed, size));
		assert_int_equal(input_skip(&f.in, UINT64_C(1) << 40), (uint64_t)PART * PARTS);
		assert_null(input_problem(&f.in));
		fed_end(&f, slice_of(packed, size));
		free(packed);
	}
	free(zeros);
}

static void damaged_and_cut(void **state)
{
	unsigned char noise[4096];
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (unsigned char)(i * i * 31 >> 3);
	for (size_t i = 0; i < LENGTH(filters); i++) {
		size_t size = 0;
		unsigned char *packed = pack(filters[i], slice_of(noise, sizeof noise), 200, &size);
		for (size_t cut = 8; cut < size; cut += size / 7) {
			struct fed f;
			fed_open(&f, *state, slice_of(packed, cut));
			(void)input_skip(&f.in, UINT64_C(1) << 40);
			assert_non_null(input_problem(&f.in));
			fed_end(&f, slice_of(packed, cut));
		}
		free(packed);
	}
}

static void what_needs_too_much_memory(void **state)
{
	(void)state;
	struct slice head = SLICE("\xfd\x37\x7a\x58\x5a\0\0\4\xe6\xd6\xb4\x46\2\0\x21\1\x28\0\0\0");
	AUTO_INPUT struct input in;
	input_over(head, "memory", &in);
	assert_int_equal(input_peek(&in).size, 0);
	assert_string_equal(input_problem(&in), "packed data that need too much memory");
}

/* One layer is unpacked, not what is packed inside. */
static void packed_twice(void **state)
{
	(void)state;
	size_t once_size = 0, twice_size = 0;
	unsigned char *once = pack(ARCHIVE_FILTER_GZIP, SLICE("x"), 1, &once_size);
	unsigned char *twice = pack(ARCHIVE_FILTER_XZ, slice_of(once, once_size), 1, &twice_size);
	AUTO_INPUT struct input in;
	input_over(slice_of(twice, twice_size), "memory", &in);
	assert_int_equal(input_peek(&in).size, once_size);
	free(once);
	free(twice);
}

#define CAPTURE                                                                                    \
	"\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\x65\0\0\0"                               \
	"\1\0\0\0\0\0\0\0\x1c\0\0\0\x1c\0\0\0\x45\0\0\x1c\0\0\0\0\x40\x11\0\0\xc0\0\2\1\xc0\0\2\2"     \
	"\0\1\0\2\0\x08\0\0"

static void a_packed_capture_is_a_capture(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	size_t size = 0;
	unsigned char *packed = pack(ARCHIVE_FILTER_GZIP, SLICE(CAPTURE), 1, &size);
	scratch_put(r->s, "whole.pcap.gz", slice_of(packed, size));
	scratch_put(r->s, "cut.pcap.gz", slice_of(packed, size - 20));
	assert_int_equal(store_begin(r->store, &err), OK);
	assert_int_equal(ingest_file(r->store, r->s->fd, "whole.pcap.gz", &(struct ingest_options){0}, &result, &err), OK);
	assert_string_equal(result.reader, "pcap");
	assert_int_equal(result.records, 1);
	assert_int_equal(result.bytes, size);
	assert_rows(r->store, "SELECT src, dst, dport FROM flow", "192.0.2.1|192.0.2.2|2;");
	assert_rows(r->store, "SELECT reason FROM skipped", "");
	assert_int_equal(ingest_file(r->store, r->s->fd, "cut.pcap.gz", &(struct ingest_options){.as = "pcap"}, &result, &err), OK);
	assert_rows(r->store, "SELECT count FROM skipped WHERE reason LIKE 'packed%'", "1;");
	free(packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(unpacked_from_file_and_memory),
		scratch_test(much_in_little),
		scratch_test(damaged_and_cut),
		cmocka_unit_test(what_needs_too_much_memory),
		cmocka_unit_test(packed_twice),
		rows_test(a_packed_capture_is_a_capture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
