#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# packages.sh FOLDER VERSION: Debian's packages in FOLDER are installed, run, configured,
# upgraded and purged in a Debian made for it (debootstrap; kept with the packages that are asked
# for in build/packages/, so that only the first run loads anything); and the guides of docs/
# are followed in others that have nothing but what the guides say. So are RPMs of a folder beside it,
# where they were built. Nothing here has a network, but
# for namespaces of its own. Needs root, and BUILDDIR for the programs of the laboratory. V=1
# tells of each step. Last line: "N passed, N failed, N skipped".
set -u
here=$(cd "$(dirname "$0")" && pwd)
packages=$(realpath "$1") version=$2
passed=0 failed=0 skipped=0
suite=${SUITE:-bookworm} mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" | head -n 1)}
kept=$(realpath "$here/../../build")/packages/$suite
lab=$here/../lab docs=$here/../../docs B=$(realpath "${BUILDDIR:-$here/../../build}")
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

ok() {
	passed=$((passed + 1))
	[ -z "${V:-}" ] || echo "  ok      $1"
}

not_ok() {
	failed=$((failed + 1))
	echo "  NOT OK  $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/          /' | tail -20
}

check() {
	what=$1
	shift
	if output=$("$@" 2>&1 </dev/null); then ok "$what"; else not_ok "$what" "$output"; fi
}

equal() {
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got \"$2\", wanted \"$3\""; fi
}

if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
	echo "packages: needs root and debootstrap (packaging/deps.sh --packages)"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
# mounts of its own, gone when it ends
if [ -z "${PACKAGES_INSIDE:-}" ]; then
	exec env PACKAGES_INSIDE=1 unshare -m --propagation private sh "$0" "$@"
fi

T=$(mktemp -d)
chmod 711 "$T"
near=agp$$n far=agp$$f
. "$lab/network.sh"
. "$lab/guides.sh"
clean_up() {
	network_down
	machines_down
	rmdir "$T/machines"
	rm -f "$T"/*.txt "$T"/*.ready "$T/hold"
	rm -rf "$T/debs"
	rmdir "$T"
}
trap 'clean_up 2>/dev/null' EXIT
trap 'exit 130' INT TERM
mkdir -p "$T/debs"

inside() {
	chroot "$R" "$@"
}
# without a network, not even a loopback that is up, unless a session needs it
alone() {
	unshare -n sh -c 'ip link set lo up; exec "$@"' sh chroot "$R" "$@"
}

. "$here/system.sh"
. "$here/steps.sh"
rpms=$(dirname "$packages")/rpm
if command -v rpm >/dev/null && ls "$rpms/airgap-verify-$version-"*.rpm >/dev/null 2>&1; then
	. "$here/rpm.sh"
else
	skipped=$((skipped + 1))
	echo "  skipped rpm: none of this version in $rpms (make rpm)"
fi
. "$here/guides.sh"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
