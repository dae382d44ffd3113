# SPDX-License-Identifier: Apache-2.0
# A reviewer's word over a session: beside the seal, and the only thing that can satisfy an
# objective in the OSCAL results.
cat >"$T/review.ini" <<'EOF'
[policy]
frameworks = cmmc-l2
EOF
session review --policy "$T/review.ini" -- "$B/lab/reach" tcp 192.0.2.2 443
exits review 1
D=$T/review
results=$D/report/report.oscal.json
"$B/airgap-verify" keygen -q --key "$T/reviewer.key" --certificate "$T/reviewer.crt" --subject "Ann Reviewer" >"$T/keygen.out"
"$B/airgap-verify" keygen -q --key "$T/sealer.key" --certificate "$T/sealer.crt" >"$T/keygen.out"

# review ARGUMENTS…: signs as Ann
review() {
	"$B/airgap-verify" sign -q --role reviewer --name "Ann" --key "$T/reviewer.key" --certificate "$T/reviewer.crt" "$@"
}

# refused STATUS WHAT COMMAND…: nothing is signed
refused() {
	wanted=$1 what=$2
	shift 2
	"$@" >"$T/sign.out" 2>&1
	equal "$what is refused" $? "$wanted"
	equal "$what: nothing was signed" "$(ls "$D/review" 2>/dev/null | wc -l)" "$reviewed"
}
reviewed=0
refused 64 "another role" "$B/airgap-verify" sign --role owner --name Ann --decision noted --key k --certificate c "$D"
refused 64 "no decision" review "$D"
refused 64 "a decision that is none" review --decision met "$D"
refused 64 "a state that is none" review --decision noted --objective SC.L2-3.13.6_obj.a=met "$D"
refused 64 "an objective that there is not" review --decision accepted --objective NOPE=satisfied "$D"
refused 64 "an objective with two states" review --decision accepted --objective SC.L2-3.13.6_obj.a=satisfied \
	--objective SC.L2-3.13.6_obj.a=not-satisfied "$D"
for decision in rejected noted; do
	refused 64 "an objective satisfied by what is $decision" review --decision $decision --objective SC.L2-3.13.6_obj.a=satisfied "$D"
done
refused 64 "no key of the reviewer's own" "$B/airgap-verify" sign --role reviewer --name Ann --decision noted "$D"
cp "$D/audit.db" "$T/kept.db"
echo x >>"$D/audit.db"
refused 65 "a folder that was changed" review --decision accepted "$D"
cp "$T/kept.db" "$D/audit.db"

before=$(cat "$D"/seal/* | sha256sum)
check "a decision is signed" review --decision accepted --comment "seen" --objective SC.L2-3.13.6_obj.a=satisfied "$D"
equal "the seal stays as it is" "$(cat "$D"/seal/* | sha256sum)" "$before"
check "verify: good" "$B/airgap-verify" verify -q "$D"
"$B/airgap-verify" sign "$D" >/dev/null 2>"$T/no-role.err"
equal "sign: without a role it says what to give" "$? $(grep -c "give --role reviewer, with --name and --decision" "$T/no-role.err")" "64 1"
"$B/airgap-verify" verify --json --review 00 "$D" >/dev/null 2>&1
equal "verify: a review is named by 64 digits" $? 64
check "verify: it is there" "$B/airgap-verify" verify -q --review "$(sha256sum <"$D/review/1-review.json" | cut -d" " -f1)" "$D"
"$B/airgap-verify" verify -q --review "$(printf '%064d' 0)" "$D"
equal "verify: another is missed" $? 1
check "verify: tells of it" sh -c "'$B/airgap-verify' verify '$D' | grep -q 'review 1, by .Ann'"
check "reproduce: the same as before" "$B/airgap-verify" reproduce -q "$D"
sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' "$D/HOW_TO_VERIFY.txt" | grep -v LC_ALL >"$T/commands"
check "HOW_TO_VERIFY.txt: its commands hold, as printed" sh -c "cd '$D' && sh -e '$T/commands'"

"$B/airgap-verify" bundle -q -o "$T/review-early.zip" "$D" 2>"$T/early.err"
equal "a bundle of documents that do not tell of the review is warned of" "$? $(grep -c 'airgap-verify report' "$T/early.err")" "0 1"
check "the page is a draft" grep -q 'not reviewed' "$D/report/report.html"
equal "not reported yet" "$(grep -c '"state":"satisfied"' "$results")" 0
check "report tells what the reviewer decided" "$B/airgap-verify" report -q "$D"
equal "of that objective alone" "$(grep -o '"state":"satisfied"' "$results" | grep -c .)" 1
check "of that objective" grep -q '"target-id":"SC.L2-3.13.6_obj.a","status":{"state":"satisfied"' "$results"
check "the page tells who decided" grep -q '<dt>Review</dt><dd>accepted by Ann (reviewer)' "$D/report/report.html"
check "the workbook as well" sh -c "unzip -p '$D/report/report.xlsx' | grep -aq 'accepted by Ann (reviewer)'"
check "verify: the new seal is good" "$B/airgap-verify" verify -q "$D"
check "reproduce: the same with the review" "$B/airgap-verify" reproduce -q "$D"
if [ -n "${OSCAL_SCHEMA:-}" ]; then
	check "OSCAL: valid with a review" env NODE_PATH="$B/oscal/node_modules" node \
		"$here/oscal_check.js" "$OSCAL_SCHEMA" "$results" "$D/report/report.oscal-plan.json"
else
	echo "  (make lab-oscal holds it against OSCAL's schema)"
fi
"$B/airgap-verify" bundle -q -o "$T/review.zip" "$D" 2>"$T/bundled.err"
equal "it is bundled, and nothing is warned of" "$? $(cat "$T/bundled.err")" "0 "
check "the bundle verifies" "$B/airgap-verify" verify -q "$T/review.zip"
check "the bundle tells of it" sh -c "'$B/airgap-verify' verify '$T/review.zip' | grep -q 'review 1, by .Ann'"
check "reproduce: the same from the bundle" "$B/airgap-verify" reproduce -q "$T/review.zip"
mkdir "$T/review.unpacked"
python3 -m zipfile -e "$T/review.zip" "$T/review.unpacked"
folder=$(echo "$T/review.unpacked"/AGV_*)
check "an unpacked bundle is reviewed" review --decision noted --objective SC.L2-3.13.6_obj.a=not-satisfied "$folder"
check "an unpacked bundle: good" "$B/airgap-verify" verify -q "$folder"
sed -n '/^6\. /,/^7\. /{/^    [^ ]/s/^    //p}' "$folder/HOW_TO_VERIFY.txt" >"$T/commands"
sh -c "cd '$folder' && sh -e '$T/commands'" >"$T/commands.out" 2>&1
equal "a bundle's HOW_TO_VERIFY.txt: its commands check both reviews" \
	"$? $(grep -c 'Verification successful' "$T/commands.out") $(grep -c '^Good .*signature' "$T/commands.out")" "0 2 2"
check "and list the one that is over the seal as it is" grep -qx 'review/1-review.json' "$T/commands.out"
for forged in raw/review review; do
	cp "$folder/$forged/1-review.json" "$T/kept.json"
	sed -i 's/"name":"Ann"/"name":"Eve"/' "$folder/$forged/1-review.json"
	equal "and fail where $forged/ was forged" "$(sh -c "cd '$folder' && sh -e '$T/commands'" >"$T/commands.out" 2>&1 || echo fail)" fail
	cp "$T/kept.json" "$folder/$forged/1-review.json"
done

# a key with a passphrase, which only a file of its owner's tells
echo "correct horse" >"$T/passphrase"
chmod 600 "$T/passphrase"
check "keygen: encrypts" "$B/airgap-verify" keygen -q --encrypt --passphrase-file "$T/passphrase" \
	--key "$T/closed.key" --certificate "$T/closed.crt"
check "keygen: openssl reads it" openssl pkey -in "$T/closed.key" -passin "file:$T/passphrase" -noout
check "keygen: a file with a passphrase is enough to encrypt" "$B/airgap-verify" keygen -q --passphrase-file "$T/passphrase" \
	--key "$T/implied.key" --certificate "$T/implied.crt"
check "keygen: that key has it too" grep -q 'BEGIN ENCRYPTED PRIVATE KEY' "$T/implied.key"
closed() {
	"$B/airgap-verify" sign -q --role reviewer --name "Bob" --decision noted --key "$T/closed.key" --certificate "$T/closed.crt" "$@"
}
reviewed=$(ls "$D/review" | wc -l)
refused 78 "a key without its passphrase" setsid -w "$B/airgap-verify" sign -q --role reviewer --name "Bob" --decision noted \
	--key "$T/closed.key" --certificate "$T/closed.crt" "$D"
echo "wrong horse" >"$T/wrong"
refused 77 "a passphrase that others may read" closed --passphrase-file "$T/wrong" "$D"
chmod 600 "$T/wrong"
refused 78 "another passphrase" closed --passphrase-file "$T/wrong" "$D"
check "signed with its passphrase" closed --passphrase-file "$T/passphrase" "$D"
check "signed with that of the environment" env AIRGAP_VERIFY_PASSPHRASE_FILE="$T/passphrase" \
	"$B/airgap-verify" sign -q --role reviewer --name "Bob" --decision noted --key "$T/closed.key" --certificate "$T/closed.crt" "$D"
check "verify: all three" sh -c "'$B/airgap-verify' verify '$D' | grep -q 'review 3, by .Bob'"

# another kind of key, for tools that know no curves
check "keygen: RSA" "$B/airgap-verify" keygen -q --type rsa-3072 --key "$T/rsa.key" --certificate "$T/rsa.crt"
"$B/airgap-verify" keygen -q --type ed25519 --key "$T/ed.key" --certificate "$T/ed.crt" 2>"$T/ed.err"
equal "keygen: Ed25519 is refused" $? 64
check "keygen: and it is said why" grep -q "makes no CMS" "$T/ed.err"
openssl genpkey -algorithm ed25519 -out "$T/ed.key" 2>"$T/ed.err"
chmod 600 "$T/ed.key"
openssl req -x509 -key "$T/ed.key" -subj /CN=Ed -out "$T/ed.crt" 2>"$T/ed.err"
# what the reason says, measured: with the digest that RFC 8419 wants, and as it is
if openssl cms -sign -binary -in "$T/reviewer.crt" -signer "$T/ed.crt" -inkey "$T/ed.key" -md sha512 -out "$T/ed.p7s" 2>"$T/ed.err" &&
	openssl cms -verify -binary -in "$T/ed.p7s" -content "$T/reviewer.crt" -CAfile "$T/ed.crt" -purpose any -out /dev/null 2>"$T/ed.err"; then
	skip "Ed25519: openssl cms makes none" "this one does: $(openssl version); it might be taken now"
else
	ok "Ed25519: openssl cms makes none"
fi
"$B/airgap-verify" sign -q --role reviewer --name "Ed" --decision noted --key "$T/ed.key" --certificate "$T/ed.crt" "$D" >"$T/sign.out" 2>&1
equal "Ed25519: a key of others is refused" "$? $(grep -c 'over an Ed25519 key' "$T/sign.out")" "78 1"
cp -r "$D" "$T/review-rsa"
check "RSA: seals" "$B/airgap-verify" report -q --key "$T/rsa.key" --certificate "$T/rsa.crt" "$T/review-rsa"
check "RSA: verify" "$B/airgap-verify" verify -q "$T/review-rsa"
check "RSA: openssl" openssl cms -verify -binary -inform DER -in "$T/review-rsa/seal/SHA256SUMS.p7s" \
	-content "$T/review-rsa/seal/SHA256SUMS" -CAfile "$T/review-rsa/seal/certificate.pem" -purpose any -out /dev/null
if command -v pdfsig >/dev/null; then
	check "RSA: pdfsig" sh -c "pdfsig -nocert '$T/review-rsa/report/report.pdf' >'$T/told' &&
		grep -q 'Signature is Valid' '$T/told' && grep -q 'Total document signed' '$T/told'"
else
	skip "RSA: pdfsig" "pdfsig is not here"
fi

# a word on one judgement is none on another
cat >"$T/other.ini" <<'EOF'
[policy]
frameworks = cmmc-l2
app_log = required
EOF
"$B/airgap-verify" crosscheck -q --policy "$T/other.ini" "$D" >"$T/crosscheck.out" 2>&1
equal "judged otherwise: it is not satisfied any more" "$(grep -c '"state":"satisfied"' "$results")" 0
check "judged otherwise: verify" "$B/airgap-verify" verify -q "$D"
check "judged otherwise: reproduce" sh -c "'$B/airgap-verify' reproduce -q '$D'; [ \$? -ne 70 ]"

sed -i 's/"decision":"accepted"/"decision":"rejected"/' "$D/review/1-review.json"
"$B/airgap-verify" verify "$D" >"$T/verify.out" 2>&1
equal "a changed review is bad" $? 1
check "and named" grep -q "BAD     review/1-review.json" "$T/verify.out"
reviewed=$(ls "$D/review" | wc -l)
refused 65 "report over a changed review" "$B/airgap-verify" report -q "$D"
