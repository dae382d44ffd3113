# SPDX-License-Identifier: Apache-2.0
# Each kind of destination and each purpose, by the tables of this build: every host that a
# rule names is called, and every special range of addresses is sent to.
R="$B/lab/reach"
if ! wide_up; then
	not_ok "vectors: no name server"
	return 0
fi

# The hosts of the rules that need nothing but a name.
"$B/airgap-verify" list endpoints --json >"$T/endpoints.json"
rules="SELECT json_extract(value, '$.host') AS host, json_extract(value, '$.vector') AS vector
	FROM json_each(readfile('$T/endpoints.json')) WHERE json_extract(value, '$.host') NOT IN ('', '@local')
	AND json_extract(value, '$.process') = '' AND json_extract(value, '$.path') = ''"
hosts() {
	sqlite3 :memory: "SELECT DISTINCT host FROM ($rules) WHERE vector IN ($1)"
}

# calls NAME VECTORS: one session that calls every host of these
calls() {
	sqlite3 :memory: "SELECT DISTINCT lower(host), vector FROM ($rules) WHERE vector IN ($2)" | sort >"$T/wanted"
	# shellcheck disable=SC2046 # a list
	session "$1" -- "$R" calls 203.0.113.253 443 $(hosts "$2")
	exits "$1" 1
	ask "$1" "SELECT DISTINCT lower(name), vector FROM v_attempt WHERE in_session AND proto = 'tcp'" | sort >"$T/found"
	equal "$1: each host, and what the rules say it is for" "$(diff "$T/wanted" "$T/found")" ""
	check "$1: there are many" test "$(wc -l <"$T/found")" -ge 20
}
calls vectors-code "'model_api', 'telemetry', 'update', 'webview', 'extension'"
calls vectors-rest "'name_lookup', 'model_download', 'licence', 'sync', 'other'"
session vectors-unknown -- "$R" calls 203.0.113.253 443 host.example
exits vectors-unknown 1
says vectors-unknown "No rule knows what it is for"

# An address of each range of schema/addresses.tsv. There is a way to none of them, but to
# those of this machine and its links: the attempt is what is told.
# shellcheck disable=SC2046 # a list
session classes -- sh -c '"$@"; exec "$0" unix /nowhere' "$R" "$R" each 9 192.0.2.1 2001:db8::2 10.0.0.1 \
	$(tail -n +2 "$here/special.tsv" | cut -f1)
exits classes 1
tail -n +2 "$here/special.tsv" | sort >"$T/wanted"
sqlite3 -separator "$(printf '\t')" "file:$T/classes/audit.db?mode=ro" "SELECT address, special FROM destination" | sort >"$T/found"
equal "classes: each address is told as what it is" "$(comm -23 "$T/wanted" "$T/found")" ""
tail -n +2 "$here/../../schema/addresses.tsv" | cut -f2 | sort -u >"$T/wanted"
tail -n +2 "$here/special.tsv" | cut -f2 | sed 's/ of [0-9].*//' | sort -u >"$T/found"
equal "classes: an address was sent to of each range that is known" "$(diff "$T/wanted" "$T/found")" ""
equal "vectors-unknown: and of others nothing is told" \
	"$(ask vectors-unknown "SELECT DISTINCT special FROM v_attempt WHERE in_session")" documentation
wide_down
