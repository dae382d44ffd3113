# SPDX-License-Identifier: Apache-2.0
# A derived copy with pseudonyms: of a session with lookups, a ClientHello, a request of HTTP
# and an app's log that lies. The same verdict, and nothing of what was to be hidden.
wide_up || not_ok "redact: no name server"
cat >"$T/redact.py" <<'EOF2'
import socket, sys
def labels(name):
    return b"".join(bytes([len(l)]) + l.encode() for l in name.split(".")) + b"\0"
def ask(name):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(5)
    s.connect(("203.0.113.253", 53))
    s.send(b"\x12\x34\x01\0\0\1\0\0\0\0\0\0" + labels(name) + b"\0\1\0\1")
    return socket.inet_ntoa(s.recv(600)[-4:])
def send(to, port, data):
    s = socket.create_connection((to, port), 5)
    s.sendall(data)
    s.close()
def hello(name):
    name = name.encode()
    sni = b"\0" + len(name).to_bytes(2, "big") + name
    sni = b"\0\0" + (len(sni) + 2).to_bytes(2, "big") + len(sni).to_bytes(2, "big") + sni
    body = b"\3\3" + bytes(32) + b"\0" + b"\0\2\x13\1" + b"\1\0" + len(sni).to_bytes(2, "big") + sni
    body = b"\1" + len(body).to_bytes(3, "big") + body
    return b"\x16\3\1" + len(body).to_bytes(2, "big") + body
ask("telemetry.oncoward.example")
send("192.0.2.2", 443, hello("api.zebrafish-models.example"))
send("2001:db8::2", 443, hello("api.zebrafish-models.example"))
send("192.0.2.2", 443, b"GET /v1/track?user=quentin.vanderbilt HTTP/1.1\r\nHost: collect.oncoward.example\r\n\r\n")
EOF2
mkdir -p "$T/quentin-vanderbilt"
: >"$T/redact.log"
cat >"$T/redact.ini" <<'EOF2'
[policy]
required = kernel, packets
frameworks = oncoward-net, hipaa
[organisation]
name = Oncoward Clinic
marking = CUI
EOF2
printf 'framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine\n' >"$T/redact.tsv"
printf '# for Vanderbilt\noncoward-net\tNET-4\t-\tnothing leaves Oncoward\ta\tE2,E3\tE4\tsupporting\tegress\tone host\tshow Quentin the others\tArtifact\n' >>"$T/redact.tsv"
# on a machine of a name of its own
timeout 120 unshare --uts sh -c 'hostname oncoward-marsupial && exec "$@"' sh nsenter --net="/run/netns/$near" "$B/airgap-verify" session \
	--linger 2s -o "$T/redact" --policy "$T/redact.ini" --controls "$T/redact.tsv" --app-log "$T/redact.log" -- sh -c "'$B/lab/sample_agent' --log '$T/redact.log' --telemetry 192.0.2.2 443 --lie;
	cd '$T/quentin-vanderbilt' && python3 '$T/redact.py' --patient='Quentin Vanderbilt'" >"$T/redact.out" 2>"$T/redact.err" </dev/null
status=$?
exits redact 1
wide_down
before=$(cd "$T/redact" && find . -type f -exec sha256sum {} + | sort | sha256sum)

"$B/airgap-verify" redact --json --dry-run -v "$T/redact" >"$T/redact.dry"
equal "redact --dry-run: exit status" $? 0
equal "and it hides a name, and tells its pseudonym" "$(sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('$T/redact.dry'), '$.hidden')
	WHERE json_extract(value, '$.word') = 'zebrafish' AND length(json_extract(value, '$.pseudonym')) = 9")" 1
equal "and makes no secret" "$(ls "$HOME/.config/airgap-verify/redact.key" 2>/dev/null)" ""

"$B/airgap-verify" redact --json -o "$T/redacted" "$T/redact" >"$T/redact.json" 2>"$T/redact.err"
equal "redact: exit status" $? 0
told() {
	sqlite3 :memory: "SELECT json_extract(readfile('$T/redact.json'), '$.$1')"
}
equal "the verdict is the same" "$(told verdict)" "$(told verdict_of_original)"
equal "so are the findings" "$(told findings)" "$(told findings_of_original)"
equal "and it says so" "$(told same_findings)" 1
equal "nothing is left" "$(told left)" "[]"
equal "every file was copied" "$(told 'not_copied[0].file')" ""
equal "the copy itself tells what it leaves out" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/redact.json'), '$.packets_blanked') =
	coalesce((SELECT json_extract(value, '$.number') FROM json_each('[' || replace(rtrim(CAST(readfile('$T/redacted/left_out.ndjson') AS TEXT), char(10)), char(10), ',') || ']')
	WHERE json_extract(value, '$.kind') = 'payload'), 0)")" 1
check "and its manifest names that" grep -q 'what this copy leaves out of its original' "$T/redacted/seal/manifest.json"
equal "the secret is for its owner alone" "$(stat -c %a "$HOME/.config/airgap-verify/redact.key")" 600
equal "the original is as it was" "$(cd "$T/redact" && find . -type f -exec sha256sum {} + | sort | sha256sum)" "$before"

equal "the site's framework is told of, by another name" "$(sqlite3 :memory: "SELECT count(DISTINCT json_extract(value, '$.framework'))
	FROM json_each(readfile('$T/redacted/report/report.json'), '$.controls')")" 2

# by other means: text in any case, in UTF-16, and in what is packed
for name in oncoward zebrafish quentin vanderbilt marsupial; do
	equal "grep: no $name" "$(grep -rail -- "$name" "$T/redacted")" ""
done
"$B/airgap-verify" redact --json --dry-run -v "$T/redact" >"$T/redact.dry" # with the secret that there is now
for address in 192.0.2.2 203.0.113.253 198.51.100.1; do
	escaped=$(echo "$address" | sed 's/\./\\./g')
	pseudonym=$(sqlite3 :memory: "SELECT count(*) FROM json_each(readfile('$T/redact.dry'), '$.hidden') WHERE json_extract(value, '$.pseudonym') = '$address'")
	[ "$pseudonym" = 0 ] || continue # it is what another one is called there
	equal "grep: no $address" "$(grep -raEl -- "(^|[^0-9.])$escaped([^0-9.]|$)" "$T/redacted")" ""
done
check "the workbook holds none either" python3 - "$T/redacted/report/report.xlsx" <<'EOF2'
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
text = b"".join(z.read(n) for n in z.namelist()).lower()
sys.exit(any(name in text for name in (b"oncoward", b"zebrafish", b"quentin", b"vanderbilt")))
EOF2
if command -v pdftotext >/dev/null; then
	pdftotext "$T/redacted/report/report.pdf" "$T/redacted.txt"
	equal "nor does the PDF" "$(grep -iE "oncoward|zebrafish|quentin|vanderbilt" "$T/redacted.txt")" ""
	check "which says on its pages what it is" grep -q "CUI - REDACTED COPY, derived from" "$T/redacted.txt"
fi

# one name is one pseudonym, wherever it stands
name=$(ask redacted "SELECT qname FROM v_dns WHERE dir = 'out' LIMIT 1")
host=$(ask redacted "SELECT name FROM v_name WHERE how = 'http_host' AND name GLOB '[g-z]*' LIMIT 1")
equal "the names of a lookup and of a request share what they shared" "${name#*.}" "${host#*.}"
equal "SNI of IPv4 and of IPv6 are the same" "$(ask redacted "SELECT count(DISTINCT name) FROM v_name WHERE how = 'sni'")" 1
equal "as many flows, attempts, lookups, entries and matches as there were" \
	"$(for t in v_flow v_attempt v_dns v_name v_app_event v_match v_socket; do ask redacted "SELECT '$t', count(*) FROM $t"; done)" \
	"$(for t in v_flow v_attempt v_dns v_name v_app_event v_match v_socket; do ask redact "SELECT '$t', count(*) FROM $t"; done)"
classes="SELECT class, vector, outcome, count(*) FROM v_attempt GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
equal "in the same classes" "$(ask redacted "$classes")" "$(ask redact "$classes")"
if command -v tcpdump >/dev/null; then
	for which in redact redacted; do
		tcpdump -nvv -r "$T/$which/capture.pcapng" 2>/dev/null | grep -oE "incorrect|bad |cksum [^ ]* \(correct\)|udp sum ok" | sed 's/0x[0-9a-f]*//' >"$T/$which.sums"
	done
	check "checksums are right where they were" cmp "$T/redact.sums" "$T/redacted.sums"
fi

"$B/airgap-verify" verify "$T/redacted" >"$T/verify.out"
equal "the copy verifies" $? 0
original=$(sha256sum "$T/redact/seal/manifest.json" | cut -d' ' -f1)
check "and names its original" grep -q "redacted copy.*$original" "$T/verify.out"
check "and what it cannot prove" grep -q "names and addresses in it are pseudonyms" "$T/verify.out"
check "its own manifest says so" grep -q "\"derived_from\":\"$original\"" "$T/redacted/seal/manifest.json"
check "it is made again from its own evidence" "$B/airgap-verify" reproduce -q "$T/redacted"
check "it is judged anew, and remains a copy" sh -c "'$B/airgap-verify' crosscheck -q --json '$T/redacted' >/dev/null; grep -q '\"derived_from\":\"$original\"' '$T/redacted/seal/manifest.json'"
check "it is bundled" "$B/airgap-verify" bundle -q -o "$T/redacted.zip" "$T/redacted"
"$B/airgap-verify" verify "$T/redacted.zip" >"$T/verify.out"
equal "the bundle verifies" $? 0
check "and it names the original too" grep -q "redacted copy.*$original" "$T/verify.out"

# the same secret gives the same pseudonyms, another one others
"$B/airgap-verify" redact -q -o "$T/redacted2" "$T/redact"
check "the same secret gives the same capture" cmp "$T/redacted/capture.pcapng" "$T/redacted2/capture.pcapng"
"$B/airgap-verify" redact -q --redact-key "$T/other.key" -o "$T/redacted3" "$T/redact"
equal "another secret another one" "$(cmp -s "$T/redacted/capture.pcapng" "$T/redacted3/capture.pcapng" && echo same)" ""
"$B/airgap-verify" redact -q --keep oncoward -o "$T/redacted4" "$T/redact"
check "--keep: a name that may stay does" grep -rqai "oncoward" "$T/redacted4/capture.pcapng"
equal "and no other" "$(grep -rail "zebrafish" "$T/redacted4")" ""

# out of a bundle, packed or not, it is the same copy
"$B/airgap-verify" bundle -q -o "$T/redact.zip" "$T/redact"
mkdir "$T/redact.unpacked"
python3 -m zipfile -e "$T/redact.zip" "$T/redact.unpacked"
for what in "$T/redact.zip" "$T"/redact.unpacked/AGV_*; do
	rm -rf "$T/redacted5"
	check "redact: of ${what##*/}" "$B/airgap-verify" redact -q -o "$T/redacted5" "$what"
	for file in capture.pcapng session.json applogs/1.ndjson; do
		check "redact: the same $file" cmp "$T/redacted/$file" "$T/redacted5/$file"
	done
done
equal "redact leaves nothing of a bundle behind" "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'airgap-redact-*' -newer "$T/redact.zip")" ""
rm -rf "$T"/redact.unpacked "$T"/*.zip

# a session that passes, one whose log nobody reads, and one with hosts that rules know
session redact-pass -- true
: >"$T/redact-garbled.log"
cat >"$T/redact-required.ini" <<'EOF2'
[policy]
app_log = required
EOF2
session redact-garbled --policy "$T/redact-required.ini" --app-log "$T/redact-garbled.log" -- sh -c "echo what is this >>'$T/redact-garbled.log'"
wide_up || not_ok "redact: no name server"
session redact-known -- "$B/lab/reach" calls 203.0.113.253 443 api.openai.com dc.services.visualstudio.com dns.google
wide_down
session redact-isolated --isolate -- true
for name in pass garbled known isolated; do
	"$B/airgap-verify" redact --json --keep-endpoints -o "$T/redacted-$name" "$T/redact-$name" >"$T/redact.json" 2>"$T/redact.err"
	equal "redact-$name: exit status" $? 0
	equal "redact-$name: nothing is left" "$(told left)" "[]"
	equal "redact-$name: the same verdict" "$(told verdict)" "$(ask "redact-$name" "SELECT verdict FROM verdict")"
	equal "redact-$name: the same findings" "$(told findings)" "$(told findings_of_original)"
done
proofs="SELECT name, held FROM isolation_proof ORDER BY 1"
equal "what an isolation tried has its names" "$(ask redacted-isolated "$proofs")" "$(ask redact-isolated "$proofs")"
check "there are some" [ "$(ask redact-isolated "$proofs" | wc -l)" -gt 10 ]
purposes="SELECT DISTINCT vector, rule FROM v_attempt WHERE in_session ORDER BY 1, 2"
equal "--keep-endpoints: what connections were for" "$(ask redacted-known "$purposes")" "$(ask redact-known "$purposes")"
"$B/airgap-verify" redact -q -o "$T/redacted-unknown" "$T/redact-known" >"$T/redact.out"
equal "and without it that is not told" "$(ask redacted-unknown "SELECT count(*) FROM v_attempt WHERE in_session AND rule LIKE 'openai%'")" 0
equal "nor by any name" "$(grep -l -a -i "api.openai.com" "$T"/redacted-unknown/*.* "$T/redacted-unknown/report/csv/v_name.csv" | grep -v audit.db)" ""
[ -n "${KEEP:-}" ] || rm -rf "$T"/redact-* "$T"/redacted-*

# refused WANTED WHAT OPTION…
refused() {
	wanted=$1 what=$2
	shift 2
	"$B/airgap-verify" redact -o "$T/redact-refused" "$@" >"$T/redact-refused.out" 2>&1
	equal "redact: $what" $? "$wanted"
	equal "$what: nothing is made" "$(ls -A "$T/redact-refused" 2>/dev/null)" ""
}
"$B/airgap-verify" redact -o "$T/redact/copy" "$T/redact" >"$T/redact-refused.out" 2>&1
equal "redact: a copy within the original is refused" $? 64
equal "and the original is as it was" "$(cd "$T/redact" && find . -type f -exec sha256sum {} + | sort | sha256sum)" "$before"
mkdir "$T/there" && echo mine >"$T/there/.hidden"
"$B/airgap-verify" redact -o "$T/there" "$T/redact" >"$T/redact-refused.out" 2>&1
equal "redact: a folder that is there is refused" $? 73
equal "and what is in it stays" "$(cat "$T/there/.hidden")" mine
chmod 644 "$T/other.key"
refused 77 "a secret that others may read is refused" --redact-key "$T/other.key" "$T/redact"
"$B/airgap-verify" keygen -q --key "$T/own.key" --certificate "$T/own.crt" --subject "Quentin Vanderbilt" >/dev/null
refused 64 "a certificate that names what is hidden is refused" --key "$T/own.key" --certificate "$T/own.crt" "$T/redact"
mkdir "$T/redact-full"
if mount -t tmpfs -o size=700k none "$T/redact-full" 2>/dev/null; then
	"$B/airgap-verify" redact -o "$T/redact-full/copy" "$T/redact" >"$T/redact-refused.out" 2>&1
	equal "redact: a full disk is an error" "$?" 74
	equal "which names the place once" "$(grep -o "$T/redact-full/copy" "$T/redact-refused.out" | wc -l)" 1
	umount "$T/redact-full"
else
	skip "redact: a full disk" "no tmpfs can be mounted here"
fi
echo x >>"$T/redact/session.json"
refused 65 "a folder that was changed is refused" "$T/redact"
[ -n "${KEEP:-}" ] || rm -rf "$T"/redacted* "$T/redact"

# sessions of the other tiers come to the same, too
for name in unprivileged isolated; do
	install -d -o nobody "$T/tier-$name"
	option=$([ $name = isolated ] && echo --isolate || echo "--tier unprivileged")
	# shellcheck disable=SC2086 # words
	(cd "$T/tier-$name" && nsenter --net="/run/netns/$near" setpriv --reuid "$(id -u nobody)" --regid "$(id -g nobody)" \
		--clear-groups env HOME="$T/tier-$name" "$B/airgap-verify" session -q $option -o "$T/tier-$name/s" -- \
		"$B/lab/reach" tcp 127.0.0.1 9) >"$T/tier.out" 2>&1
	equal "redact: the $name session is PASS" $? 0
	"$B/airgap-verify" redact --json -o "$T/tier-$name/copy" "$T/tier-$name/s" >"$T/redact.json" 2>"$T/redact.err"
	equal "redact: so is its copy" "$(told verdict)" PASS
	equal "redact: with the same findings" "$(told same_findings)" 1
	equal "redact: of all that it tells" "$(told members_left_out)" 0
done
