/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bundle of each verdict, and whatever somebody may do to it: it is found out, and named. Some
 * of all bytes are changed, others each time; each STEPth, of the bundle of VERDICT, where that is
 * set (make bundle-bytes).
 */
#include "tests/unit/bundle_packed.h"

#include <sys/mman.h>

enum { SAMPLES = 400, CUTS = 60 };

static const char *const verdicts[] = {"pass", "fail", "inconclusive"};

static struct verify_result *verify(int fd, const struct verify_options *options)
{
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct error err = {0};
	if (verify_archive(fd, options, v, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
	return v;
}

/* `path`: what must be named as bad; NULL: the archive itself, with the place in it. */
static bool is_named(const struct verify_result *v, const char *path)
{
	for (size_t i = 0; i < v->problem_count; i++)
		if (v->problems[i].outcome == VERIFY_BAD && !strcmp(v->problems[i].path, path ? path : "."))
			return path || strstr(v->problems[i].what, "is no bundle as it was written: ");
	return false;
}

static void expect(const struct verify_result *v, const char *path, const char *verdict, const char *what)
{
	if (v->outcome == VERIFY_BAD && is_named(v, path))
		return;
	print_error("%s: %s (%s): outcome %d\n", verdict, path ? path : "the archive", what, (int)v->outcome);
	fixture_print(v);
	assert_true(false);
}

/* A file in memory; the caller closes it. */
static int file_of(struct slice bytes)
{
	int fd = memfd_create("bundle", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.at, bytes.size), bytes.size);
	return fd;
}

static void expect_of(struct slice bytes, const struct verify_options *options, const char *path, const char *verdict, const char *what)
{
	static const struct verify_options nothing;
	AUTO_FD int fd = file_of(bytes);
	struct verify_result *v = verify(fd, options ? options : &nothing);
	expect(v, path, verdict, what);
	packed_release(v);
}

static void expect_parts(const struct part parts[], size_t count, const char *path, const char *verdict, const char *what)
{
	AUTO_TEXT struct text zip = text_make(1 << 26);
	packed_pack(parts, count, &zip);
	expect_of(text_slice(&zip), NULL, path, verdict, what);
}

/* Which file's contents the byte is of; NULL: it is the archive's own. */
static const char *owner_of(const struct packed *m, size_t at)
{
	for (size_t i = 0; i < m->zip.count; i++)
		if (at >= m->zip.entries[i].at && at < m->zip.entries[i].at + m->zip.entries[i].size)
			return packed_path(m, i);
	return NULL;
}

/* So far apart are those that are tried. */
static size_t step_of(const struct packed *m, size_t samples)
{
	return packed_step() ? packed_step() : 1 + m->size / samples;
}

static void every_byte_is_named(const struct packed *m)
{
	static const struct verify_options nothing;
	size_t step = step_of(m, SAMPLES);
	AUTO_FD int fd = file_of(slice_of(m->bytes, m->size));
	print_message("%s: %zu bytes, every %zu of them\n", m->verdict, m->size, step);
	for (size_t at = (size_t)getpid() % step; at < m->size; at += step) {
		char what[64], changed = (char)(m->bytes[at] ^ (1 << ((at / step) % 8)));
		snprintf(what, sizeof what, "byte %zu", at);
		assert_int_equal(pwrite(fd, &changed, 1, (off_t)at), 1);
		struct verify_result *v = verify(fd, &nothing);
		expect(v, owner_of(m, at), m->verdict, what);
		packed_release(v);
		assert_int_equal(pwrite(fd, &m->bytes[at], 1, (off_t)at), 1);
	}
}

static void every_cut_is_found(const struct packed *m)
{
	const size_t step = step_of(m, CUTS);
	for (size_t size = (size_t)getpid() % step; size < m->size; size += step)
		expect_of(slice_of(m->bytes, size), NULL, NULL, m->verdict, "cut short");
	AUTO_TEXT struct text longer = text_make(1 << 26);
	text_add(&longer, slice_of(m->bytes, m->size));
	text_add_char(&longer, 0);
	expect_of(text_slice(&longer), NULL, NULL, m->verdict, "a byte behind it");
}

static void every_order_removal_and_addition_is_named(const struct packed *m)
{
	static const char *const added[] = {"aa", "raw/zz", "raw/review/2-review.json", "seal/zz", "review/1-review.json",
					    "seal/UNFINISHED.x", "raw/seal/zz"};
	struct part parts[PACKED_PARTS_MAX], changed[PACKED_PARTS_MAX];
	size_t count = packed_parts(m, parts);
	AUTO_TEXT struct text same = text_make(1 << 26);
	packed_pack(parts, count, &same);
	assert_true(slice_equal(text_slice(&same), slice_of(m->bytes, m->size)));
	for (size_t i = 0; i < count; i++) {
		memcpy(changed, parts, count * sizeof *parts);
		memmove(&changed[i], &changed[i + 1], (count - i - 1) * sizeof *parts);
		expect_parts(changed, count - 1, packed_path(m, i), m->verdict, "removed");
		memcpy(changed, parts, count * sizeof *parts);
		changed[i] = parts[(i + 1) % count];
		changed[(i + 1) % count] = parts[i];
		expect_parts(changed, count, NULL, m->verdict, "another order");
	}
	for (size_t i = 0; i < LENGTH(added); i++) {
		char path[BUNDLE_NAME_MAX + 64];
		size_t at = 0;
		snprintf(path, sizeof path, "%.*s%s", (int)m->top, parts[0].path, added[i]);
		while (at < count && strcmp(parts[at].path, path) < 0)
			at++;
		memcpy(changed, parts, count * sizeof *parts);
		memmove(&changed[at + 1], &changed[at], (count - at) * sizeof *parts);
		changed[at] = packed_part(path, SLICE("x"));
		expect_parts(changed, count + 1, added[i], m->verdict, "added");
	}
}

static void each_way(const struct scratch *s, void (*do_it)(const struct packed *))
{
	static const struct verify_options nothing;
	const char *only = getenv("VERDICT");
	bool stamp = tsa_begin(s);
	AUTO_SIGNING struct signing *signing = fixture_signing();
	for (size_t i = 0; i < LENGTH(verdicts); i++) {
		if (only && strcmp(only, verdicts[i]) != 0)
			continue;
		struct packed m = packed_bundle(s, verdicts[i], signing, stamp);
		AUTO_FD int fd = file_of(slice_of(m.bytes, m.size));
		struct verify_result *v = verify(fd, &nothing);
		if (v->outcome != VERIFY_GOOD)
			fixture_print(v);
		assert_int_equal(v->outcome, VERIFY_GOOD);
		assert_int_equal(v->review_count, 1);
		assert_string_equal(v->session.id, verdicts[i]);
		packed_release(v);
		do_it(&m);
		packed_free(&m);
	}
	if (stamp)
		tsa_end(s);
}

static void changes_of_one_are_named(void **state)
{
	each_way(*state, every_byte_is_named);
	each_way(*state, every_cut_is_found);
	each_way(*state, every_order_removal_and_addition_is_named);
}

/* Each file of one in the place of that of another; then all of a seal. */
static void what_is_of_another_bundle_is_named(void **state)
{
	const struct scratch *s = *state;
	bool stamp = tsa_begin(s);
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct packed m[LENGTH(verdicts)];
	for (size_t i = 0; i < LENGTH(verdicts); i++)
		m[i] = packed_bundle(s, verdicts[i], signing, stamp);
	for (size_t i = 0; i < LENGTH(verdicts); i++) {
		const struct packed *other = &m[(i + 1) % LENGTH(verdicts)];
		struct part parts[PACKED_PARTS_MAX], all[PACKED_PARTS_MAX];
		size_t count = packed_parts(&m[i], parts), swapped = 0;
		memcpy(all, parts, count * sizeof *parts);
		for (size_t p = 0; p < count; p++) {
			const char *path = packed_path(&m[i], p);
			size_t at = packed_find(other, path);
			struct part was = parts[p];
			if (at == other->zip.count || slice_equal(packed_contents(other, at), was.contents))
				continue;
			parts[p] = packed_part(was.path, packed_contents(other, at));
			expect_parts(parts, count, path, m[i].verdict, "of another bundle");
			if (slice_starts(slice_of_string(path), "seal/"))
				all[p] = parts[p];
			parts[p] = was;
			swapped++;
		}
		assert_true(swapped > 20);
		expect_parts(all, count, "raw/evidence.ndjson", m[i].verdict, "under the seal of another");
	}
	for (size_t i = 0; i < LENGTH(verdicts); i++)
		packed_free(&m[i]);
	if (stamp)
		tsa_end(s);
}

static void what_was_stripped_is_named(void **state)
{
	static const struct {
		const char *gone[3], *named;
	} cases[] = {
		{{"seal/SHA256SUMS.p7s"}, "seal/SHA256SUMS.p7s"}, /* and its stamp */
		{{"seal/SHA256SUMS.p7s", "seal/SHA256SUMS.sig"}, "seal/SHA256SUMS.sig"},
		{{"seal/"}, "seal/SHA256SUMS"},
		{{"seal/", "HOW_TO_VERIFY.txt"}, "seal/SHA256SUMS"},
		{{"seal/", "HOW_TO_VERIFY.txt", "raw/seal/"}, "seal/SHA256SUMS"},
		{{"raw/seal/SHA256SUMS.p7s.ts"}, "raw/seal/SHA256SUMS.p7s.tsr"},
		{{"raw/review/"}, "raw/review/1-review.json"},
		{{"raw/seal/"}, "raw/seal/SHA256SUMS"},
	};
	const struct scratch *s = *state;
	bool stamp = tsa_begin(s);
	AUTO_SIGNING struct signing *signing = fixture_signing();
	for (size_t v = 0; v < LENGTH(verdicts); v++) {
		struct packed m = packed_bundle(s, verdicts[v], signing, stamp);
		for (size_t i = 0; i < LENGTH(cases); i++) {
			struct part parts[PACKED_PARTS_MAX];
			size_t gone = 0;
			while (gone < LENGTH(cases[i].gone) && cases[i].gone[gone])
				gone++;
			if (strstr(cases[i].named, ".tsr") && !stamp)
				continue;
			size_t count = packed_without(&m, cases[i].gone, gone, parts);
			assert_true(count < m.zip.count);
			expect_parts(parts, count, cases[i].named, verdicts[v], "stripped");
		}
		packed_free(&m);
	}
	if (stamp)
		tsa_end(s);
}

/* The stamp of the bundle itself, which nothing covers: that one belongs to it, it says. */
static void a_stamp_that_was_stripped_is_missed(void **state)
{
	static const struct verify_options nothing;
	static const char *const gone[] = {"seal/SHA256SUMS.p7s.ts"};
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	if (!tsa_begin(s))
		skip();
	struct packed m = packed_bundle(s, "pass", signing, true);
	struct part parts[PACKED_PARTS_MAX];
	AUTO_TEXT struct text zip = text_make(1 << 26);
	packed_pack(parts, packed_without(&m, gone, 1, parts), &zip);
	AUTO_FD int fd = file_of(text_slice(&zip));
	struct verify_result *v = verify(fd, &nothing);
	assert_int_equal(v->outcome, VERIFY_UNKNOWN);
	assert_true(fixture_names(v, SEAL_REPLY, VERIFY_UNKNOWN));
	packed_release(v);
	packed_free(&m);
	tsa_end(s);
}

static void another_signer_and_an_older_one_are_named(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *stranger = fixture_signing();
	struct packed older = packed_bundle(s, "older", signing, false);
	for (size_t i = 0; i < LENGTH(verdicts); i++) {
		struct packed m = packed_bundle(s, verdicts[i], signing, false);
		struct packed forged = packed_bundle(s, verdicts[i], stranger, false);
		const struct verify_options told = {.fingerprint_hex = m.fingerprint, .session_id = verdicts[i], .after_ns = FIXTURE_NOW - 1000};
		const struct verify_options by_time = {.after_ns = FIXTURE_NOW - 1000};
		AUTO_FD int fd = file_of(slice_of(m.bytes, m.size));
		struct verify_result *v = verify(fd, &told);
		if (v->outcome != VERIFY_GOOD)
			fixture_print(v);
		assert_int_equal(v->outcome, VERIFY_GOOD);
		assert_true(fixture_says(&v->proven, "of the session that was named"));
		packed_release(v);
		expect_of(slice_of(forged.bytes, forged.size), &told, SEAL_CERTIFICATE, verdicts[i], "signed anew by somebody else");
		expect_of(slice_of(older.bytes, older.size), &told, SEAL_ATTESTATION, verdicts[i], "an older one of the same host");
		expect_of(slice_of(older.bytes, older.size), &by_time, SEAL_ATTESTATION, verdicts[i], "an older one, by its time");
		packed_free(&m);
		packed_free(&forged);
	}
	packed_free(&older);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(changes_of_one_are_named), scratch_test(what_is_of_another_bundle_is_named),
		scratch_test(what_was_stripped_is_named),
		scratch_test(a_stamp_that_was_stripped_is_missed),
		scratch_test(another_signer_and_an_older_one_are_named),
	};
	if (packed_step())
		cmocka_set_test_filter("changes_of_one_are_named");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
