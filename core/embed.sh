#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# embed.sh NAME FILE: prints a C array with the bytes of FILE and a NUL behind
# them, and its size without the NUL. Arrays, because a string literal has a
# length that a compiler need not go beyond (C17, 5.2.4.1).
set -eu
printf 'const unsigned char embedded_%s[] = {' "$1"
od -An -v -tu1 "$2" | sed 's/  */,/g; s/^,/\n/; s/$/,/'
printf '0};\nconst unsigned long embedded_%s_size = sizeof embedded_%s - 1;\n' "$1" "$1"
