/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/golden_session.h"
#include "tests/unit/tsa_fixture.h"

#include "report/cms.h"
#include "report/pades.h"
#include "report/pdf_update.h"

static const struct pades_facts facts = {"Network egress report", "FAIL (as) \\found", "Test Signer", FIXTURE_NOW, FIXTURE_NOW, NULL};

/* The report of a session, unsigned; the caller frees it. */
static char *report(const struct scratch *s, const char *name, size_t *ret_size)
{
	struct store *store = session(s, name);
	write_all(store, s, "pdf");
	store_abandon(&store);
	return scratch_get(s, "report/report.pdf", ret_size);
}

/* The numbers behind "/ByteRange [0 " of the last signature. */
static void ranges(struct slice pdf, size_t ret[static 3])
{
	size_t at = slice_search(pdf, SLICE("/ByteRange [0 "));
	assert_true(at < pdf.size);
	char *next = (char *)pdf.at + at + strlen("/ByteRange [0 ");
	for (int i = 0; i < 3; i++)
		ret[i] = strtoul(next, &next, 10);
	assert_int_equal(*next, ']');
}

/* Reads the signature as anybody would: the digest over the two ranges, the CMS between. */
static const char *check(struct slice pdf, unsigned char ret_digest[static HASH_SIZE], struct cms_signed *ret)
{
	size_t r[3];
	ranges(pdf, r);
	assert_int_equal(pdf.at[r[0]], '<');
	assert_int_equal(pdf.at[r[1] - 1], '>');
	assert_int_equal(r[1] + r[2], pdf.size);
	struct hash *hash = hash_new();
	hash_add(hash, slice_part(pdf, 0, r[0]));
	hash_add(hash, slice_part(pdf, r[1], r[2]));
	hash_peek(hash, ret_digest);
	hash_free(hash);
	unsigned char der[8192];
	size_t digits = r[1] - r[0] - 2;
	assert_int_equal(digits, 2 * sizeof der);
	assert_true(slice_hex_bytes(slice_part(pdf, r[0] + 1, digits), sizeof der, der));
	size_t size = 4 + ((size_t)der[2] << 8 | der[3]); /* SEQUENCE of two length bytes; zeros behind it */
	assert_int_equal(der[1], 0x82);
	return cms_check(slice_of(der, size), ret);
}

static void it_covers_the_whole_file(void **state)
{
	struct scratch *s = *state;
	static const char *const names[] = {"pass", "fail", "many"};
	AUTO_SIGNING struct signing *signing = fixture_signing();
	for (size_t i = 0; i < LENGTH(names); i++) {
		size_t size;
		unsigned char digest[HASH_SIZE];
		struct cms_signed found;
		struct error err = {0};
		char *pdf = report(s, names[i], &size);
		AUTO_TEXT struct text out = text_make(PDF_FILE_MAX);
		assert_int_equal(pades_sign(slice_of(pdf, size), signing, &facts, &out, &err), OK);
		assert_memory_equal(out.at, pdf, size); /* no byte of what was there changes */
		assert_null(check(text_slice(&out), digest, &found));
		assert_memory_equal(found.digest, digest, HASH_SIZE);
		assert_int_equal(found.signed_ns, CMS_NO_TIME);
		certificate_free(&found.certificate);
		free(pdf);
	}
}

static void a_changed_byte_shows(void **state)
{
	struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	size_t size;
	char *pdf = report(s, "pass", &size);
	AUTO_TEXT struct text out = text_make(PDF_FILE_MAX);
	assert_int_equal(pades_sign(slice_of(pdf, size), signing, &facts, &out, NULL), OK);
	size_t r[3];
	ranges(text_slice(&out), r);
	const size_t places[] = {0, size / 2, size - 1, size + 10, r[0] - 1, r[1] + 5, out.size - 1};
	for (size_t i = 0; i < LENGTH(places); i++) {
		unsigned char digest[HASH_SIZE];
		struct cms_signed found;
		out.at[places[i]] ^= 1;
		const char *wrong = check(text_slice(&out), digest, &found);
		assert_true(wrong || memcmp(found.digest, digest, HASH_SIZE) != 0);
		if (!wrong)
			certificate_free(&found.certificate);
		out.at[places[i]] ^= 1;
	}
	free(pdf);
}

static void it_adds_what_readers_ask_for(void **state)
{
	struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	size_t size;
	char *pdf = report(s, "fail", &size);
	free(pdf);
	assert_int_equal(pades_sign_report(s->fd, signing, &facts, NULL), OK);
	pdf = scratch_get(s, "report/report.pdf", &size);
	static const char *const wanted[] = {"/SubFilter /ETSI.CAdES.detached", "/Lang (en)", "/OutputIntents", "/Metadata ", "/ID [<",
					     "<dc:language>", "/MarkInfo << /Marked true >>", "(FAIL \\(as\\) \\\\found)", "/SigFlags 3"};
	for (size_t i = 0; i < LENGTH(wanted); i++)
		if (slice_search(slice_of(pdf, size), slice_of_string(wanted[i])) == size)
			print_error("%s is not in it\n", wanted[i]), assert_true(false);
	/* signed once is enough: another signature would say no more */
	size_t again;
	assert_int_equal(pades_sign_report(s->fd, signing, &facts, NULL), OK);
	free(scratch_get(s, "report/report.pdf", &again));
	assert_int_equal(again, size);
	free(pdf);
}

/* Whatever it was, it is refused or signed, and nothing reads past it. */
static void broken_files_are_refused(void **state)
{
	struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	size_t size;
	char *pdf = report(s, "pass", &size);
	static const char *const whole[] = {"", "%PDF-1.5", "%PDF-1.5\nstartxref\n9\n%%EOF\n", "%PDF-1.5\nstartxref\n99999999999\n%%EOF\n",
					    "%PDF-1.5\nxref\n0 1\ntrailer\n<< /Size 1 /Root 0 0 R /Info 0 0 R >>\nstartxref\n9\n%%EOF\n"};
	for (size_t i = 0; i < LENGTH(whole); i++) {
		struct error err = {0};
		AUTO_TEXT struct text out = text_make(PDF_FILE_MAX);
		assert_int_equal(pades_sign(slice_of_string(whole[i]), signing, &facts, &out, &err), ERR_MALFORMED);
		assert_contains(err.text, "cannot be signed");
	}
	for (size_t cut = size - 1; cut > size - 3000; cut -= 7) {
		AUTO_TEXT struct text out = text_make(PDF_FILE_MAX);
		struct error err = {0};
		(void)!pades_sign(slice_of(pdf, cut), signing, &facts, &out, &err);
	}
	free(pdf);
	assert_int_equal(pades_sign_report(s->fd, signing, &facts, NULL), OK);
	assert_int_equal(unlinkat(s->fd, "report/report.pdf", 0), 0);
	assert_int_equal(pades_sign_report(s->fd, signing, &facts, NULL), OK); /* there is none */
}

static enum status ask_nobody(const void *from, struct slice query, struct text *ret, struct error *err)
{
	(void)from, (void)query, (void)ret;
	return fail(err, ERR_UNAVAILABLE, "nobody there");
}

/* B-T: the time stamp is over the value of the signature, and no reader minds it. */
static void a_time_stamp_goes_into_it(void **state)
{
	struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	if (!tsa_begin(s))
		skip();
	size_t size, ca_size;
	struct error err = {0};
	free(report(s, "fail", &size));
	AUTO_FREE char *ca = tsa_file(s, "ca.pem", &ca_size);
	struct timestamp_source source = {ask_nobody, s, slice_of(ca, ca_size)};
	struct pades_facts stamped = facts;
	stamped.stamp = &source;
	assert_int_equal(pades_sign_report(s->fd, signing, &stamped, &err), ERR_UNAVAILABLE);
	source.ask = tsa_ask;
	assert_int_equal(pades_sign_report(s->fd, signing, &stamped, NULL), OK);
	/* openssl finds the signature whole, and the stamp in it, over its value */
	tsa_shell(s, "python3 - <<'EOF'\n"
		     "import re\n"
		     "pdf = open('report/report.pdf', 'rb').read()\n"
		     "a, b, c = map(int, re.findall(rb'/ByteRange \\[0 (\\d+) (\\d+) (\\d+)\\]', pdf)[-1])\n"
		     "assert b + c == len(pdf)\n"
		     "der = bytes.fromhex(pdf[a + 1:b - 1].decode())\n"
		     "der = der[:4 + der[2] * 256 + der[3]]\n"
		     "open('signed', 'wb').write(pdf[:a] + pdf[b:]); open('cms', 'wb').write(der)\n"
		     "oid = bytes.fromhex('060b2a864886f70d010910020e')\n"
		     "at = der.index(oid)\n"
		     "assert der.count(oid) == 1\n"
		     "rest = der[at + len(oid):]\n"
		     "assert rest[0] == 0x31 and rest[1] == 0x82 and rest[4] == 0x30\n"
		     "open('token', 'wb').write(rest[4:])\n"
		     "value = der[:at]\n" /* the OCTET STRING in front of [1] {SEQUENCE {OID */
		     "end = value.rindex(b'\\xa1\\x82')\n"
		     "for n in range(60, 80):\n"
		     "    if value[end - n - 2] == 4 and value[end - n - 1] == n: open('value', 'wb').write(value[end - n:end])\n"
		     "EOF");
	tsa_shell(s, "openssl cms -verify -binary -inform DER -in cms -content signed -noverify -out $PWD.tsa/out");
	tsa_shell(s, "openssl ts -verify -data value -token_in -in token -CAfile $PWD.tsa/ca.pem");
	if (fixture_shell(s, "command -v pdfsig") == 0)
		tsa_shell(s, "pdfsig -nocert report/report.pdf >told; grep -q 'Signature is Valid' told; grep -q 'Total document signed' told");
	if (fixture_shell(s, "command -v qpdf") == 0)
		tsa_shell(s, "qpdf --check report/report.pdf");
	tsa_end(s);
}

/* What another program says of it. */
static void poppler_agrees(void **state)
{
	struct scratch *s = *state;
	char command[256];
	if (system("command -v pdfsig >/dev/null") != 0) {
		print_message("pdfsig is not installed: nobody else was asked\n");
		skip();
	}
	AUTO_SIGNING struct signing *signing = fixture_signing();
	size_t size;
	free(report(s, "fail", &size));
	assert_int_equal(pades_sign_report(s->fd, signing, &facts, NULL), OK);
	snprintf(command, sizeof command, "pdfsig -nocert %s/report/report.pdf >%s/told 2>&1", s->path, s->path);
	assert_int_equal(system(command), 0);
	char *told = scratch_get(s, "told", &size);
	assert_contains(told, "Signature is Valid");
	assert_contains(told, "Total document signed");
	assert_contains(told, "ETSI.CAdES.detached");
	free(told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(it_covers_the_whole_file), scratch_test(a_changed_byte_shows),
		scratch_test(it_adds_what_readers_ask_for), scratch_test(broken_files_are_refused),
		scratch_test(a_time_stamp_goes_into_it), scratch_test(poppler_agrees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
