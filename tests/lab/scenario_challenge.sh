# SPDX-License-Identifier: Apache-2.0
# Every way out, tried on purpose to a sink of our own: what stopped each, or that it left.
mkfifo "$T/echo.hold"
nsenter --net="/run/netns/$far" "$B/lab/echo" 7443 <"$T/echo.hold" >"$T/echo.ready" &
echo_pid=$!
nsenter --net="/run/netns/$near" "$B/lab/echo" 3128 192.0.2.2 7443 <"$T/echo.hold" >"$T/proxy.ready" &
proxy_pid=$!
exec 8>"$T/echo.hold"
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$T/echo.ready" ] && [ -s "$T/proxy.ready" ] && break
	sleep 0.1
done

cat >"$T/challenge.ini" <<'END'
[challenge]
sink = 192.0.2.2
sink6 = 2001:db8::2
port = 7443
name = sink.example
[claim routes]
stops = tcp, tcp6, udp, udp6, icmp, dns_udp
[claim proxy filter]
stops = proxy
END

# challenge NAME [VARIABLE=VALUE…] [OPTION…]: as session(), with a policy
challenge() {
	name=$1
	shift
	timeout 150 nsenter --net="/run/netns/$near" env "$@" "$B/airgap-verify" challenge --policy "$T/challenge.ini" \
		-o "$T/$name" >"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}
# result NAME PROBE WANTED [WITNESS]
result() {
	equal "$1: $2" "$(ask "$1" "SELECT coalesce(result, 'not tried')${4:+ || ' ' || last_witness} FROM v_challenge
		WHERE probe = '$2'")" "$3${4:+ $4}"
}

# without a sink that the site owns nothing is sent, and nothing made
echo "[policy]" >"$T/none.ini"
timeout 20 "$B/airgap-verify" challenge --policy "$T/none.ini" -o "$T/refused" >"$T/refused.out" 2>"$T/refused.err"
status=$?
exits refused 78
says refused "nothing is sent anywhere unless"
check "refused: made no folder" test ! -e "$T/refused"
timeout 20 "$B/airgap-verify" challenge --policy "$T/challenge.ini" --plan -o "$T/plan" >"$T/plan.out" 2>"$T/plan.err"
status=$?
exits plan 0
says plan "tcp6 *\[2001:db8::2\]:7443"
check "plan: made no folder" test ! -e "$T/plan"

challenge open https_proxy=http://127.0.0.1:3128/
exits open 1
for probe in tcp tcp6 udp udp6 icmp icmp6 dns_udp proxy child orphan; do
	result open $probe arrived sink
done
for probe in dns_tcp dot doh quic raw; do
	result open $probe left packets
done
equal "open: the claims are broken" "$(ask open "SELECT group_concat(DISTINCT state) FROM v_claim")" broken
equal "open: nothing went anywhere else" "$(ask open "SELECT count(*) FROM v_attempt WHERE in_session AND leaves
	AND dst NOT IN ('192.0.2.2', '2001:db8::2')")" 0
equal "open: it stands in the report" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/open/report/report.json'),
	'$.challenge[0].result', '$.claims[0].state')")" '["arrived","broken"]'
check "open: the folder is sealed with it" "$B/airgap-verify" verify "$T/open"
check "open: judged again it is the same" sh -c "$B/airgap-verify crosscheck -q '$T/open' >/dev/null; test \$? = 1"
result open tcp arrived sink

# a route that ends on this machine stops all of them before the wire
nsenter --net="/run/netns/$near" sh -c 'ip route add blackhole 192.0.2.2/32; ip -6 route add blackhole 2001:db8::2/128'
challenge blackhole -u https_proxy
exits blackhole 0
equal "blackhole: all were stopped" "$(ask blackhole "SELECT group_concat(DISTINCT result) FROM v_challenge
	WHERE result IS NOT NULL")" stopped
equal "blackhole: no packet of the session" "$(ask blackhole "SELECT count(*) FROM v_flow
	WHERE dst IN ('192.0.2.2', '2001:db8::2') AND iface <> 'lo'")" 0
equal "blackhole: the claims hold" "$(ask blackhole "SELECT group_concat(DISTINCT state) FROM v_claim
	WHERE layer = 'routes'")" holds
says blackhole "routes, tcp: holds"
result blackhole proxy "not tried"
equal "blackhole: what was not tried shows nothing" "$(ask blackhole "SELECT state FROM v_claim
	WHERE layer = 'proxy filter'")" "not shown"
# through sudo the prober runs as whoever asked, and the folder is theirs
install -d -m 755 -o nobody "$T/asked"
cp "$T/challenge.ini" "$T/asked/"
(
	cd "$T/asked" || exit 1
	timeout 150 nsenter --net="/run/netns/$near" env SUDO_UID="$(id -u nobody)" SUDO_GID="$(id -g nobody)" \
		SUDO_USER=nobody "$B/airgap-verify" challenge --policy challenge.ini --json
) >"$T/asked.out" 2>"$T/asked.err" </dev/null
status=$?
exits asked 0
equal "asked: one document" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/asked.out'), '$.result')")" stopped
equal "asked: nothing in the folder is another's" "$(find "$T/asked/airgap-sessions" ! -user nobody | wc -l)" 0
equal "asked: raw sockets were not given" "$(sqlite3 "$T"/asked/airgap-sessions/*/audit.db \
	"SELECT stopped_at FROM v_challenge WHERE probe = 'raw'")" "no socket was given"

# without rights the packets are not seen: that none left cannot be told
install -d -m 777 "$T/open_to_all"
cp "$T/challenge.ini" "$T/open_to_all/"
timeout 150 nsenter --net="/run/netns/$near" setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/nonexistent \
	"$B/airgap-verify" challenge --policy "$T/open_to_all/challenge.ini" -o "$T/open_to_all/s" \
	>"$T/blind.out" 2>"$T/blind.err" </dev/null
status=$?
exits blind 2
says blind "cannot be told"
nsenter --net="/run/netns/$near" sh -c 'ip route del blackhole 192.0.2.2/32; ip -6 route del blackhole 2001:db8::2/128'

# a filter that drops: the call waits, and nothing reaches the wire
if nsenter --net="/run/netns/$near" nft add table inet challenge 2>/dev/null; then
	nsenter --net="/run/netns/$near" nft -f - <<'END'
table inet challenge {
	chain out {
		type filter hook output priority 0
		ip daddr 192.0.2.2 tcp dport 7443 drop
		ip6 daddr 2001:db8::2 tcp dport 7443 reject with tcp reset
		ip daddr 192.0.2.2 meta l4proto udp drop
	}
}
END
	challenge filter -u https_proxy
	exits filter 1
	result filter tcp stopped
	result filter tcp6 stopped
	result filter udp stopped
	result filter dns_udp stopped
	result filter orphan stopped
	result filter udp6 arrived
	result filter dns_tcp left packets
	nsenter --net="/run/netns/$near" nft delete table inet challenge
else
	skip "challenge: a filter" "nft does not work here"
fi
exec 8>&-
wait $echo_pid $proxy_pid
