#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# faults.sh: a kept session is read, judged, reported and sealed, each time with one fault
# (fault.c): a call that fails. Whatever it is, the end is an error with a message, or what
# would have come without it, or INCONCLUSIVE with what could not be read; no crash, no hang,
# nothing half-written that is called done. What is left over is the mark of a seal that was
# begun, and of a process that found no memory (for a statement, say) its one unfinished
# file (.new, .part). The same again without a fault succeeds and leaves nothing over. Of
# every kind (KINDS) the first faults, then ever further apart; FULL=1: nearly all. LANES
# at once.
# Last line: "N passed, N failed".
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
lanes=${LANES:-2}
# in memory, where there is such a place: a sync of a disk is what takes the time
if [ -w /dev/shm ]; then in=/dev/shm; else in=/tmp; fi
T=$(mktemp -d "$in/airgap-faults-XXXXXX")
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

# prepare DIR: the session, and a home of its own
prepare() {
	mkdir -p "$1/home"
	cp -R "$here/../../fixtures/windows-quiet" "$1/s"
	cp "$here/../../fixtures/lab-dns.pcapng" "$1/s/capture.pcapng"
}
# judge DIR: the run itself; leaves what it printed in DIR/out and err
judge() {
	HOME="$1/home" XDG_CONFIG_HOME= timeout 60 "$B/faults/airgap-verify" crosscheck "$1/s" >"$1/out" 2>"$1/err" </dev/null
}
# what lies in a folder, and what was printed of it, without its own name
listing() { (cd "$1" && find s home | LC_ALL=C sort); }
verdict() { sed -n 's/^\(PASS\|FAIL\|INCONCLUSIVE\)$/\1/p' "$1/out"; }

prepare "$T/clean"
judge "$T/clean"
clean_status=$? clean_verdict=$(verdict "$T/clean")
listing "$T/clean" >"$T/clean.list"

# tolerated DIR STATUS: it went on in spite of it: then nothing may be missing, or be other
tolerated() {
	if [ "$(verdict "$1")" != INCONCLUSIVE ] || [ "$2" -ne 2 ] || ! grep -q "could not be read" "$1/out"; then
		[ "$(verdict "$1")" = "$clean_verdict" ] && [ "$2" -eq "$clean_status" ] || { echo "another verdict than without it"; return; }
	fi
	# a key that could not be kept is told, and the seal is by one of this run alone
	if grep -q "no place for a signing key" "$1/err"; then
		cp -R "$T/clean/home" "$1"
	fi
	listing "$1" | cmp -s - "$T/clean.list" || { echo "files are missing, or left over: $(listing "$1" | diff - "$T/clean.list" | grep '^[<>]' | tr '\n' ' ')"; return; }
	"$B/airgap-verify" verify -q "$1/s" >"$1/verify" 2>&1 || echo "verify says $(cat "$1/verify")"
}
# refused DIR FUNCTION: it ended with an error
refused() {
	[ -s "$1/err" ] || echo "no message"
	[ -z "$(verdict "$1")" ] || echo "a verdict was printed all the same"
	left=$(listing "$1" | LC_ALL=C comm -23 - "$T/clean.list" | grep -v '^s/seal/UNFINISHED$')
	case $2 in
	calloc | realloc | sqlite3_prepare_v3) left=$(echo "$left" | grep -vE '\.(new|new-journal|part)$') ;;
	esac
	[ -z "$left" ] || echo "left over: $left" | tr '\n' ' '
	judge "$1" # and once more
	again=$?
	[ $again -eq "$clean_status" ] || { echo "the next run ends with $again: $(cat "$1/err")"; return; }
	listing "$1" | cmp -s - "$T/clean.list" || echo "the next run leaves other files: $(listing "$1" | diff - "$T/clean.list" | grep '^[<>]' | tr '\n' ' ')"
	"$B/airgap-verify" verify -q "$1/s" >"$1/verify" 2>&1 || echo "then verify says $(cat "$1/verify")"
}

# try KIND NUMBER: false where there was no such call any more
try() {
	dir="$T/$1-$2"
	prepare "$dir"
	export AIRGAP_FAULT="$1:$2" AIRGAP_FAULT_TOLD="$dir/told"
	judge "$dir"
	status=$?
	unset AIRGAP_FAULT
	function=$(head -c 32 "$dir/told" | tr -d '\0')
	message=$(tr '\n' ' ' <"$dir/err")
	case $status in
	0 | 1 | 2) wrong=$(tolerated "$dir" $status) ;;
	6[4-9] | 7[0-8]) wrong=$(refused "$dir" "$function") ;;
	124) wrong="it hangs" ;;
	*) wrong="it ends with $status" ;;
	esac
	if [ -z "$wrong" ]; then
		echo "ok $1 $2 $function ($status): $message" >>"$T/told-$1"
	else
		echo "BAD $1 $2 $function ($status): $wrong; it said: $message" >>"$T/told-$1"
	fi
	rm -rf "$dir"
	[ -n "$function" ]
}

sweep() {
	number=1
	while try "$1" $number; do
		if [ -n "${FULL:-}" ] && [ $number -lt 100 ]; then
			number=$((number + 1))
		elif [ -n "${FULL:-}" ]; then
			number=$((number + number / 25))
		elif [ $number -lt 3 ]; then
			number=$((number + 1))
		else
			number=$((number * 3))
		fi
	done
}

set -- ${KINDS:-read write sync name open close memory sql kernel}
while [ $# -gt 0 ]; do
	running=
	for lane in $(seq "$lanes"); do
		[ $# -gt 0 ] || break
		sweep "$1" &
		running="$running $!"
		shift
	done
	for lane in $running; do
		wait "$lane"
	done
done
cat "$T"/told-* >"$T/told"
grep '^BAD' "$T/told"
[ -z "${V:-}" ] || cat "$T/told"
failed=$(grep -c '^BAD' "$T/told")
echo "$(grep -c '^ok' "$T/told") passed, $failed failed"
[ "$failed" -eq 0 ]
