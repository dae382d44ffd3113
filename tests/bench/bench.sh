#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bench.sh: what watching costs, in pairs: each burst once alone and once under
# watch, next to each other, RUNS times; prints the medians and their ratio, by the clock and (steadier
# on a busy machine, but without what is done for it elsewhere) by its own processor time. Figures
# only, nothing fails because of them. Needs root; nothing leaves its namespaces.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-21}
[ "$(id -u)" -eq 0 ] || { echo "bench: needs root for its namespaces (sudo make bench)"; exit 77; }
T=$(mktemp -d /tmp/airgap-bench-XXXXXX)
chmod 711 "$T"
near=agvb$$n far=agvb$$f
unset SUDO_UID SUDO_GID SUDO_USER
export HOME="$T"
. "$here/../lab/network.sh"
trap 'network_down; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
network_up || exit 1
# the other side on the last processor, so that where the scheduler puts it does not count
taskset -p -c $(($(nproc) - 1)) "$sink_far" >/dev/null

inside() { nsenter --net="/run/netns/$near" "$@" </dev/null; }
as_user() { inside setpriv --reuid "$(id -u $user)" --regid "$(id -g $user)" --clear-groups env HOME=/ "$@"; }
median() { sort -n "$1" | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
burst_of() { awk '/^burst/ {print $2}' "$1"; }
own_of() { awk '/^burst/ {print $3}' "$1"; }

# pair NAME COMMAND…: as user $user, watched with $options
user=root options=
pair() {
	name=$1
	shift
	rm -f "$T/alone" "$T/watched" "$T/ratio" "$T/own"
	run=0
	while [ $run -lt "$RUNS" ]; do
		run=$((run + 1))
		as_user "$@" >/dev/null 2>"$T/out"
		before=$(burst_of "$T/out") own=$(own_of "$T/out")
		as_user "$B/airgap-collect" session $options -o "$T/s" -- "$@" >/dev/null 2>"$T/out"
		watched=$(burst_of "$T/out") own_watched=$(own_of "$T/out")
		[ -n "$before" ] && [ -n "$watched" ] || { echo "$name: not measured: $(tail -1 "$T/out")"; return; }
		rm -rf "$T/s" && install -d -o $user "$T/s"
		as_user "$@" >/dev/null 2>"$T/out"
		after=$(burst_of "$T/out")
		echo "$before" >>"$T/alone"
		echo "$after" >>"$T/alone"
		echo "$watched" >>"$T/watched"
		awk "BEGIN {print 2 * $watched / ($before + $after)}" >>"$T/ratio"
		awk "BEGIN {print 2 * $own_watched / ($own + $(own_of "$T/out"))}" >>"$T/own"
	done
	printf '%-44s alone %.1f ms, watched %.1f ms, ratio of pairs %.3f (quarters %.3f to %.3f, %d runs), of its own processor time %.3f\n' "$name" \
		"$(awk "BEGIN {print 1000 * $(median "$T/alone")}")" "$(awk "BEGIN {print 1000 * $(median "$T/watched")}")" \
		"$(median "$T/ratio")" "$(sort -n "$T/ratio" | awk -v n="$RUNS" 'NR == int((n + 3) / 4)')" \
		"$(sort -n "$T/ratio" | awk -v n="$RUNS" 'NR == int((3 * n + 3) / 4)')" "$RUNS" "$(median "$T/own")"
}

mkdir "$T/s"
R="$B/lab/reach"
pair "2,000 TCP, 2,000 UDP, 200 IPv6 in one process" "$R" burst 192.0.2.2 2001:db8::2 443
pair "500 processes of one connect each" "$R" execs 192.0.2.2 443 500
user=nobody options="--tier unprivileged"
rm -rf "$T/s" && install -d -o $user "$T/s"
pair "the same, without root: in one process" "$R" burst 192.0.2.2 2001:db8::2 443
pair "the same, without root: 500 processes" "$R" execs 192.0.2.2 443 500

# an isolated one speaks to a server of its own, as it does alone
near_burst="f=/tmp/agvb-\$\$; mkfifo \$f; '$B/lab/sink' 8444 <>\$f >/dev/null & sleep 0.2
	'$R' burst 127.0.0.1 ::1 8444; kill \$!; rm \$f"
options=--isolate
rm -rf "$T/s" && install -d -o $user "$T/s"
pair "the burst of before, isolated, by an ordinary user" "$R" burst 192.0.2.2 2001:db8::2 443
pair "a burst on the loopback, isolated, by an ordinary user" sh -c "$near_burst"
user=root
rm -rf "$T/s" && mkdir "$T/s"
pair "the same, by root" sh -c "$near_burst"

: >"$T/whole"
run=0
while [ $run -lt 5 ]; do
	run=$((run + 1))
	rm -rf "$T/s"
	begun=$(date +%s%N)
	inside "$B/airgap-verify" session -q -o "$T/s" -- true >/dev/null 2>&1
	ended=$(date +%s%N)
	echo $(((ended - begun) / 1000)) >>"$T/whole"
done
printf '%-44s %.0f ms in all (median of 5)\n' "airgap-verify session -- true" "$(awk "BEGIN {print $(median "$T/whole") / 1000}")"

rm -rf "$T/s"
inside "$B/airgap-verify" session -q -o "$T/s" -- "$R" burst 192.0.2.2 2001:db8::2 443 >/dev/null 2>&1
begun=$(date +%s%N)
"$B/airgap-verify" crosscheck -q "$T/s" >/dev/null 2>&1
ended=$(date +%s%N)
printf '%-44s %.0f ms for %d attempts and %d flows\n' "judging the burst again (crosscheck)" \
	"$(awk "BEGIN {print ($ended - $begun) / 1000000}")" \
	"$(sqlite3 "$T/s/audit.db" 'SELECT count(*) FROM v_attempt')" "$(sqlite3 "$T/s/audit.db" 'SELECT count(*) FROM v_flow')"
