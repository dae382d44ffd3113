/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A time stamp beside a seal, by an authority that openssl(1) plays: what does not hold is
 * refused with its reason, and of what was taken no byte is free.
 */
#include "tests/unit/seal_fixture.h"
#include "tests/unit/tsa_fixture.h"

#include "core/clock.h"
#include "report/cms.h"
#include "report/seal_stamp.h"

static const char *const parts[] = {SEAL_QUERY, SEAL_TSA, SEAL_STAMP_SUMS, SEAL_REPLY};

static void a_question_has_one_form(void **state)
{
	(void)state;
	unsigned char digest[HASH_SIZE] = {1, 2, 3}, other[HASH_SIZE] = {1, 2, 4};
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX), second = text_make(TIMESTAMP_QUERY_MAX);
	timestamp_query(digest, &query);
	timestamp_query(digest, &second);
	assert_true(timestamp_is_query(text_slice(&query), digest));
	assert_false(timestamp_is_query(text_slice(&query), other));
	assert_false(slice_equal(text_slice(&query), text_slice(&second))); /* the nonce */
	size_t nonce_at = query.size - 3 - 8;
	for (size_t i = 0; i < query.size; i++) {
		if (i >= nonce_at && i < nonce_at + 8)
			continue;
		query.at[i] ^= 1;
		assert_false(timestamp_is_query(text_slice(&query), digest));
		query.at[i] ^= 1;
	}
	for (size_t size = 0; size < query.size; size++)
		assert_false(timestamp_is_query(slice_part(text_slice(&query), 0, size), digest));
	text_add_char(&query, 0);
	assert_false(timestamp_is_query(text_slice(&query), digest));
}

static void a_stamp_is_taken_and_shown(void **state)
{
	const struct scratch *s = *state;
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, "rm applogs/*"), 0);
	AUTO_SIGNING struct signing *signing = fixture_signing();
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.stamp.time_ns, 0);
	assert_true(fixture_says(&r.not_proven, "host-asserted time"));
	verify_result_free(&r);
	tsa_shell(s, "find . -type f | xargs sha256sum >$PWD.tsa/before");
	tsa_stamp(s);
	tsa_shell(s, "sha256sum --quiet -c $PWD.tsa/before");
	r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(r.stamp.time_ns > FIXTURE_NOW && !r.stamp.expired);
	assert_true(fixture_says(&r.proven, "was there at 20"));
	assert_true(fixture_says(&r.not_proven, "--tsa-ca"));
	assert_false(fixture_says(&r.not_proven, "host-asserted time"));
	verify_result_free(&r);
#define HOW_TO "sed -n '/^7\\. /,/^On macOS/{/^    [^ ]/s/^    //p}' HOW_TO_VERIFY.txt"
	tsa_shell(s, "test $(" HOW_TO " | wc -l) = 4");
	tsa_shell(s, HOW_TO " | sh -e >$PWD.tsa/told 2>&1; test $(grep -c 'Verification: OK' $PWD.tsa/told) = 2;"
			"grep -q 'Time stamp: ' $PWD.tsa/told");
	/* all commands as printed, that of added files included */
	tsa_shell(s, "test -z \"$(sed -n '/^    [^ ].*comm -3/s/^    //p' HOW_TO_VERIFY.txt | sh)\"");
	tsa_end(s);
}

/* The authority that the reader knows decides. */
static void another_authority_is_not_taken_for_it(void **state)
{
	const struct scratch *s = *state;
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	tsa_stamp(s);
	static const struct {
		const char *ca;
		enum verify_outcome wanted;
	} cases[] = {{"ca.pem", VERIFY_GOOD}, {"tsa.pem", VERIFY_GOOD}, {"other-ca.pem", VERIFY_BAD}};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char path[128];
		struct verify_result r;
		snprintf(path, sizeof path, "%s.tsa/%s", s->path, cases[i].ca);
		const struct verify_options options = {.tsa_ca_file = path};
		assert_int_equal(verify_folder(s->fd, &options, &r, NULL), OK);
		assert_int_equal(r.outcome, cases[i].wanted);
		assert_true(fixture_names(&r, SEAL_REPLY, VERIFY_BAD) == (cases[i].wanted == VERIFY_BAD));
		verify_result_free(&r);
	}
	/* to ask for one where there is none is not to find it good */
	assert_int_equal(seal_stamp_remove(s->fd, NULL), OK);
	char path[128];
	struct verify_result r;
	snprintf(path, sizeof path, "%s.tsa/ca.pem", s->path);
	const struct verify_options options = {.tsa_ca_file = path};
	assert_int_equal(verify_folder(s->fd, &options, &r, NULL), OK);
	assert_int_equal(r.outcome, VERIFY_UNKNOWN);
	verify_result_free(&r);
	tsa_end(s);
}

static void what_does_not_hold_is_refused(void **state)
{
	static const struct {
		const char *make, *ca, *why;
		enum status status;
	} cases[] = {
		{"reply $PWD.tsa/nonce.tsq", "ca.pem", "nonce mismatch", ERR_MALFORMED},
		{"reply $PWD.tsa/imprint.tsq", "ca.pem", "message imprint mismatch", ERR_MALFORMED},
		{"reply " SEAL_QUERY, "other-ca.pem", "issuer certificate", ERR_MALFORMED},
		{"other " SEAL_QUERY, "ca.pem", "issuer certificate", ERR_MALFORMED},
		{"expired " SEAL_QUERY, "ca.pem", "certificate has expired", ERR_MALFORMED},
		{"purpose " SEAL_QUERY, "ca.pem", "unsuitable certificate purpose", ERR_MALFORMED},
		{"rejected " SEAL_QUERY, "ca.pem", "gave no stamp: rejected: Message digest algorithm is not supported.", ERR_MALFORMED},
		{"reply $PWD.tsa/bare.tsq", "ca.pem", "whose certificate it holds", ERR_MALFORMED},
		{"garbage", "ca.pem", "cannot be read as a reply", ERR_MALFORMED},
		{"cut", "ca.pem", "cannot be read as a reply", ERR_MALFORMED},
		{"longer", "ca.pem", "cannot be read as a reply", ERR_MALFORMED},
		{"nothing", "ca.pem", "cannot be read as a reply", ERR_MALFORMED},
		{"reply " SEAL_QUERY, "nonce.tsq", "no certificate in PEM", ERR_CONFIG},
	};
	const struct scratch *s = *state;
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	tsa_question(s);
	tsa_shell(s, "d=$PWD.tsa; openssl ts -query -data " SEAL_CMS " -sha256 -cert -out $d/nonce.tsq;"
		 "openssl ts -query -data " SEAL_SUMS " -sha256 -cert -out $d/imprint.tsq;"
		 "openssl ts -query -data " SEAL_CMS " -sha256 -out $d/bare.tsq");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char script[512];
		struct error err = {0};
		struct timestamp t;
		snprintf(script, sizeof script,
			 "r() { sh $SRCDIR/tests/tsa.sh reply $PWD.tsa $1 $PWD.tsa/r.tsr $2; }\n"
			 "reply() { r $1 tsa; }\nother() { r $1 other; }\nexpired() { r $1 expired; }\n"
			 "purpose() { r $1 purpose; }\nrejected() { r $1 rejected; }\n"
			 "garbage() { head -c 900 /bin/sh >$PWD.tsa/r.tsr; }\nnothing() { : >$PWD.tsa/r.tsr; }\n"
			 "cut() { reply " SEAL_QUERY "; truncate -s -1 $PWD.tsa/r.tsr; }\n"
			 "longer() { reply " SEAL_QUERY "; echo >>$PWD.tsa/r.tsr; }\n%s",
			 cases[i].make);
		tsa_shell(s, script);
		assert_int_equal(tsa_take(s, "r.tsr", cases[i].ca, &t, &err), cases[i].status);
		if (!strstr(err.text, cases[i].why))
			print_error("%s: %s\n", cases[i].make, err.text);
		assert_contains(err.text, cases[i].why);
		for (size_t p = 1; p < LENGTH(parts); p++)
			assert_false(scratch_has(s, parts[p]));
	}
	/* asked and not answered: that is told, and the rest holds */
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_UNKNOWN);
	assert_true(fixture_names(&r, SEAL_REPLY, VERIFY_UNKNOWN) && r.problem_count == 1);
	verify_result_free(&r);
	tsa_end(s);
}

static void no_byte_of_it_is_free(void **state)
{
	const struct scratch *s = *state;
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	tsa_stamp(s);
	for (size_t p = 0; p < LENGTH(parts); p++) {
		size_t size, step;
		char *bytes = scratch_get(s, parts[p], &size);
		step = 1 + size / 200;
		for (size_t at = (size_t)getpid() % step; at < size; at += step) {
			bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
			scratch_put(s, parts[p], slice_of(bytes, size));
			fixture_expect_bad(s, parts[p], false, "a flipped bit");
			bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
		}
		scratch_put(s, parts[p], slice_of(bytes, size - 1));
		fixture_expect_bad(s, parts[p], false, "truncation");
		assert_int_equal(unlinkat(s->fd, parts[p], 0), 0);
		fixture_expect_bad(s, parts[p], true, "removal");
		scratch_put(s, parts[p], slice_of(bytes, size));
		free(bytes);
	}
	fixture_expect(s, VERIFY_GOOD);
	/* a signature that was changed is named itself, and the stamp is not for it */
	size_t size;
	char *cms = scratch_get(s, SEAL_CMS, &size);
	cms[size / 2] ^= 1;
	scratch_put(s, SEAL_CMS, slice_of(cms, size));
	fixture_expect_bad(s, SEAL_CMS, true, "the signature under the stamp");
	free(cms);
	tsa_end(s);
}

/* Of another seal, or of the one before. */
static void a_stamp_is_of_one_seal(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct error err = {0};
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX);
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	tsa_stamp(s);
	assert_int_equal(seal_stamp_ask(s->fd, &query, &err), ERR_CREATE);
	assert_contains(err.text, "has its time stamp");
	tsa_shell(s, "mkdir $PWD.tsa/old; cp seal/*.ts* $PWD.tsa/old");
	assert_int_equal(fixture_seal(s, signing, "again", NULL), OK);
	for (size_t p = 0; p < LENGTH(parts); p++)
		assert_false(scratch_has(s, parts[p]));
	fixture_expect(s, VERIFY_GOOD);
	tsa_shell(s, "cp $PWD.tsa/old/* seal");
	fixture_expect_bad(s, SEAL_QUERY, true, "the stamp of another seal");
	tsa_end(s);
}

static void a_stamp_that_was_to_come_is_missed(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	const struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann", .host = "lab",
					 .now_ns = FIXTURE_NOW, .stamp_follows = true};
	if (!tsa_begin(s))
		skip();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	for (int i = 0; i < 2; i++) {
		struct verify_result r = fixture_verify(s);
		assert_int_equal(r.outcome, VERIFY_UNKNOWN);
		assert_true(fixture_names(&r, SEAL_REPLY, VERIFY_UNKNOWN));
		verify_result_free(&r);
		tsa_stamp(s);
		fixture_expect(s, VERIFY_GOOD);
		assert_int_equal(seal_stamp_remove(s->fd, NULL), OK); /* stripped */
	}
	tsa_end(s);
}

/* Two clocks that contradict each other. */
static void a_stamp_before_the_session_is_named(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	static const char *const whats[] = {"before the signature was made", "before the end of the session"};
	const int64_t later = clock_now().wall_ns + 3600 * CLOCK_SECOND;
	struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann", .host = "lab"};
	if (!tsa_begin(s))
		skip();
	fixture_session(s, LOG_CLOSED);
	for (size_t i = 0; i < LENGTH(whats); i++) {
		facts.now_ns = i ? FIXTURE_NOW : later;
		fixture_evidence_at(s, LOG_CLOSED, i ? later : FIXTURE_NOW);
		assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
		tsa_stamp(s);
		struct verify_result r = fixture_verify(s);
		assert_int_equal(r.outcome, VERIFY_UNKNOWN);
		assert_true(fixture_names(&r, SEAL_REPLY, VERIFY_UNKNOWN) && r.problem_count == 1);
		assert_contains(r.problems[0].what, whats[i]);
		assert_contains(r.problems[0].what, "one of the two clocks is wrong");
		verify_result_free(&r);
	}
	tsa_end(s);
}

static void what_expired_since_is_told(void **state)
{
	const struct scratch *s = *state;
	struct timestamp t;
	size_t query_size, reply_size, ca_size;
	if (!tsa_begin(s))
		skip();
	fixture_sealed(s, NULL);
	tsa_stamp(s);
	AUTO_FREE char *query = scratch_get(s, SEAL_QUERY, &query_size), *reply = scratch_get(s, SEAL_REPLY, &reply_size);
	AUTO_FREE char *ca = scratch_get(s, SEAL_TSA, &ca_size);
	static const int64_t in_2050 = INT64_C(2524608000) * CLOCK_SECOND;
	assert_int_equal(timestamp_check(slice_of(query, query_size), slice_of(reply, reply_size), slice_of(ca, ca_size), in_2050, &t, NULL),
			 OK);
	assert_true(t.expired);
	tsa_end(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_has_one_form),
		scratch_test(a_stamp_is_taken_and_shown),
		scratch_test(another_authority_is_not_taken_for_it),
		scratch_test(what_does_not_hold_is_refused),
		scratch_test(no_byte_of_it_is_free),
		scratch_test(a_stamp_is_of_one_seal),
		scratch_test(a_stamp_that_was_to_come_is_missed),
		scratch_test(a_stamp_before_the_session_is_named),
		scratch_test(what_expired_since_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
