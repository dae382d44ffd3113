# SPDX-License-Identifier: Apache-2.0
# Read by packages.sh: the guides of docs/, followed word by word on clean machines: as a user who
# may call sudo, with a terminal's usual path and nothing installed but what the guides say; the
# assessor's on one that never saw ours. The network is that of the laboratory: a sink, and no
# way out. Troubleshooting is followed by trouble.sh.

# person NAME: a machine with a user of that name, who may become root, and a guide's tools
person() {
	machine "$1"
	alone apt-get install -y -q --no-install-recommends sudo >"$T/person.txt" 2>&1 || cat "$T/person.txt"
	inside useradd -m -U -s /bin/bash "$1"
	# who types the commands says yes, and takes each default
	echo 'APT::Get::Assume-Yes "true";' >"$R/etc/apt/apt.conf.d/tests"
	printf 'Defaults env_keep += DEBIAN_FRONTEND\n%s ALL=(ALL) NOPASSWD: ALL\n' "$1" >"$R/etc/sudoers.d/tests"
	printf '127.0.0.1 localhost %s\n' "$(uname -n)" >"$R/etc/hosts"
	cp "$lab/guide_follow.sh" "$R/opt/"
}

# has_tool NAME: beside that, the tool of the guides and its log, as its user left it, and a machine that
# systemd started, as far as a scheduler can be told of it
has_tool() {
	guide_tools "$R/usr/local/bin" "$R/opt"
	mkdir -p "$R/run/systemd/system"
	inside install -o "$1" /dev/null "/home/$1/agent.log"
	inside install -o "$1" /dev/null "/home/$1/vendor.log"
	cp "$packages"/airgap-verify_*.deb "$packages"/airgap-collect_*.deb "$R/home/$1/"
}

# as_person NAME COMMAND…: typed by that user, at home. Not in a chroot, whose processes may make no
# namespaces: this is all the machine that they know.
as_person() {
	who=$1
	shift
	nsenter --net="/run/netns/$near" unshare -m sh -c 'cd "$0" && pivot_root . . && umount -l . && exec "$@"' "$R" \
		setpriv --reuid "$who" --regid "$who" --init-groups env -i --chdir="/home/$who" HOME="/home/$who" USER="$who" \
		PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive "$@"
}

# followed GUIDE NAME [LINES]: that user takes its steps, or those of the first LINES lines
followed() {
	guide=$1 who=$2
	sed "$((${3:-999}))q" "$docs/$guide.md" >"$T/guide.txt"
	python3 "$lab/guide_steps.py" "$T/guide.txt" >"$R/opt/steps"
	as_person "$who" bash /opt/guide_follow.sh "/home/$who" /opt/steps >"$T/said.txt" 2>&1
	[ -z "${V:-}" ] || echo "  guide $guide: $(grep -c '^ok ' "$T/said.txt") of $(grep -c '^step ' "$R/opt/steps") steps"
	guide_judge "$guide" "$R/opt/steps" "$T/said.txt"
}
# the first thing that the quick start says, which the others begin with
install_lines=$(grep -n '^sudo apt install' "$docs/quick-start.md" | cut -d: -f1)
install_lines=$((install_lines + 1))

network_up || exit 1
nsenter --net="/run/netns/$near" "$B/lab/model_stub" 11434 <"$T/hold" >/dev/null 9>&- &
model=$!

person developer
has_tool developer
followed quick-start developer

person buyer
has_tool buyer
followed quick-start buyer $install_lines
followed trial buyer

person officer
has_tool officer
followed quick-start officer $install_lines
followed officer officer
handed=$R/home/officer/trial.zip

person assessor
install -m 644 "$handed" "$packages/airgap-verify_${version}_$(dpkg --print-architecture).deb" "$R/home/assessor/"
inside chown -R assessor: /home/assessor
followed assessor assessor
equal "guide assessor: what watches was not needed" "$(inside dpkg-query -W -f '${db:Status-Status}' airgap-collect)" not-installed

. "$here/trouble.sh"

kill $model
wait $model 2>/dev/null
