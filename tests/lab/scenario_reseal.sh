# SPDX-License-Identifier: Apache-2.0
# A folder that is to be sealed anew and cannot be: it keeps the seal it had, and that is good.
session reseal -- true
exits reseal 0
D=$T/reseal
mkdir -p "$T/reseal.keys"
K=$T/reseal.keys
for name in one two; do
	"$B/airgap-verify" keygen -q --key "$K/$name.key" --certificate "$K/$name.crt" >/dev/null
done
cat >"$K/tsa.ini" <<END
[signing]
tsa = http://127.0.0.1:9/
tsa_ca = $K/none.pem
END
sum=$(cd "$D" && find . -type f -exec sha256sum {} + | sort -k 2 | sha256sum)

# kept WHAT STATUS COMMAND…: it fails so, and not a byte of the folder is another
kept() {
	what=$1 wanted=$2
	shift 2
	"$B/airgap-verify" "$@" "$D" >"$T/reseal.told" 2>&1
	equal "$what: exit status" $? "$wanted"
	equal "$what: nothing was touched" "$(cd "$D" && find . -type f -exec sha256sum {} + | sort -k 2 | sha256sum)" "$sum"
	check "$what: verify is still good" "$B/airgap-verify" verify -q "$D"
}
for command in report crosscheck; do
	kept "$command: a key without its certificate" 64 $command -q --key "$K/one.key"
	kept "$command: a key that is not there" 66 $command -q --key "$K/none.key" --certificate "$K/one.crt"
	kept "$command: another's certificate" 78 $command -q --key "$K/one.key" --certificate "$K/two.crt"
done
kept "crosscheck: nobody vouches for the time stamps" 66 crosscheck -q --policy "$K/tsa.ini"
# what is made anew first comes after all of this, too
kept "report --past: a key without its certificate" 64 report -q --past "$T" --key "$K/one.key"
kept "report --past: a format that there is not" 64 report -q --past "$T" --format pdf,none
kept "report: a paper without a PDF" 64 report -q --paper letter --format json
"$B/airgap-verify" keygen --show --type rsa-3072 --key "$K/one.key" --certificate "$K/one.crt" >"$T/reseal.told" 2>&1
equal "keygen --show: what it would not use is refused" $? 64
"$B/airgap-verify" bundle -q -o "$T/none/b.zip" "$D" >"$T/reseal.told" 2>&1
equal "bundle: a folder that is not there, and what to do" "$? $(grep -c 'make the folder first' "$T/reseal.told")" "73 1"
cp -r "$D" "$T/reseal.bench"
"$B/airgap-verify" report -q --format bench "$T/reseal.bench" >"$T/reseal.told" 2>&1
equal "report: a benchmark that is not there is told" "$? $(grep -c 'holds no benchmark' "$T/reseal.told")" "0 1"
check "with its certificate it is sealed anew" "$B/airgap-verify" report -q --key "$K/one.key" --certificate "$K/one.crt" "$D"
check "and good" "$B/airgap-verify" verify -q "$D"
