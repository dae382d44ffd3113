# SPDX-License-Identifier: Apache-2.0
# Conditions under which it is hard to watch: a kernel or a policy that refuses a witness, too little of
# something, a machine that sleeps, interfaces that come and go. Never PASS where something was
# not seen; and where all was seen, the verdict that it has elsewhere. docs/security.md names each
# of these sessions.
R="$B/lab/reach" D="$B/lab/deny"
if [ -w /sys/fs/cgroup/unified/cgroup.procs ]; then groups=/sys/fs/cgroup/unified; else groups=/sys/fs/cgroup; fi

# under PREFIX NAME COMMAND…: a session that the words of PREFIX start
under() {
	prefix=$1 name=$2
	shift 2
	# shellcheck disable=SC2086 # words
	timeout 60 nsenter --net="/run/netns/$near" $prefix "$B/airgap-verify" session --linger 2s -o "$T/$name" \
		-- "$@" >"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}
# beside PREFIX NAME COMMAND…: the same beside what follows
beside() {
	(
		under "$@"
		echo $status >"$T/$2.status"
	) &
	running="$running $!"
}
# unproven NAME: it ended in any way but PASS
unproven() {
	status=$(cat "$T/$1.status")
	if [ "$status" -ne 0 ] && ! grep -q '^PASS' "$T/$1.out"; then
		ok "$1: no PASS ($status)"
	else
		not_ok "$1: exit status $status" "$(cat "$T/$1.out" "$T/$1.err")"
	fi
}
# hidden PATH: the words that put an empty file system in front of it
cat >"$T/hidden" <<'END'
mount -t tmpfs tmpfs "$1" && shift && exec "$@"
END
hidden() { echo "unshare -m sh $T/hidden $1"; }

# ---- a kernel that has not what is needed, a policy that refuses it: the witness is missing
set -- "$R" tcp 127.0.0.1 8443
beside "$(hidden /sys/kernel/btf)" hard-no-btf "$@"
beside "$D no-bpf --" hard-no-bpf "$@"
beside "$D bpf --" hard-denied-bpf "$@"
beside "setpriv --bounding-set=-bpf,-sys_admin --inh-caps=-bpf,-sys_admin" hard-no-rights "$@"
all_ended
beside "$(hidden /sys/fs/cgroup)" hard-no-cgroup "$@"
beside "$D packet --" hard-denied-packets "$@"
beside "$D /sys/kernel/btf $groups --" hard-denied-paths "$@"
beside "$D /proc --" hard-denied-proc "$@"
all_ended
for name in hard-no-btf hard-no-bpf hard-denied-bpf hard-no-rights hard-no-cgroup hard-denied-paths hard-denied-proc; do
	ended $name 2
	says $name "required witness was missing: kernel"
done
says hard-no-btf "/sys/kernel/btf"
says hard-no-cgroup "no cgroup v2 hierarchy"
ended hard-denied-packets 2
says hard-denied-packets "required witness was missing: packets"

# ---- too little: of descriptors, of addresses, of memory
set -- "$R" burst 127.0.0.1 ::1 8443
beside "prlimit --nofile=16:16" hard-no-files "$@"
beside "prlimit --nofile=32:32" hard-few-files "$@"
beside "prlimit --as=$((100 << 20))" hard-little-memory "$@"
all_ended
for name in hard-no-files hard-few-files hard-little-memory; do
	unproven $name
done
says hard-no-files "Too many open files"
says hard-little-memory "out of memory\|failed to map\|cannot start a thread"

# a control group whose memory is used up while it is watched: the kernel ends one of the processes
if [ -d /sys/fs/cgroup/memory ]; then memory=/sys/fs/cgroup/memory limit=memory.limit_in_bytes; else memory=$groups limit=memory.max; fi
if mkdir "$memory/airgap-lab-$$" 2>/dev/null && echo 16M >"$memory/airgap-lab-$$/$limit" 2>/dev/null; then
	cat >"$T/crowded" <<END
echo \$\$ >"$memory/airgap-lab-$$/cgroup.procs"; exec "\$@"
END
	beside "sh $T/crowded" hard-crowded "$@"
	all_ended
	unproven hard-crowded
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		rmdir "$memory/airgap-lab-$$" 2>/dev/null && break
		sleep 0.1
	done
else
	skip hard-crowded "no control group for memory here"
fi

# ---- the machine sleeps: nothing of it runs, and its wall clock is ahead when it wakes; a leap
# second, which the kernel inserts by setting the clock back
# (of the collector alone: the kernel's clock, by which packets are dated, is left as it is)
turned="env LD_PRELOAD=$B/lab/preload.so PRELOAD_BACK=$T/slept/turned PRELOAD_SECONDS"
turn="sleep 1.2; touch '$T/slept/turned'; sleep 0.5; '$R' tcp 127.0.0.1 9; sleep 0.5"
install -d -o nobody "$T/slept"
under "setpriv --reuid nobody --regid $(id -g nobody) --clear-groups $turned=-3600 HOME=$T/slept" slept/hard-slept sh -c "$turn"
exits slept/hard-slept 0
equal "slept/hard-slept: that is told" \
	"$(ask slept/hard-slept "SELECT effect FROM v_finding WHERE check_id = 'clock_step' AND title LIKE '%went ahead by 36%'")" NOTE
rm "$T/slept/turned"
beside "$turned=1" hard-leap sh -c "$turn"

# the whole watch stands still for three seconds, and the session goes on: what the kernel kept is read
beside "" hard-paused sh -c "touch '$T/hard-begun'; until [ -e '$T/hard-still' ]; do sleep 0.05; done
	'$R' execs 127.0.0.1 9 200; touch '$T/hard-done'"
until [ -e "$T/hard-begun" ]; do sleep 0.05; done
sleep 0.5
front=$(pgrep -x -f "$B/airgap-verify session --linger 2s -o $T/hard-paused .*")
collector=$(pgrep -x airgap-collect -P "$front")
stopped="$front $collector $(pgrep airgap- -P "$collector")"
# shellcheck disable=SC2086 # several
kill -STOP $stopped
touch "$T/hard-still"
for _ in $(seq 60); do
	[ -e "$T/hard-done" ] && break
	sleep 0.1
done
sleep 3
# shellcheck disable=SC2086 # several
kill -CONT $stopped
all_ended
ended hard-leap 2
says hard-leap "clock was set back by 1.0 s"
ended hard-paused 0
equal "hard-paused: each connection of meanwhile, with its process" \
	"$(ask hard-paused "SELECT count(DISTINCT pid) FROM v_attempt WHERE in_session AND dst = '127.0.0.1' AND exe LIKE '%/reach' AND outcome = 'refused'")" 200

# ---- an interface that comes up and goes away again while it is watched
cat >"$T/link" <<END
ip link add "h\$1" type veth peer name "g\$1" netns /run/netns/$far
echo 1 >"/proc/sys/net/ipv6/conf/h\$1/disable_ipv6"
nsenter --net=/run/netns/$far sh -c "echo 1 >/proc/sys/net/ipv6/conf/g\$1/disable_ipv6
	ip addr add 198.51.100.2/24 dev g\$1; ip link set g\$1 up"
ip addr add 198.51.100.1/24 dev "h\$1"
ip link set "h\$1" up
sleep 0.3
\$2
sleep 0.3
ip link del "h\$1"
sleep 0.3
END
session hard-link-quiet -- sh "$T/link" 0 true
exits hard-link-quiet 0
session hard-link -- sh "$T/link" 1 "$R tcp 198.51.100.2 443"
exits hard-link 1
equal "hard-link: its packets are there, and explained by who sent them" \
	"$(ask hard-link "SELECT exe LIKE '%/reach', bytes_out FROM v_flow WHERE proto = 'tcp' AND dst = '198.51.100.2'")" "1|5"
# one of another program: the packets of nobody in the session do not pass for its own
(
	exec 9>&-
	until [ -e "$T/hard-other" ]; do sleep 0.05; done
	nsenter --net="/run/netns/$near" sh "$T/link" 2 "$R tcp 198.51.100.2 443"
	touch "$T/hard-other-done"
) &
session hard-link-other -- sh -c "touch '$T/hard-other'; until [ -e '$T/hard-other-done' ]; do sleep 0.05; done"
exits hard-link-other 0
equal "hard-link-other: its packets are there" \
	"$(ask hard-link-other "SELECT count(*) FROM v_flow WHERE proto = 'tcp' AND dst = '198.51.100.2' AND bytes_out = 5")" 1
