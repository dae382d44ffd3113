# SPDX-License-Identifier: Apache-2.0
# The guides of docs/, followed word by word: each command in its order and with the exit
# status that the guide tells of, as an ordinary user with a home of their own, and as root
# where it says sudo. Here with the programs as built; tests/packages follows them with what is
# installed. What they call your-agent and vendor-tool is the sample agent.
G=$T/guides
install -d -m 755 "$G" "$G/bin"
install -d -o nobody "$G/home"
. "$here/guides.sh"
guide_tools "$G/bin" "$G/opt"
sed "s,^\(nobody:.*\):[^:]*:\([^:]*\)\$,\1:$G/home:\2," /etc/passwd >"$G/passwd"

cat >"$G/follow.sh" <<'EOF'
# follow.sh: in namespaces of its own, with what stands for the installed programs
mount --bind "$G/passwd" /etc/passwd && mount --bind "$G/opt" /opt || exit 1
export PATH="$G/bin:$PATH" HOME="$G/home"
uid=$(id -u nobody) gid=$(id -g nobody)
airgap_verify="$B/airgap-verify"
airgap-verify() { setpriv --reuid="$uid" --regid="$gid" --clear-groups "$airgap_verify" "$@"; }
sudo() {
	[ "$1" != apt ] || return 0 # this machine has it all
	[ "$1" = airgap-verify ] || return 1
	shift
	env SUDO_UID="$uid" SUDO_GID="$gid" SUDO_USER=nobody HOME=/root "$airgap_verify" "$@"
}
. "$here/guide_follow.sh"
EOF

# follow GUIDE: in a folder of that name; an agent's log lies there, empty, as its user left it
follow() {
	[ -d "$G/$1" ] || install -d -o nobody "$G/$1"
	rm -rf "$G/home/.config" # whoever follows it has followed no other
	install -o nobody /dev/null "$G/$1/agent.log"
	install -o nobody /dev/null "$G/$1/vendor.log"
	python3 "$here/guide_steps.py" "$B/../docs/$1.md" >"$G/$1.steps" || return 1
	timeout 200 nsenter --net="/run/netns/$near" unshare -m env G="$G" B="$B" here="$here" \
		bash "$G/follow.sh" "$G/$1" "$G/$1.steps" >"$G/$1.said" 2>&1
	guide_judge "$1" "$G/$1.steps" "$G/$1.said"
}
nsenter --net="/run/netns/$near" "$B/lab/model_stub" 11434 <"$T/hold" >/dev/null 9>&- &
guides_model=$!
follow quick-start
follow officer
follow trial
# the assessor has what the officer handed over
if command -v pdfsig >/dev/null && command -v unzip >/dev/null && command -v tcpdump >/dev/null; then
	install -d -o nobody "$G/assessor"
	install -o nobody "$G/officer/trial.zip" "$G/assessor/"
	follow assessor
else
	skip "guide assessor" "pdfsig, unzip or tcpdump is not here (deps.sh --peers)"
fi
kill $guides_model
wait $guides_model 2>/dev/null

# troubleshooting has what doctor speaks of
for name in $("$B/airgap-verify" list collectors | cut -d" " -f1) decoder "signing key" "time stamps"; do
	check "troubleshooting: $name" grep -q "^### .*$name" "$B/../docs/troubleshooting.md"
done
