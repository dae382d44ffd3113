#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dist.sh NAME ARCHIVE: packs the sources as NAME/ into ARCHIVE (.tar.gz). Of a clone: the
# files that git knows, as they lie there. Of an unpacked archive: all but build/. The same
# files give the same bytes, whoever packs them, where and under which umask: the times
# are that of the last commit (SOURCE_DATE_EPOCH for another), which the archive carries on.
set -eu
name=$1 archive=$2
cd "$(dirname "$0")/.."
list=$(mktemp)
trap 'rm -f "$list" "$list.tar"' EXIT

if [ -e .git ] && git rev-parse --git-dir >/dev/null 2>&1; then
	git ls-files -z >"$list"
	: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
	[ -z "$(git status --porcelain -uno)" ] || echo "dist: with changes that are not committed" >&2
else
	find . \( -path ./build -o -path ./.git -o -path ./airgap-sessions \) -prune -o \( -type f -o -type l \) -print0 | sed -z 's|^\./||' |
		LC_ALL=C sort -z >"$list"
	: "${SOURCE_DATE_EPOCH:=$(xargs -0 stat -c %Y <"$list" | sort -n | tail -1)}"
fi
mkdir -p "$(dirname "$archive")"
tar --create --file "$list.tar" --format=ustar --null --files-from "$list" --transform "s|^|$name/|S" \
	--mtime "@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX
gzip -9n <"$list.tar" >"$archive"
echo "$archive"
