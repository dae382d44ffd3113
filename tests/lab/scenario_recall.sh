# SPDX-License-Identifier: Apache-2.0
# Each kind of traffic of recall.tsv, the 24 of picosnitch's bench among them, in each tier: is it
# seen, with the process and the program that did it? Each kind is a program with a name of its
# own and prints what it did (traffic.h); that is held against the evidence, call by call and
# in the full tier byte by byte.
tab=$(printf '\t')
RECALL="$T/recall/work"
recall_user=nobody
recall_ids="--reuid $(id -u $recall_user) --regid $(id -g $recall_user) --clear-groups"
pod=agv$$p
if [ -w /sys/fs/cgroup/unified/cgroup.procs ]; then groups=/sys/fs/cgroup/unified; else groups=/sys/fs/cgroup; fi
mkdir -m 755 "$T/recall"
install -d -o $recall_user "$RECALL" "$RECALL/bin"
kinds() { tail -n +2 "$here/recall.tsv" | cut -f1; }
for kind in $(kinds); do
	case $kind in
	icmp | raw | frame | ring-*) cp "$B/lab/traffic_low" "$RECALL/bin/$kind" ;;
	*) cp "$B/lab/traffic" "$RECALL/bin/$kind" ;;
	esac
done

# every kind in its turn; in front of that of a container what makes one
cat >"$RECALL/all" <<END
for kind in $(kinds | tr '\n' ' '); do
	in= second=2001:db8::2
	case \$kind in
	icmp | raw | frame | ring-*) second=v$near ;;
	container) in="\$1" ;;
	esac
	\$in "$RECALL/bin/\$kind" "\$kind" 192.0.2.2 "\$second"
done
END
cat >"$RECALL/pod" <<END
own="$groups\$(sed -n 's/^0:://p' /proc/self/cgroup)"
[ ! -w "\$own/cgroup.procs" ] || { mkdir "\$own/inner" && echo \$\$ >"\$own/inner/cgroup.procs"; }
exec nsenter --net=/run/netns/$pod unshare -Cmpf "\$@"
END

# the container's own way out, which the others have not
ip netns add $pod && ip link add p$near netns $pod type veth peer name p$far netns "$far"
nsenter --net=/run/netns/$pod sh -c "ip link set lo up; ip addr add 198.51.100.1/24 dev p$near
	ip link set p$near up; ip route add 192.0.2.2/32 via 198.51.100.2"
nsenter --net="/run/netns/$far" sh -c "ip addr add 198.51.100.2/24 dev p$far; ip link set p$far up"
sources=
for space in "$near" "$far"; do
	nsenter --net="/run/netns/$space" "$B/lab/source" 9000 <"$T/hold" >"$RECALL/$space.ready" 9>&- &
	sources="$sources $!"
done
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$RECALL/$near.ready" ] && [ -s "$RECALL/$far.ready" ] && break
	sleep 0.1
done

# what this kernel has not at all, is found without a watch
nsenter --net="/run/netns/$near" sh "$RECALL/all" "sh $RECALL/pod" >"$RECALL/alone" 2>/dev/null
lacking=" $(awk -F'\t' '$1 == "could-not" {n = split($2, path, "/"); printf "%s ", path[n]}' "$RECALL/alone")"
for kind in $lacking; do
	skip "recall: $kind" "this kernel has none: $(awk -F'\t' -v k="/$kind\$" '$1 == "could-not" && $2 ~ k {print $5}' "$RECALL/alone")"
done

# held TIER: what each process printed, beside what the evidence says of it, as lines KIND
# ANSWER BYTES: "seen"; "refused": its call came to nothing, and that is told; "nothing": the
# system made no socket for it, so that there was nothing to see; "missed". BYTES: of how many
# processes other bytes are told than were sent.
held() {
	# the latter's lines are shorter
	sed -n -e "s/^could-not$tab.*/&$tab$tab$tab/p" -e "/^did$tab/p" "$T/recall/$1.out" >"$RECALL/$1.truth"
	sqlite3 -tabs "file:$T/recall/$1/audit.db?mode=ro" >"$RECALL/$1.answers" <<END
CREATE TEMP TABLE line (what, exe, pid INTEGER, proto, dst, dport INTEGER, times INTEGER, sent INTEGER);
.import "$RECALL/$1.truth" line
CREATE TEMP TABLE wanted AS SELECT what, exe, pid, proto, dst, dport, sum(times) AS times, sum(sent) AS sent
	FROM line GROUP BY what, exe, pid, proto, dst, dport;
CREATE TEMP VIEW got AS SELECT w.*, count(a.id) AS seen, sum(a.bytes_out) AS bytes, sum(a.outcome = 'denied') AS denied
	FROM wanted w LEFT JOIN v_attempt a ON a.in_session AND a.pid = w.pid AND a.exe = w.exe AND a.exe_sha256 IS NOT NULL
		AND (CASE WHEN w.what = 'did' AND w.dst != '-' THEN a.dst = w.dst AND a.dport = w.dport
			ELSE a.call = 'socket' OR w.what = 'could-not' END)
	GROUP BY w.rowid;
SELECT replace(exe, '$RECALL/bin/', ''), CASE
	WHEN max(what = 'could-not') THEN CASE WHEN min(seen > 0) THEN 'refused'
		WHEN min(dst IN ('Operation not permitted', 'Function not implemented',
			'Address family not supported by protocol')) THEN 'nothing' ELSE 'missed' END
	WHEN min(CASE WHEN dst = '-' THEN seen > 0 ELSE seen >= times END) THEN 'seen' ELSE 'missed' END,
	total(what = 'did' AND bytes != sent)
	FROM got GROUP BY exe;
END
}

# recalled TIER NOTHING: no kind that this kernel has is missed, and of these alone there was
# nothing to see
recalled() {
	held "$1"
	count=0 missed= nothing=
	for kind in $(kinds); do
		case "$lacking" in *" $kind "*) continue ;; esac
		count=$((count + 1))
		case $(answer "$1" "$kind") in
		seen | refused) ;;
		nothing) nothing="$nothing $kind" ;;
		*) missed="$missed $kind" ;;
		esac
	done
	equal "recall/$1: none of $count kinds is missed, each with its process and program" "$missed" ""
	equal "recall/$1: those that the system made no socket for" "$nothing" "$2"
}
answer() { awk -F'\t' -v k="$2" '$1 == k {print $2}' "$RECALL/$1.answers"; }

session recall/full -- sh "$RECALL/all" "sh $RECALL/pod"
exits recall/full 1
recalled full ""
equal "recall/full: as many bytes as were sent" "$(awk '{n += $3} END {print n + 0}' "$RECALL/full.answers")" 0

# a way on which each tenth packet is lost
lossy="add table inet lossy; add chain inet lossy in { type filter hook input priority 0; }
	add rule inet lossy in tcp dport 9000 numgen inc mod 10 == 5 drop"
if nsenter --net="/run/netns/$far" nft "$lossy" 2>/dev/null; then
	session recall/lossy --linger 6s -- "$RECALL/bin/tcp-upload" tcp-upload 192.0.2.2 2001:db8::2
	nsenter --net="/run/netns/$far" nft delete table inet lossy
	equal "recall/lossy: what was sent again is not counted again" \
		"$(ask recall/lossy "SELECT bytes_out FROM v_attempt WHERE in_session AND dst = '192.0.2.2'")" \
		"$(awk -F'\t' '$1 == "did" {print $8}' "$T/recall/lossy.out")"
else
	skip recall/lossy "no nft with numgen here"
fi

# by an ordinary user: in a container of their own kind
as_them() { (cd "$RECALL" && exec timeout 120 nsenter --net="/run/netns/$near" --wdns="$RECALL" "$@"); }
theirs_all="sh $RECALL/all 'unshare -UCnmpf'"
as_them setpriv $recall_ids env HOME="$RECALL" "$B/airgap-verify" session --linger 2s -o "$RECALL/unprivileged" -- \
	sh -c "$theirs_all" >"$T/recall/unprivileged.out" 2>"$T/recall/unprivileged.err" </dev/null
status=$?
ln -s work/unprivileged "$T/recall/unprivileged"
exits recall/unprivileged 1
recalled unprivileged ""

# where nothing leads out; root's watch on their behalf sees the attempts
if as_them setpriv $recall_ids unshare -Urn true 2>/dev/null; then
	as_them env SUDO_UID="$(id -u $recall_user)" SUDO_GID="$(id -g $recall_user)" SUDO_USER=$recall_user "$B/airgap-verify" session \
		--isolate --linger 2s -o "$RECALL/isolated" -- sh -c "$theirs_all" >"$T/recall/isolated.out" 2>"$T/recall/isolated.err" </dev/null
	status=$?
	ln -s work/isolated "$T/recall/isolated"
	exits recall/isolated 1
	recalled isolated " icmp raw frame ring-upload ring-download"
else
	skip recall/isolated "ordinary users may make no namespaces here"
fi

# the table of docs/security.md
if [ -n "${V:-}" ]; then
	echo "| kind | full | unprivileged | isolated |"
	echo "|---|---|---|---|"
	tail -n +2 "$here/recall.tsv" | while IFS=$tab read -r kind number what; do
		case "$lacking" in *" $kind "*) continue ;; esac
		[ "$number" = - ] || what="$number: $what"
		echo "| $what | $(answer full "$kind") | $(answer unprivileged "$kind") | $(answer isolated "$kind") |"
	done
fi
for one in $sources; do
	kill "$one"
	wait "$one" 2>/dev/null
done
ip netns del $pod
