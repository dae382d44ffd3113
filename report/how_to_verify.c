/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that begin with four blanks are commands; the tests run those of the first
 * part just as they stand here.
 */
#include "report/how_to_verify.h"

#include "core/clock.h"
#include "report/statement.h"

#include <string.h>

static const char contents[] =
	"\n"
	"WHAT LIES HERE\n"
	"\n"
	"  session.json      who, where, when and why; the policy; the host\n"
	"  evidence.ndjson   what the collectors saw, one record a line, in order\n"
	"  capture.pcapng    packets (where packets were captured)\n"
	"  tools/            raw output of the system's own tools\n"
	"  posture.ndjson    how the machine was set up when the session began\n"
	"  applogs/          the watched application's own logs, as they stood\n"
	"  logs.d/           the site's own descriptions of logs (where it had any)\n"
	"  endpoints.d/      the site's own rules of what connections are for (where it had any)\n"
	"  audit.db          derived from the above: tables (SQLite)\n"
	"  report/           derived from the above: reports\n"
	"  seal/             manifest.json (list of files), custody.jsonl (who sealed, when),\n"
	"                    certificate.pem and allowed_signers (the signer's public key),\n"
	"                    attestation.dsse.json (a signed statement for programs),\n"
	"                    SHA256SUMS (hash of every file), SHA256SUMS.p7s and\n"
	"                    SHA256SUMS.sig (two signatures over that list)\n";

static const char contents_of_bundle[] =
	"\n"
	"WHAT LIES HERE\n"
	"\n"
	"  report.pdf        the report; report.html the same for a browser\n"
	"  evidence.xlsx     every row of it, as a workbook\n"
	"  raw/              the session's folder as it was where it ran, with its own seal:\n"
	"                    session.json (who, where, when), evidence.ndjson (what the\n"
	"                    collectors saw, in order), capture.pcapng (packets), tools/ (raw\n"
	"                    output of the system's tools), applogs/ (the application's logs)\n"
	"  derived/          tables made of raw/ (SQLite)\n"
	"  machine/          the report for other programs (JSON, OSCAL, OCSF, CSV, …)\n"
	"  time.json         the state of the clock; tool.json: what made this\n"
	"  seal/             manifest.json (list of files), custody.jsonl (who sealed, when),\n"
	"                    certificate.pem and allowed_signers (the signer's public key),\n"
	"                    attestation.dsse.json (a signed statement for programs),\n"
	"                    SHA256SUMS (hash of every file), SHA256SUMS.p7s and\n"
	"                    SHA256SUMS.sig (two signatures over that list)\n";

static const char files[] =
	"\n"
	"HOW TO CHECK IT\n"
	"\n"
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
	" ! -path './seal/SHA256SUMS*' | sed 's,^\\./,,' | LC_ALL=C sort | LC_ALL=C comm -3 - $t;"
	" rm $t\n"
	"\n"
	"   (Names with a backslash or a line break stand escaped in the list and would show\n"
	"   here; so do reviews that came after the seal, in review/: step 6.)\n"
	"\n"
	"2. The list of hashes is the one that was signed\n"
	"\n"
	"    openssl cms -verify -binary -inform DER -in seal/SHA256SUMS.p7s -content"
	" seal/SHA256SUMS -CAfile seal/certificate.pem -purpose any -out /dev/null\n"
	"\n"
	"   Or, with OpenSSH in place of OpenSSL:\n"
	"\n"
	"    ssh-keygen -Y verify -f seal/allowed_signers -I airgap-verify -n airgap-verify"
	" -s seal/SHA256SUMS.sig < seal/SHA256SUMS\n"
	"\n"
	"   Years later the certificate may have expired; then add -no_check_time to the first.\n";

static const char elsewhere[] =
	"\n"
	"The PDF of the report is signed in itself too, by the same key: a PDF\n"
	"reader shows it, or `pdfsig -nocert FILE`. Behind the signed file nothing\n"
	"may follow: \"Total document signed\".\n"
	"\n"
	"On macOS: `shasum -a 256 -c seal/SHA256SUMS` for step 1, `shasum -a 256` wherever\n"
	"sha256sum stands above, and `xxd -r -p` for `tr a-f A-F | basenc --base16 -d`; the\n"
	"commands of OpenSSL and OpenSSH are the same.\n"
	"\n"
	"On Windows, one file at a time, to be compared with its line in seal\\SHA256SUMS:\n"
	"  certutil -hashfile evidence.ndjson SHA256\n"
	"or all of them, in PowerShell, which prints the lines that do not agree:\n"
	"  Get-Content seal\\SHA256SUMS | ForEach-Object { $h, $p = $_ -split '  ', 2;\n"
	"    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $p).Hash -ne $h) { $_ } }\n"
	"The command of OpenSSL in step 2 is the same there, where OpenSSL is installed;\n"
	"ssh-keygen comes with Windows, and its input is given by\n"
	"  cmd /c \"ssh-keygen -Y verify -f seal\\allowed_signers -I airgap-verify\n"
	"    -n airgap-verify -s seal\\SHA256SUMS.sig < seal\\SHA256SUMS\"     (one line)\n";

static const char meaning[] =
	"\n"
	"WHAT EACH STEP PROVES\n"
	"\n"
	"  1  the files are those whose hashes stand in SHA256SUMS; alone it proves nothing\n"
	"     against somebody who changed both\n"
	"  2  SHA256SUMS is what the holder of the key signed\n"
	"  3  that key is the signer's, once the fingerprint came to you by another way\n"
	"  4  evidence.ndjson was written in that order: each checkpoint is signed by a key\n"
	"     that the one before it names and that was erased after use, so that who took\n"
	"     the machine over later could not rewrite what stood there earlier\n"
	"  5  the statement is what the holder of the key signed; its hashes are those of\n"
	"     seal/SHA256SUMS\n"
	"\n"
	"WHAT NONE OF THEM PROVES\n"
	"\n"
	"  - That the watched machine was honest. A machine that was taken over before or\n"
	"    while it was watched can have shown the collectors whatever it liked.\n"
	"  - Who the signer is, unless you compared the fingerprint (step 3).\n"
	"  - When it happened. Every time in this folder, also that in the signature, is the\n"
	"    machine's own clock.\n"
	"  - That the verdict is right. It follows from the evidence by rules; both lie here.\n"
	"  - Anything about the mode, owner or date of the files, or about empty folders.\n";

static void add_head(struct text *out, const struct manifest_facts *f, const char *fingerprint)
{
	char time[CLOCK_TEXT_MAX];
	clock_text(f->sealed_ns, 0, time);
	text_add_string(out, "HOW TO VERIFY THIS FOLDER\n\nSession      ");
	text_add_printable(out, slice_of_string(f->session_id), 256);
	text_add_string(out, "\nVerdict      ");
	text_add_printable(out, slice_of_string(f->verdict), 64);
	text_addf(out, "\nSealed       %s, by the clock of that machine\n", time);
	text_addf(out, "With         airgap-verify %s\nSigner       ", f->tool_version);
	certificate_add_subject(f->signer, out);
	text_addf(out, "\nFingerprint  %s\n", fingerprint);
	text_add_string(out, "             (SHA-256 of the signer's certificate)\n");
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
	"   Where there is a folder review/, each N-review.json in it tells what a person\n"
	"   decided, and is signed with a key of theirs. The first two commands print an error\n"
	"   where a signature does not hold; the last lists the reviews that are over this seal\n"
	"   (others are over one that it replaced, by seal/custody.jsonl, and stand in\n"
	"   SHA256SUMS). That no later review was removed, they do not show.\n"
	"\n"
	"    for r in review/*-review.json; do test ! -e $r || openssl cms -verify -binary -inform DER -in $r.p7s"
	" -content $r -CAfile ${r%-review.json}-certificate.pem -purpose any -out /dev/null; done\n"
	"    for r in review/*-review.json; do test ! -e $r || ssh-keygen -Y verify -f ${r%-review.json}-allowed_signers"
	" -I airgap-verify -n airgap-verify -s $r.sig < $r; done\n"
	"    for r in review/*-review.json; do test ! -e $r || grep -l $(sha256sum < seal/SHA256SUMS | cut -c-64) $r || :;"
	" done\n"
	"\n"
	"   Compare the reviewer's certificate as in step 3: the fingerprint is that of\n"
	"   review/N-certificate.pem.\n";

void how_to_verify_write(const struct manifest_facts *facts, struct text *out)
{
	char fingerprint[HASH_TEXT_MAX];
	hash_text(facts->signer->fingerprint, fingerprint);
	add_head(out, facts, fingerprint);
	text_add_string(out, is_bundle(facts->chain) ? contents_of_bundle : contents);
	text_add_string(out, files);
	add_fingerprint(out, fingerprint);
	add_chain(out, facts->chain);
	text_add_string(out, attestation);
	text_add_string(out, reviews);
	text_add_string(out, elsewhere);
	text_add_string(out, meaning);
}
