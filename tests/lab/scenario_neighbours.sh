# SPDX-License-Identifier: Apache-2.0
# What others of the machine do beside a session is told, and does not count.
R="$B/lab/reach"

# a socket from before that goes on, as a login or a VPN would
nsenter --net="/run/netns/$near" "$R" chat 192.0.2.2 443 12 2>/dev/null &
chat=$!
sleep 0.5
# and somebody who opens new ones meanwhile
(sleep 1 && exec nsenter --net="/run/netns/$near" "$R" tcp 192.0.2.2 443) &
other=$!
session neighbours -- sleep 1.5
exits neighbours 0
wait $other
equal "neighbours: the older socket is known as such" \
	"$(ask neighbours "SELECT count(*) > 0 FROM v_flow WHERE explained = 'older socket'")" 1
equal "neighbours: the other's attempt is told" \
	"$(ask neighbours "SELECT count(*) FROM v_finding WHERE check_id = 'other_egress' AND effect = 'NOTE'")" 1

# for the whole machine it does count
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session --host --duration 2s -o "$T/machine" \
	>"$T/machine.out" 2>"$T/machine.err" </dev/null &
front=$!
sleep 1
nsenter --net="/run/netns/$near" "$R" udp 192.0.2.2 443
wait $front
status=$?
exits machine 1
says machine "192.0.2.2 port 443 over udp"
wait $chat

# but neither what the kernel does by itself when an interface comes up, nor we ourselves
timeout 60 unshare -n sh -c 'ip link set lo up
	"$0/airgap-verify" session --host --duration 4s -o "$1" &
	front=$!
	sleep 1.5
	ip link add quiet0 type veth peer name quiet1 && ip link set quiet0 up && ip link set quiet1 up
	wait $front' "$B" "$T/quiet-machine" >"$T/quiet-machine.out" 2>"$T/quiet-machine.err" </dev/null
equal "quiet-machine: neighbour discovery and group membership were seen leaving" \
	"$(ask quiet-machine "SELECT count(*) > 0 FROM egress WHERE proto = 'icmp6' AND dst LIKE 'ff02::%'")" 1
equal "quiet-machine: and are nobody's attempt" \
	"$(ask quiet-machine "SELECT count(*) FROM v_attempt WHERE in_session AND dst LIKE 'ff02::%'")" 0
equal "quiet-machine: no finding is about the collector itself" \
	"$(ask quiet-machine "SELECT count(*) FROM v_finding WHERE check_id IN ('special_socket', 'left_running') AND title || detail LIKE '%airgap-%'")" 0
check "quiet-machine: the processes of the machine are counted" grep -qE '[1-9][0-9]* process' "$T/quiet-machine.out"
