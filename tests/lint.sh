#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# lint.sh: the habits of CONTRIBUTING.md that a program can check. `make lint` gives
# CC, FLAGS and WINDOWS_CC. Prints a line for each problem, "warning:" for what is only
# noticed, and ends with "lint: N problems"; fails where N is not 0.
set -u
cd "$(dirname "$0")/.." || exit 1
: "${CC:=cc}" "${FLAGS:=-std=c17 -D_GNU_SOURCE -I. -Ibuild/gen}"
: "${WINDOWS_CC:=x86_64-w64-mingw32-gcc}"
problems=$(mktemp) && output=$(mktemp) || exit 1
trap 'rm -f "$problems" "$output"' EXIT

problem() {
	echo "$*" | tee -a "$problems"
}

# Files of the tree with one of these endings, in a fixed order; what models are asked to
# write, or might, is not ours to lint.
files() {
	for ending in "$@"; do
		find . \( -path ./build -o -path ./.git -o -path ./schema/tasks -o -path ./fixtures/hostile \) -prune -o -type f -name "*.$ending" -print
	done | sed 's|^\./||' | LC_ALL=C sort
}

# What is compiled into the two programs; the kernel's side is compiled elsewhere.
product() {
	files c h | grep -E '^(core|collectors|ingest|analysis|benchmark|report|redact|fleet|cli)/'
}

# The compiler for a header, with its flags; nothing where there is none here.
compiler_of() {
	case $1 in
	core/windows/* | collectors/windows/*)
		command -v "$WINDOWS_CC" >/dev/null &&
			echo "$WINDOWS_CC -std=c17 -D_GNU_SOURCE -I. -Icore/windows/include" ;;
	*) echo "$CC $FLAGS" ;;
	esac
}

headers_stand_alone() {
	files h | grep -v '^collectors/linux/kernel/' | while read -r header; do
		compiler=$(compiler_of "$header")
		[ -n "$compiler" ] || continue
		# shellcheck disable=SC2086 # a list
		echo "#include \"$header\"" |
			$compiler -Wall -Wextra -Werror -Wno-unused-function -fsyntax-only -x c \
				- >"$output" 2>&1 && continue
		problem "$header: does not compile alone"
		sed 's/^/    /; 5q' "$output"
	done
}

includes_stay_at_home() {
	product | grep -v '^cli/' | while read -r file; do
		own=${file%%/*}
		sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file" |
			while read -r included; do
				case $included in
				core/* | "$own"/*) ;;
				*/*) problem "$file: includes $included" ;;
				*) # generated, or a neighbour of the kernel's side
					[ -e "build/gen/$included" ] || [ -e "${file%/*}/$included" ] ||
						problem "$file: includes $included without its folder" ;;
				esac
			done
	done
}

# Calls that read without a bound, write without one, or start a shell.
nothing_banned() {
	banned='v?f?s?scanf|ato[fil]l?|strtok(_r)?|strcpy|stpcpy|strcat|v?sprintf|gets'
	banned="$banned|system|popen|alloca|mktemp|tmpnam"
	product | while read -r file; do
		sed -e 's/"\([^"\\]\|\\.\)*"//g' -e 's,/\*.*\*/,,g' -e 's,^[[:space:]]*/\{0\,1\}\*.*,,' \
			-e 's,//.*,,' "$file" |
			grep -nE "(^|[^A-Za-z0-9_.>])($banned)[[:space:]]*\(" | while read -r line; do
			problem "$file:${line%%:*}: a call that is not used here: ${line#*:}"
		done
	done
}

# What a merge leaves behind where two sides changed the same lines.
merges_are_whole() {
	git grep -lE '^(<<<<<<<|>>>>>>>) ' 2>/dev/null | while read -r file; do
		problem "$file: two sides of a merge stand in it"
	done
}

files_are_short() {
	files c h sh | while read -r file; do
		lines=$(wc -l <"$file")
		if [ "$lines" -gt 500 ]; then
			problem "$file: $lines lines, at most 500"
		elif [ "$lines" -gt 300 ]; then
			echo "warning: $file: $lines lines, more than 300"
		fi
	done
}

functions_fit_on_a_screen() {
	files c | while read -r file; do
		awk -v file="$file" '
			/^[a-z_].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
			/^\{/ { from = NR }
			/^\}/ && from {
				if (NR - from - 1 > 60)
					printf "warning: %s: %s() has %d lines\n", file, name, NR - from - 1
				from = 0
			}' "$file"
	done
}

# The queries are too short for it: one statement each.
licences_are_named() {
	{ files c h sh sql 1 5 7 8 | grep -Ev '^(tests/fuzz/corpus|schema/query|schema/fleet/query)/'; echo GNUmakefile; } |
		while read -r file; do
			sed -n 1,2p "$file" | grep -q 'SPDX-License-Identifier: ' ||
				problem "$file: names no licence in its first two lines"
		done
}

guards_are_named_after_files() {
	files h | grep -v '^collectors/linux/kernel/' | while read -r header; do
		guard=$(echo "$header" | tr 'a-z/.-' 'A-Z___')
		[ "$(grep -cE "^#(ifndef|define) $guard\$" "$header")" -eq 2 ] ||
			problem "$header: its guard is not $guard"
	done
}

# Where this tree happened to be written is nobody's business.
no_paths_of_a_workplace() {
	paths='/wor[k]/(main|shared|[.])|/tmp/(w[t]-|p[/])'
	registries='(^|[^a-z])(index-ur[l]|GOPROX[Y]|npm_config_registr[y])'
	find . \( -path ./build -o -path ./.git -o -path ./schema/tasks \) -prune -o -type f -exec \
		grep -nIE "$paths|$registries" /dev/null {} + |
		while read -r line; do
			problem "${line#./}"
		done
}

shell_scripts_are_sound() {
	command -v shellcheck >/dev/null || { echo "warning: no shellcheck here"; return; }
	files sh | while read -r script; do
		# 1090, 1091: follows no "."; 1007: "a= b=" is meant
		excluded=SC1090,SC1091,SC1007
		# what is read by others, or reads others, shares its variables with them
		if ! head -1 "$script" | grep -q '^#!' || grep -qE '^[[:space:]]*\. ' "$script"; then
			excluded=$excluded,SC2034,SC2154
		fi
		shellcheck -s sh -S warning -e "$excluded" "$script" >"$output" 2>&1 && continue
		problem "$script: shellcheck has something to say"
		sed 's/^/    /; 20q' "$output"
	done
}

# What docs/security.md says that a test shows: in the last column of its tables, and in
# brackets. A file of the tests, a session of the laboratory or a test function.
tests_that_are_named_are_there() {
	{ sed -n 's/^|.*| \(.*\) |$/\1/p' docs/security.md; grep -o '(`[^)]*`)' docs/security.md; } |
		grep -o '`[a-z0-9_.-]*`' | tr -d '\140' | sort -u | while read -r name; do
		[ -e "tests/lab/$name" ] || [ -e "tests/unit/$name" ] || [ -e "tests/faults/$name" ] ||
			grep -qw -e "$name" tests/lab/scenario_*.sh tests/unit/*_test.c ||
			problem "docs/security.md: there is no test $name"
	done
}

manuals_are_sound() {
	command -v mandoc >/dev/null || { echo "warning: no mandoc here"; return; }
	find man -name '*.[1-8]' 2>/dev/null | LC_ALL=C sort | while read -r page; do
		mandoc -Tlint -Wwarning "$page" 2>&1 | while read -r line; do
			problem "$line"
		done
	done
}

headers_stand_alone
includes_stay_at_home
nothing_banned
merges_are_whole
files_are_short
functions_fit_on_a_screen
licences_are_named
guards_are_named_after_files
no_paths_of_a_workplace
shell_scripts_are_sound
manuals_are_sound
tests_that_are_named_are_there
count=$(wc -l <"$problems")
echo "lint: $((count)) problems"
[ "$count" -eq 0 ]
