#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# nasty.sh: input that nobody means well with, given to every reader: a line without an
# end, a million columns, NULs, bytes of no encoding, UTF-16, braces without end. SIZE MB
# (100) of each, and a tenth of that: prints how many times as long the tenfold takes, and
# the memory. Fails where a reader crashes, hangs (LIMIT seconds) or ends without a word;
# figures do not fail it. READERS: some of them.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
SIZE=${SIZE:-100} LIMIT=${LIMIT:-120}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 memory=--memory

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

READERS=${READERS:-$("$B/airgap-verify" list readers --json | tr '{' '\n' | sed -n 's/^"name":"\([^"]*\)".*/\1/p')}

# shape NAME MB: writes it
shape() {
	case $1 in
	line) tr '\0' a </dev/zero ;;
	words) yes 'tcp 0 0' | tr '\n' ' ' ;;
	columns) yes '"a,;|	' | tr -d '\n' ;;
	pairs) yes 'IN=eth0 SRC=192.0.2.1 DST=' | tr '\n' ' ' ;;
	objects) yes '{"a":[' | tr -d '\n' ;;
	elements) yes '<Event><Data Name="a">' | tr -d '\n' ;;
	nul) cat /dev/zero ;;
	high) tr '\0' '\377' </dev/zero ;;
	utf16) printf '\377\376' && yes "$(printf 't\1')" ;;
	crlf) yes "$(printf '\r')" ;;
	esac 2>/dev/null | head -c "$2"000000
}

# once READER SHAPE FILE: the seconds and the MiB; a message where it went wrong
once() {
	rm -f "$T/audit.db"* "$T/run.runs"
	timeout "$LIMIT" "$B/bench/measure" --memory "$T/run.runs" \
		"$B/airgap-verify" ingest --as "$1" --db "$T/audit.db" "$3" >"$T/out" 2>"$T/err" </dev/null
	status=$?
	# read with what was left out, or refused with a reason: either is said
	if [ $status -eq 124 ] || [ $status -gt 78 ] || ! [ -s "$T/out" ] && ! [ -s "$T/err" ]; then
		echo "$1 $2: status $status WRONG"
		sed 's/^/    /;5q' "$T/err"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

printf '%-24s %-9s %8s %8s %6s %6s\n' reader shape 'a tenth' all times MiB
for shape in line words columns pairs objects elements nul high utf16 crlf; do
	shape $shape "$SIZE" >"$T/all"
	shape $shape $((SIZE / 10)) >"$T/tenth"
	for reader in $READERS; do
		once "$reader" $shape "$T/tenth"
		few=$(cat "$T/run.runs" 2>/dev/null)
		once "$reader" $shape "$T/all"
		many=$(cat "$T/run.runs" 2>/dev/null)
		echo "$reader $shape $few $many"
	done
done >"$T/table"
grep WRONG -A5 "$T/table"
# of measure: seconds, …, KiB of memory in the fourth column
awk 'NF == 12 {printf "%-24s %-9s %8.2f %8.2f %6.1f %6.1f\n", $1, $2, $3, $8, $8 / ($3 > 0.005 ? $3 : 0.005), $11 / 1024}' \
	"$T/table" | sort -k5 -n -r | head -"${SHOW:-25}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
