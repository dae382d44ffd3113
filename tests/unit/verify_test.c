/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

static void a_sealed_folder_is_good(void **state)
{
	const struct scratch *s = *state;
	char fingerprint[HASH_TEXT_MAX];
	fixture_sealed(s, fingerprint);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(r.sealed);
	assert_int_equal(r.problem_count, 0);
	assert_int_equal(r.files, 14);
	assert_string_equal(r.fingerprint, fingerprint);
	assert_string_equal(r.signer, "CN=Test Signer");
	assert_int_equal(r.signed_ns, FIXTURE_NOW / 1000000000 * 1000000000);
	assert_true(fixture_says(&r.proven, "all 14 files"));
	assert_true(fixture_says(&r.proven, "signed, twice"));
	assert_true(fixture_says(&r.proven, "2 checkpoints"));
	assert_true(fixture_says(&r.not_proven, "who the signer is"));
	assert_true(fixture_says(&r.not_proven, "machine was honest"));
	assert_false(fixture_says(&r.not_proven, "tail"));
	verify_result_free(&r);
}

static void removed_files_are_named(void **state)
{
	static const char *const files[] = {
		SEAL_SUMS,    SEAL_CMS,		 SEAL_SSH,	 SEAL_CERTIFICATE,
		SEAL_ALLOWED, SEAL_MANIFEST,	 SEAL_CUSTODY,	 "HOW_TO_VERIFY.txt",
		"audit.db",   "evidence.ndjson", "report/empty", "applogs/a\\b\nc.log",
	};
	const struct scratch *s = *state;
	char aside[128];
	snprintf(aside, sizeof aside, "%s.aside", s->path);
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(files); i++) {
		assert_int_equal(renameat(s->fd, files[i], AT_FDCWD, aside), 0);
		fixture_expect_bad(s, files[i], true, "removed");
		assert_int_equal(renameat(AT_FDCWD, aside, s->fd, files[i]), 0);
	}
	fixture_expect(s, VERIFY_GOOD);
}

static void a_seal_that_is_gone_is_bad(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, "rm seal/SHA256SUMS*"), 0);
	fixture_expect_bad(s, SEAL_SUMS, false, "three removed");
	fixture_expect_bad(s, SEAL_CMS, false, "three removed");
	assert_int_equal(fixture_shell(s, "rm -r seal"), 0);
	fixture_expect_bad(s, SEAL_SUMS, false, "all removed");
}

static void added_files_are_named(void **state)
{
	static const char *const files[] = {"new",
					    "seal/new",
					    "tools/zz",
					    "applogs/.hidden",
					    "evidence.ndjson.part",
					    "seal/SHA256SUMS.part"};
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(files); i++) {
		scratch_put(s, files[i], SLICE("more"));
		fixture_expect_bad(s, files[i], true, "added");
		assert_int_equal(unlinkat(s->fd, files[i], 0), 0);
	}
	fixture_expect(s, VERIFY_GOOD);
}

static void swapped_files_are_named(void **state)
{
	static const char *const pairs[][2] = {
		{"tools/ss-before.txt", "tools/ss-after.txt"},
		{"session.json", "audit.db"},
		{SEAL_CMS, SEAL_SSH},
		{SEAL_SUMS, SEAL_MANIFEST},
		{SEAL_CERTIFICATE, SEAL_ALLOWED},
		{"evidence.ndjson", SEAL_CUSTODY},
	};
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(pairs); i++)
		for (int back = 0; back < 2; back++) {
			assert_int_equal(renameat(s->fd, pairs[i][0], s->fd, "aside"), 0);
			assert_int_equal(renameat(s->fd, pairs[i][1], s->fd, pairs[i][0]), 0);
			assert_int_equal(renameat(s->fd, "aside", s->fd, pairs[i][1]), 0);
			if (back)
				break;
			fixture_expect_bad(s, pairs[i][0], false, "swapped");
			/* with the list of hashes gone too, it alone is sure to be bad */
			if (strcmp(pairs[i][0], SEAL_SUMS) != 0)
				fixture_expect_bad(s, pairs[i][1], false, "swapped");
		}
	fixture_expect(s, VERIFY_GOOD);
}

static void truncated_and_longer_files_are_named(void **state)
{
	static const char *const files[] = {SEAL_SUMS,	   SEAL_CMS,	      SEAL_SSH,
					    SEAL_MANIFEST, SEAL_CERTIFICATE,  SEAL_ALLOWED,
					    SEAL_CUSTODY,  "evidence.ndjson", "audit.db"};
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(files); i++) {
		size_t size;
		char *bytes = scratch_get(s, files[i], &size);
		for (size_t cut = 0; cut < size; cut += cut < size - 3 ? size / 8 : 1) {
			scratch_put(s, files[i], slice_of(bytes, cut));
			fixture_expect_bad(s, files[i], true, "truncated");
		}
		bytes[size] = '\n';
		scratch_put(s, files[i], slice_of(bytes, size + 1));
		fixture_expect_bad(s, files[i], true, "longer");
		scratch_put(s, files[i], slice_of(bytes, size));
		free(bytes);
	}
	fixture_expect(s, VERIFY_GOOD);
}

static void links_are_bad_and_never_followed(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, "mv audit.db tools/aside"), 0);
	assert_int_equal(symlinkat("tools/aside", s->fd, "audit.db"), 0);
	fixture_expect_bad(s, "audit.db", false, "link to the same bytes");
	assert_int_equal(fixture_shell(s, "rm audit.db; mv tools/aside audit.db"), 0);
	fixture_expect(s, VERIFY_GOOD);
	assert_int_equal(fixture_shell(s, "mv tools real; ln -s real tools"), 0);
	fixture_expect_bad(s, "tools", false, "a folder that is a link");
	assert_int_equal(fixture_shell(s, "rm tools; mv real tools; mv seal s; ln -s s seal"), 0);
	fixture_expect_bad(s, "seal", false, "the seal is a link");
	assert_int_equal(fixture_shell(s, "rm seal; mv s seal; mkfifo seal/pipe"), 0);
	fixture_expect_bad(s, "seal/pipe", true, "a pipe");
}

static void an_unsealed_folder_is_unknown(void **state)
{
	const struct scratch *s = *state;
	fixture_session(s, LOG_OPEN);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_UNKNOWN);
	assert_false(r.sealed);
	assert_contains(r.problems[0].what, "not sealed; evidence verifies up to byte");
	assert_true(fixture_says(&r.not_proven, "tail of 25 bytes"));
	verify_result_free(&r);
	assert_int_equal(fixture_shell(s, "rm evidence.ndjson"), 0);
	fixture_expect(s, VERIFY_UNKNOWN);
}

static void a_broken_chain_is_bad(void **state)
{
	const struct scratch *s = *state;
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_shell(s, "sed -i 's/192.0.2.1/192.0.2.9/' evidence.ndjson"), 0);
	fixture_expect_bad(s, "evidence.ndjson", true, "unsealed");
	AUTO_SIGNING struct signing *signing = fixture_signing();
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	fixture_expect_bad(s, "evidence.ndjson", true, "sealed as it was");
}

static void an_endless_line_breaks_the_chain(void **state)
{
	const struct scratch *s = *state;
	fixture_session(s, LOG_OPEN);
	assert_int_equal(
		fixture_shell(s, "head -c 5000000 /dev/zero | tr '\\0' x >> evidence.ndjson"), 0);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_BAD);
	assert_contains(r.problems[0].what, "line 7: a line that is too long");
	assert_contains(r.problems[0].what, "of 5001");
	verify_result_free(&r);
	/* long lines that are allowed, across the reader's buffer */
	fixture_evidence(s, LOG_OPEN);
	assert_int_equal(fixture_shell(s, "for i in 1 2 3 4 5; do head -c 1000000 /dev/zero |"
					  "tr '\\0' x; echo; done >> evidence.ndjson"),
			 0);
	r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_UNKNOWN);
	assert_true(fixture_says(&r.not_proven, "tail of 5000030 bytes"));
	verify_result_free(&r);
}

static void an_open_log_is_good_but_its_tail_is_said(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_OPEN);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.not_proven, "tail of 25 bytes"));
	verify_result_free(&r);
}

/* As somebody who may not read one of the files. */
static int verify_as_nobody(const struct scratch *s, const char *path)
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		const struct verify_options options = {0};
		struct verify_result r;
		if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0)
			_exit(100);
		if (verify_folder(s->fd, &options, &r, NULL))
			_exit(101);
		int outcome = (int)r.outcome;
		bool named = fixture_names(&r, path, VERIFY_UNKNOWN);
		verify_result_free(&r);
		_exit(named ? outcome : 102);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void what_cannot_be_read_is_unknown(void **state)
{
	static const struct {
		const char *path, *named;
	} cases[] = {{"audit.db", "audit.db"},
		     {SEAL_SUMS, SEAL_SUMS},
		     {SEAL_CMS, SEAL_CMS},
		     {"evidence.ndjson", "evidence.ndjson"},
		     {"tools", "."}};
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(fixture_shell(s, "chmod -R a+rX ."), 0);
		assert_int_equal(fchmodat(s->fd, cases[i].path, 0, 0), 0);
		assert_int_equal(verify_as_nobody(s, cases[i].named), VERIFY_UNKNOWN);
		assert_int_equal(fchmodat(s->fd, cases[i].path, 0700, 0), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_sealed_folder_is_good),
		scratch_test(removed_files_are_named),
		scratch_test(a_seal_that_is_gone_is_bad),
		scratch_test(added_files_are_named),
		scratch_test(swapped_files_are_named),
		scratch_test(truncated_and_longer_files_are_named),
		scratch_test(links_are_bad_and_never_followed),
		scratch_test(an_unsealed_folder_is_unknown),
		scratch_test(a_broken_chain_is_bad),
		scratch_test(an_endless_line_breaks_the_chain),
		scratch_test(an_open_log_is_good_but_its_tail_is_said),
		scratch_test(what_cannot_be_read_is_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
