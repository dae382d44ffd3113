# SPDX-License-Identifier: Apache-2.0
# Read by guides.sh: docs/troubleshooting.md on a machine whose keeper installs nothing that is only
# recommended. What the doctor and the messages say has its row, and what the row tells to do mends
# it.
rows=$T/rows.txt
sed -n 's/^| \([^|]*\) |.*/\1/p' "$docs/troubleshooting.md" | sed 's/[]*.^$\\[]/\\&/g; s/…/.*/g; s/N of M/[0-9]* of [0-9]*/' >"$rows"

# ask_doctor [sudo]: from now on the doctor's answers
ask_doctor() {
	as_person keeper "$@" airgap-verify doctor --json >"$T/doctor.txt"
}
# lacking: the witnesses that do not work
lacking() {
	sqlite3 :memory: "SELECT group_concat(value->>'name', ' ') FROM json_each(readfile('$T/doctor.txt'), '$.witnesses')
		WHERE NOT value->>'works'"
}
of_doctor() {
	sqlite3 :memory: "SELECT json_extract(readfile('$T/doctor.txt'), '$1')"
}
session_of() {
	as_person keeper airgap-verify session "$@" -- true
}

person keeper
has_tool keeper
check "trouble: it installs with nothing but what it depends on" as_person keeper sh -c \
	'sudo apt install --no-install-recommends ./airgap-verify_*.deb ./airgap-collect_*.deb'
ask_doctor
equal "trouble: what a user lacks there" "$(lacking)" "kernel packets tools"
sqlite3 :memory: "SELECT value->>'name' || ' ' || (value->>'detail') || ' ' || (value->>'remedy')
	FROM json_each(readfile('$T/doctor.txt'), '$.witnesses') WHERE NOT value->>'works'" >"$T/lacks.txt"
while read -r line; do
	equal "trouble: has a row: ${line%% *}" "$(echo "$line" | grep -c -f "$rows")" 1
done <"$T/lacks.txt"
check "trouble: tools: one of them" as_person keeper sudo apt install iproute2
ask_doctor
equal "trouble: tools: is enough" "$(lacking)" "kernel packets"
ask_doctor sudo
equal "trouble: kernel and packets: with sudo" "$(lacking)" ""
as_person keeper sudo airgap-verify posture >"$T/posture.txt" 2>&1
check "trouble: the rules in force: nobody can show them" grep -q "there is no nft to show them (package nftables)" "$T/posture.txt"
check "trouble: the rules in force: have a row" grep -q '^| `posture` did not see the rules in force |.*`nftables`' "$docs/troubleshooting.md"
check "trouble: the rules in force: it is said what with" as_person keeper sudo apt install nftables
as_person keeper sudo airgap-verify posture >"$T/posture.txt" 2>&1
check "trouble: the rules in force: are seen then" grep -q "Nothing that is in force denies what goes out over IPv4" "$T/posture.txt"

# a key that belongs to somebody else
session_of -o first >"$T/session.txt" 2>&1
key=$(as_person keeper airgap-verify keygen --show | sed -n 's/^Key *//p')
as_person keeper sudo chown root "$key"
ask_doctor
check "trouble: a key of root: has its place" grep -q "\"$(of_doctor '$.signing_key' | sed 's/: .*//')\"" "$docs/troubleshooting.md"
session_of -o second >"$T/session.txt" 2>&1
equal "trouble: a key of root: no session begins" "$?: $(grep -c "$key: Permission denied" "$T/session.txt")" "77: 1"
as_person keeper airgap-verify keygen --subject K --key other.key --certificate other.crt >"$T/session.txt"
check "trouble: a key of root: another does" session_of -o third --key other.key --certificate other.crt
as_person keeper sudo chown keeper "$key"
check "trouble: a key of root: or its owner mended" session_of -o fourth

# a folder of somebody else, and a policy with a mistake
as_person keeper sudo mkdir of-root
session_of -o of-root/s >"$T/session.txt" 2>&1
equal "trouble: a folder of root: is told" "$?: $(grep -c 'of-root.*: Permission denied' "$T/session.txt")" "77: 1"
check "trouble: a folder of root: has a row" grep -q '^| "Permission denied" at the session folder |' "$docs/troubleshooting.md"
printf '[policy]\nframewerks = x\n' >"$R/home/keeper/bad.ini"
session_of -o fifth --policy bad.ini >"$T/session.txt" 2>&1
equal "trouble: a mistake in the policy" "$?: $(grep -c 'bad.ini: line 2: ' "$T/session.txt")" "78: 1"
check "trouble: a mistake in the policy: has a row" grep -q '^| exit status 78 |' "$docs/troubleshooting.md"
