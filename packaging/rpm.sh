#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# rpm.sh ARCHIVE VERSION FOLDER: builds RPMs of a source archive (dist.sh) and leaves them in
# FOLDER. rpmlint is asked about the spec first. Where the package manager is not RPM's the
# dependencies are not in its database, and are not asked for.
set -eu
archive=$(realpath "$1") version=$2 folder=$3
command -v rpmbuild >/dev/null || {
	echo "rpm: there is no rpmbuild here: sh packaging/deps.sh --packages" >&2
	exit 69
}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$folder" "$tree/SOURCES"
cp "$archive" "$tree/SOURCES/"
spec=$(dirname "$0")/airgap-verify.spec

set -- --define "version_of_tree $version" --define "_topdir $tree"
rpmspec "$@" -P "$spec" >/dev/null
if command -v rpmlint >/dev/null; then
	sed "s/%{version_of_tree}/$version/" "$spec" >"$tree/airgap-verify.spec"
	rpmlint "$tree/airgap-verify.spec"
fi
nodeps=
rpm -q gcc >/dev/null 2>&1 || nodeps=--nodeps
SOURCE_DATE_EPOCH=$(gzip -dc "$archive" | tar -tv --full-time | sed -n '1s/^[^ ]* *[^ ]* *[0-9]* \([^ ]* [^ ]*\) .*/\1/p' |
	{ read -r when && date -d "$when" +%s; })
export SOURCE_DATE_EPOCH
# shellcheck disable=SC2086 # nothing, or one word
rpmbuild -bb $nodeps "$@" --define "use_source_date_epoch_as_buildtime 1" --define "clamp_mtime_to_source_date_epoch 1" \
	--define "_buildhost localhost" "$spec"
find "$tree/RPMS" -name '*.rpm' -exec cp {} "$folder" \;
ls -1 "$folder"/*.rpm
