# SPDX-License-Identifier: Apache-2.0
# Days of 24 hours, each in some twenty seconds: the collector's clocks step on by ten minutes
# at a time (tests/nights/day.c), the wall clock is set meanwhile, and the capture goes on in
# other files by age and by size. docs/security.md names each of these sessions.
mkdir "$T/day"
cp "$B/nights/airgap-verify" "$B/nights/day/airgap-collect" "$T/day/"

# short connections, and one that lasts from the first to the last minute
cat >"$T/day/talk.py" <<'PY'
import socket, time
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
other, _ = server.accept()
while True:
    client.send(b"still here\n")
    other.recv(100)
    with socket.create_connection(server.getsockname()):
        server.accept()[0].close()
    time.sleep(0.05)
PY

# memory NAME FRONT: what the collector and its capturing process have asked for, and behind how
# many steps; tables of a fixed size, which fill up slowly, are within that, and buffers are larger
# by one step after what was the busiest moment so far
memory() {
	while kill -0 "$2" 2>/dev/null && [ ! -e "$T/day/$1.done" ]; do
		steps=$(od -A n -v -t u4 -N 4 "$T/day/$1")
		collector=$(cut -d ' ' -f 1 "/proc/$2/task/$2/children" 2>/dev/null)
		for one in $collector $(cat "/proc/$collector/task/$collector/children" 2>/dev/null); do
			comm=$(cat "/proc/$one/comm" 2>/dev/null)
			[ "$one" != "$collector" ] && [ "$comm" != airgap-packets ] ||
				sed -n "s/^VmData:[[:space:]]*\([0-9]*\) kB/$comm \1 $((steps))/p" "/proc/$one/status"
		done
		sleep 0.4
	done >"$T/day/$1.memory" 2>/dev/null
}

# day NAME SET [OPTION…] -- DURING: a day on which the wall clock is set so, with traffic of
# its own all along, and DURING in the middle of it. The key that seals it is of the day after.
day() {
	name=$1 set=$2
	shift 2
	options=
	while [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	truncate -s 65536 "$T/day/$name"
	cat >"$T/day/$name.sh" <<-SH
		python3 "$T/day/talk.py" &
		talk=\$!
		for turn in \$(seq 10000); do
			[ \$turn -ne 60 ] || { $2; }
			[ ! -e "$T/day/$name.done" ] || break
			sleep 0.1
		done
		kill \$talk
	SH
	# shellcheck disable=SC2086
	HOME="$T/day" AIRGAP_NIGHT_OFFSET=86400 AIRGAP_DAY="$T/day/$name" AIRGAP_DAY_SET="$set" timeout 100 \
		nsenter --net="/run/netns/$near" "$T/day/airgap-verify" session -q --linger 2s --interval 1h \
		-o "$T/$name" $options -- sh "$T/day/$name.sh" >"$T/$name.out" 2>"$T/$name.err" </dev/null &
	front=$!
	# timeout executes it in a process of its own
	sleep 0.3
	memory "$name" "$(cat "/proc/$front/task/$front/children" 2>/dev/null | cut -d ' ' -f 1)"
	wait $front
	status=$?
}

# whole NAME: a day in which nothing of the capture is missing
whole() {
	equal "$1: no packet lost, none doubled" "$(ask "$1" "SELECT sum(packets) = (SELECT records FROM source WHERE path = 'capture.pcapng')
		AND min(state) = 'whole' AND max(state) = 'whole' FROM v_capture")" 1
	equal "$1: the capture is whole" "$(ask "$1" "SELECT group_concat(DISTINCT state) FROM v_coverage WHERE witness = 'capture'")" seeing
	equal "$1: no file of it begins later than the last one ended" \
		"$(ask "$1" "SELECT count(*) FROM v_capture a JOIN v_capture b ON b.number = a.number + 1 WHERE b.from_ns <> a.to_ns")" 0
	equal "$1: nobody lost a record" "$(ask "$1" "SELECT max(lost) FROM loss")" 0
	check "$1: one connection from its beginning to its end" test "$(ask "$1" "SELECT max(last_ns - first_ns) / 3600000000000
		FROM v_flow WHERE proto = 'tcp' AND src = '127.0.0.1'")" -ge 22
	check "$1: verify proves it" "$B/airgap-verify" verify -q "$T/$1"
	keys=$(grep -o '"next_key":"[0-9a-f]*"' "$T/$1/evidence.ndjson" | sort | uniq -d | wc -l)
	equal "$1: no key of the chain signs twice" "$keys" 0
	check "$1: a checkpoint at each look at the clock" test "$(ask "$1" "SELECT count FROM checkpoint")" -ge 144
	for process in airgap-collect airgap-packets; do
		grep "^$process " "$T/day/$1.memory" >"$T/day/$1.$process"
		first=$(awk '$3 >= 6 { print $2; exit }' "$T/day/$1.$process") last=$(awk 'END { print $2 }' "$T/day/$1.$process")
		check "$1: $process is as large in the last hour ($last KiB) as in the first ($first)" \
			test "${last:-0}" -gt 0 -a "${last:-0}" -le $((${first:-0} + 1024))
	done
}

meanwhile day day-quiet "6:-0.25 6.2:-0.25 6.4:-0.25 6.6:-0.25 15:3600" --rotate-after 3h --rotate-size 0 -- :
meanwhile day day-egress "12:-1 15:3600 18:-3600" --rotate-after 0 --rotate-size 64KiB -- "'$B/lab/reach' tcp 192.0.2.2 443"
meanwhile day day-back "12:-1 15:3600 18:-3600" --rotate-after 2h --rotate-size 64KiB -- :
all_ended

# by age; a leap second as clocks are slewed over it, and an hour ahead
ended day-quiet 0
whole day-quiet
check "day-quiet: a day" test "$(ask day-quiet "SELECT (max(to_ns) - min(from_ns)) / 3600000000000 FROM v_coverage WHERE witness = 'kernel'")" -ge 24
equal "day-quiet: each witness saw all of it" "$(ask day-quiet "SELECT group_concat(DISTINCT state) FROM v_coverage")" seeing
check "day-quiet: a file for each three hours" test "$(ask day-quiet "SELECT count(*) FROM v_capture")" -ge 8
equal "day-quiet: the hour ahead is told" "$(ask day-quiet "SELECT title FROM v_finding WHERE check_id = 'clock_step'")" \
	"The machine's clock went ahead by 3600.0 s"

# by size; a leap second at once, an hour ahead and back: what left is FAIL all the same
ended day-egress 1
whole day-egress
check "day-egress: several files" test "$(ask day-egress "SELECT count(*) FROM v_capture")" -ge 3
check "day-egress: the one attempt, in the middle of the day" test "$(ask day-egress "SELECT count(*) FROM v_attempt
	WHERE in_session AND dst = '192.0.2.2'")" -eq 1
# the same without it: the clock that was set back leaves it open
ended day-back 2
whole day-back
check "day-back: by age and by size" test "$(ask day-back "SELECT count(*) FROM v_capture")" -ge 10
equal "day-back: nothing but the clock" "$(ask day-back "SELECT group_concat(DISTINCT check_id) FROM v_finding WHERE effect <> 'NOTE'")" clock_step
