# SPDX-License-Identifier: Apache-2.0
# A finished folder: anybody can check it, and no byte of it changes unseen.
session sealed -- "$B/lab/reach" tcp 192.0.2.2 443
exits sealed 1
D="$T/sealed"
check "verify: good" "$B/airgap-verify" verify -q "$D"
check "sha256sum agrees" sh -c "cd '$D' && sha256sum --strict --quiet -c seal/SHA256SUMS"
check "openssl cms agrees" openssl cms -verify -binary -inform DER -in "$D/seal/SHA256SUMS.p7s" \
	-content "$D/seal/SHA256SUMS" -CAfile "$D/seal/certificate.pem" -purpose any -out /dev/null
if command -v ssh-keygen >/dev/null; then
	check "ssh-keygen agrees" sh -c "ssh-keygen -Y verify -f '$D/seal/allowed_signers' -I airgap-verify \
		-n airgap-verify -s '$D/seal/SHA256SUMS.sig' <'$D/seal/SHA256SUMS'"
else
	skip ssh-keygen "not there"
fi
wrong=$(printf '%064d' 0)
"$B/airgap-verify" verify -q --fingerprint "$wrong" "$D"
equal "another's fingerprint is refused" $? 1
"$B/airgap-verify" verify --json "$D" >"$T/verify.json"
print=$(sqlite3 :memory: "SELECT json_extract(readfile('$T/verify.json'), '$.fingerprint')")
check "the right fingerprint is taken" "$B/airgap-verify" verify -q --fingerprint "$print" "$D"

echo "neither" >"$T/neither"
for option in --head --ca --tsa-ca; do
	"$B/airgap-verify" verify $option "$T/neither" "$D" >"$T/verify.out" 2>"$T/verify.err"
	equal "verify: $option FILE that is none is an error, and no word on the folder" \
		"$? $(wc -c <"$T/verify.out") $(grep -c -e "$option: $T/neither: holds no" "$T/verify.err")" "65 0 1"
done

# a time stamp, by hand: the question goes out, the reply comes back
sh "$here/../tsa.sh" setup "$T/tsa"
check "timestamp: the question" "$B/airgap-verify" timestamp -q --query "$T/q.tsq" "$D"
before=$(cat "$D"/seal/SHA256SUMS "$D"/seal/SHA256SUMS.p7s "$D"/seal/SHA256SUMS.sig | sha256sum)
check "timestamp: the custody log tells why it was sealed anew" grep -q 'a time stamp is asked for' "$D/seal/custody.jsonl"
"$B/airgap-verify" verify "$D" >"$T/verify.out" 2>&1
equal "timestamp: asked and not answered is told" "$? $(grep -c 'unknown seal/SHA256SUMS.p7s.tsr' "$T/verify.out")" "2 1"
for kind in expired other purpose rejected; do
	sh "$here/../tsa.sh" reply "$T/tsa" "$T/q.tsq" "$T/r.tsr" $kind
	"$B/airgap-verify" timestamp -q --reply "$T/r.tsr" --tsa-ca "$T/tsa/ca.pem" "$D" >"$T/stamp.out" 2>&1
	equal "timestamp: a reply of the kind $kind is refused" $? 65
done
sh "$here/../tsa.sh" reply "$T/tsa" "$T/q.tsq" "$T/r.tsr"
"$B/airgap-verify" timestamp -q --reply "$T/r.tsr" "$D" >"$T/stamp.out" 2>&1
equal "timestamp: no reply is taken without an authority" $? 64
check "timestamp: the reply" "$B/airgap-verify" timestamp -q --reply "$T/r.tsr" --tsa-ca "$T/tsa/ca.pem" "$D"
check "verify: good with a time stamp" "$B/airgap-verify" verify -q --tsa-ca "$T/tsa/ca.pem" "$D"
"$B/airgap-verify" verify "$D" >"$T/verify.out" 2>&1
check "verify: tells who stamped it" grep -q '^Stamped .* by CN=Test tsa' "$T/verify.out"
"$B/airgap-verify" verify -q --tsa-ca "$T/tsa/other-ca.pem" "$D"
equal "verify: another authority is refused" $? 1
equal "timestamp: the seal stays as it is" "$(cat "$D"/seal/SHA256SUMS "$D"/seal/SHA256SUMS.p7s "$D"/seal/SHA256SUMS.sig | sha256sum)" "$before"
check "openssl ts agrees" openssl ts -verify -data "$D/seal/SHA256SUMS.p7s" -in "$D/seal/SHA256SUMS.p7s.tsr" -CAfile "$T/tsa/ca.pem"

# flip FILE OFFSET: one bit of one byte, there and back
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %03o $((byte ^ (1 << ($2 % 8)))))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# named FILE WHAT: does verify exit with 1 and name this file?
named() {
	"$B/airgap-verify" verify "$D" >"$T/verify.out" 2>&1
	got=$?
	if [ "$got" -eq 1 ] && grep -qF "BAD     $1:" "$T/verify.out"; then
		good=$((good + 1))
	else
		not_ok "$2 of $1: exit status $got" "$(cat "$T/verify.out")"
	fi
}

good=0 tried=0
for file in $(cd "$D" && find . -type f | sed 's|^\./||' | sort); do
	size=$(stat -c %s "$D/$file")
	[ "$size" -gt 0 ] || continue
	# the first, the last, and some between, others each time
	for at in 0 $((size - 1)) $(shuf -i 0-$((size - 1)) -n 6); do
		tried=$((tried + 1))
		flip "$D/$file" "$at"
		named "$file" "a flipped byte ($at)"
		flip "$D/$file" "$at"
	done
done
equal "flipped bytes: all $tried found and named" "$good" "$tried"

good=0 tried=0
for file in $(cd "$D" && find . -type f | sed 's|^\./||' | sort); do
	tried=$((tried + 1))
	mv "$D/$file" "$T/away"
	named "$file" "removal"
	mv "$T/away" "$D/$file"
	[ -s "$D/$file" ] || continue
	tried=$((tried + 1))
	cp -p "$D/$file" "$T/whole"
	truncate -s -1 "$D/$file"
	named "$file" "truncation"
	mv "$T/whole" "$D/$file"
done
tried=$((tried + 2))
echo more >"$D/tools/more.txt"
named tools/more.txt "an added file"
rm "$D/tools/more.txt"
mv "$D/session.json" "$T/away" && cp "$D/evidence.ndjson" "$D/session.json"
named session.json "a swapped file"
mv "$T/away" "$D/session.json"
equal "removed, truncated, added, swapped: all $tried found and named" "$good" "$tried"
check "and good again" "$B/airgap-verify" verify -q "$D"

# a change is not to be hidden under a new seal
cp "$D/capture.pcapng" "$T/whole"
flip "$D/capture.pcapng" 100
sum=$(sha256sum <"$D/seal/SHA256SUMS.sig")
"$B/airgap-verify" crosscheck "$D" >"$T/refused.out" 2>"$T/refused.err"
equal "crosscheck: refuses what was changed" $? 65
check "crosscheck: names it" grep -q "capture.pcapng" "$T/refused.err"
equal "crosscheck: leaves the old seal" "$(sha256sum <"$D/seal/SHA256SUMS.sig")" "$sum"
"$B/airgap-verify" report "$D" >/dev/null 2>&1
equal "report: refuses it too" $? 65
mv "$T/whole" "$D/capture.pcapng"

# judged again: the same rows, another entry in the custody log; the stamp was of the old seal
sum=$(sha256sum <"$D/audit.db")
"$B/airgap-verify" crosscheck "$D" >/dev/null 2>"$T/crosscheck.err"
equal "crosscheck: the same verdict" $? 1
check "crosscheck: says that the time stamp goes" grep -q "time stamp was of the old seal" "$T/crosscheck.err"
equal "crosscheck: the same database, byte for byte" "$(sha256sum <"$D/audit.db")" "$sum"
check "crosscheck: the same documents, but for the signature in the PDF" "$B/airgap-verify" reproduce -q "$D"
check "crosscheck: sealed again" "$B/airgap-verify" verify -q "$D"
equal "crosscheck: told in the custody log" "$(grep -c . "$D/seal/custody.jsonl")" 3
check "ingest: the capture alone" "$B/airgap-verify" ingest -q --db "$T/alone.db" "$D/capture.pcapng"
equal "ingest: the flow is in it" "$(sqlite3 "$T/alone.db" "SELECT count(*) FROM v_flow WHERE dst = '192.0.2.2' AND dport = 443")" 1
equal "ingest: what it covers is told" "$(sqlite3 "$T/alone.db" "SELECT witness, state, lost, to_ns > from_ns FROM v_coverage")" "capture|seeing|0|1"
