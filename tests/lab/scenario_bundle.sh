# SPDX-License-Identifier: Apache-2.0
# One file for an assessor: of a session of each verdict, checked with nothing of ours, and
# with every kind of change made to it.
session bundle-pass -- true
exits bundle-pass 0
session bundle-fail -- "$B/lab/reach" tcp 192.0.2.2 443
exits bundle-fail 1
cat >"$T/bundle.ini" <<'EOF'
[policy]
app_log = required
[organisation]
name = Example Works
system = build hosts
EOF
session bundle-open --policy "$T/bundle.ini" -- true
exits bundle-open 2

# a time stamp goes with it
sh "$here/../tsa.sh" setup "$T/tsa"
"$B/airgap-verify" timestamp -q --query "$T/q.tsq" "$T/bundle-fail"
sh "$here/../tsa.sh" reply "$T/tsa" "$T/q.tsq" "$T/r.tsr"
check "bundle-fail: is stamped" "$B/airgap-verify" timestamp -q --reply "$T/r.tsr" --tsa-ca "$T/tsa/ca.pem" "$T/bundle-fail"

# the key of the policy signs what is made anew, too, unless another is named
"$B/airgap-verify" keygen -q --key "$T/policy.key" --certificate "$T/policy.crt" >/dev/null
"$B/airgap-verify" keygen -q --key "$T/named.key" --certificate "$T/named.crt" >/dev/null
mkdir -p "$HOME/.config/airgap-verify"
cp -r "$T/bundle-pass" "$T/bundle-key"
printf '[signing]\nkey = %s\ncertificate = %s\n' "$T/policy.key" "$T/policy.crt" >"$HOME/.config/airgap-verify/policy.ini"
print_of() {
	openssl x509 -in "$1" -noout -fingerprint -sha256 | tr -d : | sed 's/.*=//' | tr A-F a-f
}
check "bundle: is made with the key of the policy" "$B/airgap-verify" bundle -q -o "$T/bundle-key.zip" "$T/bundle-key"
check "bundle: it is signed by it" "$B/airgap-verify" verify -q --fingerprint "$(print_of "$T/policy.crt")" "$T/bundle-key.zip"
check "bundle: --key wins" "$B/airgap-verify" bundle -q --key "$T/named.key" --certificate "$T/named.crt" -o "$T/bundle-named.zip" "$T/bundle-key"
check "bundle: it is signed by that" "$B/airgap-verify" verify -q --fingerprint "$(print_of "$T/named.crt")" "$T/bundle-named.zip"
check "report: seals with the key of the policy" "$B/airgap-verify" report -q "$T/bundle-key"
check "report: it is signed by it" "$B/airgap-verify" verify -q --fingerprint "$(print_of "$T/policy.crt")" "$T/bundle-key"
rm "$T/policy.key"
"$B/airgap-verify" bundle -q -o "$T/bundle-none.zip" "$T/bundle-key" >"$T/key.out" 2>&1
equal "bundle: a key of the policy that is not there is an error" "$? $(grep -c policy.key "$T/key.out") $([ -e "$T/bundle-none.zip" ] || echo none)" "66 1 none"
rm "$HOME/.config/airgap-verify/policy.ini"

for name in bundle-pass bundle-fail bundle-open; do
	check "$name: is bundled" "$B/airgap-verify" bundle -q -o "$T/$name.zip" "$T/$name"
	check "$name: the bundle verifies" "$B/airgap-verify" verify -q "$T/$name.zip"
	mkdir "$T/$name.unpacked"
	check "$name: another program unpacks it" python3 -m zipfile -e "$T/$name.zip" "$T/$name.unpacked"
	folder=$(echo "$T/$name.unpacked"/AGV_*)
	sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' "$folder/HOW_TO_VERIFY.txt" >"$T/commands"
	equal "$name: HOW_TO_VERIFY.txt has its commands" "$([ "$(wc -l <"$T/commands")" -ge 11 ] && echo yes)" yes
	check "$name: its commands hold, as printed" sh -c "cd '$folder' && sh -e '$T/commands'"
	equal "$name: its manifest tells what each file is" "$(grep -c 'something else' "$folder/manifest.json")" 0
	equal "$name: its manifest tells by what, when and from where a raw file was taken" "$(sqlite3 :memory: "SELECT group_concat(
		json_extract(value, '$.collector') || ' ' || (json_extract(value, '$.collected_ns') > 1e18) || ' ' || json_extract(value, '$.source'))
		FROM json_each(readfile('$folder/manifest.json'), '$.files') WHERE json_extract(value, '$.path') = 'raw/tools/ss-before.txt'" |
		sed 's/ss utility.*)/V)/')" "airgap-collect 1 ss -tupn (V)"
	equal "$name: time.json tells in numbers" "$(sqlite3 :memory: "SELECT json_type(t, '$.synchronised') IN ('true', 'false'),
		json_type(t, '$.offset_ns') = iif(json_extract(t, '$.synchronised'), 'integer', 'null'), json_type(t, '$.maximum_error_ns'),
		json_extract(t, '$.pairs[1].wall_ns') - json_extract(t, '$.pairs[0].wall_ns') BETWEEN 1 AND 60e9,
		json_extract(t, '$.pairs[1].mono_ns') - json_extract(t, '$.pairs[0].mono_ns') BETWEEN 1 AND 60e9
		FROM (SELECT readfile('$folder/time.json') AS t)")" "1|1|integer|1|1"
	equal "$name: tool.json names the program, and what each witness saw of our tests" "$(sqlite3 :memory: "SELECT
		json_extract(t, '$.sha256') = '$(sha256sum <"$B/airgap-verify" | cut -c-64)', (SELECT count(*) FROM json_each(t, '$.witnesses') w
		WHERE json_extract(w.value, '$.canaries_seen') > 0) FROM (SELECT readfile('$folder/tool.json') AS t)")" "1|4"
	check "$name: list, manifest and custody log lie at the top" sh -c "cd '$folder' && sha256sum --quiet -c SHA256SUMS &&
		cmp manifest.json seal/manifest.json && cmp custody.jsonl seal/custody.jsonl"
	check "$name: the folder within verifies" "$B/airgap-verify" verify -q "$folder"
	for to in "$(basename "$folder" | sed 's/_[^_]*$/_00000000/')" '"other"'; do
		mv "$folder" "$T/$name.unpacked/$to"
		"$B/airgap-verify" verify "$T/$name.unpacked/$to" >"$T/verify.out" 2>&1
		equal "$name: called $to it is bad, and it is said why" "$? $(grep -c 'BAD     .: the folder was renamed' "$T/verify.out")" "1 1"
		mv "$T/$name.unpacked/$to" "$folder"
	done
	cp "$T/$name.zip" "$T/another.zip"
	check "$name: the file may have any name" "$B/airgap-verify" verify -q "$T/another.zip"
	check "$name: so does the session's own seal in it" sh -c "cd '$folder/raw' &&
		grep -v -e ' audit.db\$' -e ' report/' seal/SHA256SUMS | sha256sum --strict --quiet -c"
done
check "bundle-fail: tells of its time stamp" sh -c "'$B/airgap-verify' verify --tsa-ca '$T/tsa/ca.pem' '$T/bundle-fail.zip' >'$T/told' &&
	grep -q 'raw/seal/SHA256SUMS.p7s was there at' '$T/told'"
check "bundle-fail: HOW_TO_VERIFY.txt shows it too" sh -c "cd '$T'/bundle-fail.unpacked/AGV_* && sed -n '/^7\\. /,/^On macOS/{/^    [^ ]/s/^    //p}' \
	HOW_TO_VERIFY.txt | sh -e 2>&1 | grep -q '^Verification: OK'"
# made again out of the raw evidence alone
for what in "$T/bundle-fail" "$T/bundle-fail.zip" "$T"/bundle-fail.unpacked/AGV_*; do
	check "reproduce: the same, from ${what##*/}" "$B/airgap-verify" reproduce -q "$what"
done
# where another font is in place of the PDF's own, its bytes say nothing; all else does
mkdir "$T/fonts"
cp "$(fc-match -f '%{file}' 'DejaVu Sans Mono')" "$T/fonts"
cat >"$T/fonts.conf" <<EOF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$T/fonts</dir><cachedir>$T/fonts.cache</cachedir></fontconfig>
EOF
FONTCONFIG_FILE=$T/fonts.conf "$B/airgap-verify" reproduce "$T/bundle-fail.zip" >"$T/reproduce.out" 2>&1
equal "reproduce: other fonts are no other document" \
	"$? $(grep -c '^  differs ' "$T/reproduce.out") $(grep -c 'the font DejaVu Sans (.*none of that name was used' "$T/reproduce.out")" "2 1 1"
equal "reproduce leaves nothing behind" "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'airgap-reproduce-*' -newer "$T/bundle-fail.zip")" ""
mkdir -p "$T/nothing"
"$B/airgap-verify" reproduce "$T/nothing" >"$T/reproduce.out" 2>&1
equal "reproduce: a folder that is no session is refused" $? 66
check "and it is the one that is named" grep -q "$T/nothing: neither a session folder" "$T/reproduce.out"
cp -r "$T/bundle-fail" "$T/bundle-edited"
sqlite3 "$T/bundle-edited/audit.db" "UPDATE attempt SET outcome = 'denied'"
"$B/airgap-verify" reproduce "$T/bundle-edited" >"$T/reproduce.out" 2>&1
equal "reproduce: a database that was edited differs" $? 1
check "and it is named" grep -q "differs  audit.db" "$T/reproduce.out"
FONTCONFIG_FILE=$T/fonts.conf "$B/airgap-verify" reproduce -q "$T/bundle-edited"
equal "reproduce: also where the fonts are others" $? 1
rm -rf "$T/bundle-edited"

for root in relative C:relative; do
	"$B/airgap-verify" bundle -q --cmmc-root $root -o "$T/cmmc.zip" "$T/bundle-pass" >"$T/cmmc.out" 2>&1
	equal "bundle: --cmmc-root $root is refused, and nothing made" "$? $([ -e "$T/cmmc.zip" ] || echo none)" "64 none"
done
check "bundle: --cmmc-root" "$B/airgap-verify" bundle -q --cmmc-root 'C:\evidence' -o "$T/cmmc.zip" "$T/bundle-pass"
equal "bundle: logs for the systems that have such a path" "$(ls "$T/cmmc.zip.cmmc" | tr '\n' ' ')" "ps51 ps7-windows "

case $(basename "$T"/bundle-open.unpacked/AGV_*) in
AGV_ExampleWorks_buildhosts_*) ok "the bundle is named after organisation and system" ;;
*) not_ok "the bundle is named after organisation and system" "$(ls "$T/bundle-open.unpacked")" ;;
esac

# bad WHAT FILE: verify must call it bad, and say where
bad() {
	"$B/airgap-verify" verify "$2" >"$T/verify.out" 2>&1
	got=$?
	if [ $got -eq 1 ] && grep -q "BAD     " "$T/verify.out"; then
		ok "$1 is found and named"
	else
		not_ok "$1: exit status $got" "$(cat "$T/verify.out")"
	fi
}
# of the bundle of each verdict; all bytes: make bundle-bytes
for name in bundle-pass bundle-fail bundle-open; do
	zip=$T/$name.zip tried=0 good=0
	size=$(stat -c %s "$zip")
	cp "$zip" "$T/changed.zip"
	for at in 0 $((size - 1)) $(shuf -i 0-$((size - 1)) -n 20); do
		byte=$(od -An -tu1 -j "$at" -N 1 "$zip" | tr -d ' ')
		printf "\\$(printf %03o $((byte ^ (1 << (at % 8)))))" | dd of="$T/changed.zip" bs=1 seek="$at" conv=notrunc status=none
		tried=$((tried + 1))
		"$B/airgap-verify" verify "$T/changed.zip" >"$T/verify.out" 2>&1
		[ $? -eq 1 ] && grep -q "BAD     " "$T/verify.out" && good=$((good + 1))
		printf "\\$(printf %03o "$byte")" | dd of="$T/changed.zip" bs=1 seek="$at" conv=notrunc status=none
	done
	equal "$name: flipped bits: all $tried found and named" "$good" "$tried"
done
# an older one of the same host: whole, and not the one that was asked for
of() {
	"$B/airgap-verify" verify --json "$T/$1.zip" >"$T/verify.json"
	sqlite3 :memory: "SELECT json_extract(readfile('$T/verify.json'), '$.session.$2')"
}
ended=$(of bundle-pass to_ns) id=$(of bundle-fail id)
after=$(date -u -d "@$((ended / 1000000000)).$(printf %09d $((ended % 1000000000 + 1)))" +%FT%T.%NZ)
check "the one that was asked for" "$B/airgap-verify" verify -q --session "$id" --after "$after" "$T/bundle-fail.zip"
for option in "--session $id" "--after $after"; do
	# shellcheck disable=SC2086 # two words
	"$B/airgap-verify" verify $option "$T/bundle-pass.zip" >"$T/verify.out" 2>&1
	equal "an older one is found by ${option%% *}" "$? $(grep -c 'BAD     seal/attestation.dsse.json: is of' "$T/verify.out")" "1 1"
done
zip=$T/bundle-fail.zip
size=$(stat -c %s "$zip")
head -c $((size / 2)) "$zip" >"$T/changed.zip"
bad "a bundle cut short" "$T/changed.zip"
(cat "$zip" && echo more) >"$T/changed.zip"
bad "a bundle with something behind it" "$T/changed.zip"

# what changed within it: unpacked, changed, and packed again in the very same form
python3 - "$T" <<'EOF'
import struct, sys, zipfile, zlib
t = sys.argv[1]
def write(name, files):
    out, central = b"", b""
    for path, data in sorted(files.items()):
        p = path.encode()
        common = struct.pack("<HHHHIII", 1 << 11, 0, 0, 0x21, zlib.crc32(data), len(data), len(data))
        central += struct.pack("<IHH", 0x02014b50, 3 << 8 | 20, 20) + common + struct.pack("<HHHHHII", len(p), 0, 0, 0, 0, 0o100600 << 16, len(out)) + p
        out += struct.pack("<IH", 0x04034b50, 20) + common + struct.pack("<HH", len(p), 0) + p + data
    end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, len(files), len(files), len(central), len(out), 0)
    open(f"{t}/{name}.zip", "wb").write(out + central + end)
def read(name):
    z = zipfile.ZipFile(f"{t}/{name}.zip")
    return {i.filename: z.read(i) for i in z.infolist()}
fail, other = read("bundle-fail"), read("bundle-pass")
top, top_other = (next(iter(f)).split("/")[0] for f in (fail, other))
write("same", fail)
write("renamed", {p.replace(top, top.replace(top.split("_")[3], "other")): d for p, d in fail.items()})
removed = dict(fail); del removed[f"{top}/raw/evidence.ndjson"]; write("removed", removed)
added = dict(fail); added[f"{top}/raw/zz"] = b"x"; write("added", added)
stripped = {p: d for p, d in fail.items() if not p.endswith((".p7s", ".sig")) or "/raw/" in p}; write("stripped", stripped)
swapped = dict(fail); swapped[f"{top}/raw/evidence.ndjson"] = other[f"{top_other}/raw/evidence.ndjson"]; write("swapped", swapped)
lines = fail[f"{top}/raw/evidence.ndjson"].split(b"\n"); lines[3], lines[4] = lines[4], lines[3]
ordered = dict(fail); ordered[f"{top}/raw/evidence.ndjson"] = b"\n".join(lines); write("ordered", ordered)
seals = dict(fail)
for p, d in other.items():
    if p.startswith(f"{top_other}/seal/"): seals[p.replace(top_other, top)] = d
write("seals", seals)
EOF
check "the same files in the same form are the same bundle" cmp "$T/same.zip" "$zip"
for name in renamed removed added swapped ordered seals; do
	bad "$name evidence" "$T/$name.zip"
done
bad "a stripped signature" "$T/stripped.zip"
# signed anew by somebody else: whole, but not by the one that the assessor was told of
"$B/airgap-verify" verify --json "$zip" >"$T/verify.json"
print=$(sqlite3 :memory: "SELECT json_extract(readfile('$T/verify.json'), '$.fingerprint')")
check "the fingerprint that was told holds" "$B/airgap-verify" verify -q --fingerprint "$print" "$zip"
rm -rf "$T/elsewhere"
mkdir "$T/elsewhere"
check "signed anew with another key" env HOME="$T/elsewhere" "$B/airgap-verify" bundle -q -o "$T/resigned.zip" "$T/bundle-fail"
check "which holds in itself" "$B/airgap-verify" verify -q "$T/resigned.zip"
"$B/airgap-verify" verify --fingerprint "$print" "$T/resigned.zip" >"$T/verify.out" 2>&1
equal "a bundle signed with another key is refused, and the certificate named" \
	"$? $(grep -c 'BAD     seal/certificate.pem: its fingerprint is' "$T/verify.out")" "1 1"
rm -rf "$T"/bundle-*.unpacked "$T"/*.zip

echo change >>"$T/bundle-fail/session.json"
"$B/airgap-verify" bundle -o "$T/no.zip" "$T/bundle-fail" >"$T/no.out" 2>&1
equal "a folder that was changed is not bundled" $? 65
check "and it is said why" grep -q "session.json was changed" "$T/no.out"
