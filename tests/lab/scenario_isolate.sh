# SPDX-License-Identifier: Apache-2.0
# A session that cannot get out: run by an ordinary user, and by root on that user's
# behalf. Whatever arrives on the far side would be an escape: its counter of packets
# received tells.
R="$B/lab/reach" S="$B/lab/slip"
iso_user=nobody
iso_uid=$(id -u $iso_user) iso_gid=$(id -g $iso_user)
install -d -o $iso_user "$T/iso" "$T/iso/work"
chmod 711 "$T/iso"

# isolated WHO NAME [OPTION…] -- COMMAND…: WHO is "user" or "root"
isolated() {
	who=$1 name=$2
	shift 2
	case $who in
	user) set -- setpriv --reuid "$iso_uid" --regid "$iso_gid" --clear-groups env HOME="$T/iso/work" "$B/airgap-verify" session --isolate "$@" ;;
	root) set -- env SUDO_UID="$iso_uid" SUDO_GID="$iso_gid" SUDO_USER=$iso_user "$B/airgap-verify" session --isolate "$@" ;;
	esac
	(
		cd "$T/iso/work" || exit 1
		PATH="$B/lab:$PATH" exec timeout 120 nsenter --net="/run/netns/$near" --wdns="$T/iso/work" "$@"
	) >"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}
arrived() { nsenter --net="/run/netns/$far" ip -s link show dev "v$far" | awk '/RX:/ {getline; print $2}'; }
outside="nsenter --net=/run/netns/$near setpriv --reuid $iso_uid --regid $iso_gid --clear-groups"

if ! $outside unshare -Urn true 2>/dev/null; then
	for name in iso/plain iso/root iso/kept iso/carried; do
		without $name "ordinary users may make no namespaces here"
	done
	return 0
fi

isolated user iso/plain --linger 2s -o "$T/iso/plain" -- sh -c \
	'[ "$(id -u)" = '"$iso_uid"' ] && [ "$(pwd)" = '"$T/iso/work"' ] && echo made >made && exit 7'
exits iso/plain 0
says iso/plain PASS
says iso/plain "sudo inside of it does not work"
says iso/plain "could leave this machine"
says iso/plain "ended with exit status 7"
equal "iso/plain: what it made is there" "$(cat "$T/iso/work/made")" made
isolated user iso/evidence -o "$T/iso/work/evidence" -- sh -c '[ ! -e evidence/evidence.ndjson ] && ! touch evidence/x 2>/dev/null'
exits iso/evidence 0
says iso/evidence "ended with exit status 0"
equal "iso/plain: each proof held" "$(ask iso/plain "SELECT count(*) || ' of ' || sum(held) FROM isolation_proof")" "25 of 25"
equal "iso/plain: nothing of ours is left in /tmp" "$(find /tmp -maxdepth 1 -name 'airgap-verify-*' -newer "$T/far.ready")" ""

# by root, on itself: it is told that this is no isolation
session iso/root --isolate -- true
exits iso/root 2
says iso/root "to be root on the machine"

# the model server: without somebody who watches it or vouches for it nothing is proven
nsenter --net="/run/netns/$near" "$B/lab/model_stub" 11434 <"$T/hold" >/dev/null 9>&- &
model=$!
sleep 0.3
printf '[isolate]\ncarry = 127.0.0.1:11434\n' >"$T/iso/policy.ini"
ask_model="for n in 1 2 3; do curl -sS --noproxy '*' -d '{}' http://127.0.0.1:11434/api/generate; done"
isolated user iso/carried -o "$T/iso/carried" --carry 11434 -- sh -c "$ask_model"
exits iso/carried 2
says iso/carried "carried out of the isolation to 127.0.0.1:11434"
isolated user iso/vouched -o "$T/iso/vouched" --policy "$T/iso/policy.ini" -- sh -c "$ask_model"
exits iso/vouched 0
says iso/vouched '"response":"int main'
says iso/vouched "were carried"
equal "iso/vouched: the bytes of each" "$(ask iso/vouched "SELECT count(*) FROM v_carried WHERE state = 'ended' AND bytes_out > 0 AND bytes_in > 0")" 3
isolated root iso/watched -o "$T/iso/watched" --carry 11434 -- sh -c "$ask_model"
exits iso/watched 0
equal "iso/watched: as many were carried as the kernel saw" "$(ask iso/watched "SELECT count(*) FROM v_carried")" \
	"$(ask iso/watched "SELECT count(*) FROM v_attempt WHERE in_session AND dst = '127.0.0.1' AND dport = 11434 AND outcome = 'ok'")"
kill $model && wait $model 2>/dev/null
isolated user iso/nowhere -o "$T/iso/nowhere" --carry 11434 -- sh -c "$ask_model; true"
exits iso/nowhere 0
equal "iso/nowhere: the server was not there" "$(ask iso/nowhere "SELECT DISTINCT state FROM v_carried")" failed
isolated user iso/six -o "$T/iso/six" --carry '[::1]:8443' -- "$R" tcp ::1 8443
exits iso/six 2
equal "iso/six: carried over IPv6" "$(ask iso/six "SELECT dst || ' ' || dport || ' ' || state FROM v_carried")" "::1 8443 ended"
isolated user iso/other -o "$T/iso/other" --carry 192.0.2.2:443 -- true
exits iso/other 64
says iso/other "only what listens on the loopback"

# ways out: none gets a packet to the other side, and each is told: by its call without rights, by
# the kernel's witness with them
before=$(arrived)
for way in "1 tcp 192.0.2.2 443" "1 udp 192.0.2.2 443" "1 tcp 2001:db8::2 443" "0 icmp 192.0.2.2" "0 packet" "0 uring 192.0.2.2 443" "1 dns 192.0.2.2 host.example"; do
	id="iso/$(echo "${way#??}" | tr ' :.' '---')"
	isolated user "$id" -o "$T/$id" -- "$R" ${way#??}
	exits "$id" "${way%% *}"
done
for way in "thread" "vfork" "fastopen" "mptcp" "mapped" "sendmmsg"; do
	isolated user "iso/$way" -o "$T/iso/$way" -- "$S" $way 192.0.2.2 443
	exits "iso/$way" 1
	equal "iso/$way: the attempt and what became of it" \
		"$(ask "iso/$way" "SELECT DISTINCT replace(dst, '::ffff:', '') || ' ' || (outcome IN ('unreachable', 'failed')) FROM v_attempt WHERE in_session AND witness = 'seccomp' AND class NOT IN ('loopback', 'unix')")" "192.0.2.2 1"
done
# nothing was asked to be sent, or could be asked in that way
for way in "connected" "clone3"; do
	isolated user "iso/$way" -o "$T/iso/$way" -- "$S" $way 192.0.2.2 443
	exits "iso/$way" 0
done
isolated root iso/tried -o "$T/iso/tried" -- "$R" tcp 192.0.2.2 443
exits iso/tried 1
says iso/tried "stopped on this machine as far as was seen"
equal "iso/tried: outcome" "$(ask iso/tried "SELECT outcome FROM v_attempt WHERE in_session AND dst = '192.0.2.2'")" unreachable
for who in root user; do
	isolated $who iso/burst-$who -o "$T/iso/burst-$who" -- "$R" burst 192.0.2.2 2001:db8::2 443
	exits iso/burst-$who 1
	equal "iso/burst-$who: 4,200 of 4,200 attempts, each with pid and program, none of them let out" \
		"$(ask iso/burst-$who "SELECT count(*) FROM v_attempt WHERE in_session AND pid > 0 AND exe LIKE '%/reach' AND outcome = 'unreachable'
			AND dst IN ('192.0.2.2', '2001:db8::2')")" 4200
	equal "iso/burst-$who: nothing lost" "$(ask iso/burst-$who "SELECT coalesce(sum(lost), 0) FROM v_coverage")" 0
done
equal "iso/burst-user: the calls were seen all along" "$(ask iso/burst-user "SELECT group_concat(DISTINCT state) FROM v_coverage WHERE witness = 'seccomp'")" seeing
isolated user iso/nested -o "$T/iso/nested" -- unshare -Urmn sh -c "umount /tmp /run 2>/dev/null; ls /tmp/airgap-lab-*/home && exit 1; ip link set lo up; reach tcp 192.0.2.2 443"
exits iso/nested 1
equal "isolate: packets that arrived on the other side" "$(($(arrived) - before))" 0

# a daemon from before, asked over a Unix socket; what it sends would arrive
daemon() {
	$outside "$S" relay "$1" 192.0.2.2 443 9>&- 2>/dev/null &
	outsider=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -S "$1" ] && break
		sleep 0.1
	done
	before=$(arrived)
}
not_asked() {
	isolated user "$1" -o "$T/$1" -- "$S" tell "$2"
	exits "$1" 0
	equal "$1: nothing arrived" "$(($(arrived) - before))" 0
	kill $outsider && wait $outsider 2>/dev/null
	rm -f "$2"
}
daemon "/tmp/agv-$$"
not_asked iso/tmp "/tmp/agv-$$"
# by way of a link, which whoever does the call for it must not follow outside
daemon "/tmp/agv-$$"
ln -s "/tmp/agv-$$" "$T/iso/work/link"
not_asked iso/link-out link
rm -f "/tmp/agv-$$"
install -d -o $iso_user "/run/user/agv-$$"
daemon "/run/user/agv-$$/bus"
not_asked iso/run "/run/user/agv-$$/bus"
rmdir "/run/user/agv-$$"
daemon "$T/iso/work/daemon"
not_asked iso/work-folder "$T/iso/work/daemon"

# one that was let through: it is asked, and that is said
daemon "/tmp/agv-$$"
isolated user iso/kept -o "$T/iso/kept" --isolate-keep "/tmp/agv-$$" -- "$S" tell "/tmp/agv-$$"
exits iso/kept 2
says iso/kept "was let through to the session: /tmp/agv-$$"
equal "iso/kept: it was asked" "$(($(arrived) > before))" 1
kill $outsider 2>/dev/null && wait $outsider 2>/dev/null
rm -f "/tmp/agv-$$"

# and one that comes up in the work folder while the session runs
isolated user iso/came-up -o "$T/iso/came-up" -- sleep 2 &
waiting=$!
sleep 1
$outside "$S" relay "$T/iso/work/late" 192.0.2.2 443 9>&- 2>/dev/null &
outsider=$!
wait $waiting
kill $outsider && wait $outsider 2>/dev/null
equal "iso/came-up: verdict" "$(ask iso/came-up "SELECT verdict FROM verdict")" INCONCLUSIVE
equal "iso/came-up: told" "$(ask iso/came-up "SELECT count(*) FROM v_isolation WHERE what = 'open' AND name LIKE '%/work/late' AND detail = 'came up'")" 1

# a link that somebody puts into the namespace
isolated user iso/link -o "$T/iso/link" -- sleep 3 &
waiting=$!
sleep 1
inside=$(pgrep -u "$iso_uid" -x sleep | head -1)
nsenter --net="/run/netns/$near" ip link add agvx type veth peer name agvy
nsenter --net="/run/netns/$near" ip link set agvx netns "$inside" 2>/dev/null && nsenter --net="/proc/$inside/ns/net" ip link set agvx up
wait $waiting
equal "iso/link: verdict" "$(ask iso/link "SELECT verdict FROM verdict")" INCONCLUSIVE
says iso/link "link agvx"
nsenter --net="/run/netns/$near" ip link del agvy 2>/dev/null

# where it is forbidden
(
	cd "$T/iso/work" || exit 1
	nsenter --net="/run/netns/$near" setpriv --reuid "$iso_uid" --regid "$iso_gid" --clear-groups env HOME="$T/iso/work" unshare -Ur sh -c \
		"echo 0 >/proc/sys/user/max_user_namespaces; exec '$B/airgap-verify' session -o '$T/iso/forbidden' --isolate -- touch ran"
) >"$T/iso/forbidden.out" 2>"$T/iso/forbidden.err" </dev/null
status=$?
exits iso/forbidden 69
says iso/forbidden "sysctl -w user.max_user_namespaces"
equal "iso/forbidden: the command was not run" "$(ls "$T/iso/work/ran" 2>/dev/null)" ""
