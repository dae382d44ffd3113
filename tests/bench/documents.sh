#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# documents.sh: how long documents, a bundle and its verification take, next to what
# others take for the same. A session of ATTEMPTS (a million): PDF, workbook and page, each
# beside `sqlite3 -csv` printing the attempts; then a session with SIZE (2000) MB of a log:
# `bundle` and `verify` beside `openssl dgst -sha256` of the bundle. RUNS rounds by turns;
# prints medians, sizes, memory and the ratios of the pairs. Figures do not fail it; a
# document that cannot be made or a bundle that does not verify does. Needs root for the
# session's namespace; TMPDIR is where, three times SIZE.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-3} ATTEMPTS=${ATTEMPTS:-1000000} SIZE=${SIZE:-2000}
[ "$(id -u)" -eq 0 ] || { echo "bench: needs root for its namespace (sudo make bench)"; exit 77; }
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
unset SUDO_UID SUDO_GID SUDO_USER
export HOME="$T"
failed=0

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

# ratio NAME PEER COLUMN: median of the pairs
ratio() { paste -d ' ' "$T/$1.runs" "$T/$2.runs" | awk -v k="$3" '{n = NF / 2; p = $(n + k); print $k / (p > 0.001 ? p : 0.001)}' | median; }
seconds() { column "$T/$1.runs" 1 | median; }
megabytes() { stat -c %s "$1" | awk '{printf "%.1f", $1 / 1000000}'; }

documents() {
	"$B/bench/crosscheck" --make "$T/audit.db" "$ATTEMPTS" $((ATTEMPTS / 5)) && "$B/bench/crosscheck" "$T/audit.db" >/dev/null || exit 1
	round=0
	while [ $round -lt "$RUNS" ]; do
		round=$((round + 1))
		take csv sqlite3 -readonly -csv "$T/audit.db" 'SELECT * FROM v_attempt'
		for kind in pdf xlsx html; do
			take $kind "$B/bench/documents" "$T/audit.db" $kind "$T/report.$kind"
		done
	done
	memory=--memory
	for kind in pdf xlsx html; do
		take $kind.memory "$B/bench/documents" "$T/audit.db" $kind "$T/report.$kind"
		printf '%-5s %d attempts: %.2f s, %s MB, %.0f MiB of memory; %.2f times sqlite3 -csv of the attempts (%.2f s)\n' $kind \
			"$ATTEMPTS" "$(seconds $kind)" "$(megabytes "$T/report.$kind")" \
			"$(column "$T/$kind.memory.runs" 4 | awk '{print $1 / 1024}')" "$(ratio $kind csv 1)" "$(seconds csv)"
	done
	memory=
	rm -f "$T"/audit.db* "$T"/report.*
}

# lines that a log's reader passes over, each another one
make_lines() {
	awk -v n=250000 'BEGIN {for (i = 0; i < n; i++) printf "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"message\":\"line %d%920s\"}\n", i, ""}'
}

# of one log no more than 256 MiB are kept: so many logs
bundle() {
	make_lines >"$T/lines"
	set --
	while [ $(($# * 125)) -lt "$SIZE" ]; do
		: >"$T/log$#"
		set -- "$@" --app-log "$T/log$#"
	done
	unshare -n sh -c 'ip link set lo up && exec "$@"' - "$B/airgap-verify" session -q -o "$T/s" "$@" -- \
		sh -c "for log in $T/log*; do cat '$T/lines' >>\"\$log\"; done" >"$T/session.out" 2>&1
	[ -f "$T/s/seal/SHA256SUMS" ] || { cat "$T/session.out"; exit 1; }
	rm -f "$T/lines" "$T"/log*
	round=0
	while [ $round -lt "$RUNS" ]; do
		round=$((round + 1))
		take bundle "$B/airgap-verify" bundle -q --force -o "$T/s.zip" "$T/s"
		take digest openssl dgst -sha256 "$T/s.zip"
		take verify "$B/airgap-verify" verify -q "$T/s.zip"
	done
	memory=--memory
	take verify.memory "$B/airgap-verify" verify -q "$T/s.zip"
	for name in bundle verify; do
		printf '%-7s %s MB: %.2f s; %.2f times openssl dgst -sha256 (%.2f s)' $name "$(megabytes "$T/s.zip")" "$(seconds $name)" \
			"$(ratio $name digest 1)" "$(seconds digest)"
		[ $name = bundle ] && echo || printf ', %.0f %% of its speed; %.0f MiB of memory\n' "$(ratio digest verify 1 | awk '{print 100 * $1}')" \
			"$(column "$T/verify.memory.runs" 4 | awk '{print $1 / 1024}')"
	done
}
documents
bundle
[ "$failed" -eq 0 ] || { echo "bench: $failed failed"; exit 1; }
