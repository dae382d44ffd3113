#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# live.sh: does the watch keep up with packets? Datagrams on the loopback of a
# network namespace of its own, RATE a second for SECONDS, alone and under watch; then
# once more with the capturing process halted in between, so that some are lost. Each
# that was sent must be in the capture or among those counted as dropped, or it
# fails. Needs root.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RATE=${RATE:-200000} SECONDS_EACH=${SECONDS_EACH:-10} SIZE=${SIZE:-64}
[ "$(id -u)" -eq 0 ] || { echo "bench: needs root for its namespace (sudo make bench)"; exit 77; }
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
space=agvl$$ collector= failed=0
unset SUDO_UID SUDO_GID SUDO_USER
export HOME="$T"
down() {
	[ -z "$collector" ] || kill -TERM "$collector" 2>/dev/null
	ip netns del "$space" 2>/dev/null
	rm -rf "$T"
}
trap down EXIT
trap 'exit 130' INT TERM
free=$(df -Pk "$T" | awk 'NR == 2 {print int($4 / 1024)}')
[ "$free" -ge 1000 ] || { echo "bench: 1000 MiB wanted in ${TMPDIR:-/tmp}, $free MiB free"; exit 73; }
ip netns add "$space" && nsenter --net="/run/netns/$space" ip link set lo up || exit 1

# In the namespace, and before others on a busy machine where processes are grouped by
# session. It becomes the command: $! is its own number.
inside() {
	exec nsenter --net="/run/netns/$space" setsid sh -c '
		echo -20 >/proc/self/autogroup
		exec "$@"' inside "$@" </dev/null >/dev/null 2>"$T/err"
}
sent_of() { awk '/^flood/ {print $2}' "$T/err"; }
rate_of() { awk '/^flood/ {print $7}' "$T/err"; }

# last FIELD: of the collector's last count
last() { grep '"kind":"packets"' "$T/s/evidence.ndjson" | tail -1 | grep -o "\"$1\":[0-9]*" | cut -d: -f2; }

# follow: the engine on the growing capture, until the collector has ended
follow() {
	while [ ! -s "$T/s/capture.pcapng" ] && kill -0 "$collector" 2>/dev/null; do sleep 0.05; done
	tail -c +1 -f --pid="$collector" -s 0.05 "$T/s/capture.pcapng" |
		"$B/airgap-verify" ingest -q --db "$T/along.db" -
}

# watched NAME SIZE [halt|along]: the flood under watch, and whether the sum is right
watched() {
	rm -rf "$T/s" "$T/audit.db"* "$T/along.db"* && mkdir "$T/s"
	# no canaries in between: they are packets too
	(inside "$B/airgap-collect" session --interval 1h -o "$T/s" -- "$B/bench/flood" "$RATE" "$SECONDS_EACH" "$2") &
	collector=$!
	if [ "${3:-}" = halt ]; then
		sleep 3
		capturing=$(pgrep -x -P "$collector" airgap-packets)
		kill -STOP "$capturing" && sleep 2
		kill -CONT "$capturing"
	fi
	along=
	if [ "${3:-}" = along ]; then
		follow &
		along=$!
	fi
	wait "$collector" || { echo "$1: the collector failed:"; tail -3 "$T/err"; exit 1; }
	collector= ended=$(date +%s%N)
	sent=$(sent_of) dropped=$(last dropped)
	if [ -n "$along" ]; then
		wait "$along" || { echo "$1: the engine failed"; exit 1; }
		late=$((($(date +%s%N) - ended) / 1000000))
	fi
	"$B/airgap-verify" ingest -q --db "$T/audit.db" "$T/s/capture.pcapng" || exit 1
	captured=$(sqlite3 "$T/audit.db" "SELECT max(packets_out + packets_in) FROM v_flow WHERE proto = 'udp'")
	if [ -n "$along" ]; then
		read_along=$(sqlite3 "$T/along.db" "SELECT max(packets_out + packets_in) FROM v_flow WHERE proto = 'udp'")
		printf '%-44s %s packets, %d ms behind the end of the watch\n' "the engine, reading along" "$read_along" "$late"
		[ "$read_along" = "$captured" ] || { echo "WRONG: it read other packets than are there"; failed=1; }
	fi
	printf '%-44s %s sent (%s a second), %s captured, %s dropped\n' "$1" "$sent" "$(rate_of)" "$captured" "$dropped"
	if [ "$sent" -ne $((captured + dropped)) ]; then
		echo "WRONG: $((sent - captured - dropped)) are neither captured nor counted as dropped"
		failed=1
	fi
	if [ "$(last received)" -ne $(($(last written) + dropped)) ]; then
		echo "WRONG: the kernel handed over $(last received), $(last written) are written"
		failed=1
	fi
	if [ "${3:-}" = halt ] && [ "$dropped" -eq 0 ]; then
		echo "WRONG: halted, and nothing was dropped"
		failed=1
	fi
}

(inside "$B/bench/flood" "$RATE" "$SECONDS_EACH" "$SIZE")
printf '%-44s %s sent (%s a second)\n' "$SIZE bytes on the loopback, alone" "$(sent_of)" "$(rate_of)"
watched "$SIZE bytes, under watch" "$SIZE"
watched "1,400 bytes, under watch" 1400
watched "1,400 bytes, the engine reading along" 1400 along
watched "1,400 bytes, the capture halted for 2 s" 1400 halt
exit $failed
