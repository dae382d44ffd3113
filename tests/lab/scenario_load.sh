# SPDX-License-Identifier: Apache-2.0
# As many connections as a busy machine makes, for ten seconds (make bench-load: for ten minutes):
# each is there with its process. More than the ring holds while the collector stands still: what is
# not there was counted.
load="$B/bench/load"
nsenter --net="/run/netns/$near" "$B/lab/sink" 8455 <"$T/hold" >"$T/load.ready" 9>&- &
load_sink=$!
nsenter --net="/run/netns/$far" "$B/lab/sink" 8455 <"$T/hold" >/dev/null 9>&- &
load_sink="$load_sink $!"
sleep 0.3
session load -- "$load" 100000 10 8455 127.0.0.1 192.0.2.2 2001:db8::2
exits load 1
# shellcheck disable=SC2046 # "load MADE made, UP up in …"
set -- $(grep '^load' "$T/load.err")
equal "load: as many as 100,000 a minute" "$2" 16666
equal "load: each was seen, with its process and what came of it" "$(ask load "SELECT outcome, count(*) FROM v_attempt
	WHERE in_session AND call = 'connect' AND proto = 'tcp' AND exe LIKE '%/load' AND exe_sha256 IS NOT NULL GROUP BY outcome")" "ok|$4"
equal "load: all of them came up" "$4" "$2"
equal "load: nothing was lost" "$(ask load "SELECT coalesce(sum(lost), 0) FROM v_coverage")" 0
equal "load: every packet that left is explained" "$(ask load "SELECT count(*) FROM v_flow WHERE explained IS NULL")" 0
check "load: all is under a checkpoint" "$B/airgap-verify" verify -q "$T/load"

session load-lost --ring 4096 -- sh -c "kill -STOP \$PPID; '$load' 100000 2 8455 127.0.0.1 ::1"
exits load-lost 2
says load-lost "lost records"
# shellcheck disable=SC2046
set -- $(grep '^load' "$T/load-lost.err")
seen=$(ask load-lost "SELECT count(*) FROM v_attempt WHERE in_session AND call = 'connect' AND proto = 'tcp' AND exe LIKE '%/load'")
lost=$(ask load-lost "SELECT coalesce(sum(lost), 0) FROM v_coverage")
check "load-lost: some are missing ($seen of $2)" test "$seen" -lt "$2"
check "load-lost: those are counted ($lost records)" test $((seen + lost)) -ge "$2"
for one in $load_sink; do
	kill "$one"
	wait "$one" 2>/dev/null
done
