# SPDX-License-Identifier: Apache-2.0
# Each way out, alone, is FAIL and is told with process, destination and time.
R="$B/lab/reach"

session local -- "$B/lab/sample_agent"
exits local 0
says local PASS
equal "local: three connections to the model" \
	"$(ask local "SELECT count(*) FROM v_attempt WHERE in_session AND dst = '127.0.0.1' AND outcome = 'ok'")" 3

# one NAME DESTINATION COMMAND…
one() {
	name=$1 destination=$2
	shift 2
	session "$name" -- "$@"
	exits "$name" 1
	says "$name" "At 20[0-9-]* [0-9:.]* UTC reach (pid [0-9]*, [^)]*/reach) .* $destination"
	equal "$name: one finding fails" "$(ask "$name" "SELECT count(*) FROM v_finding WHERE effect = 'FAIL'")" 1
}

one tcp "192.0.2.2 port 443 over tcp" "$R" tcp 192.0.2.2 443
one udp "192.0.2.2 port 443 over udp" "$R" udp 192.0.2.2 443
one ipv6 "2001:db8::2 port 443 over tcp" "$R" tcp 2001:db8::2 443
one refused "192.0.2.2 port 444 over tcp" "$R" tcp 192.0.2.2 444
equal "refused: outcome" "$(ask refused "SELECT outcome FROM v_attempt WHERE dport = 444")" refused
one nowhere "203.0.113.9 port 443 over tcp" "$R" tcp 203.0.113.9 443
equal "nowhere: outcome" "$(ask nowhere "SELECT outcome FROM v_attempt WHERE dst = '203.0.113.9'")" unreachable
one orphan "192.0.2.2 port 443 over tcp" "$R" orphan 192.0.2.2 443
one icmp "192.0.2.2.* over icmp" "$R" icmp 192.0.2.2
if nsenter --net="/run/netns/$near" "$R" uring 127.0.0.1 8443 2>/dev/null; then
	one uring "192.0.2.2 port 443 over tcp" "$R" uring 192.0.2.2 443
	equal "uring: call" "$(ask uring "SELECT call FROM v_attempt WHERE dst = '192.0.2.2'")" io_uring
else
	skip uring "this kernel offers no io_uring"
fi

session dns -- "$R" dns 192.0.2.2 host.example
exits dns 1
says dns "name lookup left the machine"
says dns "host.example"
equal "dns: a name leak, and nothing else" \
	"$(ask dns "SELECT group_concat(check_id) FROM v_finding WHERE effect = 'FAIL'")" name_leak
equal "dns: the question is in v_dns" \
	"$(ask dns "SELECT qname || ' ' || qtype || ' ' || rcode FROM v_dns WHERE dir = 'out'")" "host.example A NOERROR"
