# SPDX-License-Identifier: Apache-2.0
# Works against the watch itself, and hides among processes, namespaces and containers:
# each is found, or changes nothing. docs/security.md names each of these sessions.
E="$B/lab/escape" R="$B/lab/reach" S="$B/lab/slip"
if [ -w /sys/fs/cgroup/unified/cgroup.procs ]; then groups=/sys/fs/cgroup/unified; else groups=/sys/fs/cgroup; fi

# ---- with the rights of root: kernel programs taken off, or their memory changed for a moment
meanwhile session escape-detach -- sh -c "'$E' detach \$PPID"
meanwhile session escape-blind -- sh -c "'$E' blind \$PPID 192.0.2.2 443"

meanwhile session escape-steal -- sh -c "'$E' steal \$PPID"

# ---- the clock: the collector's own is turned back for a while, not the machine's
turned_back() {
	timeout 60 nsenter --net="/run/netns/$near" env LD_PRELOAD="$B/lab/preload.so" PRELOAD_BACK="$T/back" \
		"$B/airgap-verify" session -o "$T/$1" -- sh -c "touch '$T/back'; sleep 0.4
			'$S' plain 127.0.0.1 8443; rm '$T/back'; sleep 0.4" >"$T/$1.out" 2>"$T/$1.err" </dev/null
	status=$?
}
meanwhile turned_back escape-clock

# ---- the collector stopped for good (it is woken), frozen for a while, starved while much
# happens; one of its processes stopped
meanwhile session escape-stopped -- sh -c "kill -STOP \$PPID; '$S' plain 192.0.2.2 443"
all_ended

ended escape-detach 2
says escape-detach "took [1-9][0-9]* of [0-9]* kernel programs off"
equal "escape-detach: the witness is not believed" \
	"$(ask escape-detach "SELECT state FROM witness WHERE name = 'kernel'")" died
ended escape-blind 1
says escape-blind "changed [1-9][0-9]* settings and put them back"
says escape-blind "of the session made or reached for kernel programs"
ended escape-steal 2
says escape-steal "emptied [1-9]"
says escape-steal "of the session made or reached for kernel programs"
ended escape-clock 2
says escape-clock "clock was set back by 3600"
ended escape-stopped 1
says escape-stopped "something stopped the collector; it was woken"

meanwhile session escape-starved --ring 4096 -- sh -c "kill -STOP \$PPID; '$R' burst 127.0.0.1 ::1 8443"
meanwhile session escape-helper -- sh -c 'for child in $(cat /proc/$PPID/task/$PPID/children); do
	[ "$(cat /proc/$child/comm)" != airgap-packets ] || kill -STOP $child; done'
if [ -w "$groups/cgroup.procs" ]; then
	frozen="$groups/airgap-lab-frozen-$$"
	mkdir "$frozen"
	meanwhile session escape-frozen -- sh -c "echo \$PPID >'$frozen/cgroup.procs'; echo 1 >'$frozen/cgroup.freeze'
		'$S' plain 192.0.2.2 443; sleep 1; cat '$frozen/cgroup.events'; echo 0 >'$frozen/cgroup.freeze'"
fi
meanwhile theirs escape-edited -- sh -c 'sleep 0.3; printf 7 | dd of=s/evidence.ndjson bs=1 seek=60 conv=notrunc; sleep 0.2'
all_ended
ended escape-starved 2
says escape-starved "lost records"
ended escape-helper 2
says escape-helper "did not stop"
if [ -w "$groups/cgroup.procs" ]; then
	ended escape-frozen 1
	says escape-frozen "frozen 1"
	rmdir "$frozen"
else
	skip escape-frozen "no cgroup v2 that can be written to"
fi
ended escape-edited 65
says escape-edited "not what the collector wrote"

# ---- an ordinary user: nothing of the watch can be got at
meanwhile theirs escape-trace -- sh -c "'$E' trace \$PPID; '$E' trace \$(cut -d' ' -f4 /proc/\$PPID/stat)
	'$E' detach \$PPID; echo \$\$ >'$groups/cgroup.procs'"
cp "$S" "$T/setuid"
chmod 4755 "$T/setuid"
meanwhile theirs escape-setuid -- "$T/setuid" plain 192.0.2.2 443
meanwhile theirs escape-userns -- unshare -Urn "$R" tcp 192.0.2.2 443
meanwhile theirs escape-userns-raw -- unshare -Urn "$S" frame lo
if command -v setcap >/dev/null && mkdir -m 755 "$T/caps" && cp "$B/airgap-verify" "$B/airgap-collect" "$T/caps" &&
	setcap cap_bpf,cap_net_admin,cap_perfmon,cap_net_raw+ep "$T/caps/airgap-collect" 2>/dev/null; then
	install -d -o nobody "$T/capable"
	with_capabilities() {
		timeout 60 nsenter --net="/run/netns/$near" setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups \
			env HOME="$T/capable" LD_PRELOAD="$B/lab/preload.so" PRELOAD_BACK="$T" \
			"$T/caps/airgap-verify" session -o "$T/capable/s" -- env LD_PRELOAD= sh -c "'$E' trace \$PPID
				'$S' plain 192.0.2.2 443" >"$T/$1.out" 2>"$T/$1.err" </dev/null
		status=$?
	}
	meanwhile with_capabilities escape-capabilities
else
	skip escape-capabilities "no file capabilities here"
fi
all_ended
ended escape-trace 0
equal "escape-trace: every way into the collector and the front is closed" \
	"$(grep -c "not permitted\|denied" "$T/escape-trace.out")" 8
says escape-trace "took 0 of 0 kernel programs off"
says escape-trace "cgroup.procs: Permission denied"
if [ -e "$T/escape-capabilities.status" ]; then
	ended escape-capabilities 1
	equal "escape-capabilities: nobody of its user gets in" "$(grep -c "not permitted\|denied" "$T/escape-capabilities.out")" 4
	equal "escape-capabilities: a library of its user does not get in either" \
		"$(sqlite3 "$T/capable/s/audit.db" "SELECT count(*) FROM v_finding WHERE check_id = 'clock_step'")" 0
fi
ended escape-setuid 1
ended escape-userns 1
ended escape-userns-raw 2

# ---- processes and programs: a library before main, a chain of programs, a number used again
meanwhile session escape-preload -- env LD_PRELOAD="$B/lab/preload.so" PRELOAD_REACH=192.0.2.2 true
meanwhile session escape-chain -- "$E" chain 300 192.0.2.2 443
number=$(($(cat /proc/sys/kernel/pid_max) - 7))
(
	exec 9>&-
	until [ -e "$T/number-free" ]; do sleep 0.05; done
	nsenter --net="/run/netns/$near" "$E" as $number "$S" plain 192.0.2.2 443
	touch "$T/number-used"
) &
meanwhile session escape-reuse -- sh -c "'$E' as $number true; touch '$T/number-free'
	until [ -e '$T/number-used' ]; do sleep 0.05; done; '$E' as $number '$S' plain 127.0.0.1 9"
all_ended
ended escape-preload 1
says escape-preload "→ 192.0.2.2 port 443"
ended escape-chain 1
ended escape-reuse 0
equal "escape-reuse: whose each of the two was" \
	"$(ask escape-reuse "SELECT dst, in_session FROM attempt WHERE pid = $number ORDER BY id" | tr '\n' ' ')" \
	"192.0.2.2|0 127.0.0.1|1 "

# ---- namespaces and containers: entered, made, made by another program that was asked to
meanwhile session escape-unshare -- unshare -n "$R" tcp 192.0.2.2 443
meanwhile session escape-setns -- nsenter --net="/run/netns/$far" "$R" tcp 192.0.2.1 8443
if [ -w "$groups/cgroup.procs" ]; then
	meanwhile session escape-container -- sh -c "own='$groups'/\$(sed -n 's/^0:://p' /proc/self/cgroup)
		mkdir \$own/inner && echo \$\$ >\$own/inner/cgroup.procs && exec unshare -Cnmpf '$R' tcp 192.0.2.2 443"
fi
nsenter --net="/run/netns/$near" "$S" keep-listening "$T/daemon" 8450 9>&- &
daemon=$!
(
	exec 9>&-
	until [ -e "$T/daemon-asked" ]; do sleep 0.05; done
	nsenter --net="/run/netns/$near" "$R" tcp 192.0.2.2 443
) &
sleep 0.3
meanwhile session escape-daemon -- sh -c "'$R' unix '$T/daemon'; touch '$T/daemon-asked'; sleep 1"
all_ended
kill $daemon
wait $daemon 2>/dev/null
ended escape-unshare 1
ended escape-setns 1
if [ -w "$groups/cgroup.procs" ]; then
	ended escape-container 1
	equal "escape-container: it is still the session's group" \
		"$(ask escape-container "SELECT DISTINCT in_cgroup FROM attempt WHERE in_session AND dst = '192.0.2.2'")" 1
else
	skip escape-container "no cgroup v2 that can be written to"
fi
ended escape-daemon 2
says escape-daemon "spoke to another program while other programs reached out"

# ---- a great many processes that are gone at once; one of them reached out
session escape-many -- "$E" many 100000 192.0.2.2 443
exits escape-many 1
equal "escape-many: every process was told" \
	"$(ask escape-many "SELECT count(DISTINCT id) >= 100000 FROM process WHERE status IS NOT NULL AND in_tree")" 1
