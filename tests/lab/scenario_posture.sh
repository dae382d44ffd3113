# SPDX-License-Identifier: Apache-2.0
# posture over two machines that exist as trees, over one that follows another guide, and
# over real rules in a namespace.
P="$B/airgap-verify posture"
mkdir "$T/trees"
sh "$here/posture_trees.sh" "$T/trees"

# posture NAME [OPTION…]: leaves $T/NAME.json and $status
posture() {
	name=$1
	shift
	$P --json "$@" >"$T/$name.json" 2>"$T/$name.err"
	status=$?
}

# told NAME SQL: a question to the database that posture -o left in $T/NAME
told() {
	sqlite3 "file:$T/$1/audit.db?mode=ro" "$2"
}

posture right --root "$T/trees/right" --home /home/dev --tools "$T/trees/right.tools" -o "$T/right"
equal "posture: the right machine has no finding" "$status" 0
equal "posture: nor anything unclear" "$(told right "SELECT group_concat(check_id) FROM v_posture WHERE state NOT IN ('ok', 'absent')")" ""
equal "posture: and much was looked at" "$(told right "SELECT count(*) >= 20 FROM v_posture WHERE state = 'ok'")" 1

posture faulty --root "$T/trees/faulty" --home /home/dev --workspace "$T/trees/faulty.project" \
	--tools "$T/trees/faulty.tools" -o "$T/faulty"
equal "posture: the faulty machine has findings" "$status" 1
for c in model_listen model_forward ollama_cloud ollama_updater models client_endpoint settings extensions firewall_default \
	firewall_forward firewall_loaded ufw pf resolver doh proxy way_out radio; do
	equal "posture: the faulty machine is told its $c" \
		"$(told faulty "SELECT count(*) > 0 FROM v_posture WHERE check_id = 'posture_$c' AND state = 'finding' AND remedy <> ''")" 1
done
fault() { # WHAT PATTERN
	equal "posture: names $1" "$(told faulty "SELECT count(*) > 0 FROM v_posture WHERE state = 'finding' AND found LIKE '$2'")" 1
}
fault "a line that is none of ufw" "%/etc/ufw/user.rules: a line that is no rule of ufw%except 127.0.0.1%"
fault "ufw that lets everything out" "ufw is active and allows what goes out%IPV6=no%"
fault "IPv6 that nobody holds back" "Nothing that is in force denies%IPv6%"
fault "pf without rules" "pf is enabled, and no loaded rule blocks%"
fault "rules that are not loaded" "/etc/nftables.conf would deny%not loaded"
fault "a setting in the wrong place" "update.mode stands in ./.vscode/settings.json, where it has no effect%"
fault "an open model server" "Ollama listens on %"
fault "a container's open port" "docker-proxy passes 0.0.0.0 port 8000%"
if grep -q sk-secret "$T/faulty/posture.ndjson"; then
	not_ok "posture: a key is in the evidence"
else
	ok "posture: no key is in the evidence"
fi

# the folder alone is enough
check "posture: the facts can be read again" "$B/airgap-verify" ingest --db "$T/again.db" "$T/faulty/posture.ndjson"
equal "posture: and tell the same" "$(sqlite3 "$T/again.db" "SELECT count(*) FROM posture_fact")" "$(told faulty "SELECT count(*) FROM posture_fact")"

# ---- real rules, in the near namespace ----------------------------------------
live() { # NAME: posture of the namespace as it is
	rm -rf "${T:?}/$1"
	timeout 60 nsenter --net="/run/netns/$near" $P --json -o "$T/$1" >"$T/$1.json" 2>"$T/$1.err" </dev/null
}
families() {
	told "$1" "SELECT group_concat(subject || ' ' || state) FROM v_posture WHERE check_id = '$2'"
}
severity() {
	told "$1" "SELECT severity FROM v_posture WHERE check_id = 'posture_firewall_holes' AND subject = 'IPv4'"
}
if command -v nft >/dev/null && nsenter --net="/run/netns/$near" nft list ruleset >/dev/null 2>&1; then
	live open
	equal "posture: without rules both families are open" "$(families open posture_firewall_default)" "IPv4 finding,IPv6 finding"
	nsenter --net="/run/netns/$near" nft -f - <<-'END'
		table inet lab {
			chain output {
				type filter hook output priority 0; policy drop;
				oifname "lo" accept
				ct state established,related accept
			}
		}
	END
	live closed
	equal "posture: a policy that drops closes both" "$(families closed posture_firewall_default)" "IPv4 ok,IPv6 ok"
	equal "posture: without a hole" "$(families closed posture_firewall_holes)" "IPv4 ok,IPv6 ok"
	nsenter --net="/run/netns/$near" nft insert rule inet lab output meta nfproto ipv4 udp dport 53 accept
	live hole
	equal "posture: a rule before it is a hole" "$(families hole posture_firewall_holes)" "IPv4 finding,IPv6 ok"
	equal "posture: to anywhere, which is worse than to a place" "$(severity hole)" high
	nsenter --net="/run/netns/$near" nft -f - <<-'END'
		table inet lab2 {
			chain after {
				type filter hook postrouting priority srcnat; policy drop;
				oifname "lo" accept
				ip daddr 192.0.2.53 accept
			}
			chain first {
				type nat hook output priority 0; policy accept;
			}
		}
	END
	live after
	equal "posture: what is asked after the output bounds it" "$(severity after)" medium
	nsenter --net="/run/netns/$near" nft delete table inet lab2
	nsenter --net="/run/netns/$near" nft insert rule inet lab output meta nfproto ipv6 accept
	live six
	equal "posture: one family may be open" "$(families six posture_firewall_default)" "IPv4 ok,IPv6 finding"
	nsenter --net="/run/netns/$near" nft delete table inet lab
else
	without closed "nft does not work here"
	without hole "nft does not work here"
fi
if command -v iptables >/dev/null && nsenter --net="/run/netns/$near" iptables -S OUTPUT >/dev/null 2>&1; then
	nsenter --net="/run/netns/$near" sh -c 'iptables -P OUTPUT DROP && iptables -A OUTPUT -o lo -j ACCEPT'
	live four
	equal "posture: iptables alone leaves IPv6 open" "$(families four posture_firewall_default)" "IPv4 ok,IPv6 finding"
	nsenter --net="/run/netns/$near" sh -c 'iptables -F OUTPUT; iptables -P OUTPUT ACCEPT'
else
	skip "posture: rules of iptables" "iptables does not work here"
fi

# ---- inside a session ----------------------------------------------------------
session posture -- true
exits posture 0
equal "posture: a session keeps it" "$(ask posture "SELECT count(*) > 10 FROM v_posture")" 1
equal "posture: which decides nothing" "$(ask posture "SELECT DISTINCT effect FROM v_finding WHERE check_id LIKE 'posture_%'")" NOTE
check "posture: and it is sealed" "$B/airgap-verify" verify "$T/posture"
