# SPDX-License-Identifier: Apache-2.0
# What programs of others say of the documents of a session that failed.
session documents -- "$B/lab/reach" tcp 192.0.2.2 443
exits documents 1
R="$T/documents/report"

. "$here/readers.sh"
by "pdfsig: the whole PDF is signed, validly" pdfsig sh -c "pdfsig -nocert '$R/report.pdf' >'$T/told' &&
	grep -q 'Signature is Valid' '$T/told' && grep -q 'Total document signed' '$T/told'"
by "qpdf: no error" qpdf qpdf --check "$R/report.pdf"
by "pdffonts: all are embedded" pdffonts sh -c "! pdffonts '$R/report.pdf' | awk 'NR > 2 && \$(NF - 4) != \"yes\"' | grep ."
by "pdftotext: the verdict comes first" pdftotext sh -c "pdftotext '$R/report.pdf' - | head -20 | grep -q FAIL"
check "XML of JUnit is well formed" python3 -c "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])" "$R/report.junit.xml"
check "CSV is read by another reader" python3 -c "
import csv, glob, sys
for name in glob.glob(sys.argv[1] + '/*.csv'):
    rows = list(csv.reader(open(name, newline='')))
    assert rows and all(len(r) == len(rows[0]) for r in rows), name
" "$R/csv"

# no sheet may get lost, and each must open
sheets() {
	soffice -env:UserInstallation=file://"$T/office" --headless --convert-to \
		'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' --outdir "$T/sheets" "$R/report.xlsx" &&
		[ "$(ls "$T/sheets" | wc -l)" -eq 15 ] && grep -q 192.0.2.2 "$T/sheets/report-Attempts.csv"
}
by "LibreOffice: opens the workbook and converts each sheet" soffice sheets

by "Chromium: the page works, and asks for nothing" chromium page "$R/report.html"
if command -v chromium >/dev/null; then
	for width in 900 1300 1900; do
		equal "Chromium: $width pixels wide, a finding's texts are below each other" "$(form_of "$R/report.html" $width t-findings)" cards
	done
	equal "Chromium: 900 pixels wide, so are short cells" "$(form_of "$R/report.html" 900 t-posture)" cards
	equal "Chromium: 1300 pixels wide, those are in a row" "$(form_of "$R/report.html" 1300 t-posture)" table
else
	skip "Chromium: texts in sight" "chromium is not here"
fi

# the schema's patterns need an engine that knows \p{L}
if [ -n "${OSCAL_SCHEMA:-}" ]; then
	for name in documents documents-pass; do
		[ -d "$T/$name" ] || session documents-pass -- true
		check "OSCAL: $name is valid against the schema" env NODE_PATH="$B/oscal/node_modules" node \
			"$here/oscal_check.js" "$OSCAL_SCHEMA" "$T/$name/report/report.oscal.json" "$T/$name/report/report.oscal-plan.json"
	done
else
	echo "  (make lab-oscal holds the OSCAL documents against OSCAL's schema)"
fi
forbidden=$(grep -r -i -l -w -e compliant -e certified -e "MET" "$R" --include='*.json' --include='*.html' --include='*.xml' --include='*.sarif' --include='*.csv' --include='*.ndjson' | grep . || true)
equal "no document claims what must not be claimed" "$forbidden" ""

# a framework of the site's own: it goes with the session, and the documents tell of it
heading='framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine\n'
printf "${heading}acme-net\tNET-4\t-\tnothing leaves the site\ta\tE2,E3\tE4\tsupporting\tegress\tone host\tshow the others\tArtifact\n" >"$T/acme.tsv"
printf "${heading}acme-net\tNET-4\t-\tall of it is MET\ta\tE2\t-\tweak\t-\tone host\tlook\tArtifact\n" >"$T/claims.tsv"
printf '[policy]\nframeworks = acme-net\n' >"$T/acme.ini"
session acme --policy "$T/acme.ini" -- true
equal "a policy that names a framework nobody knows: no session" "$status" 78
session acme --controls "$T/claims.tsv" -- true
check "a framework that claims too much: no session, and the line" sh -c "[ $status -eq 78 ] && grep -q 'claims.tsv: line 2, column 4' '$T/acme.err'"
session acme --policy "$T/acme.ini" --controls "$T/acme.tsv" -- true
exits acme 0
check "the session keeps it" cmp "$T/acme.tsv" "$T/acme/controls.d/00-acme.tsv"
check "its documents tell of it" grep -q '"framework":"acme-net","control":"NET-4"' "$T/acme/report/report.json"
check "it is made again by it" "$B/airgap-verify" reproduce -q "$T/acme"
check "another session is given it" "$B/airgap-verify" crosscheck -q --controls "$T/acme.tsv" "$T/acme"
equal "once" "$(ls "$T/acme/controls.d")" "00-acme.tsv"
printf 'rule\tproduct\thost\tport\tprocess\tpath\tvector\tconfidence\toff_switch\nsite.later\tOurs\tlater.example\t443\t-\t-\tsync\thigh\t-\n' >"$T/later.tsv"
check "rules that come later are kept too" sh -c "'$B/airgap-verify' crosscheck -q --endpoints '$T/later.tsv' '$T/acme' && cmp '$T/later.tsv' '$T/acme/endpoints.d/00-later.tsv'"
check "and what it is made again by" "$B/airgap-verify" reproduce -q "$T/acme"
check "written otherwise than the policy says" "$B/airgap-verify" report -q --framework hipaa --paper letter --format pdf,json "$T/acme"
check "a page of that size" grep -aq '/MediaBox \[ 0 0 612 792 \]' "$T/acme/report/report.pdf"
check "it is made again in that form" "$B/airgap-verify" reproduce -q "$T/acme"
equal "another size is refused" "$("$B/airgap-verify" report -q --paper a3 "$T/acme" 2>&1 | grep -c 'takes a4 or letter')" 1
check "and all of them, once they are as the policy says again" sh -c "'$B/airgap-verify' report -q '$T/acme' && '$B/airgap-verify' reproduce -q '$T/acme'"
check "what it keeps is sealed" "$B/airgap-verify" verify -q "$T/acme"

# what the earlier sessions of this host found goes into the folder, as far as it is what was sealed
check "an earlier session is told of" grep -q '"folder":"documents".*"verdict":"FAIL".*"attempts_leaving":1,.*"seal":"holds"' "$T/acme/past.ndjson"
check "and where it tried to go" grep -q '"destination":"192.0.2.2","attempts":1' "$T/acme/past.ndjson"
equal "that is gone" "$(sqlite3 "$T/acme/audit.db" "SELECT state LIKE 'gone%' FROM v_past_destination WHERE destination = '192.0.2.2'")" 1
sed -i 's/"verdict":"FAIL"/"verdict":"PASS"/' "$R/report.json"
check "looked for again" "$B/airgap-verify" report -q --past "$T" "$T/acme"
check "one that was changed tells nothing" grep -q '"folder":"documents".*"problem":"its report.json is not what was sealed"' "$T/acme/past.ndjson"
check "it is sealed and made again with that" sh -c "'$B/airgap-verify' verify -q '$T/acme' && '$B/airgap-verify' reproduce -q '$T/acme'"
printf '[policy]\npast = none\n' >"$T/no-past.ini"
session no-past --policy "$T/no-past.ini" -- true
check "a policy wants none" test ! -e "$T/no-past/past.ndjson"
before=$(find "$T/documents" -type f -exec sha256sum {} + | sort | sha256sum)
"$B/airgap-verify" report --past "$T/not-there" "$T/documents" >"$T/past.out" 2>&1
equal "report --past: a folder that is not there is an error" $? 66
check "and it is named" grep -q -e "--past.*not-there" "$T/past.out"
equal "report --past: nothing was made anew" "$(find "$T/documents" -type f -exec sha256sum {} + | sort | sha256sum)" "$before"
