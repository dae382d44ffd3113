# SPDX-License-Identifier: Apache-2.0
# Ways round the watch: none of them is PASS.
S="$B/lab/slip"
near_do() { nsenter --net="/run/netns/$near" "$@"; }
far_do() { nsenter --net="/run/netns/$far" "$@"; }

# caught NAME COMMAND…: FAIL, with the far machine among the attempts
caught() {
	name=$1
	shift
	session "slip-$name" -- "$@"
	exits "slip-$name" 1
}

for way in thread vfork clone3 fastopen mptcp splice mapped connected sendmmsg; do
	caught $way "$S" $way 192.0.2.2 443
done
caught header "$S" header 192.0.2.2
near_do sh -c 'echo "0 2147483647" >/proc/sys/net/ipv4/ping_group_range'
caught ping "$S" ping 192.0.2.2

# to an address of this machine, by a way that leaves it
near_do ip route add default via 192.0.2.2
near_do ip -6 route add default via 2001:db8::2
caught astray-device "$B/lab/astray" device 127.0.0.1 8450 "v$near"
caught astray-route "$B/lab/astray" route ::1 8450 2001:db8::2
caught astray-join "$B/lab/astray" join 233.252.0.1 "v$near"
caught astray-after "$B/lab/astray" after 192.0.2.2 443
equal "slip-astray-after: what became of it" "$(ask slip-astray-after "SELECT outcome FROM v_attempt WHERE in_session AND dst = '192.0.2.2'")" ok
session slip-join-here -- "$B/lab/astray" join 233.252.0.1 lo
exits slip-join-here 0
near_do ip route del default
near_do ip -6 route del default

# a raw socket that opens no connection: its segment belongs to nobody
session slip-segment -- "$S" segment 192.0.2.2 443
exits slip-segment 2
# the same, while another process reaches the same place: by the packet alone it might be that one's
(
	exec 9>&-
	until [ -e "$T/slip-beside" ]; do sleep 0.05; done
	near_do "$B/lab/reach" tcp 192.0.2.2 443
	touch "$T/slip-beside-done"
) &
session slip-segment-beside -- sh -c "touch '$T/slip-beside'; until [ -e '$T/slip-beside-done' ]; do sleep 0.05; done
	'$S' segment 192.0.2.2 443"
exits slip-segment-beside 2
equal "slip-segment-beside: by the kernel's own count" "$(ask slip-segment-beside "SELECT count(*) FROM v_finding
	WHERE check_id = 'unattributed' AND title LIKE 'Packets of the session left%1 packet'")" 1

# a packet socket names nobody
session slip-frame -- "$S" frame "v$near"
exits slip-frame 2
if near_do "$S" ring-packet lo 2>/dev/null; then
	session slip-ring-packet -- "$S" ring-packet "v$near"
	exits slip-ring-packet 2
else
	skip ring-packet "this kernel makes no sockets through io_uring"
fi

# a connection from before the session, inherited by the command: bash opens it
if command -v bash >/dev/null; then
	for proto in tcp udp; do
		name=slip-inherited-$proto
		timeout 120 nsenter --net="/run/netns/$near" bash -c "exec 7<>/dev/$proto/192.0.2.2/443
			exec '$B/airgap-verify' session --linger 2s -o '$T/$name' -- '$S' write 7" \
			>"$T/$name.out" 2>"$T/$name.err" </dev/null
		status=$?
		exits "$name" 1
		equal "$name: told" "$(ask "$name" "SELECT count(*) FROM v_finding WHERE check_id = 'inherited' AND detail LIKE '%192.0.2.2 port 443%'")" 1
	done
else
	without slip-inherited-tcp "no bash"
fi

# helper WAY PATH …: a process that is no part of the session, in the near namespace
program=$S
helper() {
	nsenter --net="/run/netns/$near" "$program" "$@" 9>&- &
	outsider=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -S "$2" ] && break
		sleep 0.1
	done
}
gone() {
	kill $outsider 2>/dev/null
	wait $outsider 2>/dev/null
}

# a connected socket, a listening one, handed in
helper keep "$T/keep" 443
session slip-passed -- "$S" take "$T/keep"
exits slip-passed 1
gone
helper keep-listening "$T/listen" 8445
(exec 9>&-; sleep 2; far_do "$B/lab/reach" tcp 192.0.2.1 8445) &
caller=$!
session slip-passed-listener -- "$S" take-answer "$T/listen"
exits slip-passed-listener 1
wait $caller
gone

# the other way round: the session makes a socket, another process sends on it
program="$B/lab/lend"
helper borrow "$T/borrow" 192.0.2.2 443
session slip-given -- "$program" give "$T/borrow"
exits slip-given 1
equal "slip-given: told, with who sent" \
	"$(ask slip-given "SELECT count(*) FROM v_finding WHERE check_id = 'passed_socket' AND detail LIKE '% lend (pid $outsider%) called sendto on it%'")" 1
gone
# and datagrams: to a Unix socket with nothing connected, sent on over a UDP socket of before
helper hear "$T/hear" 192.0.2.2 443
session slip-hint -- "$program" hint "$T/hear"
exits slip-hint 2
equal "slip-hint: told, with the path" \
	"$(ask slip-hint "SELECT call || ' ' || dst || ' ' || outcome FROM v_attempt WHERE in_session AND proto = 'unix' AND dst = '$T/hear'")" "sendto $T/hear ok"
gone
session slip-hint-nobody -- "$program" hint "$T/none"
exits slip-hint-nobody 0
equal "slip-hint-nobody: it failed" \
	"$(ask slip-hint-nobody "SELECT outcome FROM v_attempt WHERE in_session AND proto = 'unix' AND dst = '$T/none'")" failed
session slip-netlink -- "$program" netlink 7777
exits slip-netlink 2
program=$S

# somebody from outside calls the session, and is answered
(exec 9>&-; sleep 2; far_do "$B/lab/reach" tcp 192.0.2.1 8446) &
caller=$!
session slip-answer -- "$S" answer 8446
exits slip-answer 1
wait $caller

# another program of this machine calls it, and then another machine; or calls it only
call_session() {
	while near_do "$B/lab/reach" tcp 127.0.0.1 "$1" 2>&1 | grep -q . && ! [ -e "$T/call-over" ]; do sleep 0.1; done
	[ -z "${2:-}" ] || near_do "$B/lab/reach" tcp "$2" 443
}
(exec 9>&-; call_session 8448 192.0.2.2) &
caller=$!
session slip-called -- "$S" answer 8448
exits slip-called 2
wait $caller
equal "slip-called: by whom, and what it did then" "$(ask slip-called "SELECT count(*) FROM v_finding WHERE check_id = 'local_peer'
	AND detail LIKE 'reach (pid %) connected to 127.0.0.1 port 8448 %, where slip (pid %) of the session listens. After that, 1 attempt % to 192.0.2.2 port 443 %'")" 1
(exec 9>&-; call_session 8449) &
caller=$!
session slip-called-only -- "$S" answer 8449
exits slip-called-only 0
touch "$T/call-over"
wait $caller
equal "slip-called-only: told" "$(ask slip-called-only "SELECT comm || ' ' || dst || ' ' || outcome FROM v_attempt WHERE NOT in_session AND dport = 8449")" "reach 127.0.0.1 ok"

# servers on as many ports as a long run of tests has, and none of them the canaries of our own
session slip-ports -- "$B/lab/lend" ports 20000 5000
exits slip-ports 0
equal "slip-ports: all told, nobody else's" "$(ask slip-ports "SELECT group_concat(n, ' ') FROM (SELECT DISTINCT moment || ' ' || process || ' ' || count(DISTINCT lport) AS n
	FROM socket WHERE witness = 'kernel' AND netns IN (SELECT netns FROM attempt WHERE suite = 1) GROUP BY moment, process)")" "listen lend 5000"

# a server of another program that comes after the session began, and goes before it ends
(
	exec 9>&-
	until [ -e "$T/slip-brief" ]; do sleep 0.05; done
	near_do "$S" answer 8451
	near_do "$B/lab/reach" tcp 192.0.2.2 443
	touch "$T/slip-brief-done"
) &
session slip-brief -- sh -c "touch '$T/slip-brief'; while '$B/lab/reach' tcp 127.0.0.1 8451 2>&1 | grep -q .; do sleep 0.1; done
	until [ -e '$T/slip-brief-done' ]; do sleep 0.05; done"
exits slip-brief 2
equal "slip-brief: told" "$(ask slip-brief "SELECT count(*) FROM v_finding WHERE check_id = 'local_peer' AND title LIKE '%port 8451'")" 1

# another program, asked over a Unix socket, tells it on over a connection of before
helper relay "$T/relay" 192.0.2.2 443
session slip-relay -- "$S" tell "$T/relay"
exits slip-relay 2
gone

# the same over the loopback: a proxy, or a model server that asks another one
proxy() {
	nsenter --net="/run/netns/$near" "$S" proxy 8447 192.0.2.2 443 9>&- &
	outsider=$!
	sleep 0.3
}
proxy
session slip-proxy -- "$S" plain 127.0.0.1 8447
exits slip-proxy 2
gone
# by another port, of which nobody knows but the rules of this machine
if near_do nft "add table ip led; add chain ip led out { type nat hook output priority -100; }
	add rule ip led out ip daddr 127.0.0.1 tcp dport 9999 redirect to :8447" 2>/dev/null; then
	proxy
	session slip-led -- "$S" plain 127.0.0.1 9999
	exits slip-led 2
	equal "slip-led: told" "$(ask slip-led "SELECT count(*) FROM v_finding WHERE check_id = 'local_peer' AND title LIKE '%port 8447'
		AND detail LIKE 'slip (pid %) connected to 127.0.0.1 port 9999 %, which a rule of this machine led to port 8447, where a program %'")" 1
	gone
	near_do nft delete table ip led
else
	skip slip-led "nft redirects nothing here"
fi

# a daemon whose birth still waits in the ring when the command ends
session slip-late -- "$S" late 12000 192.0.2.2 443
exits slip-late 2

# a session that puts itself into another control group
if [ -w /sys/fs/cgroup/unified/cgroup.procs ]; then groups=/sys/fs/cgroup/unified; else groups=/sys/fs/cgroup; fi
if [ -w "$groups/cgroup.procs" ]; then
	session slip-cgroup -- sh -c "echo \$\$ >$groups/cgroup.procs; exec '$S' plain 192.0.2.2 443"
	exits slip-cgroup 1
	says slip-cgroup "left the session's control group"
fi
