# SPDX-License-Identifier: Apache-2.0
# situations.sh: for each check, vector and class that this build lists, a session that shows
# it and one beside it that does not (situations.tsv; several are divided by commas). Sourced
# by lab.sh behind the scenarios, whose sessions it asks. What has no such pair fails, but
# for what cannot happen here, which is told with its reason. Where only some scenarios ran,
# so is what their sessions can show.

tab=$(printf '\t')

# what_is KIND: the names that the build lists
what_is() {
	"$B/airgap-verify" list "$1" --json >"$T/list.json"
	sqlite3 :memory: "SELECT coalesce(json_extract(value, '$.id'), json_extract(value, '$.name')) FROM json_each(readfile('$T/list.json'))"
}
for kind in checks vectors classes; do
	what_is $kind | sed "s/^/$kind$tab/"
done >"$T/listed"
cut -f2 "$T/listed" | sort >"$T/names_listed"

# question KIND NAME: whether a session shows it, as 1 or 0. What was not looked at shows nothing,
# but is no proof of the contrary either: NULL.
question() {
	case $1:$2 in
	checks:posture_*) echo "SELECT max(state NOT IN ('ok', 'absent')) FROM v_posture WHERE check_id = '$2'" ;;
	# one check, and the names of what it finds
	checks:witness_gap) question checks "witness_blind', 'witness_loss" ;;
	checks:*) echo "SELECT EXISTS (SELECT 1 FROM v_finding WHERE check_id IN ('$2')) FROM verdict" ;;
	vectors:*) echo "SELECT max(vector = '$2') FROM v_attempt WHERE in_session" ;;
	classes:*) echo "SELECT max(coalesce(class, '') = '$2') FROM v_attempt WHERE in_session" ;;
	esac
}

# answers KIND NAME SESSIONS WANTED: true where each of them says so; else $wrong is which, and what it says
answers() {
	for session in $(echo "$3" | tr , ' '); do
		wrong=$session
		[ -e "$T/$session/audit.db" ] || return 1
		got=$(ask "$session" "$(question "$1" "$2")" 2>&1)
		wrong="$session: ${got:-not looked at}"
		[ "$got" = "$4" ] || return 1
	done
}

# made SESSIONS: false where one of them was not made, because it cannot be or was not asked for
made() {
	for session in $(echo "$1" | tr , ' '); do
		case " $not_made " in *" $session "*) return 1 ;; esac
		[ -z "$some" ] || [ -e "$T/$session/audit.db" ] || return 1
	done
}

pairs=0
while IFS=$tab read -r kind name; do
	row=$(grep "^$name$tab" "$here/situations.tsv")
	shown=$(echo "$row" | cut -f2) hidden=$(echo "$row" | cut -f3) why=$(echo "$row" | cut -f4)
	if [ -z "$row" ]; then
		not_ok "situations: none of $name (list $kind)"
	elif [ -n "$why" ]; then
		skip "situations: $name" "$why"
	elif ! made "$shown,$hidden"; then
		[ -n "$some" ] || skip "situations: $name" "its sessions could not be made here"
	elif ! answers "$kind" "$name" "$shown" 1; then
		not_ok "situations: $name is not shown" "$wrong"
	elif ! answers "$kind" "$name" "$hidden" 0; then
		not_ok "situations: $name is shown where it should not be" "$wrong"
	else
		pairs=$((pairs + 1))
		ok "situations: $name is shown in $shown, and not in $hidden"
	fi
done <"$T/listed"
equal "situations: each is of something that the build lists" \
	"$(tail -n +2 "$here/situations.tsv" | cut -f1 | sort | comm -23 - "$T/names_listed")" ""
echo "lab: $pairs of $(wc -l <"$T/listed") checks, vectors and classes with both"
