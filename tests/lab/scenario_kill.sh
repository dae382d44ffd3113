# SPDX-License-Identifier: Apache-2.0
# Every process of the suite killed at a random moment: what stands under a
# checkpoint verifies and ingests, and the verdict is never PASS. ROUNDS: how often.
rounds=${ROUNDS:-50} bad=0 kills=0 judged=0

descendants() {
	for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		descendants "$child"
		echo "$child"
	done
}

round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	D="$T/kill-$round"
	nsenter --net="/run/netns/$near" "$B/airgap-verify" session -q -o "$D" -- \
		sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do $B/lab/reach tcp 127.0.0.1 8443; sleep 0.2; done" \
		>/dev/null 2>&1 </dev/null &
	front=$!
	sleep "$(shuf -i 0-2 -n 1).$(shuf -i 10-99 -n 1)"
	# all of ours: the front, the collector and its helpers; nothing else has this parent
	all="$(descendants $front) $front"
	# shellcheck disable=SC2086
	kill -9 $all 2>/dev/null && kills=$((kills + 1))
	wait $front 2>/dev/null
	[ -s "$D/evidence.ndjson" ] || { rm -rf "$D"; continue; }
	"$B/airgap-verify" verify "$D" >"$T/kill.out" 2>&1
	got=$?
	if [ $got -ne 2 ] && ! { [ $got -eq 0 ] && [ -e "$D/seal/SHA256SUMS.sig" ]; }; then
		bad=$((bad + 1))
		not_ok "round $round: verify says $got" "$(cat "$T/kill.out")"
	fi
	[ $got -eq 0 ] && { rm -rf "$D"; continue; } # it had come to its end
	"$B/airgap-verify" ingest -q --db "$T/kill.db" "$D" >"$T/kill.out" 2>&1 || { bad=$((bad + 1)); not_ok "round $round: does not ingest" "$(cat "$T/kill.out")"; }
	rm -f "$T/kill.db"
	"$B/airgap-verify" crosscheck -q "$D" >"$T/kill.out" 2>&1
	got=$?
	judged=$((judged + 1))
	closed=$(sqlite3 "$D/audit.db" "SELECT closed FROM checkpoint")
	if [ $got -ne 2 ] && [ "$closed" != 1 ]; then
		bad=$((bad + 1))
		not_ok "round $round: crosscheck says $got" "$(cat "$T/kill.out")"
	fi
	rm -rf "$D"
done
equal "killed at $rounds random moments ($kills kills, $judged half-finished folders judged): nothing false" "$bad" 0
