/* SPDX-License-Identifier: Apache-2.0 */
#include "report/how_to_words.h"

#define SEAL_FOLDER_HOLDS									\
	"  seal/             manifest.json (list of files), custody.jsonl (who sealed, when),\n"	\
	"                    certificate.pem and allowed_signers (the signer's public key),\n"	\
	"                    attestation.dsse.json (a signed statement for programs),\n"	\
	"                    SHA256SUMS (hash of every file), SHA256SUMS.p7s and\n"		\
	"                    SHA256SUMS.sig (two signatures over that list), and after them\n"	\
	"                    SHA256SUMS.p7s.ts* (a time stamp, where one was got: step 7)\n"

const char how_to_contents[] =
	"\n"
	"WHAT LIES HERE\n"
	"\n"
	"  session.json      who, where, when and why; the policy; the host\n"
	"  evidence.ndjson   what the collectors saw, one record a line, in order\n"
	"  capture.pcapng    packets (where packets were captured); capture-2.pcapng and so on\n"
	"                    go on where it ends\n"
	"  tools/            raw output of the system's own tools\n"
	"  posture.ndjson    how the machine was set up when the session began\n"
	"  applogs/          the watched application's own logs, as they stood\n"
	"  logs.d/           the site's own descriptions of logs (where it had any)\n"
	"  endpoints.d/      the site's own rules of what connections are for (where it had any)\n"
	"  controls.d/       the site's own frameworks and objectives (where it had any)\n"
	"  past.ndjson       what earlier sessions of this host found (where they were looked for)\n"
	"  left_out.ndjson   what this copy leaves out of its original (where it is one)\n"
	"  audit.ndjson      what a scheduled audit was compared with (where it was one)\n"
	"  audit.db          derived from the above: tables (SQLite)\n"
	"  report/           derived from the above: reports\n"
	SEAL_FOLDER_HOLDS;

const char how_to_contents_of_bundle[] =
	"\n"
	"WHAT LIES HERE\n"
	"\n"
	"  report.pdf        the report; report.html the same for a browser\n"
	"  evidence.xlsx     every row of it, as a workbook\n"
	"  raw/              the session's folder as it was where it ran, with its own seal:\n"
	"                    session.json (who, where, when), evidence.ndjson (what the\n"
	"                    collectors saw, in order), capture.pcapng (packets; those with a\n"
	"                    number go on where it ends), tools/ (raw output of the system's\n"
	"                    tools), applogs/ (the application's logs),\n"
	"                    review/ (what a reviewer decided, where one did: step 6),\n"
	"                    HOW_TO_VERIFY.txt (for that seal; what its list calls audit.db and\n"
	"                    report/ lies here in derived/, machine/ and beside this file)\n"
	"  derived/          tables made of raw/ (SQLite)\n"
	"  machine/          the report for other programs (JSON, OSCAL, OCSF, CSV, …)\n"
	"  time.json         the state of the clock; tool.json: what made this\n"
	"  manifest.json     list of files, custody.jsonl (who sealed, when) and SHA256SUMS (hash of\n"
	"                    every file): copies of those in seal/\n"
	SEAL_FOLDER_HOLDS;

const char how_to_contents_of_fleet[] =
	"\n"
	"WHAT LIES HERE\n"
	"\n"
	"  report/           documents about many hosts, made out of the store of their bundles:\n"
	"                    report.pdf, report.html the same for a browser, report.xlsx every row\n"
	SEAL_FOLDER_HOLDS
	"\n"
	"There is no session and no raw evidence here. The documents list each bundle that they\n"
	"rest on with its SHA-256: those bundles hold the evidence, each with a seal of its own.\n";

const char how_to_elsewhere[] =
	"\n"
	"The PDF of the report is signed in itself too, by the same key, with a time stamp of\n"
	"its own where one was got: a PDF reader shows it, or `pdfsig -nocert FILE`. Behind the\n"
	"signed file nothing may follow: \"Total document signed\".\n"
	"\n"
	"On macOS: `shasum -a 256 -c seal/SHA256SUMS` for step 1, `shasum -a 256` wherever\n"
	"sha256sum stands above, and `xxd -r -p` for `tr a-f A-F | basenc --base16 -d`; the\n"
	"commands of OpenSSL and OpenSSH are the same.\n"
	"\n"
	"On Windows, one file at a time, to be compared with its line in seal\\SHA256SUMS; FILE is\n"
	"what stands in that line behind the hash:\n"
	"  certutil -hashfile FILE SHA256\n"
	"or all of them, in PowerShell, which prints the lines that do not agree:\n"
	"  Get-Content -Encoding utf8 seal\\SHA256SUMS | ForEach-Object { $h, $p = $_ -split '  ', 2;\n"
	"    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $p).Hash -ne $h) { $_ } }\n"
	"The command of OpenSSL in step 2 is the same there, where OpenSSL is installed;\n"
	"ssh-keygen comes with Windows, and its input is given by\n"
	"  cmd /c \"ssh-keygen -Y verify -f seal\\allowed_signers -I airgap-verify\n"
	"    -n airgap-verify -s seal\\SHA256SUMS.sig < seal\\SHA256SUMS\"     (one line)\n";

const char how_to_meaning[] =
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
	"  7  the signature of step 2, and with it all files, were there by that time\n"
	"\n"
	"WHAT NONE OF THEM PROVES\n"
	"\n"
	"  - That the watched machine was honest. A machine that was taken over before or\n"
	"    while it was watched can have shown the collectors whatever it liked.\n"
	"  - Who the signer is, unless you compared the fingerprint (step 3).\n"
	"  - When it happened. Every time in this folder, also that in the signature, is the\n"
	"    machine's own clock, but for that of a time stamp (step 7), which says no more than\n"
	"    that it did not happen later.\n"
	"  - That it is the session you were promised, and not an older one of the same machine:\n"
	"    compare the session above and its times with what you were told.\n"
	"  - That the verdict is right. It follows from the evidence by rules; both lie here.\n"
	"  - Anything about the mode, owner or date of the files, or about empty folders.\n";
