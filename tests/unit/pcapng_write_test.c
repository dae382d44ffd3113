/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/pcapng_write.h"

static struct pcapng_writer writer; /* a quarter of a megabyte: not for the stack */

static void start(const struct scratch *s)
{
	int fd = openat(s->fd, "c", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	pcapng_write_start(&writer, fd, "capture.pcapng", 276, 4096, "any");
}

/* Takes one block and checks its frame; its body. */
static struct cursor take_block(struct cursor *c, uint32_t type)
{
	struct cursor head = *c;
	assert_int_equal(cursor_le32(&head), type);
	uint32_t length = cursor_le32(&head);
	assert_int_equal(length % 4, 0);
	struct cursor block = cursor_child(c, length);
	assert_false(c->short_read);
	cursor_skip(&block, 8);
	struct cursor body = cursor_child(&block, length - 12);
	assert_int_equal(cursor_le32(&block), length);
	return body;
}

static void check_option(struct cursor *c, uint16_t code, struct slice wanted)
{
	assert_int_equal(cursor_le16(c), code);
	uint16_t size = cursor_le16(c);
	struct slice value = cursor_take(c, size);
	cursor_skip(c, (4u - size % 4u) % 4u);
	assert_false(c->short_read);
	assert_true(slice_equal(value, wanted));
}

static void check_end(struct cursor *c)
{
	assert_int_equal(cursor_le32(c), 0);
	assert_int_equal(cursor_left(c), 0);
	assert_false(c->short_read);
}

static void check_start(struct cursor *c)
{
	struct cursor b = take_block(c, 0x0A0D0D0A);
	assert_int_equal(cursor_le32(&b), 0x1A2B3C4D);
	assert_int_equal(cursor_le16(&b), 1);
	assert_int_equal(cursor_le16(&b), 0);
	assert_true(cursor_le64(&b) == UINT64_MAX);
	check_option(&b, 4, SLICE("airgap-collect " VERSION));
	check_end(&b);
	b = take_block(c, 1);
	assert_int_equal(cursor_le16(&b), 276);
	cursor_skip(&b, 2);
	assert_int_equal(cursor_le32(&b), 4096);
	check_option(&b, 2, SLICE("any"));
	check_option(&b, 9, SLICE("\x09"));
	check_end(&b);
}

static void check_packet(struct cursor *c, int64_t wall_ns, struct slice kept, uint32_t size)
{
	struct cursor b = take_block(c, 6);
	assert_int_equal(cursor_le32(&b), 0);
	uint64_t high = cursor_le32(&b);
	assert_true((high << 32 | cursor_le32(&b)) == (uint64_t)wall_ns);
	assert_int_equal(cursor_le32(&b), kept.size);
	assert_int_equal(cursor_le32(&b), size);
	assert_true(slice_equal(cursor_take(&b, kept.size), kept));
	for (size_t i = kept.size; i % 4; i++)
		assert_int_equal(cursor_u8(&b), 0);
	assert_int_equal(cursor_left(&b), 0);
	assert_false(b.short_read);
}

static void check_statistics(struct cursor *c, uint64_t received, uint64_t dropped)
{
	struct cursor b = take_block(c, 5);
	cursor_skip(&b, 12);
	check_option(&b, 2, SLICE("\1\0\0\0\2\0\0\0"));
	check_option(&b, 3, SLICE("\3\0\0\0\4\0\0\0"));
	check_option(&b, 4, slice_of(&received, 8));
	check_option(&b, 5, slice_of(&dropped, 8));
	check_end(&b);
	assert_int_equal(cursor_left(c), 0);
}

static const int64_t FROM = INT64_C(0x100000002), TO = INT64_C(0x300000004);

/* Ends and closes it; its size as it was known before. */
static uint64_t finish(uint64_t received, uint64_t dropped)
{
	struct error err = {0};
	uint64_t before = pcapng_write_size(&writer);
	pcapng_write_end(&writer, FROM, TO, received, dropped);
	assert_true(writer.size > before);
	assert_int_equal(pcapng_write_close(&writer, &err), OK);
	return writer.size;
}

static void check_whole(struct slice file, uint64_t size)
{
	unsigned char digest[HASH_SIZE];
	hash_bytes(file, digest);
	assert_int_equal(file.size, size);
	assert_memory_equal(digest, writer.sha256, HASH_SIZE);
}

static void a_capture_as_the_draft_has_it(void **state)
{
	struct scratch *s = *state;
	static const struct slice packets[] = {{(const unsigned char *)"abcd", 4},
					       {(const unsigned char *)"abcde", 5},
					       {(const unsigned char *)"a", 1},
					       {NULL, 0}};
	start(s);
	for (size_t i = 0; i < LENGTH(packets); i++)
		pcapng_write_packet(&writer, INT64_C(1795521785123456789) + (int64_t)i, packets[i], 1500);
	assert_int_equal(writer.packets, 4);
	assert_int_equal(writer.bytes, 10);
	uint64_t told = finish(7, 2);
	size_t size;
	char *bytes = scratch_get(s, "c", &size);
	check_whole(slice_of(bytes, size), told);
	struct cursor c = cursor_over(slice_of(bytes, size));
	check_start(&c);
	for (size_t i = 0; i < LENGTH(packets); i++)
		check_packet(&c, INT64_C(1795521785123456789) + (int64_t)i, packets[i], 1500);
	check_statistics(&c, 7, 2);
	free(bytes);
}

static void packets_past_the_buffer_are_handed_on_whole(void **state)
{
	struct scratch *s = *state;
	const size_t large = PCAPNG_BUFFER + 13;
	unsigned char *payload = must_alloc(large, 1);
	memset(payload, 0xab, large);
	start(s);
	size_t before, size;
	for (unsigned i = 0; i < 300; i++) { /* more than a buffer in all */
		pcapng_write_packet(&writer, i, slice_of(payload, 1001 + i), 2000);
		struct stat st;
		assert_int_equal(fstatat(s->fd, "c", &st, 0), 0);
		before = (size_t)st.st_size;
		assert_int_equal(before % 4, 0);
	}
	char *bytes = scratch_get(s, "c", &size); /* cut off here: whole blocks all the same */
	struct cursor c = cursor_over(slice_of(bytes, size));
	check_start(&c);
	unsigned whole = 0;
	for (; cursor_left(&c) > 0; whole++)
		check_packet(&c, whole, slice_of(payload, 1001 + whole), 2000);
	assert_true(whole > 100 && whole < 300);
	free(bytes);
	pcapng_write_packet(&writer, 300, slice_of(payload, large), (uint32_t)large);
	pcapng_write_packet(&writer, 301, slice_of(payload, 3), 3);
	uint64_t told = finish(302, 0);
	bytes = scratch_get(s, "c", &size);
	check_whole(slice_of(bytes, size), told);
	c = cursor_over(slice_of(bytes, size));
	check_start(&c);
	for (unsigned i = 0; i < 300; i++)
		check_packet(&c, i, slice_of(payload, 1001 + i), 2000);
	check_packet(&c, 300, slice_of(payload, large), (uint32_t)large);
	check_packet(&c, 301, slice_of(payload, 3), 3);
	check_statistics(&c, 302, 0);
	free(bytes);
	free(payload);
}

static void a_full_disk_is_told_at_the_end(void **state)
{
	(void)state;
	struct error err = {0};
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	pcapng_write_start(&writer, fd, "capture.pcapng", 276, 4096, "any");
	pcapng_write_packet(&writer, 1, SLICE("abc"), 3);
	pcapng_write_end(&writer, 1, 2, 1, 0);
	assert_int_equal(pcapng_write_close(&writer, &err), ERR_IO);
	assert_contains(err.text, "capture.pcapng");
	assert_int_equal(writer.fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_capture_as_the_draft_has_it),
		scratch_test(packets_past_the_buffer_are_handed_on_whole),
		cmocka_unit_test(a_full_disk_is_told_at_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
