# SPDX-License-Identifier: Apache-2.0
# network.sh: two network namespaces with a cable between them and nothing else.
# Sourced; wants $near, $far and $B. The near one is 192.0.2.1 and 2001:db8::1, the
# far one 192.0.2.2 and 2001:db8::2 with somebody listening on port 443 and a name
# server on 53. wide_up adds a third one, behind 203.0.113.253: a name server for which
# every name exists, each with an address of 198.51.100.0/24 of its own.

sink_near= sink_far= wide= names=

network_up() {
	ip netns add "$near" && ip netns add "$far" || return 1
	ip link add "v$near" netns "$near" type veth peer name "v$far" netns "$far" || return 1
	network_end "$near" 1
	network_end "$far" 2
	mkfifo "$T/hold"
	nsenter --net="/run/netns/$far" "$B/lab/sink" 443 <"$T/hold" >"$T/far.ready" &
	sink_far=$!
	nsenter --net="/run/netns/$near" "$B/lab/sink" 8443 <"$T/hold" >"$T/near.ready" &
	sink_near=$!
	exec 9>"$T/hold"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/far.ready" ] && [ -s "$T/near.ready" ] && return 0
		sleep 0.1
	done
	echo "lab: the other side does not listen"
	return 1
}

# no address detection and no router solicitations: what is sent is what is tested
network_end() {
	nsenter --net="/run/netns/$1" sh -c "
		ip link set lo up
		ip addr add 192.0.2.$2/24 dev v$1
		ip -6 addr add 2001:db8::$2/64 dev v$1 nodad
		echo 0 >/proc/sys/net/ipv6/conf/v$1/router_solicitations
		ip link set v$1 up"
}

wide_up() {
	wide=agv$$w
	ip netns add "$wide" &&
		ip link add "w$near" netns "$near" type veth peer name "w$wide" netns "$wide" || return 1
	nsenter --net="/run/netns/$wide" sh -c "
		ip link set lo up
		ip addr add 203.0.113.253/24 dev w$wide
		ip link set w$wide up
		ip route add local 198.51.100.0/24 dev lo"
	nsenter --net="/run/netns/$near" sh -c "
		ip addr add 203.0.113.254/24 dev w$near
		echo 1 >/proc/sys/net/ipv6/conf/w$near/disable_ipv6
		ip link set w$near up
		ip route add 198.51.100.0/24 via 203.0.113.253"
	nsenter --net="/run/netns/$wide" "$B/lab/catch_names" <"$T/hold" >"$T/names" 9>&- &
	names=$!
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/names" ] && return 0
		sleep 0.1
	done
	return 1
}

# The cable goes with it.
wide_down() {
	[ -n "$wide" ] || return 0
	[ -z "$names" ] || { kill "$names" && wait "$names"; } 2>/dev/null
	ip netns del "$wide"
	wide= names=
}

network_down() {
	wide_down
	exec 9>&-
	for pid in $sink_near $sink_far; do
		wait "$pid"
	done
	ip netns del "$near" 2>/dev/null
	ip netns del "$far" 2>/dev/null
}
