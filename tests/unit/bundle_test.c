/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "report/bundle.h"
#include "report/cmmc_log.h"
#include "report/zip_form.h"

#include <fcntl.h>

static const char top[] = "AGV_x_x_h_20240203T120000Z_20240203T120000Z_s-1";

/* A sealed session in `name` below the scratch folder; its descriptor is the caller's. */
static int sealed_session(const struct scratch *s, const struct signing *signing)
{
	struct scratch inner = *s;
	assert_int_equal(mkdirat(s->fd, "session", 0700), 0);
	snprintf(inner.path, sizeof inner.path, "%.100s/session", s->path);
	inner.fd = openat(s->fd, "session", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture_session(&inner, LOG_CLOSED);
	/* a name that only some systems take has no place in a bundle */
	assert_int_equal(renameat(inner.fd, "applogs/a\\b\nc.log", inner.fd, "applogs/1-a.log"), 0);
	scratch_put(&inner, "report/report.pdf", SLICE("%PDF-1.5 of a kind"));
	scratch_put(&inner, "report/report.json", SLICE("{}\n"));
	assert_int_equal(fixture_seal(&inner, signing, NULL, NULL), OK);
	return inner.fd;
}

static void make(const struct scratch *s, int session, const struct signing *signing, const char *name)
{
	struct error err = {0};
	const struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann",
					 .host = "lab", .reason = "bundled", .now_ns = FIXTURE_NOW};
	const struct bundle_request r = {session, s->fd, name, top, "{}\n", "{}\n", signing, &facts, NULL};
	if (bundle_write(&r, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

/* What verifying says of bytes; the first problem in `ret_path`. */
static enum verify_outcome outcome_of(const struct scratch *s, struct slice bytes, char ret_path[static 256])
{
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	AUTO_FD int fd = openat(s->fd, "tried.zip", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, bytes.at, bytes.size), (ssize_t)bytes.size);
	struct error err = {0};
	enum status status = verify_archive(fd, &nothing, v, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	enum verify_outcome outcome = v->outcome;
	snprintf(ret_path, 256, "%s: %s", v->problem_count ? v->problems[0].path : "", v->problem_count ? v->problems[0].what : "");
	verify_result_free(v);
	free(v);
	return outcome;
}

static void it_verifies_as_it_is(void **state)
{
	struct scratch *s = *state;
	char path[256];
	size_t size;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	make(s, session, signing, "b.zip");
	char *zip = scratch_get(s, "b.zip", &size);
	assert_int_equal(outcome_of(s, slice_of(zip, size), path), VERIFY_GOOD);
	assert_false(scratch_has(s, "b.zip.parts"));
	/* the session stays as it was */
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	assert_int_equal(verify_folder(session, &nothing, v, NULL), OK);
	assert_int_equal(v->outcome, VERIFY_GOOD);
	verify_result_free(v);
	free(v);
	static const char *const wanted[] = {"/report.pdf", "/machine/report.json", "/raw/evidence.ndjson", "/raw/seal/SHA256SUMS.p7s",
					     "/derived/audit.db", "/time.json", "/tool.json", "/HOW_TO_VERIFY.txt", "/seal/custody.jsonl",
					     "/custody.jsonl", "/manifest.json", "/SHA256SUMS"};
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		snprintf(path, sizeof path, "%s%s", top, wanted[i]);
		assert_true(slice_search(slice_of(zip, size), slice_of_string(path)) < size);
	}
	free(zip);
}

/* A review of the session goes with it, and is checked over the session's own seal. */
static void a_review_goes_with_it(void **state)
{
	struct scratch *s = *state;
	size_t size;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *reviewer = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	struct review r = {.decision = REVIEW_ACCEPTED, .name = "Ann", .who = "a@b", .tool_version = "0", .time_ns = FIXTURE_NOW};
	assert_int_equal(review_add(session, reviewer, &r, NULL), OK);
	/* who reviewed may bundle */
	make(s, session, reviewer, "b.zip");
	char *zip = scratch_get(s, "b.zip", &size);
	AUTO_FD int fd = openat(s->fd, "b.zip", O_RDONLY | O_CLOEXEC);
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	assert_int_equal(verify_archive(fd, &nothing, v, NULL), OK);
	assert_int_equal(v->outcome, VERIFY_GOOD);
	assert_int_equal(v->review_count, 1);
	assert_string_equal(v->reviews[0]->name, "Ann");
	verify_result_free(v);
	free(v);
	/* one of another seal is found out, though the bundle covers it */
	assert_int_equal(unlinkat(session, "review/1-review.json", 0), 0);
	assert_int_equal(fixture_seal(&(struct scratch){.fd = session}, signing, NULL, NULL), OK);
	memset(r.sums, 0, sizeof r.sums);
	AUTO_TEXT struct text words = text_make(REVIEW_SIZE_MAX);
	review_write(&r, &words);
	assert_int_equal(file_write(session, "review/1-review.json", text_slice(&words), NULL), OK);
	make(s, session, signing, "c.zip");
	free(zip);
	zip = scratch_get(s, "c.zip", &size);
	char path[256];
	assert_int_equal(outcome_of(s, slice_of(zip, size), path), VERIFY_BAD);
	assert_contains(path, "raw/review/1-review.json: is not what was signed");
	free(zip);
}

/* A file that holds a signature, or the hash of one. */
static bool holds_chance(const char *path)
{
	static const char *const files[] = {SEAL_ATTESTATION, SEAL_MANIFEST_COPY, SEAL_SUMS_COPY, SEAL_CMS, SEAL_SSH};
	for (size_t i = 0; i < LENGTH(files); i++)
		if (slice_ends(slice_of_string(path), files[i]))
			return true;
	return false;
}

/* What an interrupt leaves is told with its remedy, and is not removed: it may be somebody's. */
static void what_was_left_is_named(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	const struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann", .host = "lab",
					 .now_ns = FIXTURE_NOW};
	const struct bundle_request r = {session, s->fd, "b.zip", top, "{}\n", "{}\n", signing, &facts, NULL};
	assert_int_equal(mkdirat(s->fd, "b.zip.parts", 0700), 0);
	assert_int_equal(bundle_write(&r, &err), ERR_CREATE);
	assert_contains(err.text, "b.zip.parts is there");
	assert_contains(err.text, "remove it and try again");
	assert_true(scratch_has(s, "b.zip.parts"));
	assert_false(scratch_has(s, "b.zip"));
}

/* Two makings differ in their signatures alone, which hold chance. */
static void heads_depend_on_nothing_else(void **state)
{
	struct scratch *s = *state;
	size_t a, b;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	make(s, session, signing, "a.zip");
	usleep(1100000);
	make(s, session, signing, "b.zip");
	char *one = scratch_get(s, "a.zip", &a), *two = scratch_get(s, "b.zip", &b);
	struct zip first, second;
	struct arena *arena = arena_new(1 << 20);
	AUTO_FD int fd_one = openat(s->fd, "a.zip", O_RDONLY | O_CLOEXEC), fd_two = openat(s->fd, "b.zip", O_RDONLY | O_CLOEXEC);
	assert_int_equal(zip_read(fd_one, arena, &first, NULL), OK);
	assert_int_equal(zip_read(fd_two, arena, &second, NULL), OK);
	assert_int_equal(first.count, second.count);
	for (size_t i = 0; i < first.count; i++) {
		assert_string_equal(first.entries[i].path, second.entries[i].path);
		if (!holds_chance(first.entries[i].path))
			assert_int_equal(first.entries[i].crc, second.entries[i].crc);
	}
	arena_free(arena);
	free(one);
	free(two);
}

static void every_byte_counts(void **state)
{
	struct scratch *s = *state;
	char path[256];
	size_t size;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	make(s, session, signing, "b.zip");
	char *zip = scratch_get(s, "b.zip", &size);
	/* some of all bytes, other ones each time: verifying takes milliseconds */
	for (size_t i = (size_t)getpid() % 29; i < size; i += 29) {
		zip[i] = (char)(zip[i] ^ (1 << (i % 8)));
		if (outcome_of(s, slice_of(zip, size), path) != VERIFY_BAD)
			print_error("byte %zu: %s\n", i, path), assert_true(false);
		assert_true(path[0] && strcmp(path, ": ") != 0);
		zip[i] = (char)(zip[i] ^ (1 << (i % 8)));
	}
	for (size_t cut = 0; cut < size; cut += 1 + size / 60)
		if (cut > 3)
			assert_int_equal(outcome_of(s, slice_of(zip, cut), path), VERIFY_BAD);
	/* a byte in front or behind */
	AUTO_TEXT struct text longer = text_make(1 << 20);
	text_add(&longer, slice_of(zip, size));
	text_add_char(&longer, 'x');
	assert_int_equal(outcome_of(s, text_slice(&longer), path), VERIFY_BAD);
	free(zip);
}

/* An archive of files that we write ourselves, whatever they are called. */
static void archive_of(struct text *out, const char *const paths[], size_t count)
{
	AUTO_TEXT struct text central = text_make(1 << 16);
	for (size_t i = 0; i < count; i++) {
		struct zip_entry e = {.path = paths[i], .size = 1, .crc = 0x8cdc1683 /* of "x" */};
		zip_form_central(&central, &e, out->size);
		zip_form_local(out, &e);
		text_add_char(out, 'x');
	}
	size_t at = out->size;
	text_add(out, text_slice(&central));
	zip_form_end(out, count, at, central.size);
}

/* Of what stands around the files, each bit. */
static void no_bit_of_the_archive_is_free(void **state)
{
	struct scratch *s = *state;
	static const char *const paths[] = {"a/b", "a/c"};
	struct zip zip;
	AUTO_TEXT struct text bytes = text_make(1 << 16);
	archive_of(&bytes, paths, 2);
	AUTO_FD int fd = openat(s->fd, "tried.zip", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	for (size_t bit = 0; bit < 8 * bytes.size; bit++) {
		bool whole[2] = {false, false};
		unsigned char digest[HASH_SIZE];
		struct arena *arena = arena_new(1 << 20);
		bytes.at[bit / 8] = (char)(bytes.at[bit / 8] ^ (1 << bit % 8));
		assert_int_equal(pwrite(fd, bytes.at, bytes.size, 0), (ssize_t)bytes.size);
		if (!zip_read(fd, arena, &zip, NULL))
			for (size_t i = 0; i < 2; i++)
				assert_int_equal(zip_hash(fd, &zip.entries[i], digest, &whole[i], NULL), OK);
		if (whole[0] && whole[1])
			print_error("bit %zu\n", bit);
		assert_false(whole[0] && whole[1]);
		bytes.at[bit / 8] = (char)(bytes.at[bit / 8] ^ (1 << bit % 8));
		arena_free(arena);
	}
}

static void path_tricks_are_refused(void **state)
{
	struct scratch *s = *state;
	static const struct {
		const char *paths[2], *why;
	} cases[] = {
		{{"a/../b", NULL}, "may lead out"},   {{"/etc/passwd", NULL}, "may lead out"},  {{"a//b", NULL}, "may lead out"},
		{{"a/./b", NULL}, "may lead out"},    {{"a/b/", NULL}, "may lead out"},         {{"a/b\\c", NULL}, "character"},
		{{"a/C:b", NULL}, "character"},       {{"a/b\n", NULL}, "character"},           {{"a/b", "a/b"}, "there twice"},
		{{"a/c", "a/b"}, "out of order"},     {{"a/B", "a/b"}, "differ in case alone"}, {{"a/b", "c/d"}, "one folder"},
		{{"a/b", NULL}, "seal/SHA256SUMS: is missing"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char told[256];
		AUTO_TEXT struct text zip = text_make(1 << 16);
		archive_of(&zip, cases[i].paths, cases[i].paths[1] ? 2 : 1);
		enum verify_outcome outcome = outcome_of(s, text_slice(&zip), told);
		if (!strstr(told, cases[i].why))
			print_error("%s: %s\n", cases[i].paths[0], told);
		assert_non_null(strstr(told, cases[i].why));
		assert_int_equal(outcome, VERIFY_BAD);
	}
}

/* The form of what is past 4 GiB, without writing so much. */
static void wide_numbers_have_their_form(void **state)
{
	(void)state;
	AUTO_TEXT struct text out = text_make(4096);
	struct zip_entry e = {.path = "a/b", .size = UINT64_C(5) << 30};
	zip_form_local(&out, &e);
	assert_int_equal(out.size, zip_form_local_size(&e));
	assert_memory_equal(out.at + 18, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
	assert_memory_equal(out.at + 33, "\x01\0\x10\0\0\0\0\x40\x01\0\0\0", 12);
	text_clear(&out);
	zip_form_central(&out, &e, UINT64_C(6) << 30);
	assert_int_equal(out.size, 46 + 3 + 28);
	text_clear(&out);
	zip_form_end(&out, 70000, UINT64_C(7) << 30, 100);
	assert_int_equal(out.size, 56 + 20 + 22);
	assert_memory_equal(out.at + 76 + 8, "\xff\xff\xff\xff", 4);
}

static void others_read_it(void **state)
{
	struct scratch *s = *state;
	static const char *const commands[][2] = {{"unzip", "unzip -tq b.zip >/dev/null"}, {"bsdtar", "bsdtar -tf b.zip >/dev/null"},
		{"python3", "python3 -c \"import zipfile; assert zipfile.ZipFile('b.zip').testzip() is None\""}};
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_FD int session = sealed_session(s, signing);
	make(s, session, signing, "b.zip");
	for (size_t i = 0; i < LENGTH(commands); i++) {
		char command[512], program[64];
		snprintf(program, sizeof program, "command -v %s >/dev/null", commands[i][0]);
		snprintf(command, sizeof command, "cd %s && %s", s->path, commands[i][1]);
		if (system(program) != 0)
			print_message("%s is not installed: it was not asked\n", commands[i][0]);
		else
			assert_int_equal(system(command), 0);
	}
}

static void names_are_plain(void **state)
{
	(void)state;
	char name[BUNDLE_NAME_MAX];
	assert_true(bundle_name("Acme", "CI", "h", FIXTURE_NOW, FIXTURE_NOW, "0", name));
	assert_false(bundle_name("Acme (Labs) & Co", "", "h\xc3\xb6st_1", FIXTURE_NOW, FIXTURE_NOW + 1000000000, "0123456789abcdef", name));
	assert_string_equal(name, "AGV_AcmeLabsCo_x_hst1_20240203T120000Z_20240203T120001Z_01234567");
}

static void cmmc_logs_have_their_layout(void **state)
{
	(void)state;
	const struct manifest_file files[] = {{.path = "t/a.txt", .digest = {0xab, 0x01}}, {.path = "t/\xc3\xb6.txt"}};
	AUTO_TEXT struct text out = text_make(1 << 16);
	static const struct {
		const char *root;
		bool posix, windows;
	} roots[] = {{"/e", true, false}, {"C:\\e", false, true}, {"\\\\s\\e", false, true}, {"e", false, false}, {"C:e", false, false}, {"", false, false}};
	for (size_t i = 0; i < LENGTH(roots); i++) {
		assert_int_equal(cmmc_profile_takes(CMMC_PS7_POSIX, roots[i].root), roots[i].posix);
		assert_int_equal(cmmc_profile_takes(CMMC_PS7_WINDOWS, roots[i].root), roots[i].windows);
		assert_int_equal(cmmc_profile_takes(CMMC_PS51, roots[i].root), roots[i].windows);
	}
	cmmc_log_write(CMMC_PS7_POSIX, "/e", files, 2, &out);
	assert_string_equal(text_string(&out),
			    "\n"
			    "Algorithm       Hash                                                                   Path\n"
			    "---------       ----                                                                   ----\n"
			    "SHA256          AB01000000000000000000000000000000000000000000000000000000000000       /e/t/a.txt\n"
			    "SHA256          0000000000000000000000000000000000000000000000000000000000000000       /e/t/?.txt\n"
			    "\n");
	text_clear(&out);
	cmmc_log_write(CMMC_PS7_WINDOWS, "C:\\e", files, 1, &out);
	assert_contains(text_string(&out), "       C:\\e\\t\\a.txt\r\n\r\n");
	text_clear(&out);
	cmmc_log_write(CMMC_PS51, "C:\\e", files, 1, &out);
	assert_contains(text_string(&out), "Path        \r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(it_verifies_as_it_is),
		scratch_test(what_was_left_is_named),
		scratch_test(a_review_goes_with_it),
		scratch_test(heads_depend_on_nothing_else),
		scratch_test(every_byte_counts),
		scratch_test(no_bit_of_the_archive_is_free),
		scratch_test(path_tricks_are_refused),
		cmocka_unit_test(wide_numbers_have_their_form),
		scratch_test(others_read_it),
		cmocka_unit_test(names_are_plain),
		cmocka_unit_test(cmmc_logs_have_their_layout),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
