# SPDX-License-Identifier: Apache-2.0
# The documents of an organisation out of real bundles, and what programs of others say of them.
. "$here/readers.sh"
session report-pass -- true
exits report-pass 0
session report-fail -- "$B/lab/reach" tcp 192.0.2.2 443
exits report-fail 1
mkdir "$T/reported"
for name in pass fail; do
	check "fleet report: a bundle of a $name" "$B/airgap-verify" bundle -q -o "$T/reported/$name.zip" "$T/report-$name"
done
printf '[organisation]\nname = Example & Sons\nmarking = CUI\n' >"$T/organisation.ini"
"$B/airgap-verify" fleet add -q --store "$T/reported.db" "$T/reported" 2>"$T/reported.err"
equal "fleet report: the store takes both" $? 0

# report_into DIR OPTION…: leaves $status
report_into() {
	into=$1
	shift
	"$B/airgap-verify" fleet report -q --store "$T/reported.db" --policy "$T/organisation.ini" -o "$T/$into" "$@" 2>"$T/reported.err"
	status=$?
}
report_into organisation
equal "fleet report: a FAIL is its exit status" "$status" 1
report_into organisation
equal "fleet report: a folder that is there is left alone" "$status" 73
report_into again --format xlsx,html
check "the same store: the same page" cmp "$T/organisation/report/report.html" "$T/again/report/report.html"
check "the same store: the same workbook" cmp "$T/organisation/report/report.xlsx" "$T/again/report/report.xlsx"
report_into before --to 2020-01-01
equal "a period that ends before it begins is refused" "$status" 64
report_into no-evidence --from 2020-01-01 --to 2020-02-01
equal "a period without evidence is no PASS" "$status" 2

O="$T/organisation"
check "verify says GOOD" sh -c "'$B/airgap-verify' verify '$O' | grep -q '^GOOD'"
sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' "$O/HOW_TO_VERIFY.txt" >"$T/commands"
equal "HOW_TO_VERIFY.txt has its commands" "$([ "$(wc -l <"$T/commands")" -ge 11 ] && echo yes)" yes
check "its commands hold, as printed" sh -c "cd '$O' && sh -e '$T/commands'"
cp -r "$O" "$T/forged"
sed -i 's/FAIL/PASS/' "$T/forged/report/report.html"
check "a page that was changed is BAD, by name" sh -c "'$B/airgap-verify' verify '$T/forged' | grep -q 'BAD *report/report.html'"

by "pdfsig: the whole PDF is signed, validly" pdfsig sh -c "pdfsig -nocert '$O/report/report.pdf' >'$T/told' &&
	grep -q 'Signature is Valid' '$T/told' && grep -q 'Total document signed' '$T/told'"
by "qpdf: no error" qpdf qpdf --check "$O/report/report.pdf"
# in this order: who, the answer, what stands out, hosts, nights, trend, destinations, objectives, limits, bundles
by "pdftotext: the parts in their order" pdftotext python3 - "$O/report/report.pdf" "$(sha256sum <"$T/reported/fail.zip" | cut -c-64)" <<'EOF'
import subprocess, sys
text = subprocess.run(["pdftotext", sys.argv[1], "-"], capture_output=True, text=True, check=True).stdout
at = 0
for part in ["CUI", "FAIL", "Example & Sons", "What stands out", "Hosts, the worst first", "Nights of each host", "Verdicts by night",
             "Where sessions tried to go", "192.0.2.2", "Findings by check", "Objectives that the evidence bears on", "Bundles that were refused",
             "How this was made", "What this does not show", "Bundles that this rests on"]:
    found = text.find(part, at)
    assert found >= 0, part
    at = found
assert sys.argv[2][:40] in text[at:]  # it takes two lines
EOF
check "the workbook has its sheets" python3 - "$O/report/report.xlsx" <<'EOF'
import re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
wanted = ["Overview", "Hosts by nights", "Stands out", "Hosts", "Nights", "Trend", "Destinations", "Vectors", "Findings", "Objectives",
          "Refused", "Bundles"]
assert names == wanted, names
EOF
by "Chromium: the page works, and asks for nothing" chromium page "$O/report/report.html"
equal "no document claims what must not be claimed" "$(grep -i -l -w -e compliant -e certified -e MET "$O/report/report.html")" ""

# broken off while it is written: as if it had never begun
"$B/airgap-verify" fleet report --store "$T/reported.db" -o "$T/report-broken-off" >/dev/null 2>"$T/report-broken-off.err" 9>&- &
breaking=$!
until [ -d "$T/report-broken-off.part" ] || ! kill -0 "$breaking" 2>/dev/null; do :; done
kill -INT "$breaking"
wait "$breaking"
equal "a report that is broken off ends by its signal" "$?" 130
check "and says so" grep -q "interrupted; nothing was kept" "$T/report-broken-off.err"
rm "$T/report-broken-off.err"
equal "and leaves nothing" "$(find "$T" -maxdepth 1 -name 'report-broken-off*')" ""
mkdir "$T/report-broken-off.part"
report_into report-broken-off
equal "what an older one left is told, and left alone" "$status $(ls -d "$T"/report-broken-off "$T"/report-broken-off.part 2>/dev/null)" "73 $T/report-broken-off.part"
rmdir "$T/report-broken-off.part"

# a disk that is full: an error, and nothing that could pass for a report
mkdir "$T/tight" && mount -t tmpfs -o size=64k tight "$T/tight"
report_into tight/organisation
equal "a report that does not fit is an error" "$status" 74
equal "and leaves nothing" "$(ls -A "$T/tight")" ""
umount "$T/tight"
