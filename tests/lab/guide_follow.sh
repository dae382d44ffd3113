# SPDX-License-Identifier: Apache-2.0
# guide_follow.sh FOLDER STEPS: takes the steps of a guide (guide_steps.py) in FOLDER, one after
# the other, in one shell; says of each whether it ended as the guide tells, and whether a command that
# was watched did what it is for.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
step() {
	eval "$3" >"$said" 2>&1 </dev/null
	came=$?
	[ "$came" -eq "$1" ] && ! grep -q '^Command *ended with exit status [1-9]' "$said" && echo "ok $2" && return
	echo "not_ok $2: exit status $came, wanted $1: $3"
	sed 's/^/  /' "$said" | head -20
}
file() { printf '%s' "$2" >"$1"; }
cd "$1" || exit 1
. "$2"
