#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# deb.sh ARCHIVE VERSION FOLDER: builds Debian's packages of a source archive (dist.sh) in a
# tree of its own and leaves them in FOLDER. The same archive gives the same packages: the
# time of all that is made is that of the archive. Ends with what lintian says, which is to
# be nothing. DEBEMAIL, DEBFULLNAME: who maintains them, as Debian's own tools take it.
set -eu
archive=$(realpath "$1") version=$2 folder=$3
for tool in dpkg-buildpackage dh po2debconf; do
	command -v $tool >/dev/null || {
		echo "deb: there is no $tool here: sh packaging/deps.sh --packages" >&2
		exit 69
	}
done
mkdir -p "$folder"
folder=$(realpath "$folder")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 130' INT TERM

tar -xzf "$archive" -C "$tree"
cd "$tree"/*/
SOURCE_DATE_EPOCH=$(stat -c %Y GNUmakefile)
export SOURCE_DATE_EPOCH
cp -R packaging/debian debian
# the address there is nobody's (RFC 2606); a site that packages for itself gives its own
if [ -n "${DEBEMAIL:-}" ]; then
	awk -v who="${DEBFULLNAME:-airgap-verify maintainers} <$DEBEMAIL>" '/^Maintainer: /{ $0 = "Maintainer: " who } 1' \
		packaging/debian/control >debian/control
fi
cat >debian/changelog <<END
airgap-verify ($version) unstable; urgency=medium

  * Built from the source archive of this version, whose CHANGELOG.md tells
    what is new.

 -- $(sed -n 's/^Maintainer: //p' debian/control)  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
debconf-updatepo
dpkg-buildpackage -us -uc -b -j"${JOBS:-$(nproc)}"
rm -f "$folder"/*.deb "$folder"/*.changes "$folder"/*.buildinfo
cp ../*.deb ../*.changes ../*.buildinfo "$folder"
cd "$folder"
if command -v lintian >/dev/null; then
	lintian --allow-root --fail-on error,warning,info --display-info ./*.changes
else
	echo "deb: there is no lintian here to ask" >&2
fi
ls -1 "$folder"/*.deb
