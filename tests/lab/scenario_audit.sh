# SPDX-License-Identifier: Apache-2.0
# Scheduled audits, eight nights of one host whose clock is moved (tests/nights); `make nights`
# does thirty of three. What they leave is asked as $T/audit-1 to $T/audit-8.
. "$here/../nights/host.sh"
D="$T/audit"

# an_audit NUMBER OFFSET [OPTION…]
an_audit() {
	number=$1
	shift
	host_night "$D" "$@"
	status=$(cat "$D/night.status")
	folder=$(host_told "$D" "json_extract(j, '\$.folder')")
	[ -z "$folder" ] || ln -s "$folder" "$T/audit-$number"
	changes=$(host_changes "$D")
}

if [ -x "$B/nights/airgap-verify" ]; then
	host_make "$D" "$near" audited
	host_start "$D"
	# heads of each night, where no night can get at them again
	mkdir "$D/heads"
	printf '[seal]\nhead = dir:%s\n' "$D/heads" | cat - "$D/policy.ini" >"$D/policy.new" && mv "$D/policy.new" "$D/policy.ini"

	check "audit: a dry run tells what it would do" env HOME="$D/home" "$B/airgap-verify" audit --dry-run --policy "$D/policy.ini" --state "$D/state"
	equal "audit: and makes nothing" "$(ls -d "$D/state" 2>/dev/null)" ""
	an_audit 1 0
	equal "audit: the first is compared with nothing" "$changes, $status" "PASS:, 0"
	equal "audit: it is sealed and bundled" "$("$B/airgap-verify" verify -q "$D"/drop/*.zip >/dev/null 2>&1; echo $?)" 0
	equal "audit: the state folder is its user's alone" "$(stat -c %a "$D/state" "$D/state/state.json" | tr '\n' ' ')" "700 600 "

	# three days on: all at once
	host_extension "$D" evil.helper 0.1
	host_change "$D"
	mkdir "$D/.vscode" && echo '{"telemetry.telemetryLevel":"all"}' >"$D/.vscode/settings.json"
	HOME="$D/other" "$B/airgap-verify" keygen -q --key "$D/other.key" --certificate "$D/other.crt" >/dev/null
	mv "$D/other.key" "$D/home/.config/airgap-verify/signing.key" && mv "$D/other.crt" "$D/home/.config/airgap-verify/signing.crt"
	host_log "$D" 3600
	mkfifo "$D/hold"
	nsenter --net="/run/netns/$near" "$B/lab/sink" 8081 <"$D/hold" >/dev/null 2>&1 9>&- &
	exec 8>"$D/hold"
	cat >"$D/notified.sh" <<-'SH'
		#!/bin/sh
		[ -n "$AIRGAP_FOLDER" ] || exit 0 # a night that could not be made has none
		cat >"$AIRGAP_FOLDER.told" && echo "$AIRGAP_VERDICT $AIRGAP_EXIT $AIRGAP_CHANGES" >"$AIRGAP_FOLDER.words"
	SH
	chmod 755 "$D/notified.sh"
	printf 'notify = %s\nnotify_file = %s\n' "$D/notified.sh" "$D/notified" >>"$D/policy.ini"
	# by a second one of the program, which does not descend from the first
	mkfifo "$D/second"
	(cd "$D" && exec nsenter --net="/run/netns/$near" "$D/app" -c 'read -r what <second && eval "$what"; read -r what <second') \
		>/dev/null 2>&1 9>&- 8>&- </dev/null &
	second=$!
	host_tell "$D" "'$B/lab/reach' tcp 192.0.2.2 443" second
	an_audit 2 259200 8>&-
	exec 8>&-
	kill "$second"
	equal "audit: each drift is told, and the verdict is of the watch" "$changes, $status" \
		"FAIL: changed_program changed_setting key_changed log_between missed_audit new_destination new_extension new_listener, 1"
	check "audit: a program is told" grep -q "^FAIL 1 missed_audit" "$folder.words"
	check "audit: with all of it as JSON" cmp -s "$folder.told" "$D/night.json"
	check "audit: and a line is added to a file" grep -q "Z FAIL on audited: .*new: missed_audit" "$D/notified"
	check "audit: it can be made anew from its folder alone" "$B/airgap-verify" reproduce "$folder"

	# the clock goes back, a log is lost, the kernel's witness cannot follow
	echo "another log" >"$D/agent.log.new" && mv "$D/agent.log.new" "$D/agent.log"
	host_tell "$D" "'$B/lab/reach' burst 127.0.0.1 ::1 8443"
	an_audit 3 86400 --ring 4096
	equal "audit: a clock that went back, a log that was lost, a witness that lost" "$changes, $status" \
		"INCONCLUSIVE: clock_before coverage_worse log_gap, 2"

	# somebody makes it forget; meanwhile another one waits at the lock, and is not let in
	: >"$D/agent.log"
	head -n 1 "$D/state/known.ndjson" >"$D/known" && cat "$D/known" >"$D/state/known.ndjson"
	host_night "$D" 345600 &
	waiting=$!
	sleep 1.5
	HOME="$D/home" "$B/airgap-verify" audit --policy "$D/policy.ini" --state "$D/state" >"$D/second.out" 2>&1
	equal "audit: there are no two at once" $? 75
	check "audit: and it is told who is at it" grep -q "another audit runs in .*: process [0-9]* since 2" "$D/second.out"
	wait "$waiting"
	changes=$(host_changes "$D")
	ln -s "$(host_told "$D" "json_extract(j, '\$.folder')")" "$T/audit-4"
	case $changes in
	*" audit_forgotten"*) ok "audit: what it was made to forget is told" ;;
	*) not_ok "audit: what it was made to forget is told" "$changes" ;;
	esac

	# a night that somebody takes away, folder, bundle and the copy of that
	nights() {
		"$B/airgap-verify" verify --all --head "dir:$D/heads" "$D/state" "$D/drop" >"$D/nights.out" 2>&1
		equal "$2" $? "$1"
	}
	nights 0 "audit: all nights of which a second place was told are there"
	night=$(readlink "$T/audit-2")
	mkdir "$D/away" && mv "$night" "$D/away"
	rm "$D"/drop/*"${night##*-}.zip" "$D"/state/bundles/*"${night##*-}.zip"
	nights 1 "audit: one that was taken away is missing"
	check "audit: and is named" grep -q "^  BAD     ${night##*-}[0-9a-f]*: is not here: " "$D/nights.out"
	mv "$D/away/${night##*/}" "$night"
	nights 0 "audit: its folder alone will do"

	# a second one of the program, which starts while the first is watched
	sed -i 's/^keep_folders = .*/keep_folders = 9/' "$D/policy.ini"
	later="SELECT effect, (SELECT group_concat(DISTINCT by || ' ' || state) FROM later_process) FROM finding WHERE check_id = 'later_process'"
	host_again "$D" "'$B/lab/reach' tcp 192.0.2.2 443"
	ln -s app "$D/linked" # by which it is named
	an_audit 5 432000 --exe "$D/linked"
	equal "audit: what a second one does that starts later is the app's" "${changes%%:*}, $status" "FAIL, 1"
	equal "audit: and it is told that it was watched" "$(sqlite3 "$folder/audit.db" "$later")" "NOTE|exe followed"
	equal "audit: from its first instruction on" "$(sqlite3 "$folder/audit.db" "SELECT count(*) > 0 FROM attempt WHERE in_session = 1 AND leaves = 1 AND dst = '192.0.2.2'")" 1
	check "audit: it can be made anew from its folder, too" "$B/airgap-verify" reproduce "$folder"
	host_again "$D" "sleep 3"
	an_audit 6 518400 --tier polling
	equal "audit: without the kernel's witness it is noticed" "$(sqlite3 "$folder/audit.db" "$later")" "INCONCLUSIVE|exe unknown"
	equal "audit: and what it did before is not known" "${changes%%:*}, $status" "INCONCLUSIVE, 2"
	unified=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
	group=$unified/airgap-lab-$$
	if [ -n "$unified" ] && mkdir "$group" 2>/dev/null; then
		enter="echo \$\$ >'$group/cgroup.procs' && exec"
		nsenter --net="/run/netns/$near" sh -c "$enter sleep 60" 9>&- </dev/null &
		inside=$!
		sleep 0.5
		host_when "$D" nsenter --net="/run/netns/$near" sh -c "$enter '$B/lab/reach' tcp 192.0.2.2 443"
		an_audit 7 604800 --cgroup "$group"
		equal "audit: of a control group, too" "$(sqlite3 "$folder/audit.db" "$later"), $status" "NOTE|cgroup followed, 1"
		host_when "$D" nsenter --net="/run/netns/$near" sh -c "$enter sleep 3"
		an_audit 8 691200 --cgroup "/airgap-lab-$$" --tier polling
		equal "audit: and that one of it was found late" "$(sqlite3 "$folder/audit.db" "$later"), $status" "INCONCLUSIVE|cgroup late, 2"
		equal "audit: from then on it is the app's" "$(sqlite3 "$folder/audit.db" "SELECT count(*) FROM process p JOIN later_process l USING (pid) WHERE p.in_tree = 1")" 1
		kill "$inside" && wait "$inside" 2>/dev/null
		rmdir "$group"
	else
		skip "audit of a control group" "none can be made here"
	fi

	# the policy asks for fewer years than when they were sealed
	cp "$D/policy.ini" "$D/fewer.ini" && printf '[policy]\nretention = 1 years\n' >>"$D/fewer.ini"
	would_go() {
		HOME="$D/home" AIRGAP_NIGHT_OFFSET=$1 "$B/nights/airgap-verify" audit -q --dry-run --policy "$D/fewer.ini" --state "$D/state" | sed -n 's/^Retention  *//p'
	}
	equal "audit: what was to be kept for six years stays after two" "$(would_go 63072000)" "0 would go"
	would=$(would_go 252288000)
	check "audit: and may go after eight" test "${would%% *}" -gt 2

	HOME="$D/home" "$B/airgap-verify" audit --policy "$D/policy.ini" --state "$D/state" --exe /not/there >"$D/none.out" 2>&1
	equal "audit: nothing to watch is an error" $? 69
	for slip in "--tier silly" "--ring 3" "--app nobody"; do
		for dry in "" --dry-run; do
			HOME="$D/home" "$B/airgap-verify" audit $slip $dry --state "$D/slip" >"$D/slip.out" 2>&1
			equal "audit: $slip $dry is told before anything is made" "$? $(ls -d "$D/slip" 2>/dev/null)" "64 "
		done
	done
	HOME="$D/home" "$B/airgap-verify" audit --dry-run --state "$D/slip" --exe /not/there >"$D/none.plan" 2>&1
	equal "audit: nor is it hidden by a dry run" "$? $(grep -c "nothing runs .*exe /not/there" "$D/none.plan")" "69 1"
	check "audit: which the next one will tell" grep -q '"trouble":{' "$D/state/state.json"
	sed -i 's/^keep_folders = .*/keep_folders = 9\nbudget = 1M/' "$D/policy.ini"
	HOME="$D/home" "$B/airgap-verify" audit --policy "$D/policy.ini" --state "$D/state" >"$D/full.out" 2>&1
	equal "audit: without room for it, it does not begin" $? 73
	check "audit: and says what would help" grep -q "budget.*raise it, lower keep_folders" "$D/full.out"
	HOME="$D/home" "$B/airgap-verify" audit --dry-run --policy "$D/policy.ini" --state "$D/state" >"$D/full.plan" 2>&1
	equal "audit: nor does it look as if it would" "$? $(grep -c "^State \|budget.*raise it" "$D/full.plan")" "73 2"
	host_stop "$D"
else
	without audit-1 "build/nights is not there (make lab builds it)"
	without audit-2 "likewise"
	without audit-3 "likewise"
	without audit-4 "likewise"
	without audit-5 "likewise"
fi
