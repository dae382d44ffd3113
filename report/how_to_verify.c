/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that begin with four blanks are commands; the tests run those of the first
 * part just as they stand here.
 */
#include "report/how_to_verify.h"

#include "core/clock.h"
#include "report/how_to_words.h"
#include "report/seal.h"
#include "report/seal_stamp.h"
#include "report/statement.h"

#include <string.h>

static const char files[] =
	"\nHOW TO CHECK IT\n\n"
	"You need no program of ours. Run each command in this folder. On Linux:\n"
	"\n"
	"1. Every file is as it was sealed\n"
	"\n"
	"    sha256sum --strict --quiet -c seal/SHA256SUMS\n"
	"\n"
	"   It prints nothing where all is well. It does not see files that were added; this\n"
	"   prints what is here and not listed (and nothing else):\n"
	"\n"
	"    t=$(mktemp); sed 's/^[0-9a-f]*  //' seal/SHA256SUMS > $t; find . ! -type d"
	" ! -path './seal/SHA256SUMS*' ! -path ./SHA256SUMS | sed 's,^\\./,,' | LC_ALL=C sort | LC_ALL=C comm -3 - $t;"
	" rm $t\n"
	"\n"
	"   (Names with a backslash or a line break stand escaped in the list and would show\n"
	"   here; so do reviews that came after the seal, in review/: step 6.) A list at the top, as\n"
	"   bundles have it, is a copy of the one in seal/; this prints nothing then:\n"
	"\n"
	"    test ! -e SHA256SUMS || cmp SHA256SUMS seal/SHA256SUMS\n"
	"\n"
	"2. The list of hashes is the one that was signed\n\n"
	"    openssl cms -verify -binary -inform DER -in seal/SHA256SUMS.p7s -content"
	" seal/SHA256SUMS -CAfile seal/certificate.pem -purpose any -out /dev/null\n"
	"\n"
	"   Or, with OpenSSH in place of OpenSSL:\n"
	"\n"
	"    ssh-keygen -Y verify -f seal/allowed_signers -I airgap-verify -n airgap-verify"
	" -s seal/SHA256SUMS.sig < seal/SHA256SUMS\n"
	"\n"
	"   Years later the certificate may have expired; then add -no_check_time to the first.\n";

static void add_head(struct text *out, const struct manifest_facts *f, const char *fingerprint)
{
	char time[CLOCK_TEXT_MAX];
	clock_text(f->sealed_ns, 0, time);
	text_add_string(out, f->fleet ? "HOW TO VERIFY THIS FOLDER\n\nReport       " : "HOW TO VERIFY THIS FOLDER\n\nSession      ");
	text_add_printable(out, slice_of_string(f->session_id), 256);
	text_add_string(out, "\nVerdict      ");
	text_add_printable(out, slice_of_string(f->verdict), 64);
	text_addf(out, "\nSealed       %s, by the clock of that machine\n", time);
	text_addf(out, "With         airgap-verify %s\nSigner       ", f->tool_version);
	certificate_add_subject(f->signer, out);
	if (f->folder)
		text_addf(out, "\nFolder       %s, and by no other name", f->folder);
	text_addf(out, "\nFingerprint  %s\n", fingerprint);
	text_add_string(out, "             (SHA-256 of the signer's certificate)\n");
	text_addf(out, "Keep until   %s at least: %u years from the end of the %s, by its policy\n", f->keep_until,
		  f->retention_years, f->fleet ? "period" : "session");
	if (f->marking && *f->marking) {
		text_add_string(out, "Marking      ");
		text_add_printable(out, slice_of_string(f->marking), 512);
		text_add_char(out, '\n');
	}
}

static void add_fingerprint(struct text *out, const char *fingerprint)
{
	text_addf(out,
		  "\n"
		  "3. The key is the signer's\n"
		  "\n"
		  "    openssl x509 -in seal/certificate.pem -noout -fingerprint -sha256\n"
		  "\n"
		  "   Compare what it prints with the fingerprint that the signer gave you by "
		  "another way:\n"
		  "   by telephone, on paper, with an earlier session. It should be\n"
		  "     %s\n"
		  "   but that this folder says so proves nothing: a forger would have put theirs "
		  "here.\n",
		  fingerprint);
}

/* RFC 5480, 2: what stands in front of an uncompressed P-256 point to make it a
 * public key that OpenSSL reads. */
#define POINT_PREFIX "3059301306072a8648ce3d020106082a8648ce3d030107034200"

static void add_checkpoint(struct text *out, const struct seal_chain *c)
{
	char digest[HASH_TEXT_MAX];
	unsigned long long bytes = c->last_bytes, line = c->last_record, key = c->key_record;
	hash_text(c->last_digest, digest);
	text_addf(out,
		  "   The last is line %llu. It says that the %llu bytes before it have this "
		  "SHA-256:\n"
		  "     %s\n"
		  "\n"
		  "    head -c %llu %s | sha256sum\n"
		  "\n"
		  "   and it is signed by the key that line %llu names (\"next_key\"); the "
		  "signature\n"
		  "   (\"sig\") is over the line up to the comma in front of \"sig\":\n"
		  "\n",
		  line, bytes, digest, bytes, c->path, key);
	text_addf(out,
		  "    d=$(mktemp -d)\n"
		  "    (printf %s; sed -n '%llu{s/.*\"next_key\":\"\\([0-9a-f]*\\)\".*/\\1/p;q;}'"
		  " %s) | tr -d '\\n' | tr a-f A-F | basenc --base16 -d > $d/key\n",
		  POINT_PREFIX, key, c->path);
	text_addf(
		out,
		"    sed -n '%llu{s/.*,\"sig\":\"\\([0-9a-f]*\\)\".*/\\1/p;q;}' %s |"
		" tr -d '\\n' | tr a-f A-F | basenc --base16 -d > $d/sig\n"
		"    sed -n '%llu{s/,\"sig\":\".*//p;q;}' %s | tr -d '\\n' > $d/line\n"
		"    openssl dgst -sha256 -keyform DER -verify $d/key -signature $d/sig $d/line\n"
		"    rm -r $d\n",
		line, c->path, line, c->path);
}

static void add_chain(struct text *out, const struct seal_chain *c)
{
	text_add_string(out, "\n4. The evidence log was not rewritten while it grew\n\n");
	if (!c->present) {
		text_add_string(out, "   This folder has no evidence log.\n");
		return;
	}
	text_addf(out, "   %s has %llu bytes, %llu %s and %llu %s.\n",
		  c->path, (unsigned long long)c->bytes, (unsigned long long)c->records,
		  text_plural(c->records, "line", "lines"), (unsigned long long)c->checkpoints,
		  text_plural(c->checkpoints, "checkpoint", "checkpoints"));
	if (c->problem)
		text_addf(out, "   When it was sealed its chain did not hold: line %llu is %s.\n",
			  (unsigned long long)c->problem_record, c->problem);
	else if (!c->closed)
		text_addf(out,
			  "   It was not closed: the %llu bytes behind the last checkpoint are "
			  "covered by steps\n   1 and 2 alone.\n",
			  (unsigned long long)(c->bytes - c->sealed_bytes));
	if (c->checkpoints)
		add_checkpoint(out, c);
}

static bool is_bundle(const struct seal_chain *c)
{
	return c->present && !strcmp(c->path, SEAL_EVIDENCE_RAW);
}

/* By the protocol of DSSE: the type and the length of the statement are signed with it. */
static const char attestation[] =
	"\n"
	"5. The statement for programs is signed by the same key\n"
	"\n"
	"   seal/attestation.dsse.json holds, in base64, a statement of in-toto that names the\n"
	"   evidence and the reports by their hashes:\n"
	"\n"
	"    d=$(mktemp -d)\n"
	"    sed 's/.*\"payload\":\"\\([^\"]*\\)\".*/\\1/' seal/attestation.dsse.json | base64 -d > $d/payload\n"
	"    sed 's/.*\"sig\":\"\\([^\"]*\\)\".*/\\1/' seal/attestation.dsse.json | base64 -d > $d/sig\n"
	"    (printf 'DSSEv1 28 " STATEMENT_TYPE " %d ' $(wc -c < $d/payload); cat $d/payload) > $d/signed\n"
	"    openssl x509 -in seal/certificate.pem -noout -pubkey > $d/key.pem\n"
	"    openssl dgst -sha256 -verify $d/key.pem -signature $d/sig $d/signed\n"
	"    rm -r $d\n";

/* Reviews may come after this text was written. */
static const char reviews[] =
	"\n"
	"6. Reviews were signed by the reviewers, over this seal\n"
	"\n"
	"   Where there is a folder review/, or raw/review/ in a bundle, each N-review.json in it\n"
	"   tells what a person decided, and is signed with a key of theirs. The first two commands\n"
	"   print an error where a signature does not hold; the last lists the reviews that are over\n"
	"   the seal beside their folder, seal/ or raw/seal/ (others are over one that it replaced,\n"
	"   by its custody.jsonl, and stand in its SHA256SUMS). That no later review was removed,\n"
	"   they do not show.\n"
	"\n"
	"    for r in review/*-review.json raw/review/*-review.json; do test ! -e $r || openssl cms -verify -binary -inform DER -in $r.p7s"
	" -content $r -CAfile ${r%-review.json}-certificate.pem -purpose any -out /dev/null; done\n"
	"    for r in review/*-review.json raw/review/*-review.json; do test ! -e $r || ssh-keygen -Y verify -f ${r%-review.json}-allowed_signers"
	" -I airgap-verify -n airgap-verify -s $r.sig < $r; done\n"
	"    for r in review/*-review.json raw/review/*-review.json; do test ! -e $r ||"
	" grep -l $(sha256sum < ${r%review/*}seal/SHA256SUMS | cut -c-64) $r || :; done\n"
	"\n"
	"   Compare the reviewer's certificate as in step 3: the fingerprint is that of\n"
	"   N-certificate.pem beside the review.\n";

/* So may a time stamp. */
static const char stamp[] =
	"\n"
	"7. When the seal was there, by a clock that is not the machine's own\n"
	"\n"
	"   Where there is seal/SHA256SUMS.p7s.tsr, a time-stamping authority says so (RFC 3161), of\n"
	"   the signature of step 2; in a bundle the session's own seal, in raw/seal/, may have one.\n"
	"   The first two commands say \"Verification: OK\" where it holds, the third prints nothing,\n"
	"   the last prints the time:\n"
	"\n"
	"    for d in . raw; do test ! -e $d/" SEAL_REPLY " || (cd $d && openssl ts -verify -data " SEAL_CMS " -in " SEAL_REPLY
	" -CAfile " SEAL_TSA " -partial_chain); done\n"
	"    for d in . raw; do test ! -e $d/" SEAL_REPLY " || (cd $d && openssl ts -verify -queryfile " SEAL_QUERY " -in " SEAL_REPLY
	" -CAfile " SEAL_TSA " -partial_chain); done\n"
	"    for d in . raw; do test ! -e $d/" SEAL_REPLY " || (cd $d && sha256sum --strict --quiet -c " SEAL_STAMP_SUMS "); done\n"
	"    for d in . raw; do test ! -e $d/" SEAL_REPLY " || (cd $d && openssl ts -reply -in " SEAL_REPLY " -text 2>&1 | grep 'Time stamp');"
	" done\n"
	"\n"
	"   " SEAL_TSA " says who vouches for that authority, and came with the stamp:\n"
	"   name those whom you know in its place. Years later add -no_check_time.\n";

void how_to_verify_write(const struct manifest_facts *facts, struct text *out)
{
	char fingerprint[HASH_TEXT_MAX];
	hash_text(facts->signer->fingerprint, fingerprint);
	add_head(out, facts, fingerprint);
	text_add_string(out, is_bundle(facts->chain) ? how_to_contents_of_bundle :
			     facts->fleet ? how_to_contents_of_fleet : how_to_contents);
	text_add_string(out, files);
	add_fingerprint(out, fingerprint);
	add_chain(out, facts->chain);
	text_add_string(out, attestation);
	text_add_string(out, reviews);
	text_add_string(out, stamp);
	text_add_string(out, how_to_elsewhere);
	text_add_string(out, how_to_meaning);
}
