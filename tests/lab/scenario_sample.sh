# SPDX-License-Identifier: Apache-2.0
# The sample of docs/sample/, and that no document of it claims what compliance officers must
# never be told: of every verdict, with and without a review.
S=$T/sample
check "make sample" sh "$here/sample.sh" "$B" "$S"
check "make sample: over the one before" sh "$here/sample.sh" "$B" "$S"
mkdir "$T/no-sample"
sh "$here/sample.sh" "$B" "$T/no-sample" >"$T/sample.out" 2>&1
equal "what is no sample is not removed" $? 73

# all words of the documents, a file for each; what was collected is not ours to word
words() {
	mkdir "$T/words"
	for zip in pass fail inconclusive; do
		python3 -m zipfile -e "$S/$zip.zip" "$T/words/$zip.d" || return 1
	done
	find "$T/words" -path '*/raw/*' ! -path '*/raw/seal/*' ! -path '*/raw/review/*' ! -name HOW_TO_VERIFY.txt -type f -delete
	find "$T/words" -name '*.pdf' -exec pdftotext -layout {} {}.txt \; || return 1
	find "$T/words" -name '*.xlsx' -exec sh -c 'mkdir "$1.d" && python3 -m zipfile -e "$1" "$1.d"' - {} \; || return 1
	find "$T/words" \( -name '*.pdf' -o -name '*.xlsx' -o -name '*.db' -o -name '*.p7s' -o -name '*.sig' -o -name '*.pem' \) -delete
}
if ! command -v pdftotext >/dev/null; then
	skip "claims of the documents" "pdftotext is not here"
	return 0
fi
check "the words of all documents" words
for kind in report.pdf.txt report.html evidence.xlsx.d HOW_TO_VERIFY.txt; do
	equal "of $kind, three" "$(find "$T/words" -name "$kind" ! -path '*/raw/*' | wc -l)" 3
done
# claims WHAT PATTERN [OPTION [VERDICT]]: none may say it
claims() {
	found=$(grep -r -E -o "${3:--i}" ".{0,30}$2.{0,30}" "$T/words${4:+/$4.d}" | head -5)
	equal "no document${4:+ of what is $4} says $1" "$found" ""
}
check "one that did would be found" sh -c "echo 'this host is HIPAA-compliant.' >'$T/words/x' && grep -r -q -E -i '\bcompliant\b' '$T/words/x' && rm '$T/words/x'"
claims "compliant" '\b(non-?)?compliant\b'
claims "certified" '\bcertified\b'
claims "MET" '\bMET\b' -a
claims "that it is air-gapped" '(^|[^t]) air-?gapped\b'
claims "continuous monitoring" 'continuous(ly)? monitor'
claims "that nothing can be changed" '\b(tamper-?proof|immutable|guarantee)'
claims "satisfied" '(^|[^-])\bsatisfied\b' -a fail
claims "satisfied" '(^|[^-])\bsatisfied\b' -a inconclusive
