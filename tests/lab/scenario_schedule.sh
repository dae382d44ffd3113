# SPDX-License-Identifier: Apache-2.0
# The files for each scheduler, read by those who read them anyway where they are here
# (systemd, a shell, a reader of plists); the service's own rights; and the service itself,
# run by a systemd in a box (box.sh).
tree=$T/tree
install -d "$tree/etc/systemd/system" "$tree/usr/bin"
install -m 755 /bin/true "$tree/usr/bin/airgap-verify"
units=$tree/etc/systemd/system

# scheduled WANTED VERB [OPTION…]: schedule, in that tree; leaves $T/schedule.out and .err
scheduled() {
	wanted=$1
	shift
	"$B/airgap-verify" schedule "$@" --root "$tree" --system-wide >"$T/schedule.out" 2>"$T/schedule.err" </dev/null
	equal "schedule $1: exit status" "$?" "$wanted"
}

# print_of FOLDER: what is in it, in one line
print_of() {
	find "$1" -type f -exec sha256sum {} + | sort | sha256sum
}

# ---- what is written, and what is left alone ----
before=$(print_of "$tree")
scheduled 0 install --dry-run
equal "schedule: a dry run writes nothing" "$(print_of "$tree")" "$before"
says schedule "would write $units/airgap-verify-audit.timer"
says schedule "OnCalendar=\*-\*-\* 02:30:00"
says schedule "would run systemctl enable --now airgap-verify-audit.timer"
"$B/airgap-verify" schedule install --root "$tree" --system-wide --dry-run --json >"$T/schedule.json"
scheduled 0 install
says schedule "wrote $units/airgap-verify-audit.service"
equal "schedule: a dry run prints what is written, byte for byte" "$(sqlite3 :memory: \
	"SELECT count(*) FROM json_each(readfile('$T/schedule.json'), '$.files')
	 WHERE value->>'text' = CAST(readfile(value->>'path') AS TEXT)")" 2
scheduled 0 status --json
equal "schedule: status" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/schedule.out'),
	'$.installed', '$.at', '$.every_hours', '$.next_from', '$.last.known')")" '[true,"02:30",24,"computed",false]'
install -d "$tree/var/lib/airgap-verify"
echo '{"last":{"id":"a1","ended_ns":1795890600000000000,"verdict":"FAIL"},"trouble":{"time_ns":1795894200000000000,"what":"disk full"}}' >"$tree/var/lib/airgap-verify/state.json"
scheduled 0 status
says schedule "Last run 2026-11-28T18:30:00Z: FAIL (a1)"
says schedule "Trouble 2026-11-28T19:30:00Z: disk full"
scheduled 64 install --every 5h
says schedule "whole hours that divide a day"
scheduled 0 remove
equal "schedule: remove leaves none of ours" "$(find "$tree/etc" -type f | wc -l)" 0
scheduled 0 remove
says schedule "airgap-verify-audit.timer was not there"
scheduled 0 install --system cron
scheduled 0 status
says schedule "Schedule cron, for the whole machine: installed"
scheduled 0 remove
equal "schedule: status and remove find the scheduler that has it" "$(find "$tree/etc" -type f | wc -l)" 0
echo '[Timer]' >"$units/airgap-verify-audit.timer"
scheduled 73 install
says schedule "was not written by schedule install"
equal "schedule: another's timer is left, and nothing beside it" "$(cat "$units"/*)" '[Timer]'
scheduled 73 remove
rm "$units/airgap-verify-audit.timer"

# ---- systemd ----
scheduled 0 install --policy '/etc/it'"'"'s "50" %n/$HOME p.ini'
if command -v systemd-analyze >/dev/null; then
	# what it says of other units of this machine is nothing to us
	sed -i "s|\"/usr/bin/airgap-verify\"|\"$tree/usr/bin/airgap-verify\"|" "$units/airgap-verify-audit.service"
	equal "schedule: systemd-analyze verify has nothing to say" "$(systemd-analyze verify --man=no \
		"$units/airgap-verify-audit.timer" 2>&1 | grep airgap-verify)" ""
	HOME=/home/dev XDG_CONFIG_HOME='' "$B/airgap-verify" schedule install --root "$tree" --user >"$T/schedule.out"
	theirs=$tree/home/dev/.config/systemd/user
	sed -i "s|\"/usr/bin/airgap-verify\"|\"$tree/usr/bin/airgap-verify\"|" "$theirs/airgap-verify-audit.service"
	equal "schedule: nor of the units of a user" "$(systemd-analyze verify --man=no "$theirs/airgap-verify-audit.service" 2>&1 |
		grep airgap-verify)" ""
	check "schedule: systemd-analyze security, at most 3.5" systemd-analyze security --no-pager --offline=true \
		--threshold=35 "$units/airgap-verify-audit.service"
else
	skip "schedule: systemd-analyze" "no systemd here (deps.sh --peers)"
fi

# ---- the others ----
scheduled 0 install --system launchd --at 14:05 --every 6h --policy '/Users/<a> & "b"/p.ini'
check "schedule: the plist" python3 "$here/schedule_check.py" plist "$tree/Library/LaunchDaemons/airgap-verify.audit.plist" \
	/usr/local/bin/airgap-verify '/Users/<a> & "b"/p.ini' 02:05,08:05,14:05,20:05
for every in 24h 6h; do
	scheduled 0 install --system task --every $every --policy 'D:\Ä <b> & c\p.ini'
	check "schedule: the task, every $every" python3 "$here/schedule_check.py" task "$tree/ProgramData/airgap-verify/audit.xml" \
		'C:\Program Files\airgap-verify\airgap-verify.exe' 'D:\Ä <b> & c\p.ini'
done
scheduled 64 install --system task --policy 'C:\%TEMP%\p.ini'
cat >"$T/print program" <<'END'
#!/bin/sh
printf '%s\n' "$@"
END
chmod 755 "$T/print program"
scheduled 0 install --system cron --program "$T/print program" --policy '/etc/it'"'"'s 100% "p".ini'
# as cron does: five fields and a user in front, and a backslash before each % taken away
equal "schedule: what cron runs" "$(sed -n 's/^30 2 \* \* \* root //; t end; d; :end s/\\%/%/g; p' \
	"$tree/etc/cron.d/airgap-verify" | sh)" "$(printf '%s\n' audit --quiet --policy '/etc/it'"'"'s 100% "p".ini')"

# ---- the rights of the service: with them everything is seen, and with one less it is not ----
scheduled 0 install
rights=$(sed -n 's/^CapabilityBoundingSet=//p' "$units/airgap-verify-audit.service" | tr 'A-Z' 'a-z' | sed 's/cap_/,+/g; s/ //g')
# as_service NAME RIGHTS: a watch of the whole machine with these
as_service() {
	unshare --mount --propagation private sh -c 'mountpoint -q /sys/kernel/tracing ||
		mount -t tracefs tracefs /sys/kernel/tracing; exec nsenter --net="/run/netns/$0" setpriv --no-new-privs \
		--inh-caps -all --bounding-set "-all$1" "$2" session --host --duration 2s -o "$3"' \
		"$near" "$2" "$B/airgap-verify" "$T/$1" >"$T/$1.out" 2>"$T/$1.err" </dev/null
}
for right in bpf perfmon net_admin net_raw; do
	as_service "less_$right" "$(echo "$rights" | sed "s/,+$right//")" &
	running="$running $!"
done
as_service all_rights "$rights"
all_ended
equal "schedule: the tier with the service's rights" "$(sqlite3 :memory: \
	"SELECT json_extract(readfile('$T/all_rights/session.json'), '$.tier')")" full
equal "schedule: witnesses on" "$(ask all_rights "SELECT group_concat(witness, ' ') FROM
	(SELECT DISTINCT witness FROM v_coverage WHERE state = 'seeing' AND witness <> 'capture' ORDER BY witness)")" \
	"kernel packets sock_diag tools"
for right in bpf perfmon net_admin net_raw; do
	equal "schedule: the tier without $right" "$(sqlite3 :memory: \
		"SELECT json_extract(readfile('$T/less_$right/session.json'), '$.tier')")" polling
done
setpriv --reuid 65534 --clear-groups sleep 60 &
theirs=$!
install -d -o 65534 -m 700 "$T/their-logs"
echo line | install -o 65534 -m 600 /dev/stdin "$T/their-logs/log"
sleep 0.2
with_rights() {
	setpriv --no-new-privs --inh-caps -all --bounding-set "-all$1" sh -c "readlink /proc/$theirs/exe; cat $T/their-logs/log" 2>/dev/null
}
equal "schedule: programs and logs of others" "$(with_rights "$rights")" "$(readlink /proc/$theirs/exe)
line"
equal "schedule: without sys_ptrace" "$(with_rights "$(echo "$rights" | sed 's/,+sys_ptrace//')")" line
equal "schedule: without dac_read_search" "$(with_rights "$(echo "$rights" | sed 's/,+dac_read_search//')")" \
	"$(readlink /proc/$theirs/exe)"
kill $theirs

# ---- the service itself, by a systemd that is process 1 of a box ----
groups=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
put=$T/box.put
install -d "$T/box" "$put/usr/local/bin" "$put/etc/systemd/system"
install -m 755 "$B/airgap-verify" "$B/airgap-collect" "$put/usr/local/bin/"
printf '[Unit]\nDescription=a box\n' >"$put/etc/systemd/system/box.target"
# stands for audit: what has the rights of the service does what an audit does with them
cat >"$put/usr/local/bin/stand-in" <<'END'
#!/bin/sh
case $(cat /etc/box-status 2>/dev/null) in
'') ;;
*) exit "$(cat /etc/box-status)" ;;
esac
touch /usr/written /home/written /etc/written 2>/dev/null
for to in 127.0.0.1 192.0.2.9; do
	python3 -c 'import socket, sys; socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (sys.argv[1], 9))' $to 2>/dev/null &&
		echo $to >>/var/lib/airgap-verify/sent
done
airgap-verify doctor --json >/var/lib/airgap-verify/doctor.json || exit 70
exec airgap-verify session --host --duration 2s -o /var/lib/airgap-verify/s
END
printf '#!/bin/sh\nexec airgap-verify session --host --duration 2s -o /var/lib/theirs/s\n' >"$put/usr/local/bin/stand-in-user"
chmod 755 "$put/usr/local/bin/stand-in" "$put/usr/local/bin/stand-in-user"
boxed=
if [ -x /lib/systemd/systemd ] && [ -n "$groups" ] && mkdir "$groups/box$$" 2>/dev/null; then
	sh -c 'echo $$ >"$1/cgroup.procs" && exec timeout -s KILL 60 unshare --mount --pid --fork --kill-child --uts --ipc \
		--net --cgroup sh "$2/box.sh" "$3" /lib/systemd/systemd --unit=box.target --log-level=notice \
		--log-target=console --show-status=no' sh "$groups/box$$" "$here" "$T/box" >"$T/box.out" 2>"$T/box.err" </dev/null &
	outside=$!
	for _ in $(seq 20); do
		sleep 0.5
		for pid in $(cat "$groups/box$$/init.scope/cgroup.procs" 2>/dev/null); do
			[ "$(readlink "/proc/$pid/exe")" != /lib/systemd/systemd ] &&
				[ "$(readlink "/proc/$pid/exe")" != /usr/lib/systemd/systemd ] || boxed=$pid
		done
		[ -z "$boxed" ] || ! inside_up=$(nsenter -t "$boxed" -m -p -n -C systemctl is-system-running 2>/dev/null) || break
	done
fi
inside() {
	timeout 30 nsenter -t "$boxed" -m -p -u -i -n -C env -i HOME=/root PATH=/usr/local/bin:/usr/sbin:/usr/bin "$@"
}
if [ -n "$boxed" ]; then
	check "schedule: install in the box" inside airgap-verify schedule install --program /usr/local/bin/stand-in
	inside airgap-verify schedule status --json >"$T/box.json"
	equal "schedule: systemd tells the next run" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/box.json'),
		'$.installed', '$.active', '$.next_from')")" '[true,true,"scheduler"]'
	inside sh -c 'ip link add d0 type veth peer name d1 && ip address add 192.0.2.1/24 dev d0 && ip link set d0 up &&
		ip link set d1 up && ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d0'
	check "schedule: from the box something could leave" inside python3 -c 'import socket
socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.9", 9))'
	check "schedule: the service runs" inside systemctl start airgap-verify-audit.service
	# which of them depends on what else this machine does meanwhile; never 0: of processes in a
	# box the kernel tells other numbers than /proc, so the kernel witness cannot prove itself
	equal "schedule: FAIL and INCONCLUSIVE are no failures" "$(inside systemctl show -p Result -p ExecMainStatus \
		airgap-verify-audit.service | tr '\n' ' ' | sed 's/=[12] $/=1 or 2/')" "Result=success ExecMainStatus=1 or 2"
	inside cat /var/lib/airgap-verify/doctor.json >"$T/box.doctor"
	equal "schedule: what works under the service" "$(sqlite3 :memory: "SELECT group_concat(value->>'name', ' ') FROM
		json_each(readfile('$T/box.doctor'), '$.witnesses') WHERE value->>'works'")" "kernel packets sock_diag tools applog"
	equal "schedule: its tier" "$(inside cat /var/lib/airgap-verify/s/session.json | grep -o '"tier":"[a-z]*"' | head -1)" \
		'"tier":"full"'
	equal "schedule: what it could send to" "$(inside cat /var/lib/airgap-verify/sent)" 127.0.0.1
	equal "schedule: it writes nowhere else" "$(inside find /usr /home /etc -maxdepth 1 -name written)" ""
	check "schedule: its key is kept" inside test -s /etc/airgap-verify/signing.key
	inside sh -c 'echo 1 >/etc/box-status'
	check "schedule: FAIL is an answer, too" inside systemctl start airgap-verify-audit.service
	inside sh -c 'echo 73 >/etc/box-status'
	inside systemctl start airgap-verify-audit.service 2>/dev/null
	equal "schedule: an error is a failure" "$(inside systemctl is-failed airgap-verify-audit.service)" failed
	# the unit of a user, whose manager has the rights of that user alone
	inside sh -c 'echo >/etc/box-status; install -d -o nobody -m 755 /var/lib/theirs
		HOME=/root airgap-verify schedule install --root / --user --program /usr/local/bin/stand-in-user &&
		mv /root/.config/systemd/user/airgap-verify-audit.service /etc/systemd/system/theirs.service &&
		sed -i "s/^Type=oneshot/&\nUser=nobody\nWorkingDirectory=\/var\/lib\/theirs\nEnvironment=HOME=\/var\/lib\/theirs/" \
			/etc/systemd/system/theirs.service && systemctl daemon-reload' >/dev/null
	check "schedule: the unit of a user runs" inside systemctl start theirs.service
	equal "schedule: its tier, and what works" "$(inside cat /var/lib/theirs/s/session.json | grep -o '"tier":"[a-z]*"' | head -1) $(
		inside sqlite3 /var/lib/theirs/s/audit.db "SELECT group_concat(witness, ' ') FROM
		(SELECT DISTINCT witness FROM v_coverage WHERE state = 'seeing' ORDER BY witness)")" '"tier":"polling" sock_diag tools'
	check "schedule: remove in the box" inside airgap-verify schedule remove
	equal "schedule: nothing of it is left" "$(inside find /etc/systemd/system -name 'airgap-verify*')" ""
	kill -KILL "$boxed"
	wait $outside 2>/dev/null
else
	skip "schedule: the service itself" "no systemd can be run in a box here"
	[ -z "${outside:-}" ] || kill "$outside" 2>/dev/null
fi
find "$groups/box$$" -depth -type d -exec rmdir {} \; 2>/dev/null
