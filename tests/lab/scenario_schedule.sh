# SPDX-License-Identifier: Apache-2.0
# The files for each scheduler, read by those who read them anyway where they are here
# (systemd, a shell, a reader of plists, a schema); and the service's own rights.
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
task=$tree/ProgramData/airgap-verify/audit.xml
# by_schema FILE: 0 where it is a task by the schema, 3 where it is XML and none
by_schema() {
	xmllint --nonet --noout --schema "$here/task.xsd" "$1" >"$T/schedule.xml" 2>&1
	echo $?
}
for every in 24h 6h; do
	scheduled 0 install --system task --every $every --policy 'D:\Ä <b> & c\p.ini'
	check "schedule: the task, every $every" python3 "$here/schedule_check.py" task "$task" \
		'C:\Program Files\airgap-verify\airgap-verify.exe' 'D:\Ä <b> & c\p.ini'
	! command -v xmllint >/dev/null || equal "schedule: the task, every $every, by the schema" "$(by_schema "$task")" 0
done
if command -v xmllint >/dev/null; then
	HOME=/home/dev "$B/airgap-verify" schedule install --root "$tree" --user --system task >"$T/schedule.out"
	equal "schedule: the task of a user, by the schema" "$(by_schema "$tree/home/dev/AppData/Local/airgap-verify/audit.xml")" 0
	tab=$(printf '\t')
	# and what is none: one change each, with what the schema is to say of it
	iconv -f UTF-16 -t UTF-8 "$task" | sed '1s/ encoding="UTF-16"//' >"$T/task.xml"
	while IFS='	' read -r what said change; do
		sed "$change" "$T/task.xml" >"$T/mutant.xml"
		equal "schedule: by the schema is no task: $what" "$(by_schema "$T/mutant.xml")" 3
		check "schedule: $what: and it says so" grep -q -e "$said" "$T/schedule.xml"
	done <"$here/task_mutants.tsv"
else
	skip "schedule: the task by its schema" "no xmllint here (deps.sh --peers)"
fi
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
