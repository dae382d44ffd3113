# SPDX-License-Identifier: Apache-2.0
# A whole session under Wine, and what Linux reads of it. Sourced by wine.sh, whose
# functions and variables it uses.

policy='HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'

# registry KEY NAME TYPE VALUE
registry() {
	timeout 60 wine reg add "$1" /v "$2" /t "$3" /d "$4" /f >/dev/null 2>&1 ||
		not_ok "the registry refuses $2"
}
registry "$policy\PublicProfile" EnableFirewall REG_DWORD 1
registry "$policy\PublicProfile" DefaultOutboundAction REG_DWORD 1
registry "$policy\FirewallRules" Block-1 REG_SZ 'v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=6|Name=One|'
registry "$policy\FirewallRules" Allow-2 REG_SZ 'v2.30|Action=Allow|Active=TRUE|Dir=In|Name=Two|'
adapters='HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}'
registry "$adapters\0030" DriverDesc REG_SZ 'Card with 8 GiB'
registry "$adapters\0030" HardwareInformation.qwMemorySize REG_BINARY 0000000002000000
registry "$adapters\0031" DriverDesc REG_SZ 'Card that does not say'

# rows WHAT SQL WANTED: what the database of the session answers
rows() {
	got=$(sqlite3 "$T/session.db" "$2" 2>&1)
	if [ "$got" = "$3" ]; then ok; else not_ok "session: $1" "$got"; fi
}

(cd "$T" && export HTTPS_PROXY=http://somebody:s3cr3t@proxy.example:3128 &&
	timeout 120 wine "$collector" session -o session --interval 300ms -- \
	"$B/windows/tests/talk.exe" 1500) >"$T/session.out" 2>&1 </dev/null
status=$?
if [ $status -eq 0 ]; then ok; else not_ok "session: exit status $status" "$(cat "$T/session.out")"; fi
timeout 60 "$B/airgap-verify" ingest -q --db "$T/session.db" "$T/session" >"$T/ingest.out" 2>&1 ||
	not_ok "session: cannot be read" "$(cat "$T/ingest.out")"

rows "graphics memory, as the drivers say" \
	"SELECT group_concat(name || ' ' || ifnull(bytes, 'null'), '|') FROM (
		SELECT g.value ->> 'name' AS name, g.value ->> 'total_bytes' AS bytes
		FROM json_each(readfile('$T/session/session.json'), '\$.host.gpus') g WHERE name LIKE 'Card %' ORDER BY name)" \
	"Card that does not say null|Card with 8 GiB 8589934592"
rows "the machine's memory" \
	"SELECT json_extract(readfile('$T/session/session.json'), '\$.host.memory_bytes') > 100000000" 1
rows "the chain holds to the end" \
	"SELECT problem, closed, sealed_bytes = bytes FROM checkpoint" "|1|1"
rows "nothing was passed over" "SELECT reason FROM skipped" ""
rows "TCP canaries were in the tables of sockets" \
	"SELECT count(*) > 3, sum(NOT EXISTS (SELECT 1 FROM socket s WHERE s.witness = 'socket_tables'
		AND s.proto = 'tcp' AND c.dport = s.rport AND s.lport = c.sport))
	FROM canary c WHERE c.proto = 'tcp'" "1|0"
# Its port is of its own choosing, and stands in what it printed. Wine finds the owner of
# the connecting end alone.
port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' "$T/session.out")
rows "the command's connection, with its pid and program" \
	"SELECT DISTINCT s.proto, s.state, s.process LIKE '%talk.exe', s.pid = p.value FROM v_socket s
	JOIN session p ON p.name = 'command_pid' WHERE s.rport = '${port:-none}' AND s.pid IS NOT NULL" \
	"tcp|ESTAB|1|1"

# The same port, in the bytes that a record of netstat points to.
found=0
for run in $(sqlite3 -separator : "$T/session.db" \
	"SELECT path, at_byte, size FROM tool_run WHERE tool = 'netstat' AND moment = 'during' AND size > 0"); do
	path=${run%%:*} span=${run#*:}
	tail -c +$((${span%:*} + 1)) "$T/session/$path" | head -c "${span#*:}" | grep -q ":${port:-none}\b" &&
		found=$((found + 1))
done
if [ $found -gt 0 ]; then ok; else not_ok "session: no run of netstat shows the command's port"; fi
rows "every tool before and after, netstat between" \
	"SELECT tool, group_concat(DISTINCT moment) FROM (SELECT tool, moment FROM tool_run ORDER BY id)
	WHERE tool IN ('netstat', 'ipconfig', 'firewall-rules') GROUP BY tool ORDER BY tool" \
	"firewall-rules|before,after
ipconfig|before,after
netstat|before,during,after"

# members KIND MEMBER…: those of the records of one kind, in their order
members() {
	kind=$1
	shift
	grep "^{\"kind\":\"$kind\"," "$T/$session/evidence.ndjson" | while read -r line; do
		for member in "$@"; do
			echo "$line" | sed -n "s/.*\"$member\":\(\"[^\"]*\"\|[a-z0-9]*\).*/\1/p" | tr '\n' ' '
		done
		echo
	done
}

# says WHAT WANTED GOT
says() {
	if [ "$3" = "$2" ]; then ok; else not_ok "session: $1" "$3"; fi
}

session=session
says "a profile of the firewall" '"before" "public" true "block" ' \
	"$(members firewall_profile moment profile enabled outbound)"
says "its outbound rule, as it stands, and no inbound one" \
	'"before" "Block-1" "v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=6|Name=One|" ' \
	"$(members firewall_rule moment name rule)"
says "that nothing changed" '"before" 1 false 
"after" 1 true ' "$(members firewall moment rules unchanged)"
says "the proxy of the environment without its password" \
	'"http://(hidden)@proxy.example:3128" ' "$(members proxy https | sed '/^$/d' | sort -u)"
says "name servers, before and after" '"before" 
"after" ' "$(members resolver moment)"
if grep -q "s3cr3t" "$T/session/evidence.ndjson"; then not_ok "session: a password is in the evidence"; else ok; fi

# One in which the command changes the firewall.
timeout 120 wine "$collector" session -o "$T/changed" -- reg add "$policy\\FirewallRules" \
	/v Allow-3 /t REG_SZ /d 'v2.30|Action=Allow|Active=TRUE|Dir=Out|Name=Three|' /f \
	>"$T/changed.out" 2>&1 </dev/null || not_ok "session: changed" "$(cat "$T/changed.out")"
session=changed
says "a rule that the command made" '"after" "Allow-3" 
"after" "Block-1" 
"before" "Block-1" ' "$(members firewall_rule moment name | LC_ALL=C sort)"
says "that the rules changed" '"before" 1 false 
"after" 2 false ' "$(members firewall moment rules unchanged)"

# Judged, reported, sealed and checked on Linux like any other session; the key with
# which it is sealed is made for it.
mkdir "$T/home"
HOME="$T/home" XDG_CONFIG_HOME='' timeout 120 "$B/airgap-verify" crosscheck "$T/session" \
	>"$T/crosscheck.out" 2>&1
says "exit status of its judgement" 2 $?
says "its verdict" INCONCLUSIVE "$(grep -x INCONCLUSIVE "$T/crosscheck.out")"
HOME="$T/home" timeout 60 "$B/airgap-verify" verify "$T/session" >"$T/verify.out" 2>&1
says "exit status of its verification" 0 $?
says "what the chain proves" 1 "$(grep -c 'evidence.ndjson was written in its order' "$T/verify.out")"
