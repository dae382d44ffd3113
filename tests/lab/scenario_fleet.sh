# SPDX-License-Identifier: Apache-2.0
# Real bundles into the store of many hosts, on each engine; the server is killed and started
# again between two of them (while one goes in: tests/unit/fleet_kill_test.c). PostgreSQL is
# started here as an ordinary user, with a Unix socket only, and left out where there is none.
session fleet-pass -- true
exits fleet-pass 0
session fleet-fail -- "$B/lab/reach" tcp 192.0.2.2 443
exits fleet-fail 1
mkdir "$T/drop" "$T/drop/more"
check "fleet: a bundle of a PASS" "$B/airgap-verify" bundle -q -o "$T/drop/1.zip" "$T/fleet-pass"
check "fleet: and of a FAIL" "$B/airgap-verify" bundle -q -o "$T/drop/more/2.zip" "$T/fleet-fail"
echo "no bundle" >"$T/drop/README"

as_nobody() {
	setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}
postgres_programs=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb /usr/bin/initdb 2>/dev/null | tail -1)" 2>/dev/null)
postgres_start() {
	as_nobody "$postgres_programs/pg_ctl" -s -w -D "$T/server/data" -l "$T/server/log" \
		-o "-k $T/server -c listen_addresses=" start >/dev/null 2>&1
}
postgres_stop() {
	as_nobody "$postgres_programs/pg_ctl" -s -D "$T/server/data" -m immediate stop >/dev/null 2>&1
}

# fleet WHAT WANTED COMMAND…: the exit status of it; what it says is in $T/fleet.out
fleet() {
	what=$1 wanted=$2
	shift 2
	"$B/airgap-verify" fleet "$@" >"$T/fleet.out" 2>"$T/fleet.err"
	got=$?
	[ $got -eq "$wanted" ] || cat "$T/fleet.err"
	equal "$what" $got "$wanted"
}

# fleet_into NAME PLACE: both bundles, twice, one that was changed, what stands out, the report
fleet_into() {
	fleet "$1: takes a drop folder in" 0 add --store "$2" "$T/drop"
	check "$1: two of them" grep -q '^2 added with' "$T/fleet.out"
	fleet "$1: the same again" 0 add --store "$2" "$T/drop/1.zip" "$T/drop"
	check "$1: changes nothing" grep -q '^0 added with 0 rows, 3 there already' "$T/fleet.out"
	check "$1: a session that is bundled again" "$B/airgap-verify" bundle -q --force -o "$T/again.zip" "$T/fleet-pass"
	fleet "$1: is there already" 0 add --store "$2" "$T/again.zip"
	size=$(stat -c %s "$T/drop/1.zip")
	cp "$T/drop/1.zip" "$T/changed.zip"
	printf '\377\376' | dd of="$T/changed.zip" bs=1 seek=$((size / 2)) conv=notrunc status=none
	fleet "$1: one that was changed is refused" 1 add --json --store "$2" "$T/changed.zip"
	check "$1: by name" grep -q '"file":"[^"]*changed.zip".*"kind":"changed"' "$T/fleet.out"
	HOME=$T/fleet-other-home "$B/airgap-verify" bundle -q --force -o "$T/resigned.zip" "$T/fleet-pass" 2>/dev/null
	fleet "$1: one signed with another key is refused" 1 add --json --store "$2" "$T/resigned.zip"
	check "$1: for its key" grep -q '"kind":"key"' "$T/fleet.out"
	fleet "$1: status tells of a FAIL" 1 status --json --store "$2"
	check "$1: and of both refusals" grep -q '"kind":"key_changed".*"kind":"refused"\|"kind":"refused".*"kind":"key_changed"' "$T/fleet.out"
	fleet "$1: writes a report" 1 report --store "$2" -o "$T/report-$1"
	check "$1: which verifies" "$B/airgap-verify" verify -q "$T/report-$1"
	check "$1: as PDF" sh -c "pdftotext '$T/report-$1/report/report.pdf' - | grep -q 'What stands out'"
}
mkdir "$T/fleet-other-home"
fleet_into sqlite "$T/fleet.db"
wanted=$(sqlite3 "$T/fleet-fail/audit.db" "SELECT count(*) FROM v_attempt")
equal "sqlite: every attempt is there" "$(sqlite3 "$T/fleet.db" "SELECT count(*) FROM v_attempt a JOIN v_fleet_night n USING (host)
	WHERE a.bundle = '$(sha256sum "$T/drop/more/2.zip" | cut -d ' ' -f 1)'")" "$wanted"
mkdir -m 755 "$T/fleet-empty"
fleet "a folder is no store" 66 status --store "$T/fleet-empty"
check "and that is said" grep -q "is a folder, and the store is a file" "$T/fleet.err"
fleet "a drop folder with nothing in it" 0 add --store "$T/fleet-empty.db" "$T/fleet-empty"
check "is told, too" grep -q "^0 added with 0 rows, 0 there already, 0 refused" "$T/fleet.out"
: >"$T/fleet-empty/cut.zip"
fleet "an empty file is refused" 1 add --store "$T/fleet-empty.db" "$T/fleet-empty"
check "and named once" grep -q "^REFUSED  .*/cut.zip: is no bundle as it was written" "$T/fleet.out"
chmod 711 "$T"
setpriv --reuid 65534 --regid 65534 --clear-groups "$B/airgap-verify" fleet status --store "$T/fleet-empty.db" >/dev/null 2>&1
equal "another's store is a missing right" $? 77
fleet "a store elsewhere is no place unasked" 64 status --store postgresql://192.0.2.2/evidence
check "and it is told why" grep -q 'store-remote' "$T/fleet.err"
fleet "no server" 69 status --store "postgresql:///postgres?host=$T/nowhere"

mkdir "$T/server" && chown 65534:65534 "$T/server"
if [ -x "$postgres_programs/initdb" ] && (cd "$T/server" && as_nobody "$postgres_programs/initdb" -D "$T/server/data" -A trust \
	-E UTF8 --locale=C.UTF-8 -U tester -N >/dev/null 2>&1) && postgres_start; then
	place="postgresql:///postgres?host=$T/server&user=tester"
	fleet_into postgresql "$place"
	kill -KILL "$(head -1 "$T/server/data/postmaster.pid")"
	sleep 1
	postgres_start || { sleep 2; postgres_start; }
	fleet "postgresql: killed and started again" 0 add --store "$place" "$T/drop"
	check "postgresql: it has what it had" grep -q '^0 added with 0 rows, 2 there already' "$T/fleet.out"
	for view in v_attempt v_dns v_finding v_coverage v_control v_fleet_night v_fleet_destination v_fleet_vector v_fleet_finding v_fleet_control; do
		sqlite3 "$T/fleet.db" "SELECT * FROM $view" | LC_ALL=C sort >"$T/one"
		"$postgres_programs/psql" -h "$T/server" -U tester -d postgres -Atc "SELECT * FROM $view" | LC_ALL=C sort >"$T/other"
		check "$view says the same on both" cmp "$T/one" "$T/other"
	done
	postgres_stop
else
	skip "fleet: PostgreSQL" "it is not installed (package postgresql)"
fi
