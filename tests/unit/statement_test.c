/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statement of a sealed folder, read by Python and openssl, and forged by who has the
 * key.
 */
#include "tests/unit/seal_fixture.h"

#include "report/cms.h"
#include "report/dsse.h"
#include "report/sshsig.h"
#include "report/statement.h"

/* Everything in it is as the specifications have it, and the hashes are the files'. */
static const char reading[] =
	"import base64, hashlib, json\n"
	"e = json.load(open('seal/attestation.dsse.json'))\n"
	"assert e['payloadType'] == 'application/vnd.in-toto+json'\n"
	"assert len(e['signatures']) == 1 and len(e['signatures'][0]['keyid']) == 64\n"
	"body = base64.b64decode(e['payload'], validate=True)\n"
	"s = json.loads(body)\n"
	"assert s['_type'] == 'https://in-toto.io/Statement/v1'\n"
	"assert s['predicateType'] == 'https://in-toto.io/attestation/runtime-trace/v0.1'\n"
	"names = [x['name'] for x in s['subject']]\n"
	"assert names == ['audit.db', 'evidence.ndjson', 'report/empty'], names\n"
	"def holds(x): return x['digest'] == {'sha256': hashlib.sha256(open(x['name'], 'rb').read()).hexdigest()}\n"
	"assert all(holds(x) for x in s['subject'])\n"
	"p = s['predicate']\n"
	"assert p['monitor']['type'] and holds(p['monitor']['configSource'])\n"
	"assert p['monitoredProcess'] == {'hostID': 'urn:airgap-verify:host:lab%20%C3%A9',"
	" 'type': 'urn:airgap-verify:session', 'event': 's-1'}\n"
	"log, = p['monitorLog']['network']\n"
	"assert log == {'log': 'evidence.ndjson', 'records': 5, 'checkpoints': 2, 'closed': True}, log\n"
	"assert p['metadata'] == {'buildStartedOn': '2024-02-03T12:00:00.123Z', 'buildFinishedOn': None}\n"
	"assert p['airgapVerify']['verdict'] == 'PASS'\n"
	"open('pae', 'wb').write(b'DSSEv1 %d %s %d %s' % (len(e['payloadType']), e['payloadType'].encode(), len(body), body))\n"
	"open('sig', 'wb').write(base64.b64decode(e['signatures'][0]['sig'], validate=True))\n";

static const struct seal_facts facts = {
	.session_id = "s-1",
	.verdict = "PASS",
	.tool_version = "0.1.0",
	.user = "ann",
	.host = "desk",
	.now_ns = FIXTURE_NOW,
	.watched = "lab \xc3\xa9",
	.from_ns = FIXTURE_NOW,
};

static void other_programs_read_it(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	if (fixture_shell(s, "command -v python3 && command -v openssl") != 0)
		skip();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.proven, "verdict PASS) names 3 of these files"));
	verify_result_free(&r);
	scratch_put(s, "reading.py", slice_of_string(reading));
	assert_int_equal(fixture_shell(s, "python3 reading.py"), 0);
	assert_int_equal(fixture_shell(s, "openssl x509 -in seal/certificate.pem -noout -pubkey > key.pem;"
					  "openssl dgst -sha256 -verify key.pem -signature sig pae"),
			 0);
	assert_int_not_equal(fixture_shell(s, "echo >> pae; openssl dgst -sha256 -verify key.pem -signature sig pae"), 0);
}

static void it_is_sealed_anew_with_the_rest(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_OPEN);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
		fixture_expect(s, VERIFY_GOOD);
		scratch_put(s, "audit.db", slice_of_string(i ? "two" : "one"));
	}
	assert_int_equal(fixture_shell(s, "test $(grep -c attestation seal/SHA256SUMS) = 1"), 0);
	assert_int_equal(fixture_shell(s, "grep -q 'attestation[^}]*a statement of in-toto' seal/manifest.json"), 0);
}

/* Puts the right hash of a file into SHA256SUMS, and into the manifest but for its own. */
static void list_again(const struct scratch *s, const char *path)
{
	char script[512];
	snprintf(script, sizeof script,
		 "h=$(sha256sum < %s | cut -c-64); o=$(grep '  %s$' seal/SHA256SUMS | cut -c-64);"
		 "sed -i \"s,$o,$h,\" seal/SHA256SUMS; test %s = seal/manifest.json || { "
		 "n=$(wc -c < %s); sed -i \"s|\\(%s\\\",\\\"size\\\":\\)[0-9]*|\\1$n|; s|$o|$h|\" seal/manifest.json; }",
		 path, path, path, path, path);
	assert_int_equal(fixture_shell(s, script), 0);
}

static void sign_list(const struct scratch *s, const struct signing *signing)
{
	unsigned char digest[HASH_SIZE];
	size_t size;
	list_again(s, SEAL_MANIFEST);
	char *sums = scratch_get(s, SEAL_SUMS, &size);
	hash_bytes(slice_of(sums, size), digest);
	free(sums);
	AUTO_TEXT struct text out = text_make(1 << 16), ssh = text_make(1 << 16);
	assert_int_equal(cms_sign(signing, digest, FIXTURE_NOW, &out, NULL), OK);
	assert_int_equal(sshsig_sign(signing, digest, &ssh, NULL), OK);
	scratch_put(s, SEAL_CMS, text_slice(&out));
	scratch_put(s, SEAL_SSH, text_slice(&ssh));
}

static void sign_again(const struct scratch *s, const struct signing *signing)
{
	list_again(s, SEAL_ATTESTATION);
	sign_list(s, signing);
}

/* A statement with one word changed for another of the same length, well signed, in a
 * folder that agrees with it otherwise. */
static void forge(const struct scratch *s, const struct signing *signing, const char *word, const char *by)
{
	AUTO_TEXT struct text payload = text_make(DSSE_PAYLOAD_MAX), out = text_make(DSSE_SIZE_MAX);
	size_t size;
	char *json = scratch_get(s, SEAL_ATTESTATION, &size);
	assert_null(dsse_check(slice_of(json, size), STATEMENT_TYPE, signing_certificate(signing), &payload));
	free(json);
	size_t at = slice_search(text_slice(&payload), slice_of_string(word));
	assert_true(at < payload.size && strlen(word) == strlen(by));
	memcpy(payload.at + at, by, strlen(by));
	assert_int_equal(dsse_sign(signing, STATEMENT_TYPE, text_slice(&payload), &out, NULL), OK);
	scratch_put(s, SEAL_ATTESTATION, text_slice(&out));
	sign_again(s, signing);
}

static void a_statement_must_fit_the_folder(void **state)
{
	static const char *const words[][2] = {
		{"report/empty", "report/other"},
		{"audit.db\",\"digest\":{\"sha256\":\"", "audit.db\",\"digest\":{\"sha512\":\""},
		{"\"verdict\":\"PASS\"", "\"verdict\":\"FAIL\""},
		{"\"session\":\"s-1\"", "\"session\":\"s-2\""},
		{"\"event\":\"s-1\"", "\"event\":\"s-2\""},
		{"\"closed\":true", "\"closed\":null"},
		{"\"airgapVerify\"", "\"airgapVerifx\""},
		{"Statement/v1", "Statement/v2"},
		{"\"tool\":\"0.1.0\"", "\"tool\":\"0.1.1\""},
	};
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	sign_again(s, signing); /* what the forger does besides changes nothing */
	fixture_expect(s, VERIFY_GOOD);
	for (size_t i = 0; i < LENGTH(words); i++) {
		forge(s, signing, words[i][0], words[i][1]);
		fixture_expect_bad(s, SEAL_ATTESTATION, true, words[i][1]);
		assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	}
	fixture_expect(s, VERIFY_GOOD);
}

/* A well signed one of another folder, or made by another. */
static void another_statement_is_found_out(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing(), *stranger = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "cp seal/attestation.dsse.json ../old.$PPID"), 0);
	scratch_put(s, "audit.db", SLICE("another"));
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "mv ../old.$PPID seal/attestation.dsse.json"), 0);
	fixture_expect_bad(s, SEAL_ATTESTATION, true, "the one before");
	sign_again(s, signing);
	fixture_expect_bad(s, SEAL_ATTESTATION, true, "the one before, listed");
	assert_int_equal(unlinkat(s->fd, SEAL_ATTESTATION, 0), 0);
	fixture_expect_bad(s, SEAL_ATTESTATION, true, "removed");

	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	size_t size;
	char *json = scratch_get(s, SEAL_ATTESTATION, &size);
	AUTO_TEXT struct text payload = text_make(DSSE_PAYLOAD_MAX), out = text_make(DSSE_SIZE_MAX);
	assert_null(dsse_check(slice_of(json, size), STATEMENT_TYPE, signing_certificate(signing), &payload));
	free(json);
	assert_int_equal(dsse_sign(stranger, STATEMENT_TYPE, text_slice(&payload), &out, NULL), OK);
	scratch_put(s, SEAL_ATTESTATION, text_slice(&out));
	sign_again(s, signing);
	fixture_expect_bad(s, SEAL_ATTESTATION, true, "by a stranger");
}

/* Folders that were sealed before there were statements verify as they did. */
static void a_seal_without_one_holds(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "sed -i '/attestation/d' seal/SHA256SUMS;"
					  "sed -i 's/{\"path\":\"seal.attestation[^}]*},//' seal/manifest.json;"
					  "rm seal/attestation.dsse.json"),
			 0);
	sign_list(s, signing);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_false(fixture_says(&r.proven, "in-toto"));
	verify_result_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(other_programs_read_it),
		scratch_test(it_is_sealed_anew_with_the_rest),
		scratch_test(a_statement_must_fit_the_folder),
		scratch_test(another_statement_is_found_out),
		scratch_test(a_seal_without_one_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
