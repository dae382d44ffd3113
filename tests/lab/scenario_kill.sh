# SPDX-License-Identifier: Apache-2.0
# Every process of the suite killed at a random moment: what stands under a
# checkpoint verifies and ingests, and the verdict is never PASS. ROUNDS: how often.
rounds=${ROUNDS:-50} lanes=5

descendants() {
	for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		descendants "$child"
		echo "$child"
	done
}

# begun NUMBER: until there is evidence to be cut short; of each fifth round nobody waits for that
begun() {
	[ $(($1 % 5)) -ne 0 ] || return 0
	for _ in $(seq 100); do
		[ ! -s "$D/evidence.ndjson" ] || return 0
		sleep 0.05
	done
}

# kill_round NUMBER: one session killed, and what is left of it judged; its result is a line
# in $T/kill-NUMBER.told, "killed" or "judged" or "BAD" with the reason behind it
kill_round() {
	D="$T/kill-$1" to="$T/kill-$1"
	nsenter --net="/run/netns/$near" "$B/airgap-verify" session -q -o "$D" -- \
		sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do $B/lab/reach tcp 127.0.0.1 8443; sleep 0.2; done" \
		>/dev/null 2>&1 </dev/null &
	front=$!
	begun "$1"
	sleep "$(shuf -i 0-2 -n 1).$(shuf -i 10-99 -n 1)"
	# all of ours: the front, the collector and its helpers; nothing else has this parent
	all="$(descendants $front) $front"
	# shellcheck disable=SC2086
	kill -9 $all 2>/dev/null && echo killed >>"$to.told"
	wait $front 2>/dev/null
	[ -s "$D/evidence.ndjson" ] || return
	"$B/airgap-verify" verify "$D" >"$to.out" 2>&1
	got=$?
	[ $got -eq 2 ] || { [ $got -eq 0 ] && [ -e "$D/seal/SHA256SUMS.sig" ]; } ||
		echo "BAD verify says $got: $(tr '\n' ' ' <"$to.out")" >>"$to.told"
	[ $got -eq 0 ] && return # it had come to its end
	"$B/airgap-verify" ingest -q --db "$to.db" "$D" >"$to.out" 2>&1 ||
		echo "BAD it does not ingest: $(tr '\n' ' ' <"$to.out")" >>"$to.told"
	"$B/airgap-verify" crosscheck -q "$D" >"$to.out" 2>&1
	got=$?
	echo judged >>"$to.told"
	closed=$(sqlite3 "$D/audit.db" "SELECT closed FROM checkpoint")
	[ $got -eq 2 ] || [ "$closed" = 1 ] || echo "BAD crosscheck says $got: $(tr '\n' ' ' <"$to.out")" >>"$to.told"
}

# They mostly wait: some at a time, each with its own.
running=
for lane in $(seq $lanes); do
	for round in $(seq "$lane" $lanes "$rounds"); do
		(kill_round "$round")
		rm -rf "$T/kill-$round" "$T/kill-$round.db" "$T/kill-$round.out"
	done 9>&- &
	running="$running $!"
done
for lane in $running; do
	wait "$lane"
done
cat "$T"/kill-*.told >"$T/kill.told"
rm -f "$T"/kill-*.told
kills=$(grep -c '^killed' "$T/kill.told") judged=$(grep -c '^judged' "$T/kill.told")
equal "killed at $rounds random moments ($kills kills, $judged half-finished folders judged): nothing false" \
	"$(grep '^BAD' "$T/kill.told")" ""
check "killed: enough of them while they watched" test "$judged" -ge $((rounds / 4))
