/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reviewer's word over a sealed folder: openssl and ssh-keygen check it, the seal stays as
 * it is, and no byte of it is free.
 */
#include "tests/unit/seal_fixture.h"

#include "report/review.h"

static const struct review_objective objectives[] = {{"SC.L2-3.13.6_obj.a", true}, {"AU.L2-3.3.1_obj.b", false}};

static struct review words(enum review_decision decision)
{
	return (struct review){
		.decision = decision,
		.name = "Ren\xc3\xa9 \"R\" Reviewer",
		.comment = "seen with\nmy own eyes",
		.who = "rene@desk",
		.tool_version = "0.1.0",
		.objectives = objectives,
		.objective_count = LENGTH(objectives),
		.time_ns = FIXTURE_NOW + 5,
	};
}

static void add(const struct scratch *s, const struct signing *signing, enum review_decision decision)
{
	struct error err = {0};
	struct review r = words(decision);
	if (review_add(s->fd, signing, &r, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

static void words_are_read_again(void **state)
{
	(void)state;
	struct review r = words(REVIEW_NOTED), found;
	AUTO_TEXT struct text out = text_make(REVIEW_SIZE_MAX);
	struct arena *arena = arena_new(1 << 20);
	r.number = 7;
	r.first = true;
	memset(r.sums, 3, sizeof r.sums);
	review_write(&r, &out);
	assert_null(review_read(text_slice(&out), arena, &found));
	assert_int_equal(found.number, 7);
	assert_int_equal(found.decision, REVIEW_NOTED);
	assert_string_equal(found.name, r.name);
	assert_string_equal(found.comment, r.comment);
	assert_int_equal(found.objective_count, 2);
	assert_string_equal(found.objectives[1].id, "AU.L2-3.3.1_obj.b");
	assert_true(found.objectives[0].satisfied && !found.objectives[1].satisfied);
	assert_true(found.first && !found.judged);
	assert_memory_equal(found.sums, r.sums, HASH_SIZE);
	/* another order, a blank, a state of our own */
	static const char *const other[][2] = {{"\"number\":7", "\"number\": 7"},
					       {"\"state\":\"not-satisfied\"", "\"state\":\"unsatisfied\""},
					       {"\"role\":\"reviewer\"", "\"role\":\"owner\""},
					       {"\"number\":7", "\"number\":100"},
					       {"\"decision\":\"noted\"", "\"decision\":\"denied\""}};
	for (size_t i = 0; i < LENGTH(other); i++) {
		AUTO_TEXT struct text changed = text_make(REVIEW_SIZE_MAX);
		size_t at = slice_search(text_slice(&out), slice_of_string(other[i][0]));
		assert_true(at < out.size);
		text_add(&changed, slice_part(text_slice(&out), 0, at));
		text_add_string(&changed, other[i][1]);
		text_add(&changed, slice_part(text_slice(&out), at + strlen(other[i][0]), out.size));
		assert_non_null(review_read(text_slice(&changed), arena, &found));
	}
	arena_free(arena);
}

static void files_have_their_names(void **state)
{
	(void)state;
	static const char *const wrong[] = {"",		    "review.json",   "0-review.json",  "01-review.json", "100-review.json",
					    "1-review.jso", "1-review.json.part", "1-review.json/x", "-review.json"};
	unsigned number;
	enum review_file file;
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_false(review_file_of(slice_of_string(wrong[i]), &number, &file));
	assert_true(review_file_of(SLICE("99-review.json.sig"), &number, &file));
	assert_int_equal(number, 99);
	assert_int_equal(file, REVIEW_SSH);
}

static void the_seal_stays_as_it_is(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing(), *second = fixture_signing();
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, "find . -type f ! -path './review/*' -print0 | sort -z | xargs -0 sha256sum > ../before.$PPID"), 0);
	add(s, reviewer, REVIEW_ACCEPTED);
	add(s, second, REVIEW_REJECTED);
	assert_int_equal(fixture_shell(s, "find . -type f ! -path './review/*' -print0 | sort -z | xargs -0 sha256sum | cmp - ../before.$PPID;"
					  "rm ../before.$PPID"),
			 0);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_int_equal(r.review_count, 2);
	assert_int_equal(r.reviews[0]->decision, REVIEW_ACCEPTED);
	assert_int_equal(r.reviews[1]->decision, REVIEW_REJECTED);
	assert_string_equal(r.reviews[1]->objectives[0].id, objectives[0].id);
	assert_true(fixture_says(&r.proven, "review 2, by"));
	assert_true(fixture_says(&r.proven, "\"rejected\", with 2 objectives"));
	assert_true(fixture_says(&r.not_proven, "who the reviewers are"));
	verify_result_free(&r);
}

static void other_tools_agree(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	if (fixture_shell(s, "command -v openssl && command -v ssh-keygen && command -v python3") != 0)
		skip();
	fixture_sealed(s, NULL);
	add(s, reviewer, REVIEW_ACCEPTED);
	static const char cms[] = "openssl cms -verify -binary -inform DER -in review/1-review.json.p7s -content review/1-review.json "
				  "-CAfile review/1-certificate.pem -purpose any -cades -out /dev/null";
	static const char ssh[] = "ssh-keygen -Y verify -f review/1-allowed_signers -I airgap-verify -n airgap-verify "
				  "-s review/1-review.json.sig < review/1-review.json";
	assert_int_equal(fixture_shell(s, cms), 0);
	assert_int_equal(fixture_shell(s, ssh), 0);
	scratch_put(s, "reading.py",
		    SLICE("import hashlib, json\n"
			  "r = json.load(open('review/1-review.json'))\n"
			  "assert r['sums'] == hashlib.sha256(open('seal/SHA256SUMS', 'rb').read()).hexdigest()\n"
			  "assert r['database'] == hashlib.sha256(open('audit.db', 'rb').read()).hexdigest()\n"
			  "assert r['decision'] == 'accepted' and r['role'] == 'reviewer' and r['previous'] is None\n"
			  "assert r['objectives'][0] == {'id': 'SC.L2-3.13.6_obj.a', 'state': 'satisfied'}\n"));
	assert_int_equal(fixture_shell(s, "python3 reading.py"), 0);
	assert_int_equal(fixture_shell(s, "sed -i s/accepted/rejected/ review/1-review.json"), 0);
	assert_int_not_equal(fixture_shell(s, cms), 0);
	assert_int_not_equal(fixture_shell(s, ssh), 0);
}

/* The commands that HOW_TO_VERIFY.txt has for reviews, as they stand there. */
static void the_commands_in_how_to_verify_work(void **state)
{
#define HOW_TO "sed -n '/^6\\. /,/^7\\. /{/^    [^ ]/s/^    //p}' HOW_TO_VERIFY.txt"
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	if (fixture_shell(s, "command -v openssl && command -v ssh-keygen") != 0)
		skip();
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, "test $(" HOW_TO " | wc -l) = 3"), 0);
	assert_int_equal(fixture_shell(s, HOW_TO " | sh -e"), 0); /* no review yet */
	add(s, reviewer, REVIEW_ACCEPTED);
	add(s, reviewer, REVIEW_NOTED);
	assert_int_equal(fixture_shell(s, HOW_TO " | sh -e"), 0);
	static const char over_this[] = "test \"$(" HOW_TO " | grep grep | sh)\" = review/1-review.json";
	assert_int_not_equal(fixture_shell(s, over_this), 0);
	assert_int_equal(fixture_shell(s, "sed -i 's/\"sums\":\"...../\"sums\":\"00000/' review/2-review.json"), 0);
	assert_int_equal(fixture_shell(s, over_this), 0);
	assert_int_not_equal(fixture_shell(s, HOW_TO " | grep openssl | sh -e"), 0);
	assert_int_not_equal(fixture_shell(s, HOW_TO " | grep ssh-keygen | sh -e"), 0);
}

static void no_bit_is_free(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	fixture_sealed(s, NULL);
	add(s, reviewer, REVIEW_ACCEPTED);
	for (enum review_file file = 0; file < REVIEW_FILES; file++) {
		char path[REVIEW_PATH_MAX], what[64];
		size_t size;
		review_path(1, file, path);
		char *bytes = scratch_get(s, path, &size);
		for (size_t at = 0; at < size; at++) {
			bytes[at] = (char)(bytes[at] ^ (1 << at % 8));
			scratch_put(s, path, slice_of(bytes, size));
			snprintf(what, sizeof what, "bit %zu of byte %zu", at % 8, at);
			fixture_expect_bad(s, path, true, what);
			bytes[at] = (char)(bytes[at] ^ (1 << at % 8));
		}
		scratch_put(s, path, slice_of(bytes, size - 1));
		fixture_expect_bad(s, path, true, "cut by one byte");
		assert_int_equal(unlinkat(s->fd, path, 0), 0);
		if (file == REVIEW_WORDS)
			fixture_expect(s, VERIFY_UNKNOWN);
		else
			fixture_expect_bad(s, path, true, "removed");
		scratch_put(s, path, slice_of(bytes, size));
		free(bytes);
	}
	fixture_expect(s, VERIFY_GOOD);
}

static void nothing_else_lies_there(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	fixture_sealed(s, NULL);
	add(s, reviewer, REVIEW_ACCEPTED);
	scratch_put(s, "review/notes.txt", SLICE("x"));
	fixture_expect_bad(s, "review/notes.txt", true, "added");
	/* what was cut short must not look like what was tampered with */
	assert_int_equal(fixture_shell(s, "rm review/notes.txt; echo x > review/2-certificate.pem.part"), 0);
	fixture_expect(s, VERIFY_UNKNOWN);
	assert_int_equal(fixture_shell(s, "rm review/2-certificate.pem.part; ln -s ../audit.db review/2-review.json"), 0);
	fixture_expect_bad(s, "review/2-review.json", true, "a link");
}

static void a_review_before_must_be_there(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	fixture_sealed(s, NULL);
	for (int i = 0; i < 3; i++)
		add(s, reviewer, i == 1 ? REVIEW_REJECTED : REVIEW_ACCEPTED);
	fixture_expect(s, VERIFY_GOOD);
	assert_int_equal(fixture_shell(s, "mkdir ../kept.$PPID; cp -r review ../kept.$PPID; rm review/2-*"), 0);
	fixture_expect_bad(s, "review/2-review.json", false, "the second removed");
	assert_int_equal(fixture_shell(s, "for f in review/3-*; do mv $f review/2-${f#review/3-}; done"), 0);
	fixture_expect_bad(s, "review/2-review.json", true, "the third in its place");
	assert_int_equal(fixture_shell(s, "rm -r review; mv ../kept.$PPID/review .; rmdir ../kept.$PPID"), 0);
	fixture_expect(s, VERIFY_GOOD);
}

/* What verify says of the folder where one review is to be there. */
static void expects(const struct scratch *s, const char *hex, enum verify_outcome outcome, const char *says)
{
	struct verify_options options = {.review_hex = hex};
	struct verify_result *r = must_alloc(1, sizeof *r);
	assert_int_equal(verify_folder(s->fd, &options, r, NULL), OK);
	assert_int_equal(r->outcome, outcome);
	assert_true(outcome == VERIFY_GOOD ? fixture_says(&r->proven, says) : fixture_names(r, "review", VERIFY_BAD));
	verify_result_free(r);
	free(r);
}

/* The last one leaves no trace in the folder; the hash that sign told does. */
static void the_last_that_is_removed_is_missed(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	struct error err = {0};
	char hex[2][HASH_TEXT_MAX];
	fixture_sealed(s, NULL);
	for (int i = 0; i < 2; i++) {
		struct review r = words(REVIEW_ACCEPTED);
		assert_int_equal(review_add(s->fd, reviewer, &r, &err), OK);
		hash_text(r.digest, hex[i]);
	}
	expects(s, hex[0], VERIFY_GOOD, "review 1 is the one that was named");
	expects(s, hex[1], VERIFY_GOOD, "review 2 is the one that was named");
	assert_int_equal(fixture_shell(s, "mkdir ../kept.$PPID; mv review/2-* ../kept.$PPID"), 0);
	fixture_expect(s, VERIFY_GOOD);
	expects(s, hex[0], VERIFY_GOOD, "review 1 is the one that was named");
	expects(s, hex[1], VERIFY_BAD, "");
	assert_int_equal(fixture_shell(s, "rm -r review"), 0);
	fixture_expect(s, VERIFY_GOOD);
	expects(s, hex[0], VERIFY_BAD, "");
	assert_int_equal(fixture_shell(s, "rm -r ../kept.$PPID"), 0);
	struct verify_options wrong = {.review_hex = "12"};
	struct verify_result *r = must_alloc(1, sizeof *r);
	assert_int_equal(verify_folder(s->fd, &wrong, r, &err), ERR_USAGE);
	verify_result_free(r);
	free(r);
}

static void the_key_of_the_seal_reviews_nothing(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	add(s, signing, REVIEW_ACCEPTED);
	fixture_expect_bad(s, "review/1-review.json", true, "by the key of the seal");
}

/* A review of another folder, or of this one under another seal. */
static void it_is_over_this_seal(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *reviewer = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	add(s, reviewer, REVIEW_ACCEPTED);
	assert_int_equal(fixture_shell(s, "mkdir ../kept.$PPID; mv review ../kept.$PPID"), 0);
	scratch_put(s, "audit.db", SLICE("judged otherwise"));
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "mv ../kept.$PPID/review .; rmdir ../kept.$PPID"), 0);
	fixture_expect_bad(s, "review/1-review.json", true, "over the seal before");
}

/* Sealed anew with the rest, it tells of the seal that was replaced. */
static void a_new_seal_covers_it(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *reviewer = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	add(s, reviewer, REVIEW_ACCEPTED);
	assert_int_equal(fixture_seal(s, signing, "reported again", NULL), OK);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_int_equal(r.review_count, 1);
	assert_true(fixture_says(&r.proven, "over an earlier seal of it"));
	verify_result_free(&r);
	add(s, reviewer, REVIEW_NOTED);
	fixture_expect(s, VERIFY_GOOD);
	/* a change of the seal is not blamed on the reviews */
	static const char *const files[] = {SEAL_SUMS, SEAL_CUSTODY, SEAL_MANIFEST, SEAL_CERTIFICATE};
	for (size_t i = 0; i < LENGTH(files); i++) {
		size_t size;
		char *bytes = scratch_get(s, files[i], &size);
		for (size_t at = 40; at < 80; at += 3) {
			bytes[at] ^= 1;
			scratch_put(s, files[i], slice_of(bytes, size));
			fixture_expect_bad(s, files[i], true, "one byte");
			bytes[at] ^= 1;
		}
		scratch_put(s, files[i], slice_of(bytes, size));
		free(bytes);
	}
	fixture_expect(s, VERIFY_GOOD);
	assert_int_equal(fixture_shell(s, "rm review/1-review.json.sig"), 0);
	fixture_expect_bad(s, "review/1-review.json.sig", true, "a covered one stripped");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_read_again),
		cmocka_unit_test(files_have_their_names),
		scratch_test(the_seal_stays_as_it_is),
		scratch_test(other_tools_agree),
		scratch_test(the_commands_in_how_to_verify_work),
		scratch_test(no_bit_is_free),
		scratch_test(nothing_else_lies_there),
		scratch_test(a_review_before_must_be_there),
		scratch_test(the_last_that_is_removed_is_missed),
		scratch_test(the_key_of_the_seal_reviews_nothing),
		scratch_test(it_is_over_this_seal),
		scratch_test(a_new_seal_covers_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
