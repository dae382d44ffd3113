# SPDX-License-Identifier: Apache-2.0
# The tier without rights: all of it as an ordinary user. What the session's own processes
# try is seen, and what is not seen is never PASS.
R="$B/lab/reach" C="$B/lab/caged" S="$B/lab/slip"
user=nobody
uid=$(id -u $user) gid=$(id -g $user)
install -d -o $user "$T/un" "$T/un/home"

as_user() { nsenter --net="/run/netns/$near" setpriv --reuid "$uid" --regid "$gid" --clear-groups env HOME="$T/un/home" "$@"; }

# plain NAME [OPTION…] -- COMMAND…: as session, by that user; its folder is $T/un/NAME
plain() {
	name=un/$1
	shift
	(cd "$T/un" && as_user timeout 120 "$B/airgap-verify" session --linger 2s -o "$T/$name" "$@") \
		>"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}

plain local -- "$B/lab/sample_agent"
exits un/local 0
says un/local "No process of the session reached out"
says un/local "sudo inside of it does not work .*run airgap-verify itself with sudo"
says un/local "packets and other programs of this machine were not watched"
equal "un/local: the tier is told" "$(ask un/local "SELECT value FROM session WHERE name = 'tier'")" unprivileged
equal "un/local: three connections to the model, with their process" \
	"$(ask un/local "SELECT count(*) FROM v_attempt WHERE in_session AND witness = 'seccomp' AND dst = '127.0.0.1' AND outcome = 'ok' AND exe_sha256 IS NOT NULL AND ppid > 0")" 3
check "un/local: verifies" "$B/airgap-verify" verify "$T/un/local"
check "un/local: can be made again" "$B/airgap-verify" reproduce "$T/un/local"

plain burst -- "$R" burst 192.0.2.2 2001:db8::2 443
exits un/burst 1
equal "un/burst: 4,200 of 4,200 attempts, each with pid, program and outcome" \
	"$(ask un/burst "SELECT count(*) FROM v_attempt WHERE in_session AND pid > 0 AND exe LIKE '%/reach'
		AND exe_sha256 IS NOT NULL AND outcome = 'ok' AND dst IN ('192.0.2.2', '2001:db8::2')")" 4200
plain execs -- "$R" execs 192.0.2.2 443 1000
exits un/execs 1
equal "un/execs: 1,000 processes of one connect each" \
	"$(ask un/execs "SELECT count(DISTINCT pid) FROM v_attempt WHERE in_session AND dst = '192.0.2.2' AND exe LIKE '%/reach' AND outcome = 'ok'")" 1000

# told NAME CALL DESTINATION OUTCOME COMMAND…: FAIL, with that attempt
told() {
	plain "$1" -- "$5" "$6" "$7" "$8"
	exits "un/$1" 1
	equal "un/$1: the attempt" "$(ask "un/$1" "SELECT DISTINCT call || ' ' || dst || ' ' || outcome FROM v_attempt WHERE in_session AND class NOT IN ('loopback', 'unix')")" "$2 $3 $4"
}
told udp sendto 192.0.2.2 ok "$R" udp 192.0.2.2 443
told ipv6 connect 2001:db8::2 ok "$R" tcp 2001:db8::2 443
told refused connect 192.0.2.2 refused "$R" tcp 192.0.2.2 444
told nowhere connect 203.0.113.9 unreachable "$R" tcp 203.0.113.9 443
told orphan connect 192.0.2.2 ok "$R" orphan 192.0.2.2 443
told dns sendto 192.0.2.2 ok "$R" dns 192.0.2.2 host.example
says un/dns "A name lookup left the machine"
for way in thread vfork mapped sendmmsg; do
	plain $way -- "$S" $way 192.0.2.2 443
	exits un/$way 1
done

# what would go round it is refused, and told
for way in uring:io_uring_setup packet:packet icmp:icmp; do
	plain "${way%:*}" -- "$R" "${way%:*}" 192.0.2.2 443
	exits "un/${way%:*}" 0
	equal "un/${way%:*}: refused and told" "$(ask "un/${way%:*}" "SELECT proto || ' ' || outcome FROM v_attempt WHERE in_session AND call = 'socket'")" "${way#*:} denied"
done
if [ "$(uname -m)" = x86_64 ]; then
	plain foreign -- "$C" foreign
	says un/foreign "foreign Operation not permitted"
	equal "un/foreign: refused and told" "$(ask un/foreign "SELECT proto || ' ' || outcome FROM v_attempt WHERE in_session AND call = 'socket'")" "foreign_call denied"
fi
# to an address of this machine, by a way that leaves it: what is set for that is refused and told, and
# where a socket is bound to an interface otherwise, it went out
W="$B/lab/astray"
nsenter --net="/run/netns/$near" ip -6 route add default via 2001:db8::2
nsenter --net="/run/netns/$near" ip route add default via 192.0.2.2
astray() {
	plain "astray-$1" -- "$W" "$@"
	exits "un/astray-$1" 0
	equal "un/astray-$1: refused and told" \
		"$(ask "un/astray-$1" "SELECT proto || ' ' || outcome FROM v_attempt WHERE in_session AND call = 'socket'")" "$wanted denied"
}
wanted=other_way
astray device 127.0.0.1 8450 "v$near"
astray beside 127.0.0.1 8450 "v$near"
astray route ::1 8450 2001:db8::2
wanted=join_group
astray join 233.252.0.1 "v$near"
plain astray-bound -- "$W" bound ::1 8450 "v$near"
exits un/astray-bound 1
says un/astray-bound "leaving through another interface"
nsenter --net="/run/netns/$near" ip -6 route del default
nsenter --net="/run/netns/$near" ip route del default
plain hidden -- "$C" hidden 192.0.2.2 443
exits un/hidden 2
says un/hidden "hidden Operation not permitted"
says un/hidden "nobody saw where to"

# another thread changes the address: what is told is what was done
plain race -- "$C" race 192.0.2.2 8450 2000
exits un/race 1
# shellcheck disable=SC2046 # two numbers
set -- $(grep '^race' "$T/un/race.out" || echo race 0 0)
equal "un/race: each datagram is told with where it went" \
	"$(ask un/race "SELECT count(*) FILTER (WHERE outcome = 'ok') || ' ' || count(*) FILTER (WHERE dst = '127.0.0.1' AND outcome = 'ok') FROM v_attempt WHERE in_session AND call = 'sendto'")" "$2 $3"
check "un/race: to both" test "$3" -gt 0 -a "$3" -lt "$2"

# what others do nobody sees: not PASS
helper() {
	nsenter --net="/run/netns/$near" setpriv --reuid "$uid" --regid "$gid" --clear-groups "$S" "$@" 9>&- &
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
helper relay "$T/un/relay" 192.0.2.2 443
plain relayed -- "$S" tell "$T/un/relay"
exits un/relayed 2
says un/relayed "nobody saw"
gone
helper keep "$T/un/keep" 443
plain passed -- "$S" take "$T/un/keep"
exits un/passed 2
gone
nsenter --net="/run/netns/$near" setpriv --reuid "$uid" --regid "$gid" --clear-groups "$B/lab/lend" call 8452 192.0.2.2 443 9>&- &
outsider=$!
plain called -- "$B/lab/lend" serve 8452
exits un/called 2
says un/called "Another program of this machine connected to the session"
gone
plain netlink -- "$B/lab/lend" netlink 7777
exits un/netlink 0
equal "un/netlink: refused and told" "$(ask un/netlink "SELECT proto || ' ' || outcome FROM v_attempt WHERE in_session AND call = 'socket'")" "other_family denied"
plain own -- "$C" own "$T/un/own.socket"
exits un/own 0
nsenter --net="/run/netns/$near" setpriv --reuid "$uid" --regid "$gid" --clear-groups "$C" serve 8448 192.0.2.2 443 9>&- &
outsider=$!
sleep 0.3
plain proxy -- sh -c "'$S' plain 127.0.0.1 8448; sleep 1"
exits un/proxy 2
gone
(exec 9>&-; sleep 2; nsenter --net="/run/netns/$far" "$R" tcp 192.0.2.1 8451) &
caller=$!
plain answer -- "$S" answer 8451
exits un/answer 2
says un/answer "Another machine connected to the session"
wait $caller
plain point -- "$R" chat 192.0.2.2 443 1
exits un/point 2
says un/point "whether anything was sent was not seen"
if command -v bash >/dev/null; then
	(cd "$T/un" && as_user bash -c "exec 7<>/dev/tcp/192.0.2.2/443
		exec timeout 60 '$B/airgap-verify' session -o '$T/un/inherited' -- '$S' write 7") \
		>"$T/un/inherited.out" 2>"$T/un/inherited.err" </dev/null
	status=$?
	exits un/inherited 2
fi

# one that waits for a machine that never answers holds up nobody, and an interrupt ends all
nsenter --net="/run/netns/$near" ip neigh add 192.0.2.3 lladdr 02:00:00:00:00:99 dev "v$near" nud permanent
begun=$(date +%s)
plain hole -- sh -c "'$C' wait 192.0.2.3 443 & '$C' wait 192.0.2.3 443 & '$R' burst 127.0.0.1 ::1 8443; kill %1 %2"
exits un/hole 1
check "un/hole: in no time ($(($(date +%s) - begun)) s)" test $(($(date +%s) - begun)) -lt 30
equal "un/hole: both are told, and all others" \
	"$(ask un/hole "SELECT count(*) FILTER (WHERE dst = '192.0.2.3') || ' ' || count(*) FILTER (WHERE class = 'loopback') FROM v_attempt WHERE in_session AND call IN ('connect', 'sendto')")" "2 4200"
(cd "$T/un" && as_user setsid env --default-signal=INT "$B/airgap-verify" session --linger 2s -o "$T/un/interrupted" -- "$C" wait 192.0.2.3 443) \
	>"$T/un/interrupted.out" 2>"$T/un/interrupted.err" </dev/null &
front=$!
for _ in $(seq 50); do
	grep -q '"command"' "$T/un/interrupted/evidence.ndjson" 2>/dev/null && break
	sleep 0.1
done
sleep 0.5
begun=$(date +%s)
leader=$(pgrep -x -P "$front" airgap-verify || echo "$front")
kill -INT "$leader"
wait "$front"
status=$?
exits un/interrupted 1
says un/interrupted "ended by signal 2"
check "un/interrupted: at once ($(($(date +%s) - begun)) s)" test $(($(date +%s) - begun)) -lt 15

# from inside it cannot be (Linux 6.12)
if "$B/airgap-verify" doctor | grep -q "Landlock (version [6-9])"; then
	plain kept -- sh -c "kill -9 \$PPID || echo kept; '$R' tcp 192.0.2.2 443"
	exits un/kept 1
	says un/kept "^kept"
fi

# the collector is killed: calls fail, and nothing is PASS
(cd "$T/un" && as_user "$B/airgap-verify" session --linger 2s -o "$T/un/orphaned" -- "$C" alone "$T/un/go" 127.0.0.1 8443) \
	>"$T/un/orphaned.out" 2>"$T/un/orphaned.err" </dev/null &
front=$!
for _ in $(seq 50); do
	grep -q '"command"' "$T/un/orphaned/evidence.ndjson" 2>/dev/null && break
	sleep 0.1
done
leader=$(pgrep -x -P "$front" airgap-verify || echo "$front")
kill -9 "$(pgrep -x -P "$leader" airgap-collect)"
touch "$T/un/go"
wait "$front"
status=$?
check "un/orphaned: not PASS ($status)" test "$status" -ne 0
for _ in $(seq 50); do
	grep -q '^alone' "$T/un/orphaned.err" && break
	sleep 0.1
done
says un/orphaned "alone Function not implemented"

# asked for by name; with sudo; where it cannot be
plain polling --tier polling -- true
exits un/polling 2
timeout 60 nsenter --net="/run/netns/$near" env SUDO_UID="$uid" SUDO_GID="$gid" SUDO_USER=$user HOME=/root \
	"$B/airgap-verify" session --tier unprivileged -o "$T/un/sudo" -- "$R" tcp 192.0.2.2 443 >"$T/un/sudo.out" 2>"$T/un/sudo.err" </dev/null
status=$?
exits un/sudo 1
equal "un/sudo: the tier is told" "$(ask un/sudo "SELECT value FROM session WHERE name = 'tier'")" unprivileged
session root-unprivileged --tier unprivileged -- true
exits root-unprivileged 64
