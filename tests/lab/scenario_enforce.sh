# SPDX-License-Identifier: Apache-2.0
# What is aimed at other machines is refused in the kernel, and recorded: the counters of
# the far side tell that nothing came. What cannot be recorded is refused, too.
R="$B/lab/reach" S="$B/lab/slip"
far_counts() { nsenter --net="/run/netns/$far" cat /proc/net/snmp /proc/net/snmp6; }
# tcp_taken, udp_taken: connections accepted and datagrams received over there
tcp_taken() { far_counts | awk '/^Tcp: [0-9]/ {print $7}'; }
udp_taken() { far_counts | awk '/^Udp: [0-9]/ {n += $2 + $3} /^Udp6(InDatagrams|NoPorts) / {n += $2} END {print n}'; }
echoes() { far_counts | awk '/^Icmp: [0-9]/ {print $9}'; }

tcp=$(tcp_taken) udp=$(udp_taken) icmp=$(echoes)
# refused NAME DESTINATION COMMAND…
refused() {
	name=enforce-$1 destination=$2
	shift 2
	session "$name" --enforce -- "$@"
	exits "$name" 1
	says "$name" "stopped on this machine as far as was seen"
	equal "$name: denied, and nothing else" \
		"$(ask "$name" "SELECT group_concat(DISTINCT outcome) FROM v_attempt WHERE in_session AND dst = '$destination' AND call <> 'socket'")" denied
}
refused tcp 192.0.2.2 "$R" tcp 192.0.2.2 443
refused udp 192.0.2.2 "$R" udp 192.0.2.2 443
refused ipv6 2001:db8::2 "$R" tcp 2001:db8::2 443
refused icmp 192.0.2.2 "$R" icmp 192.0.2.2
refused orphan 192.0.2.2 "$R" orphan 192.0.2.2 443
refused thread 192.0.2.2 "$S" thread 192.0.2.2 443
refused mapped 192.0.2.2 "$S" mapped 192.0.2.2 443
refused sendmmsg 192.0.2.2 "$S" sendmmsg 192.0.2.2 443
refused mptcp 192.0.2.2 "$S" mptcp 192.0.2.2 443
if nsenter --net="/run/netns/$near" "$R" uring 127.0.0.1 8443 2>/dev/null; then
	refused uring 192.0.2.2 "$R" uring 192.0.2.2 443
fi
refused join 233.252.0.1 "$B/lab/astray" join 233.252.0.1 "v$near"
# to an address of this machine, by an interface that leads out of it
nsenter --net="/run/netns/$near" ip route add default via 192.0.2.2
session enforce-astray --enforce -- "$B/lab/astray" device 127.0.0.1 8450 "v$near"
nsenter --net="/run/netns/$near" ip route del default
exits enforce-astray 0
equal "enforce-astray: told" "$(ask enforce-astray "SELECT count(*) FROM v_finding WHERE check_id = 'special_socket' AND title LIKE '%by another way than the address names'")" 1
session enforce-dns --enforce -- "$R" dns 192.0.2.2 host.example
exits enforce-dns 1
says enforce-dns "A name lookup was tried on another machine"

printf '[policy]\nstopped_attempts = note\n' >"$T/noted.ini"
session enforce-burst --enforce --policy "$T/noted.ini" -- "$R" burst 192.0.2.2 2001:db8::2 443
exits enforce-burst 0
says enforce-burst "4200 attempts that were stopped on this machine"
equal "enforce-burst: all recorded as denied" \
	"$(ask enforce-burst "SELECT count(*) FROM v_attempt WHERE in_session AND outcome = 'denied' AND pid > 0 AND exe LIKE '%/reach'")" 4200
equal "enforce-burst: nothing lost" "$(ask enforce-burst "SELECT coalesce(sum(lost), 0) FROM v_coverage")" 0
equal "enforce: connections over there" "$(($(tcp_taken) - tcp))" 0
equal "enforce: datagrams over there" "$(($(udp_taken) - udp))" 0
equal "enforce: echo requests over there" "$(($(echoes) - icmp))" 0

# what the policy allows is let out, and what it does not is not; the loopback works
printf '[allow 192.0.2.2:443/tcp]\nreason = the licence server\n' >"$T/allowed.ini"
session enforce-allowed --enforce --policy "$T/allowed.ini" -- sh -c "'$R' tcp 192.0.2.2 443; '$R' udp 192.0.2.2 443; true"
exits enforce-allowed 1
equal "enforce-allowed: one connection came" "$(($(tcp_taken) - tcp))" 1
equal "enforce-allowed: and no datagram" "$(($(udp_taken) - udp))" 0
equal "enforce-allowed: both are told" "$(ask enforce-allowed "SELECT group_concat(proto || ' ' || outcome, ', ') FROM
	(SELECT proto, outcome FROM v_attempt WHERE in_session AND dst = '192.0.2.2' AND call <> 'socket' ORDER BY proto)")" "tcp ok, udp denied"
session enforce-local --enforce --fail-closed -- "$B/lab/sample_agent"
exits enforce-local 0

# more than the smallest ring holds: whatever came was recorded
tcp=$(tcp_taken) udp=$(udp_taken)
session closed --fail-closed --ring 4096 -- "$R" burst 192.0.2.2 2001:db8::2 443
exits closed 1
says closed "attempts that found no room were refused"
came=$(($(tcp_taken) - tcp + $(udp_taken) - udp))
recorded=$(ask closed "SELECT count(*) FROM v_attempt WHERE in_session AND dst IN ('192.0.2.2', '2001:db8::2')")
turned=$(ask closed "SELECT value FROM session WHERE name = 'refused_unrecorded'")
check "closed: $came came, $recorded were recorded, $turned refused" test "$came" -le "$recorded" -a "$turned" -gt 0
check "closed: each attempt was the one or the other" test "$((recorded + turned))" -ge 4200

# without the kernel witness nothing is run
install -d -o nobody "$T/enforce-user"
(
	cd "$T/enforce-user" || exit 1
	nsenter --net="/run/netns/$near" setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups env HOME="$T/enforce-user" \
		"$B/airgap-verify" session -o e --enforce -- touch enforced
) >"$T/enforce-user.out" 2>"$T/enforce-user.err" </dev/null
status=$?
exits enforce-user 77
says enforce-user "run with sudo"
equal "enforce-user: the command was not run" "$(ls "$T/enforce-user/enforced" 2>/dev/null)" ""
