#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# wine.sh COLLECTOR PROGRAM…: runs the tests of the Windows collector under Wine, each in an empty
# folder of its own, and a session of COLLECTOR, and holds what they leave behind against
# the Linux build. Wine gets a prefix of its own, which is gone afterwards. BUILDDIR: where
# the Linux programs lie.
# Last line: "N passed, N failed, N skipped".
set -u

here=$(dirname "$0")
B=${BUILDDIR:?}
collector=$1
shift
passed=0 failed=0 skipped=0

if ! command -v wine >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: no Wine here"
	exit 0
fi

T=$(mktemp -d "$B/wine-XXXXXX") || exit 1
export WINEPREFIX="$T/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
unset DISPLAY WAYLAND_DISPLAY

clean_up() {
	timeout 20 wineserver -k # of this prefix alone
	rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

ok() {
	passed=$((passed + 1))
}

not_ok() {
	failed=$((failed + 1))
	echo "  NOT OK  $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/          /' | tail -20
}

# run PROGRAM: its tests in an empty folder, which stays for a look from outside
run() {
	name=$(basename "$1" .exe)
	mkdir "$T/$name"
	if (cd "$T/$name" && timeout 120 wine "$1" .) >"$T/$name.out" 2>&1; then
		passed=$((passed + $(grep -c '^\[       OK \]' "$T/$name.out")))
	else
		not_ok "$name" "$(cat "$T/$name.out")"
	fi
}

# Which DLLs a program names: all of them must be part of Windows.
imports() {
	x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z' |
		grep -vxE '(kernel32|msvcrt|bcrypt|ws2_32|ntdll|advapi32|iphlpapi|shell32|winhttp|dnsapi)\.dll'
}

# The chain that Windows wrote, as Linux reads it: "problem|closed|sealed all|checkpoints"
chain_holds() {
	wanted="|1|1|$2"
	timeout 60 "$B/airgap-verify" ingest -q --db "$T/chain.db" "$1" >"$T/ingest.out" 2>&1
	got=$(sqlite3 "$T/chain.db" \
		"SELECT problem, closed, sealed_bytes = bytes, count FROM checkpoint" 2>&1)
	if [ "$got" = "$wanted" ]; then
		ok
	else
		not_ok "the chain of ${1##*/} does not hold: $got" "$(cat "$T/ingest.out")"
	fi
}

timeout 120 wineboot -i >/dev/null 2>&1
for program in "$@"; do
	run "$program"
done
foreign=$(imports "$collector")
if [ -z "$foreign" ]; then ok; else not_ok "it needs more than Windows" "$foreign"; fi
chain_holds "$T/chain_test/evidence.ndjson" 5
. "$here/session_checks.sh"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
