#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# load.sh: a session of RATE connections a minute for MINUTES, to ADDRESSES in turn: the
# loopback and documentation ranges, in network namespaces of its own. (Whoever watches this
# machine meanwhile sees other programs reach out; not so with ADDRESSES="127.0.0.1 ::1".) Each
# connection must be in the evidence with its process, or among those that are counted as lost and then
# the verdict not PASS, or it fails. Prints what the collector held in memory in the first part of
# the time and in the last, and how long judging took. Needs root.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RATE=${RATE:-100000} MINUTES=${MINUTES:-10} ADDRESSES=${ADDRESSES:-127.0.0.1 192.0.2.2 2001:db8::2}
[ "$(id -u)" -eq 0 ] || { echo "bench: needs root for its namespaces (sudo make bench-load)"; exit 77; }
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
chmod 711 "$T"
near=agvo$$n far=agvo$$f failed=0
unset SUDO_UID SUDO_GID SUDO_USER
export HOME="$T"
. "$here/../lab/network.sh"
trap 'network_down; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
need=$((RATE * MINUTES * 3 / 1024))
free=$(df -Pk "$T" | awk 'NR == 2 {print int($4 / 1024)}')
[ "$free" -ge $need ] || { echo "bench: $need MiB wanted in ${TMPDIR:-/tmp}, $free MiB free"; exit 73; }
network_up || exit 1

wrong() {
	echo "WRONG: $*"
	failed=1
}
ask() { sqlite3 "file:$T/s/audit.db?mode=ro" "$1"; }

# rss PID: KiB of the collector and its helpers
rss() {
	for pid in "$1" $(pgrep -P "$1"); do
		# the command itself is no part of it
		case $(cat "/proc/$pid/comm" 2>/dev/null) in airgap-*) awk '/^VmRSS/ {print $2}' "/proc/$pid/status" ;; esac
	done 2>/dev/null | awk '{sum += $1} END {print sum + 0}'
}

# shellcheck disable=SC2086 # several
nsenter --net="/run/netns/$near" "$B/airgap-verify" session -q --linger 2s -o "$T/s" -- \
	"$B/bench/load" "$RATE" $((60 * MINUTES)) 443 $ADDRESSES >"$T/out" 2>"$T/err" </dev/null 9>&- &
front=$!
nsenter --net="/run/netns/$near" "$B/lab/sink" 443 <"$T/hold" >/dev/null 9>&- &
near_sink=$!
while kill -0 $front 2>/dev/null && ! pgrep -x load -P "$(pgrep -x airgap-collect -P $front)" >/dev/null 2>&1; do sleep 0.1; done
collector=$(pgrep -x airgap-collect -P $front)
while kill -0 "$collector" 2>/dev/null; do
	rss "$collector" >>"$T/rss"
	grep -q '^load' "$T/err" && break
	sleep 1
done
while kill -0 "$collector" 2>/dev/null; do sleep 0.05; done
stopped=$(date +%s%N)
wait $front
status=$?
judged=$((($(date +%s%N) - stopped) / 1000000))
kill $near_sink && wait $near_sink 2>/dev/null

made=$(awk '/^load/ {print $2}' "$T/err") rate=$(awk '/^load/ {print $9}' "$T/err")
[ -n "$made" ] || { cat "$T/err"; exit 1; }
seen=$(ask "SELECT count(*) FROM v_attempt WHERE in_session AND call = 'connect' AND proto = 'tcp' AND pid > 0 AND exe LIKE '%/load'")
lost=$(ask "SELECT coalesce(sum(lost), 0) FROM v_coverage")
verdict=$(ask "SELECT verdict FROM verdict")
records=$(grep -c . "$T/s/evidence.ndjson")
printf '%-44s %s connections in %d min (%s a minute), %s seen, %s records, %s counted as lost: %s\n' \
	"under load" "$made" "$MINUTES" "$rate" "$seen" "$records" "$lost" "$verdict"
part() { awk '{print int($1 / 1024)}' | sort -n | tail -1; }
third=$(($(wc -l <"$T/rss") / (MINUTES < 3 ? 3 : MINUTES)))
printf '%-44s %s MiB at most in the first part of %s s, %s MiB in the last\n' "the collector's memory" \
	"$(head -$third "$T/rss" | part)" "$third" "$(tail -$third "$T/rss" | part)"
printf '%-44s %d.%01d s, for %s flows; evidence %s MiB, capture %s MiB\n' "judging and sealing it" $((judged / 1000)) $((judged % 1000 / 100)) \
	"$(ask "SELECT count(*) FROM v_flow")" "$(du -m "$T/s/evidence.ndjson" | cut -f1)" "$(du -m "$T/s/capture.pcapng" | cut -f1)"

[ "$status" -le 2 ] || wrong "exit status $status: $(tail -1 "$T/err")"
[ "$verdict" != PASS ] || wrong "PASS"
[ "$seen" -le "$made" ] || wrong "$((seen - made)) were seen that nobody made"
[ $((seen + lost)) -ge "$made" ] || wrong "$((made - seen - lost)) are neither seen nor counted as lost"
exit $failed
