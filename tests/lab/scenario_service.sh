# SPDX-License-Identifier: Apache-2.0
# The service that schedule installs, run by a systemd that is process 1 of a box (box.sh): the
# audit itself, with the rights that its unit leaves it, what it leaves behind, and what
# status tells of it.
groups=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
put=$T/box.put
install -d "$T/box" "$put/usr/local/bin" "$put/etc/systemd/system/airgap-verify-audit.service.d" "$put/etc/airgap-verify"
install -m 755 "$B/airgap-verify" "$B/airgap-collect" "$put/usr/local/bin/"
printf '[Unit]\nDescription=a box\n' >"$put/etc/systemd/system/box.target"
printf '[audit]\nduration = 4s\n' >"$put/etc/airgap-verify/nightly.ini"
# before the audit, and with its rights: what could be written, what sent, what would be seen
cat >"$put/usr/local/bin/probe" <<'END'
#!/bin/sh
touch /usr/written /home/written /etc/written 2>/dev/null
for to in 127.0.0.1 192.0.2.9; do
	python3 -c 'import socket, sys; socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (sys.argv[1], 9))' $to 2>/dev/null &&
		echo $to >>/var/lib/airgap-verify/sent
done
airgap-verify doctor --json >/var/lib/airgap-verify/doctor.json
END
printf '[Service]\nExecStartPre=/usr/local/bin/probe\n' >"$put/etc/systemd/system/airgap-verify-audit.service.d/probe.conf"
# what another service does meanwhile
cat >"$put/usr/local/bin/leak" <<'END'
#!/usr/bin/python3
import socket, time
while True:
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.9", 9))
    time.sleep(0.2)
END
printf '[Service]\nExecStart=/usr/local/bin/leak\n' >"$put/etc/systemd/system/leak.service"
chmod 755 "$put/usr/local/bin/probe" "$put/usr/local/bin/leak"
boxed=
if [ -x /lib/systemd/systemd ] && [ -n "$groups" ] && mkdir "$groups/box$$" 2>/dev/null; then
	sh -c 'echo $$ >"$1/cgroup.procs" && exec timeout -s KILL 120 unshare --mount --pid --fork --kill-child --uts --ipc \
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
	timeout 60 nsenter -t "$boxed" -m -p -u -i -n -C env -i HOME=/root PATH=/usr/local/bin:/usr/sbin:/usr/bin "$@"
}
# told PATH…: of what status --json says in the box
told() {
	inside airgap-verify schedule status --json >"$T/box.json"
	sqlite3 :memory: "SELECT json_extract(readfile('$T/box.json'), $1)"
}
if [ -n "$boxed" ]; then
	check "service: install in the box" inside airgap-verify schedule install --policy /etc/airgap-verify/nightly.ini
	equal "service: systemd tells the next run, and of none before" \
		"$(told "'$.installed', '$.active', '$.next_from', '$.last.known'")" '[true,true,"scheduler",false]'
	inside sh -c 'ip link add d0 type veth peer name d1 && ip address add 192.0.2.1/24 dev d0 && ip link set d0 up &&
		ip link set d1 up && ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d0'
	check "service: from the box something could leave" inside python3 -c 'import socket
socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.9", 9))'
	check "service: the audit runs" inside systemctl start airgap-verify-audit.service

	# what it could do, and could not
	inside cat /var/lib/airgap-verify/doctor.json >"$T/box.doctor"
	equal "service: what works under it" "$(sqlite3 :memory: "SELECT group_concat(value->>'name', ' ') FROM
		json_each(readfile('$T/box.doctor'), '$.witnesses') WHERE value->>'works'")" "kernel packets sock_diag tools applog"
	equal "service: what it could send to" "$(inside cat /var/lib/airgap-verify/sent)" 127.0.0.1
	equal "service: it writes nowhere else" "$(inside find /usr /home /etc -maxdepth 1 -name written)" ""

	# what it left: report, seal, bundle, one line, and the state that status reads
	night=$(inside sh -c 'echo /var/lib/airgap-verify/audits/*')
	equal "service: one night, in full" "$(inside cat "$night/session.json" | grep -o '"tier":"[a-z]*"' | head -1)" '"tier":"full"'
	check "service: its report" inside test -s "$night/report/report.pdf"
	check "service: its seal is whole" inside airgap-verify verify -q "$night"
	check "service: its bundle as well" inside sh -c 'airgap-verify verify -q /var/lib/airgap-verify/bundles/*.zip'
	check "service: its key is kept" inside test -s /etc/airgap-verify/signing.key
	equal "service: and nobody else's" "$(inside sh -c 'stat -c "%a %U" /var/lib/airgap-verify/*/* | sort -u')" "600 root
700 root"
	# of processes in a box the kernel tells other numbers than /proc, so the kernel witness cannot
	# prove itself: never PASS
	verdict=$(told "'$.last.verdict'")
	equal "service: one line in the journal" "$(inside journalctl -q -o cat -t airgap-verify | grep -c "^$verdict on .*; /var/lib/airgap-verify/bundles/.*\.zip$")" 1
	equal "service: it was no failure" "$(inside systemctl show -p Result -p ExecMainStatus airgap-verify-audit.service | tr '\n' ' ')" \
		"Result=success ExecMainStatus=$(case $verdict in FAIL) echo 1 ;; INCONCLUSIVE) echo 2 ;; esac) "
	equal "service: status tells which night it was, and the next" \
		"$(told "'$.last.id', '$.active', '$.next_from', '$.last.trouble'")" \
		"[\"$(inside cat "$night/session.json" | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/; 1q')\",true,\"scheduler\",null]"

	# a night on which something went out
	inside systemctl start leak.service
	check "service: FAIL is an answer, too" inside systemctl start airgap-verify-audit.service
	inside systemctl stop leak.service
	equal "service: and status tells it" "$(inside airgap-verify schedule status | sed -n 's/^Last run   [^ ]*: \([A-Z]*\) .*/\1/p')" FAIL
	equal "service: with the next run" "$(inside airgap-verify schedule status | grep -c '^Next run   [0-9-]*T[0-9:]*Z$')" 1

	# one for which there is no room
	inside sh -c 'echo "budget = 1M" >>/etc/airgap-verify/nightly.ini'
	inside systemctl start airgap-verify-audit.service 2>/dev/null
	equal "service: an error is a failure" "$(inside systemctl is-failed airgap-verify-audit.service)" failed
	equal "service: and status tells what, beside the last night" \
		"$(inside airgap-verify schedule status | sed -n 's/^Last run   [^ ]*: \([A-Z]*\) .*/\1/p; s/^Trouble    .*\(budget\).*/\1/p')" "FAIL
budget"

	# the unit of a user, whose manager has the rights of that user alone
	inside sh -c 'install -d -o nobody -m 755 /var/lib/theirs && printf "[audit]\nduration = 2s\n" >/etc/nightly.ini
		airgap-verify schedule install --root / --user --program /usr/local/bin/airgap-verify --policy /etc/nightly.ini &&
		mv /root/.config/systemd/user/airgap-verify-audit.service /etc/systemd/system/theirs.service &&
		sed -i "s/^Type=oneshot/&\nUser=nobody\nWorkingDirectory=\/var\/lib\/theirs\nEnvironment=HOME=\/var\/lib\/theirs/" \
			/etc/systemd/system/theirs.service && systemctl daemon-reload' >/dev/null
	check "service: the unit of a user runs" inside systemctl start theirs.service
	night=$(inside sh -c 'echo /var/lib/theirs/.local/state/airgap-verify/audits/*')
	equal "service: its tier, and what works" "$(inside cat "$night/session.json" | grep -o '"tier":"[a-z]*"' | head -1) $(
		inside sqlite3 "$night/audit.db" "SELECT group_concat(witness, ' ') FROM
		(SELECT DISTINCT witness FROM v_coverage WHERE state = 'seeing' ORDER BY witness)")" '"tier":"polling" sock_diag tools'
	check "service: remove in the box" inside airgap-verify schedule remove
	equal "service: nothing of it is left" "$(inside find /etc/systemd/system -name 'airgap-verify*' -type f)" ""
	kill -KILL "$boxed"
	wait $outside 2>/dev/null
else
	skip "service: the audit under systemd" "no systemd can be run in a box here"
	[ -z "${outside:-}" ] || kill "$outside" 2>/dev/null
fi
find "$groups/box$$" -depth -type d -exec rmdir {} \; 2>/dev/null
