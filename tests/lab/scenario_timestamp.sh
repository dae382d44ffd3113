# SPDX-License-Identifier: Apache-2.0
# Time stamps from an authority that listens on this machine, as the policy names it; and what
# would keep a seal from being made, told before anything runs.
sh "$here/../tsa.sh" setup "$T/tsa"
nsenter --net="/run/netns/$near" python3 "$here/tsa_server.py" 8318 "$T/tsa" >"$T/tsa.out" 2>&1 &
tsa_port=$!
python3 "$here/tsa_server.py" "$T/tsa.sock" "$T/tsa" >"$T/tsa-socket.out" 2>&1 &
tsa_socket=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ "$(cat "$T/tsa.out" "$T/tsa-socket.out" | grep -c ready)" -eq 2 ] && break
	sleep 0.3
done
# policy FILE URL
policy() {
	printf '[signing]\ntsa = %s\ntsa_ca = %s\n' "$2" "$T/tsa/ca.pem" >"$1"
}
policy "$T/stamp.ini" http://127.0.0.1:8318/stamp
session stamped --policy "$T/stamp.ini" -- true
exits stamped 0
D=$T/stamped
check "verify: good, by its authority" "$B/airgap-verify" verify -q --tsa-ca "$T/tsa/ca.pem" "$D"
check "the manifest says that a stamp follows" grep -q '"time":"a time stamp follows the seal"' "$D/seal/manifest.json"
check "the PDF has one too" sh -c "od -An -v -tx1 '$D/report/report.pdf' | tr -d ' \\n' | xxd -r -p | grep -aq 060b2a864886f70d010910020e"
if command -v pdfsig >/dev/null; then
	check "pdfsig: B-T is valid" sh -c "pdfsig -nocert '$D/report/report.pdf' >'$T/told' && grep -q 'Signature is Valid' '$T/told' &&
		grep -q 'Total document signed' '$T/told'"
else
	skip "pdfsig of B-T" "pdfsig is not here"
fi
check "reproduce: the same but for the signature" "$B/airgap-verify" reproduce -q "$D"
sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' "$D/HOW_TO_VERIFY.txt" >"$T/commands"
check "HOW_TO_VERIFY.txt: its commands hold, as printed" sh -c "cd '$D' && sh -e '$T/commands'"

# stripped, whole
mkdir "$T/away"
mv "$D"/seal/*.ts* "$T/away"
"$B/airgap-verify" verify "$D" >"$T/verify.out" 2>&1
equal "a time stamp that was stripped is missed" "$? $(grep -c 'unknown seal/SHA256SUMS.p7s.tsr: is not there' "$T/verify.out")" "2 1"
mv "$T/away"/* "$D/seal"

# the machine's own policy, for what seals without one; over a Unix socket
mkdir -p "$HOME/.config/airgap-verify"
policy "$HOME/.config/airgap-verify/policy.ini" "unix:$T/tsa.sock"
check "report: stamps the new seal" sh -c "'$B/airgap-verify' report -q '$D' && '$B/airgap-verify' verify -q '$D'"
check "bundle: is stamped itself" "$B/airgap-verify" bundle -q -o "$T/stamped.zip" "$D"
check "bundle: verifies" "$B/airgap-verify" verify -q --tsa-ca "$T/tsa/ca.pem" "$T/stamped.zip"
equal "bundle: its own stamp and the session's" "$("$B/airgap-verify" verify "$T/stamped.zip" | grep -c 'SHA256SUMS.p7s was there at')" 2
mkdir "$T/stamped.unpacked"
python3 -m zipfile -e "$T/stamped.zip" "$T/stamped.unpacked"
check "bundle: its commands hold, as printed" sh -c "cd '$T'/stamped.unpacked/AGV_* && sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' \\
	HOW_TO_VERIFY.txt | sh -e"
# doctor tells of what seals are made with
"$B/airgap-verify" doctor --json >"$T/doctor.json"
equal "doctor: the authority answers" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/doctor.json'), '$.time_stamp.works', '$.time_stamp.detail')")" \
	"[true,\"somebody answers at unix:$T/tsa.sock\"]"
printf '[signing]\ntsa = unix:%s\ntsa_ca = %s\n' "$T/tsa.sock" "$T/tsa/expired.pem" >"$HOME/.config/airgap-verify/policy.ini"
equal "doctor: who vouches for it has expired" "$("$B/airgap-verify" doctor | grep -c '^time stamps  *do not work: tsa_ca .* has expired$')" 1
printf '[signing]\nkey = %s\ncertificate = %s\n' "$T/no.key" "$T/no.crt" >"$HOME/.config/airgap-verify/policy.ini"
equal "doctor: the key of the policy is not there" "$("$B/airgap-verify" doctor | grep -c "^signing key  *that of the policy: $T/no.key is not there$")" 1
equal "doctor: and no authority is named" "$("$B/airgap-verify" doctor | grep -c '^time stamps  *the policy names no authority')" 1
policy "$HOME/.config/airgap-verify/policy.ini" "unix:$T/tsa.sock"
kill $tsa_port $tsa_socket
rm "$T/tsa.sock"
equal "doctor: nobody answers there" "$("$B/airgap-verify" doctor --json | grep -o '"time_stamp":{"named":true,"works":false')" '"time_stamp":{"named":true,"works":false'

# nobody there: the seal stands, and says what it lacks
session unstamped --policy "$T/stamp.ini" -- true
exits unstamped 0
says unstamped "the seal has no time stamp"
"$B/airgap-verify" verify "$T/unstamped" >"$T/verify.out" 2>&1
equal "unstamped: verify tells that it is missing" "$? $(grep -c 'unknown seal/SHA256SUMS.p7s.tsr: is not there' "$T/verify.out")" "2 1"
"$B/airgap-verify" timestamp -q "$T/unstamped" 2>"$T/stamp.err"
equal "unstamped: timestamp tells that nobody is there" $? 69
"$B/airgap-verify" bundle -q -o "$T/unstamped.zip" "$D" 2>"$T/bundle.err"
equal "unstamped: no bundle without the stamp that the policy wants" $? 69
check "unstamped: none is left" sh -c "! ls '$T'/unstamped.zip*"
rm "$HOME/.config/airgap-verify/policy.ini"
"$B/airgap-verify" timestamp -q --query "$T/q.tsq" "$T/unstamped"
sh "$here/../tsa.sh" reply "$T/tsa" "$T/q.tsq" "$T/r.tsr"
check "unstamped: stamped by hand" "$B/airgap-verify" timestamp -q --reply "$T/r.tsr" --tsa-ca "$T/tsa/ca.pem" "$T/unstamped"
check "unstamped: good now" "$B/airgap-verify" verify -q "$T/unstamped"

# a session whose policy names no authority: its seal is made to tell of a stamp before there is one
session later -- true
exits later 0
check "later: its seal tells of no stamp" grep -q '"time":"host-asserted"' "$T/later/seal/manifest.json"
"$B/airgap-verify" timestamp --tsa "unix:$T/tsa.sock" --tsa-ca "$T/tsa/ca.pem" "$T/later" >"$T/later.asked" 2>&1
equal "later: nobody is there" $? 69
check "later: and it is as good as before" "$B/airgap-verify" verify -q "$T/later"
equal "later: the seal waits for none" "$(grep -c '"time":"host-asserted"' "$T/later/seal/manifest.json")" 1
"$B/airgap-verify" timestamp -q --query "$T/later.tsq" "$T/later"
sh "$here/../tsa.sh" reply "$T/tsa" "$T/later.tsq" "$T/later.tsr"
check "later: stamped by hand" "$B/airgap-verify" timestamp -q --reply "$T/later.tsr" --tsa-ca "$T/tsa/ca.pem" "$T/later"
check "later: good" "$B/airgap-verify" verify -q --tsa-ca "$T/tsa/ca.pem" "$T/later"
check "later: the custody log tells why it was sealed anew" grep -q 'a time stamp is asked for' "$T/later/seal/custody.jsonl"
mkdir "$T/later.away"
mv "$T"/later/seal/*.ts* "$T/later.away"
"$B/airgap-verify" verify "$T/later" >"$T/verify.out" 2>&1
equal "later: a stamp that was stripped is missed" "$? $(grep -c 'unknown seal/SHA256SUMS.p7s.tsr: is not there' "$T/verify.out")" "2 1"

# a review is over the seal as it is: that is not made anew, and a line says what it leaves
session reviewed-first -- true
"$B/airgap-verify" keygen -q --key "$T/ann.key" --certificate "$T/ann.crt" >"$T/keygen.out"
check "reviewed" "$B/airgap-verify" sign -q --role reviewer --name Ann --decision accepted --key "$T/ann.key" --certificate "$T/ann.crt" "$T/reviewed-first"
"$B/airgap-verify" timestamp --query "$T/first.tsq" "$T/reviewed-first" >"$T/first.out" 2>&1
equal "reviewed: the seal stays, it says" "$? $(grep -c 'leaves no trace: a review is over the seal as it is' "$T/first.out")" "0 1"
equal "reviewed: it is sealed once" "$(wc -l <"$T/reviewed-first/seal/custody.jsonl")" 1

# early STATUS WHAT OPTION…: told before the command runs, and no folder is left
early() {
	wanted=$1 what=$2
	shift 2
	rm -f "$T/ran"
	session early "$@" -- touch "$T/ran"
	equal "$what is told" "$status" "$wanted"
	equal "$what: nothing ran, nothing was left" "$(ls -d "$T/ran" "$T/early" 2>/dev/null)" ""
}
policy "$T/far.ini" http://192.0.2.2:80/
early 78 "an authority beyond this machine" --policy "$T/far.ini"
printf '[signing]\ntsa = http://127.0.0.1:8318/\n' >"$T/half.ini"
early 78 "an authority that nobody vouches for" --policy "$T/half.ini"
echo "right" >"$T/early-right"
echo "wrong" >"$T/early-wrong"
chmod 600 "$T/early-right" "$T/early-wrong"
"$B/airgap-verify" keygen -q --encrypt --passphrase-file "$T/early-right" --key "$T/early-key.key" --certificate "$T/early-key.crt" >"$T/keygen.out"
early 78 "a wrong passphrase" --key "$T/early-key.key" --certificate "$T/early-key.crt" --passphrase-file "$T/early-wrong"
early 66 "a key that is not there" --key "$T/no.key" --certificate "$T/early-key.crt"
early 64 "a key without its certificate" --key "$T/early-key.key"
session early --key "$T/early-key.key" --certificate "$T/early-key.crt" --passphrase-file "$T/early-right" -- true
exits early 0
check "early: sealed with that key" "$B/airgap-verify" verify -q "$T/early"
rm -rf "$T/early"

# a question that could not be written was not asked: the seal waits for no answer
session stamp-full -- true
mkdir "$T/full"
if mount -t tmpfs -o size=4k none "$T/full" 2>/dev/null; then
	dd if=/dev/zero of="$T/full/fill" bs=1k count=8 2>/dev/null
	"$B/airgap-verify" timestamp --query "$T/full/q" "$T/stamp-full" >"$T/stamp-full.asked" 2>&1
	equal "a question on a full disk is an error" $? 74
	check "and the folder is as good as before" "$B/airgap-verify" verify -q "$T/stamp-full"
	umount "$T/full"
else
	skip "a question on a full disk" "no tmpfs can be mounted here"
fi
