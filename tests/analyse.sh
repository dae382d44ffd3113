#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# analyse.sh: cppcheck and clang-tidy over all sources of this system's programs. FLAGS: of
# the libraries' headers. FILES: some of them. Prints what they find; fails where they find
# anything. An exception stands in place, with its reason (NOLINT, cppcheck-suppress).
set -u
FLAGS="-std=c17 -D_GNU_SOURCE -I. -Ibuild/gen ${FLAGS:-}"
FILES=${FILES:-$(git ls-files 'core/*.c' 'ingest/*.c' 'analysis/*.c' 'report/*.c' 'redact/*.c' 'cli/*.c' \
	'fleet/*.c' 'benchmark/*.c' 'collectors/*.c' | grep -v -e windows/ -e macos/ -e kernel/)}
found=$(mktemp)
trap 'rm -f "$found"' EXIT
trap 'exit 130' INT TERM
jobs=$(nproc)
# shellcheck disable=SC2086 # words
if command -v cppcheck >/dev/null; then
	# style is clang's business; what is not found are the system's headers
	cppcheck -q -j "$jobs" --enable=warning,performance,portability --std=c11 --inline-suppr \
		--suppress=missingInclude --error-exitcode=0 -I. -Ibuild/gen -D_GNU_SOURCE "-D__$(uname -m)__" $FILES 2>&1 |
		tee -a "$found"
else
	echo "analyse: cppcheck is not here (apt-get install cppcheck)" | tee -a "$found"
fi
if command -v clang-tidy >/dev/null; then
	# shellcheck disable=SC2086 # words
	for name in VERSION LIBEXECDIR DATADIR; do
		FLAGS="$FLAGS -D$name='\"\"'"
	done
	# shellcheck disable=SC2086 # words
	echo $FILES | tr ' ' '\n' | xargs -P "$jobs" -n 8 sh -c 'clang-tidy --quiet "$@" -- '"$FLAGS"' 2>/dev/null' - | tee -a "$found"
else
	echo "analyse: clang-tidy is not here (apt-get install clang-tidy)" | tee -a "$found"
fi
count=$(grep -c -e 'warning:' -e 'error:' -e '^analyse:' "$found")
echo "analyse: $count findings"
[ "$count" -eq 0 ]
