#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fleet.sh: how fast bundles go into a store, on each engine: HOSTS (50) × NIGHTS (20) of
# ATTEMPTS (10000) each, in BUNDLES where that folder holds them already. Prints rows a
# second of `fleet add` (which copies, hashes and verifies each bundle beside the rows that go
# in), how long verifying alone takes, what `fleet status` and `fleet report` take, and their
# memory. PostgreSQL is started here as an ordinary user, with a Unix socket only and what it
# has written waited for; without one it is left out. Figures do not fail it; rows that are
# not there do.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
HOSTS=${HOSTS:-50} NIGHTS=${NIGHTS:-20} ATTEMPTS=${ATTEMPTS:-10000}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
export HOME="$T"
chmod 755 "$T"
failed=0 server=

clean_up() {
	[ -z "$server" ] || as_user "$programs/pg_ctl" -s -D "$T/server/data" -m immediate stop
	rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

now() { date +%s.%N; }
# since FROM: seconds
since() { echo "$(now) $1" | awk '{printf "%.2f", $1 - $2}'; }

# measured WHAT COMMAND…: its $seconds, those of its $processor, and $memory (MiB, without files); what it says is in $T/said. 1
# and 2 are verdicts.
measured() {
	what=$1
	shift
	rm -f "$T/measured"
	"$B/bench/measure" --memory "$T/measured" "$@" >"$T/said" 2>"$T/errors"
	read -r seconds processor status _ memory <"$T/measured"
	memory=$((memory / 1024))
	[ "$status" -le 2 ] || { echo "$what failed: $(cat "$T/errors")"; failed=$((failed + 1)); }
}

as_user() {
	if [ "$(id -u)" -eq 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi
}

start_server() {
	programs=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb /usr/bin/initdb 2>/dev/null | tail -1)" 2>/dev/null)
	[ -x "$programs/initdb" ] || return 1
	mkdir "$T/server" && { [ "$(id -u)" -ne 0 ] || chown 65534:65534 "$T/server"; }
	(cd "$T/server" && as_user "$programs/initdb" -D "$T/server/data" -A trust -E UTF8 --locale=C.UTF-8 -U tester >/dev/null) || return 1
	cd "$T/server" || return 1
	as_user "$programs/postgres" -D "$T/server/data" -k "$T/server" -c listen_addresses= -c shared_buffers=256MB \
		-c max_wal_size=4GB >"$T/server.log" 2>&1 &
	server=1
	cd "$here" || exit 1
	for _ in $(seq 100); do
		"$programs/pg_isready" -q -h "$T/server" && return 0
		sleep 0.2
	done
	return 1
}

# What the server took of the processor so far, in seconds; 0 without one.
server_seconds() {
	[ -n "$server" ] || { echo 0; return; }
	sleep 0.5 # who served a connection counts once it has ended
	awk -v ticks="$(getconf CLK_TCK)" '{print ($14 + $15 + $16 + $17) / ticks}' "/proc/$(head -1 "$T/server/data/postmaster.pid")/stat"
}

# engine NAME PLACE
engine() {
	before=$(server_seconds)
	measured "$1: add" "$B/airgap-verify" fleet add --json --store "$2" "$BUNDLES"
	rows=$(sed -n 's/.*"rows":\([0-9]*\).*/\1/p' "$T/said")
	echo "$rows $seconds $processor $memory $before $(server_seconds)" | awk -v name="$1" '{
		printf "%-10s add: %d rows in %.1f s, %.0f rows a second with copying and verifying beside; of the processor %.1f s, and the server %.1f s; %d MiB\n",
			name, $1, $2, $1 / $2, $3, $6 - $5, $4}'
	added=$(sed -n 's/.*"added":\([0-9]*\).*/\1/p' "$T/said")
	[ "${added:-0}" -eq "$bundles" ] || { echo "$1: $added of $bundles bundles went in"; failed=$((failed + 1)); }
	measured "$1: again" "$B/airgap-verify" fleet add --json --store "$2" "$BUNDLES"
	printf '%-10s the same again: %.2f s\n' "$1" "$seconds"
	measured "$1: status" "$B/airgap-verify" fleet status --json --store "$2"
	printf '%-10s status: %.2f s, %d MiB\n' "$1" "$seconds" "$memory"
	measured "$1: report" "$B/airgap-verify" fleet report --json --store "$2" -o "$T/report-$1"
	printf '%-10s report (PDF, XLSX, HTML, sealed): %.2f s, %d MiB\n' "$1" "$seconds" "$memory"
	"$B/airgap-verify" verify -q "$T/report-$1" || failed=$((failed + 1))
}

if [ -z "${BUNDLES:-}" ]; then
	BUNDLES=$T/bundles
	mkdir "$BUNDLES"
	from=$(now)
	"$B/bench/fleet_gen" "$BUNDLES" "$HOSTS" "$NIGHTS" "$ATTEMPTS" || exit 1
	echo "made: $((HOSTS * NIGHTS)) bundles of $ATTEMPTS attempts in $(since "$from") s"
fi
bundles=$(find "$BUNDLES" -name '*.zip' | wc -l)
from=$(now)
find "$BUNDLES" -name '*.zip' -exec sh -c 'for f; do "$0" verify -q "$f" || exit 1; done' "$B/airgap-verify" {} + || failed=$((failed + 1))
echo "verify: $bundles bundles one by one, nothing else: $(since "$from") s"
if start_server; then
	engine postgresql "postgresql:///postgres?host=$T/server&user=tester"
else
	echo "postgresql is not here (package postgresql): left out"
fi
engine sqlite "$T/fleet.db"
[ "$failed" -eq 0 ] || { echo "bench: $failed failed"; exit 1; }
