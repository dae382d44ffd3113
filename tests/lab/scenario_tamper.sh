# SPDX-License-Identifier: Apache-2.0
# The command runs as the user who owns the evidence: what it does to the watch itself
# is never PASS, and it gets nothing of ours but its own descriptors.
# one that is whole and clean, to be put in place of another
theirs whole -- true
exits whole 0

cat >"$T/forge.sh" <<SH
sleep 0.5
cd s
for file in evidence.ndjson session.json capture.pcapng; do
	cp "$T/whole.d/s/\$file" ../new && mv ../new \$file
done
cp "$T/whole.d/s/tools/"* tools/
SH
theirs forged -- sh "$T/forge.sh"
exits forged 65
says forged "not what the collector wrote"
theirs forged-killed -- sh -c "sh '$T/forge.sh'; kill -9 \$PPID"
exits forged-killed 65
says forged-killed "not what the collector wrote"

theirs killing -- sh -c 'sleep 0.3; kill -9 $PPID; sleep 0.3'
exits killing 2
says killing "was not brought to its end"
theirs erasing -- sh -c 'sleep 0.3; rm -rf s; sleep 0.3'
case $status in
0 | 1) not_ok "erasing: exit status $status" "$(cat "$T/erasing.out" "$T/erasing.err")" ;;
*) ok "erasing: exit status $status" ;;
esac
theirs cutting -- sh -c 'sleep 1.3; : >s/evidence.ndjson; sleep 0.3'
exits cutting 65

# as if it had been run alone: descriptors, signals, mask
exec 8</dev/null
timeout 60 env --default-signal=PIPE sh -c "umask 027; ls -l /proc/self/fd | sed -n 's/.* \([0-9]*\) -> .*/\1/p'; umask
	grep SigIgn /proc/self/status" >"$T/same.alone"
timeout 60 nsenter --net="/run/netns/$near" env --default-signal=PIPE sh -c "umask 027; exec '$B/airgap-verify' session -q -o '$T/same' -- \
	sh -c \"ls -l /proc/self/fd | sed -n 's/.* \([0-9]*\) -> .*/\1/p'; umask; grep SigIgn /proc/self/status\"" \
	>"$T/same.out" 2>"$T/same.err" </dev/null
exec 8<&-
head -n "$(wc -l <"$T/same.alone")" "$T/same.out" >"$T/same.watched"
equal "same: descriptors, mask and signals" "$(cat "$T/same.watched")" "$(cat "$T/same.alone")"
equal "same: what it leaves is its owner's alone" "$(find "$T/same" -perm /077 | wc -l)" 0

# a front that was stopped for long costs neither evidence nor the command's end
nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/stopped" -- sh -c 'sleep 1; exit 3' \
	>"$T/stopped.out" 2>"$T/stopped.err" </dev/null &
front=$!
sleep 0.8
kill -STOP $front
sleep 3
kill -CONT $front
wait $front
status=$?
exits stopped 0
says stopped "ended with exit status 3"

# asked to end from outside: the command is told, and there is a report
nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/ended" -- \
	sh -c 'trap "echo told; exit 5" TERM; sleep 30 & wait; exit 1' >"$T/ended.out" 2>"$T/ended.err" </dev/null &
front=$!
sleep 1.2
kill -TERM $front
wait $front
status=$?
says ended told
check "ended: sealed" "$B/airgap-verify" verify -q "$T/ended"

# others may watch on this machine: only the groups of these sessions count
sleep 0.5
groups=0
for file in "$T"/*.d/s/evidence.ndjson "$T/same/evidence.ndjson" "$T/stopped/evidence.ndjson" "$T/ended/evidence.ndjson"; do
	id=$(sed -n '1s/.*"session":"\([0-9a-f]\{8\}\).*/\1/p' "$file" 2>/dev/null)
	for group in "/sys/fs/cgroup/airgap-verify-$id" "/sys/fs/cgroup/unified/airgap-verify-$id"; do
		[ -n "$id" ] && [ -d "$group" ] && groups=$((groups + 1))
	done
done
equal "no control group is left behind" "$groups" 0
