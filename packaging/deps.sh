#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# deps.sh [--check] [--cross] [--peers] [--packages]: installs what is missing to build, test and run airgap-verify,
# by the package manager of this machine, through sudo where that is needed. With
# --check it only says; with --cross also what builds and tests the collector for
# Windows; with --peers the programs that the laboratory asks about our documents, and the TPM in software
# that tests talk to (without them they leave that out, and say so). Quiet where nothing is missing. What `make bench` compares with
# is left to the bench, which leaves out what is not there and names the package.
set -eu

debian="gcc make pkg-config clang llvm linux-libc-dev libbpf-dev libpcap-dev libsqlite3-dev
libssl-dev libarchive-dev libseccomp-dev libcairo2-dev libpango1.0-dev libinih-dev fonts-dejavu-core
libcurl4-openssl-dev libpq-dev libxlsxwriter-dev zlib1g-dev libncurses-dev bubblewrap python3 nodejs
libcmocka-dev iproute2 procps util-linux lsof net-tools openssh-client openssl poppler-utils sqlite3 mandoc"
fedora="gcc make pkgconf-pkg-config clang llvm kernel-headers libbpf-devel libpcap-devel sqlite-devel
openssl-devel libarchive-devel libseccomp-devel cairo-devel pango-devel inih-devel dejavu-sans-fonts dejavu-sans-mono-fonts
libcurl-devel libpq-devel libxlsxwriter-devel zlib-devel ncurses-devel bubblewrap python3 nodejs
libcmocka-devel iproute procps-ng util-linux lsof net-tools openssh-clients openssl poppler-utils sqlite mandoc"

check=
for option in "$@"; do
	case $option in
	--check) check=1 ;;
	--peers)
		debian="$debian softhsm2 opensc libengine-pkcs11-openssl qpdf unzip libarchive-tools libxml2-utils tcpdump systemd chromium libreoffice-calc-nogui zsh fish postgresql tmux python3-yaml swtpm"
		fedora="$fedora softhsm opensc openssl-pkcs11 qpdf unzip bsdtar libxml2 tcpdump systemd chromium libreoffice-calc zsh fish postgresql-server tmux python3-pyyaml swtpm"
		;;
	--packages)
		debian="$debian debhelper po-debconf lintian debootstrap libcap2-bin rpm rpmlint"
		fedora="$fedora rpm-build rpmlint libcap"
		;;
	--cross)
		debian="$debian gcc-mingw-w64-x86-64 wine wine64"
		fedora="$fedora mingw64-gcc mingw64-winpthreads-static wine-core"
		;;
	*)
		echo "deps: usage: deps.sh [--check] [--cross] [--peers] [--packages]" >&2
		exit 64
		;;
	esac
done

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "deps: these need root, and there is no sudo: $*" >&2
		exit 77
	fi
}

missing_debian() {
	for p in $debian; do
		dpkg-query -W -f='${db:Status-Abbrev}' "$p" 2>/dev/null | grep -q '^ii' || echo "$p"
	done
}

missing_fedora() {
	for p in $fedora; do
		rpm -q --whatprovides "$p" >/dev/null 2>&1 || echo "$p"
	done
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
	missing=$(missing_debian | tr '\n' ' ')
	install() {
		as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
		# shellcheck disable=SC2086 # one word a package
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
	}
elif command -v dnf >/dev/null && command -v rpm >/dev/null; then
	missing=$(missing_fedora | tr '\n' ' ')
	install() {
		# shellcheck disable=SC2086
		as_root dnf install -y -q $missing
	}
else
	missing=
	for tool in cc make pkg-config clang bwrap python3 node; do
		command -v "$tool" >/dev/null || missing="$missing $tool"
	done
	for library in libbpf libpcap sqlite3 libcrypto libarchive libseccomp libcurl libpq xlsxwriter zlib ncursesw cairo pangocairo inih cmocka; do
		pkg-config --exists "$library" 2>/dev/null || missing="$missing $library"
	done
	install() {
		echo "deps: this machine has neither apt-get nor dnf. Install by hand, with header files:" >&2
		echo "     $missing" >&2
		echo "      and for the tests: iproute2, lsof, net-tools, openssh, openssl, poppler (pdftotext)" >&2
		exit 69
	}
fi

[ -n "$(echo "$missing" | tr -d ' ')" ] || exit 0
echo "deps: missing: $missing" >&2
[ -z "$check" ] || exit 69
install >&2
