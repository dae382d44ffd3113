# SPDX-License-Identifier: Apache-2.0
# Read by packages.sh: what the packages are put through in a system of their own.

verify=/debs/airgap-verify_${version}_$(dpkg --print-architecture).deb
collect=/debs/airgap-collect_${version}_$(dpkg --print-architecture).deb
granted=/usr/libexec/airgap-verify/granted/airgap-collect

# Every file, folder and link with its mode and owner, but for what the package manager keeps
# of any package and what the tests brought.
everything() {
	inside find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /debs -o -path /tmp -o -path /home \
		-o -path /var/lib/dpkg -o -path /var/log -o -path /var/cache \) -prune \
		-o -printf '%y %m %u %g %p\n' | grep -v ' /etc/\(group\|gshadow\)-$' | sort
}

# as USER COMMAND…
as() {
	user=$1
	shift
	alone setpriv --reuid "$user" --regid "$user" --init-groups env --chdir=/home/"$user" HOME=/home/"$user" "$@"
}

# tier NAME: which tier the session of that name had
tier() {
	sed -n 's/.*"tier": *"\([a-z]*\)".*/\1/p' "$R/home/ann/$1/report/report.json" | head -1
}

choose() {
	echo "airgap-collect airgap-collect/grant boolean $1" | inside debconf-set-selections
}

machine packages
mkdir "$R/debs"
cp "$packages"/*.deb "$R/debs/"
# shellcheck disable=SC2086 # a list
check "what they depend on is at hand" alone apt-get install -y -q --no-install-recommends $needed
inside useradd -m -U ann
everything >"$T/before.txt"
cp "$R/etc/group" "$T/group.txt"

# ---- as it comes
check "it installs" alone dpkg -i "$verify" "$collect"
equal "it says its version" "$(alone airgap-verify --version)" "airgap-verify $version"
check "the doctor runs" alone airgap-verify doctor
equal "nobody was asked: no rights" "$(alone /usr/libexec/airgap-verify/rights status)" "not granted: the full view takes sudo"
equal "no group was made" "$(inside getent group airgap)" ""
equal "a page for every command" "$(alone airgap-verify --help | sed -n 's/^  \([a-z]*\)  *.*/\1/p' | while read -r command; do
	[ -e "$R/usr/share/man/man1/airgap-verify-$command.1.gz" ] || echo "$command"
done)" ""
check "bash takes the completions" inside bash -n /usr/share/bash-completion/completions/airgap-verify
check "root watches" alone env HOME=/tmp/home airgap-verify session -o /tmp/root -- true
check "its seal is whole" alone airgap-verify verify /tmp/root
check "the example of a policy is one" alone sh -c 'HOME=/tmp/home airgap-verify session -o /tmp/policy --policy \
	/usr/share/doc/airgap-verify/examples/policy.ini -- true'
check "a user watches" as ann airgap-verify session -o one -- true
equal "as far as a user can" "$(tier one)" unprivileged

# ---- with rights
choose true
check "the other choice" alone dpkg-reconfigure airgap-collect
equal "rights: the copy is closed" "$(inside stat -c '%a %U %G' $granted "$(dirname $granted)" | tr '\n' ' ')" "750 root airgap 750 root airgap "
equal "rights: these and no others" "$(inside getcap $granted | sed 's/.* //')" "cap_net_admin,cap_net_raw,cap_perfmon,cap_bpf=ep"
equal "rights: not of the one for everybody" "$(inside getcap /usr/libexec/airgap-verify/airgap-collect)" ""
check "rights: who is not in the group goes on as before" as ann airgap-verify session -o two -- true
equal "rights: without them" "$(tier two)" unprivileged
equal "rights: the copy cannot even be executed" "$(as ann $granted --version 2>&1 | grep -c 'denied')" 1
inside usermod -aG airgap ann
check "rights: who is in the group watches" as ann airgap-verify session -o three -- true
equal "rights: all of it" "$(tier three)" full
equal "rights: status names the group" "$(alone /usr/libexec/airgap-verify/rights status)" "granted to the group airgap: ann"

# ---- from a version before, which had another collector
for package in verify collect; do
	dpkg-deb -R "$packages/airgap-${package}_${version}_$(dpkg --print-architecture).deb" "$T/debs/$package"
	sed -i 's/^Version: .*/Version: 0.0.1/; s/(= [^)]*)/(= 0.0.1)/g; s/(<< [^)]*)/(<< 0.0.1)/g' "$T/debs/$package/DEBIAN/control"
done
printf older >>"$T/debs/collect/usr/libexec/airgap-verify/airgap-collect"
for package in verify collect; do
	dpkg-deb -b "$T/debs/$package" "$R/debs/$package-before.deb" >/dev/null
done
check "the version before goes back in" alone dpkg -i --force-downgrade /debs/verify-before.deb /debs/collect-before.deb
equal "rights stay with it" "$(inside tail -c 5 $granted)" older
equal "half an upgrade is refused" "$(alone dpkg -i "$verify" >/dev/null 2>&1; inside dpkg-query -W -f '${Version}' airgap-verify)" 0.0.1
check "an upgrade" alone apt-get install -y -q "$verify" "$collect"
equal "rights: the copy is the new one" "$(inside cmp $granted /usr/libexec/airgap-verify/airgap-collect 2>&1)" ""
check "rights: and it works" as ann airgap-verify session -o four -- true
equal "rights: as before" "$(tier four)" full

# ---- without them again, and gone
choose false
check "the first choice again" alone dpkg-reconfigure airgap-collect
equal "no rights are left" "$(inside ls -d "$(dirname $granted)" 2>&1 | grep -c 'No such')" 1
choose true
alone dpkg-reconfigure airgap-collect >/dev/null 2>&1
mkdir -p "$R/etc/airgap-verify"
echo '[policy]' >"$R/etc/airgap-verify/policy.ini"
check "it is removed" alone dpkg -r airgap-verify airgap-collect
equal "no rights stay behind" "$(inside ls -d /usr/libexec/airgap-verify 2>&1 | grep -c 'No such')" 1
check "it is purged" alone dpkg -P airgap-verify airgap-collect
equal "a policy is the site's, and stays" "$(cat "$R/etc/airgap-verify/policy.ini")" "[policy]"
rm -r "$R/etc/airgap-verify"
everything >"$T/after.txt"
equal "nothing is left of it" "$(diff "$T/before.txt" "$T/after.txt")" ""
equal "nor a group" "$(diff "$T/group.txt" "$R/etc/group")" ""
equal "nor a question" "$(inside sh -c 'echo GET airgap-collect/grant | debconf-communicate 2>/dev/null' | cut -c1-2)" 10

# ---- a group of that name that was there before is not the package's to remove
inside groupadd airgap
choose true
check "it installs beside a group of that name" alone dpkg -i "$collect"
equal "rights: it is that group's" "$(inside stat -c %G $granted)" airgap
check "it is purged again" alone dpkg -P airgap-collect
equal "the group is left alone" "$(inside getent group airgap | cut -d: -f1)" airgap
