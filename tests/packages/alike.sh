#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# alike.sh DEBS RPMS: do the packages of both kinds, in these two folders, hold the same files
# with the same modes? Left out is what each kind adds of its own: licence, links by build id,
# lintian's overrides. And does each kind ask for every library that is built with? Last line: "N
# passed, N failed, N skipped".
set -u
debs=$1 rpms=$2 passed=0 failed=0
tree=$(dirname "$0")/../..
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT

# Each line "mode path", with what Debian names or packs otherwise as RPM has it.
in_one_form() {
	grep -v '^d' | sed 's/\.gz$//; s,/zsh/vendor-completions/,/zsh/site-functions/,; s,/CHANGELOG\.md$,/changelog,' |
		grep -v '/\.build-id/\|/usr/share/licenses/\|/copyright$\|/changelog.Debian$\|/lintian/overrides/\|/doc/airgap-collect/' |
		LC_ALL=C sort -k2
}

for package in airgap-verify airgap-collect; do
	dpkg-deb -c "$debs/${package}_"*.deb | sed 's/^\([^ ]*\) .* \.\(\/.*\)$/\1 \2/' | in_one_form >"$lists/deb"
	rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$rpms/$package-"[0-9]*.rpm 2>/dev/null | in_one_form >"$lists/rpm"
	if [ -s "$lists/deb" ] && diff "$lists/deb" "$lists/rpm"; then
		passed=$((passed + 1))
		echo "  $package: $(($(wc -l <"$lists/deb"))) files"
	else
		failed=$((failed + 1))
		echo "  NOT OK  $package: the files of DEB (<) and RPM (>)"
	fi
done

# those of GNUmakefile, as pkg-config names them: RPM calls them the same, Debian by their package
libraries=$(sed -n 's/^\(VERIFY\|COLLECT\)_PACKAGES *:= //p' "$tree/GNUmakefile" | tr ' ' '\n' | sort -u)
for library in $libraries; do
	folder=$(pkg-config --variable=pcfiledir "$library")
	package=$(dpkg -S "$folder/$library.pc" | cut -d: -f1 | sed 's/^libpcap0.8-dev$/libpcap-dev/') # which brings it
	if grep -qx "BuildRequires:  pkgconfig($library)" "$tree/packaging/airgap-verify.spec" &&
		grep -qE "^(Build-Depends:| ) *$package(,|\$)" "$tree/packaging/debian/control"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  NOT OK  $library ($package) is not asked for by both"
	fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
