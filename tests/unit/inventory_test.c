/* SPDX-License-Identifier: Apache-2.0 */
/* Folders and archives through the process without rights: what stands where. */
#include "tests/unit/inventory_archive.h"

#include "core/text.h"
#include "ingest/inventory/examine.h"
#include "ingest/inventory/inventory.h"

static struct made made, inner;
static const char URL[] = "fetch('https://a.some.io/x')";

/* "host=COUNT in file!member, …;" of all, with the folder left out, then the notes. */
static void tell_all(const struct found *f, const char *folder, struct text *ret)
{
	size_t lead = strlen(folder) + 1;
	for (size_t i = 0; i < f->count; i++) {
		const struct found_host *h = f->hosts[i];
		text_addf(ret, "%s=%llu", h->name, (unsigned long long)h->count);
		for (const struct found_place *p = h->first; p; p = p->next)
			text_addf(ret, " %s%s%s@%llu", p->file + lead, *p->member ? "!" : "", p->member,
				  (unsigned long long)p->offset);
		text_add_char(ret, ';');
	}
	for (size_t i = 0; i < f->note_count; i++)
		text_addf(ret, "%.12s=%llu;", f->notes[i].reason, (unsigned long long)f->notes[i].count);
}

static void expect(const struct scratch *s, const char *wanted)
{
	const struct inventory_options how = {.known = {NULL, 0}};
	const char *const paths[] = {s->path};
	AUTO_TEXT struct text got = text_make(1 << 16);
	struct error err = {0};
	struct found *f;
	enum status status = inventory_read(paths, 1, &how, &f, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	found_finish(f);
	tell_all(f, s->path, &got);
	assert_string_equal(text_string(&got), wanted);
	found_free(f);
}

static void folders_and_plain_files(void **state)
{
	struct scratch *s = *state;
	assert_int_equal(mkdirat(s->fd, "sub", 0700), 0);
	scratch_put(s, "sub/a.js", slice_of_string(URL));
	scratch_put(s, "b.js", SLICE("https://b.some.io https://a.some.io"));
	scratch_put(s, "empty", slice_of("", 0));
	expect(s, "a.some.io=2 b.js@23 sub/a.js@12;b.some.io=1 b.js@5;");
}

static void what_is_not_opened(void **state)
{
	struct scratch *s = *state;
	char outside[160];
	snprintf(outside, sizeof outside, "%s.outside", s->path);
	FILE *f = fopen(outside, "w");
	assert_non_null(f);
	fputs(URL, f);
	fclose(f);
	assert_int_equal(symlinkat(outside, s->fd, "link"), 0);
	assert_int_equal(symlinkat("..", s->fd, "up"), 0);
	assert_int_equal(mkfifoat(s->fd, "fifo", 0600), 0);
	expect(s, "devices, pip=1;links: not f=2;");
	unlink(outside);
}

static void each_kind_of_archive(void **state)
{
	static const struct {
		const char *format, *filter, *file, *wanted;
	} kinds[] = {
		{"zip", NULL, "a.vsix", "a.some.io=1 a.vsix!lib/a.js@12;"},
		{"7zip", NULL, "a.7z", "a.some.io=1 a.7z!lib/a.js@12;"},
		{"pax", NULL, "a.tar", "a.some.io=1 a.tar!lib/a.js@12;"},
		{"pax", "gzip", "a.tgz", "a.some.io=1 a.tgz!lib/a.js@12;"},
		{"pax", "zstd", "a.zst", "a.some.io=1 a.zst!lib/a.js@12;"},
		{"pax", "xz", "a.xz", "a.some.io=1 a.xz!lib/a.js@12;"},
		{"pax", "bzip2", "a.bz2", "a.some.io=1 a.bz2!lib/a.js@12;"},
		{"newc", NULL, "a.cpio", "a.some.io=1 a.cpio!lib/a.js@12;"},
	};
	struct scratch *s = *state;
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		scratch_put(s, kinds[i].file, made_archive(&made, kinds[i].format, kinds[i].filter, NULL, "lib/a.js",
							    slice_of_string(URL)));
		expect(s, kinds[i].wanted);
		unlinkat(s->fd, kinds[i].file, 0);
	}
}

static void archives_within_each_other(void **state)
{
	struct scratch *s = *state;
	struct slice bytes = made_archive(&inner, "zip", NULL, NULL, "a.js", slice_of_string(URL));
	bytes = made_asar(&made, "{\"files\":{\"d\":{\"files\":{\"a.zip\":{\"size\":1000,\"offset\":\"4\"}}}}}",
			  slice_of("xxxx", 4));
	memcpy(made.bytes + made.size, inner.bytes, inner.size);
	bytes = made_archive(&inner, "pax", "gzip", NULL, "app.asar", slice_of(made.bytes, made.size + inner.size));
	scratch_put(s, "app.tgz", bytes);
	/* the list promises more bytes than there are */
	expect(s, "a.some.io=1 app.tgz!app.asar!d/a.zip!a.js@12;files or par=1;");
}

static void deeper_than_is_opened(void **state)
{
	struct scratch *s = *state;
	struct slice bytes = slice_of_string(URL);
	for (int i = 0; i <= EXAMINE_DEPTH_MAX + 1; i++) {
		bytes = made_archive(&made, "zip", NULL, "compression=store", "z", bytes);
		memcpy(inner.bytes, made.bytes, made.size);
		bytes = slice_of(inner.bytes, made.size);
	}
	scratch_put(s, "z.zip", bytes);
	/* stored, so the innermost one is found all the same */
	const struct inventory_options how = {.known = {NULL, 0}};
	const char *const paths[] = {s->path};
	struct error err = {0};
	struct found *f;
	assert_int_equal(inventory_read(paths, 1, &how, &f, &err), OK);
	assert_int_equal(f->count, 1);
	assert_int_equal(f->note_count, 1);
	assert_string_equal(f->notes[0].reason, examine_note_text(EXAMINE_DEEP));
	found_free(f);
}

/* Two members, of the first of which a packed byte was changed. */
static struct slice damaged_first(void)
{
	struct archive *a = archive_write_new();
	static unsigned char noise[4000];
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (unsigned char)(i * i >> 3);
	assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(a, 1);
	assert_int_equal(archive_write_open_memory(a, made.bytes, sizeof made.bytes, &made.size), ARCHIVE_OK);
	made_member(a, "a.js", slice_of(noise, sizeof noise));
	made_member(a, "b.js", slice_of_string(URL));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	memset(made.bytes + 120, 0xff, 40);
	return slice_of(made.bytes, made.size);
}

static void what_cannot_be_read(void **state)
{
	struct scratch *s = *state;
	scratch_put(s, "secret.zip", made_archive(&made, "zip", NULL, "zip:encryption=zipcrypt", "a.js", slice_of_string(URL)));
	expect(s, "encrypted me=1;");
	struct slice whole = made_archive(&made, "pax", "gzip", NULL, "a.js", slice_of_string(URL));
	scratch_put(s, "secret.zip", slice_part(whole, 0, whole.size / 2));
	expect(s, "archives tha=1;");
	/* an empty tar, by the look of it */
	static unsigned char zeros[4096];
	memcpy(zeros + 2048, URL, sizeof URL);
	/* one member that is damaged does not hide the others */
	scratch_put(s, "secret.zip", damaged_first());
	expect(s, "a.some.io=1 secret.zip!b.js@12;archives tha=1;");
	whole = made_archive(&made, "raw", "gzip", NULL, "a", slice_of(zeros, sizeof zeros));
	scratch_put(s, "secret.zip", whole);
	expect(s, "a.some.io=1 secret.zip!data@2060;");
	scratch_put(s, "secret.zip", SLICE("hsqs https://a.some.io "));
	expect(s, "a.some.io=1 secret.zip@10;archives of =1;");
	scratch_put(s, "secret.zip", SLICE("PK\3\4 https://a.some.io "));
	expect(s, "a.some.io=1 secret.zip@10;archives tha=1;");
	scratch_put(s, "secret.zip", made_asar(&made, "{\"files\":[", SLICE("https://a.some.io ")));
	expect(s, "a.some.io=1 secret.zip@33;asar archive=1;");
}

static void programs_that_carry_archives(void **state)
{
	struct scratch *s = *state;
	static unsigned char both[ARCHIVE_ROOM + 64] = "MZ https://b.some.io ";
	struct slice zip = made_archive(&made, "zip", NULL, NULL, "a.js", slice_of_string(URL));
	memcpy(both + 64, zip.at, zip.size);
	scratch_put(s, "setup.exe", slice_of(both, 64 + zip.size));
	expect(s, "a.some.io=1 setup.exe!a.js@12;b.some.io=1 setup.exe@8;");
	/* installers: one that carries a 7z, one that only looks so, one that nobody opens */
	struct slice seven = made_archive(&made, "7zip", NULL, NULL, "a.js", slice_of_string(URL));
	memcpy(both + 64, seven.at, seven.size);
	memcpy(both + 64 + seven.size, "behind", 6);
	scratch_put(s, "setup.exe", slice_of(both, 70 + seven.size));
	expect(s, "a.some.io=1 setup.exe!7z@64!a.js@12;b.some.io=1 setup.exe@8;");
	scratch_put(s, "setup.exe", SLICE("MZ 7z\xbc\xaf\x27\x1c\0\4 https://a.some.io "));
	expect(s, "a.some.io=1 setup.exe@17;");
	scratch_put(s, "setup.exe", SLICE("MZ \xef\xbe\xad\xdeNullsoftInst https://a.some.io "));
	expect(s, "a.some.io=1 setup.exe@25;archives of =1;");
}

/* Found in windows, far behind the first, and across their seam. */
static void a_large_file(void **state)
{
	struct scratch *s = *state;
	enum { SIZE = 5 << 20 };
	unsigned char *bytes = calloc(SIZE, 1);
	assert_non_null(bytes);
	for (size_t at = (1 << 20) - 9; at < SIZE - 64; at += 1 << 20)
		memcpy(bytes + at, "https://a.some.io", 17);
	scratch_put(s, "large", slice_of(bytes, SIZE));
	free(bytes);
	expect(s, "a.some.io=4 large@1048572;");
}

static bool stop_at_once(void *to, const char *path, uint64_t bytes)
{
	(void)path, (void)bytes;
	++*(int *)to;
	return false;
}

static void it_can_be_stopped(void **state)
{
	struct scratch *s = *state;
	int calls = 0;
	const struct inventory_options how = {.tell = stop_at_once, .to = &calls};
	const char *const paths[] = {s->path};
	struct error err = {0};
	struct found *f;
	scratch_put(s, "a.js", slice_of_string(URL));
	assert_int_equal(inventory_read(paths, 1, &how, &f, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "interrupted");
	assert_int_equal(calls, 1);
	found_free(f);
}

static void what_is_not_there(void **state)
{
	(void)state;
	const struct inventory_options how = {.known = {NULL, 0}};
	const char *const paths[] = {"/nowhere/at/all"}, *const device[] = {"/dev/null"};
	struct error err = {0};
	struct found *f;
	assert_int_equal(inventory_read(paths, 1, &how, &f, &err), ERR_NO_INPUT);
	found_free(f);
	assert_int_equal(inventory_read(device, 1, &how, &f, &err), ERR_NO_INPUT);
	found_free(f);
}

static void texts_for_people_count_apart(void **state)
{
	struct scratch *s = *state;
	scratch_put(s, "README.md", SLICE("https://doc.some.io https://a.some.io"));
	scratch_put(s, "license.js", slice_of_string(URL));
	const struct inventory_options how = {.known = {NULL, 0}};
	const char *const paths[] = {s->path};
	struct error err = {0};
	struct found *f;
	assert_int_equal(inventory_read(paths, 1, &how, &f, &err), OK);
	found_finish(f);
	assert_true(found_find(f, SLICE("doc.some.io"))->documents);
	assert_false(found_find(f, SLICE("a.some.io"))->documents);
	assert_int_equal(found_find(f, SLICE("a.some.io"))->files, 2);
	assert_null(found_find(f, SLICE("some.io")));
	found_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(folders_and_plain_files), scratch_test(what_is_not_opened),
		scratch_test(each_kind_of_archive),    scratch_test(archives_within_each_other),
		scratch_test(deeper_than_is_opened),   scratch_test(what_cannot_be_read),
		scratch_test(programs_that_carry_archives), scratch_test(a_large_file),
		scratch_test(it_can_be_stopped),       scratch_test(what_is_not_there),
		scratch_test(texts_for_people_count_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
