# SPDX-License-Identifier: Apache-2.0
# clients_network.sh: two network namespaces with a cable between them and no uplink:
# in the far one is every host there is. Sourced; wants $near, $far, $T and $B. What was
# asked of its name server stands in $T/names, what was asked of its hosts in $T/hosts;
# the authority for them is $T/ca.pem.

# of TCP: what AI clients and browsers use
ports="80 443 853 4317 4318 5228 8080 8443"
catchers=

clients_network_up() {
	ip netns add "$near" && ip netns add "$far" || return 1
	ip link add "v$near" netns "$near" type veth peer name "v$far" netns "$far" || return 1
	clients_network_end "$near" 1
	clients_network_end "$far" 2
	# only to the documentation ranges: what is sent elsewhere is refused at once, and seen
	nsenter --net="/run/netns/$near" sh -c '
		ip route add 198.51.100.0/24 via 192.0.2.2
		ip route add 203.0.113.0/24 via 192.0.2.2
		ip -6 route add 2001:db8:1::/64 via 2001:db8::2' || return 1
	nsenter --net="/run/netns/$far" sh -c '
		ip route add local 198.51.100.0/24 dev lo
		ip route add local 203.0.113.0/24 dev lo
		ip -6 route add local 2001:db8:1::/64 dev lo' || return 1
	mkdir "$T/clients"
	mkfifo "$T/hold"
	nsenter --net="/run/netns/$far" "$B/lab/catch_names" <"$T/hold" >"$T/names" &
	catchers=$!
	# shellcheck disable=SC2086 # a list
	nsenter --net="/run/netns/$far" "$B/lab/catch_all" "$T/ca.pem" $ports <"$T/hold" >>"$T/hosts" &
	catchers="$catchers $!"
	exec 9>"$T/hold"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/names" ] && [ -s "$T/hosts" ] && return 0
		sleep 0.1
	done
	echo "clients: the other side does not listen"
	return 1
}

# no address detection and no router solicitations: what is sent is what is tested
clients_network_end() {
	nsenter --net="/run/netns/$1" sh -c "
		ip link set lo up
		ip addr add 192.0.2.$2/24 dev v$1
		ip -6 addr add 2001:db8::$2/64 dev v$1 nodad
		echo 0 >/proc/sys/net/ipv6/conf/v$1/router_solicitations
		ip link set v$1 up"
}

# inside COMMAND…: in the near namespace, where the other side is the name server, no
# service of this machine can be reached by a socket in /run, and the clients stand in
# $T/clients, whoever may enter the folder of the build.
inside() {
	nsenter --net="/run/netns/$near" unshare --mount sh -c '
		T=$1 B=$2 && shift 2
		mount -t tmpfs -o mode=755 tmpfs /run || exit 1
		resolv=$(readlink -m /etc/resolv.conf) # often in /run
		[ -e "$resolv" ] || { mkdir -p "${resolv%/*}" && : >"$resolv"; }
		mount --bind "$B/lab-clients" "$T/clients" &&
		mount --bind "$T/resolv.conf" "$resolv" &&
		mount --bind "$T/nsswitch.conf" /etc/nsswitch.conf && exec "$@"' inside "$T" "$B" "$@" 9>&-
}

# Whatever runs in the near namespace was started here.
end_all_inside() {
	for signal in TERM KILL; do
		pids=$(ip netns pids "$near" 2>/dev/null) && [ -n "$pids" ] || return 0
		# shellcheck disable=SC2086 # a list
		kill -s "$signal" $pids 2>/dev/null
		sleep 0.3
	done
}

clients_network_down() {
	end_all_inside
	exec 9>&-
	for pid in $catchers; do
		wait "$pid"
	done
	ip netns del "$near" 2>/dev/null
	ip netns del "$far" 2>/dev/null
}
