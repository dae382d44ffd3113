# SPDX-License-Identifier: Apache-2.0
# Read by packages.sh: what the RPMs of this version, where they were built (make rpm), do when they
# are installed, installed over, and removed. Debian's libraries go by other names to RPM, so that
# what they ask for is left out; and their database lies outside.
rpm_in() {
	rpm --root "$R" --dbpath /rpms --nodeps "$@"
}

machine rpm
# shellcheck disable=SC2086 # a list
alone apt-get install -y -q --no-install-recommends $needed >"$T/rpm.txt" 2>&1 || cat "$T/rpm.txt"
inside useradd -m -U ann
mkdir -p "$R/rpms" "$R/usr/share/licenses" # which each RPM system has
everything | grep -v ' /rpms' >"$T/before.txt"
check "rpm: it installs" rpm_in -i "$rpms"/*.rpm
equal "rpm: it says its version" "$(alone airgap-verify --version)" "airgap-verify $version"
check "rpm: a user watches" as ann airgap-verify session -o one -- true
equal "rpm: nobody was given rights" "$(alone /usr/libexec/airgap-verify/rights status)" "not granted: the full view takes sudo"
check "rpm: rights can be granted" alone /usr/libexec/airgap-verify/rights grant
inside usermod -aG airgap ann
check "rpm: who is in the group watches" as ann airgap-verify session -o two -- true
equal "rpm: all of it" "$(tier two)" full
echo older >>"$R$granted"
check "rpm: it installs over itself" rpm_in -U --replacepkgs "$rpms"/*.rpm
equal "rpm: rights are of what is installed then" "$(inside cmp $granted /usr/libexec/airgap-verify/airgap-collect 2>&1)" ""
check "rpm: and work" as ann airgap-verify session -o three -- true
equal "rpm: as before" "$(tier three)" full
check "rpm: it is removed" rpm_in -e airgap-verify airgap-collect
inside groupdel airgap # which RPMs leave
everything | grep -v ' /rpms' >"$T/after.txt"
equal "rpm: nothing is left of it" "$(diff "$T/before.txt" "$T/after.txt")" ""
