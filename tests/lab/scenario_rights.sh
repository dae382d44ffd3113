# SPDX-License-Identifier: Apache-2.0
# Read by lab.sh: the collector with file capabilities in place of root, as
# packaging/rights.sh grants them: what each is needed for, and what whoever may execute it
# does not get by it.

rights=$T/rights capabilities=$(sed -n 's/^capabilities=//p' "$here/../../packaging/rights.sh")
if ! command -v setcap >/dev/null || ! mkdir -m 755 "$rights" || ! cp "$B/airgap-verify" "$B/airgap-collect" "$rights" ||
	! setcap "$capabilities+ep" "$rights/airgap-collect" 2>/dev/null; then
	skip rights "no file capabilities here"
else
	by_user() {
		nsenter --net="/run/netns/$near" setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups env HOME="$rights/home" "$@"
	}
	# witnesses of the full tier that would work with these capabilities
	working() {
		cp "$B/airgap-collect" "$rights/probe"
		setcap "$1+ep" "$rights/probe"
		by_user "$rights/probe" probe | tr '}' '\n' | grep -E '"name": ?"(kernel|packets)"' | grep -cE '"works": ?true'
	}
	# granted NAME [OPTION…] -- COMMAND…: leaves $status, and its folder in $T/rights-NAME
	granted() {
		name=rights-$1
		shift
		install -d -o nobody "$T/$name.d"
		(cd "$T/$name.d" && by_user timeout 60 "$rights/airgap-verify" session --linger 2s -o s "$@") >"$T/$name.out" 2>"$T/$name.err" </dev/null
		status=$?
		[ ! -d "$T/$name.d/s" ] || ln -s "$T/$name.d/s" "$T/$name"
	}
	install -d -o nobody "$rights/home" "$rights/path"
	equal "rights: with all of them both witnesses work" "$(working "$capabilities")" 2
	for one in $(echo "$capabilities" | tr ',' ' '); do
		equal "rights: without $one one of them is missing" \
			"$(working "$(echo "$capabilities" | tr ',' '\n' | grep -vx "$one" | paste -sd,)")" 1
	done

	granted local -- "$B/lab/sample_agent"
	exits rights-local 0
	equal "rights: it is the full tier" "$(ask rights-local "SELECT value FROM session WHERE name = 'tier'")" full
	equal "rights: the evidence is the user's" "$(stat -c %U "$T/rights-local/evidence.ndjson")" nobody
	granted reach -- "$B/lab/reach" tcp 192.0.2.2 443
	exits rights-reach 1
	# that it has rights itself does not hide its test connections from it
	granted unprivileged --tier unprivileged -- "$B/lab/sample_agent"
	exits rights-unprivileged 0
	granted enforce --enforce -- true
	exits rights-enforce 69
	says rights-enforce "no control group"

	# a tool of the user's own is not run with rights; nor does the command get any
	for tool in ss lsof netstat; do
		printf '#!/bin/sh\ntouch %s/caught\n' "$rights/home" >"$rights/path/$tool"
		chmod 755 "$rights/path/$tool"
	done
	PATH="$rights/path:$PATH" granted tools -- grep CapPrm /proc/self/status
	exits rights-tools 0
	check "rights: no tool from the user's PATH" test ! -e "$rights/home/caught"
	says rights-tools "CapPrm:.0*\( \|$\)"

	# no file is read or written that the user could not
	echo secret-of-root >"$rights/root-only"
	chmod 600 "$rights/root-only"
	granted reading --app-log x="$rights/root-only" -- true
	equal "rights: no file of another's is read" "$(grep -rl secret-of-root "$T/rights-reading.d" 2>/dev/null)" ""
	by_user "$rights/airgap-verify" session -o "$T/not-theirs" -- true >/dev/null 2>&1
	equal "rights: no folder is made where the user may not" "$? $(ls -d "$T/not-theirs" 2>/dev/null)" "77 "
	# what the collector writes by itself, without the front
	by_user "$rights/airgap-collect" session -o "$T/not-theirs" -- true >/dev/null 2>&1
	equal "rights: nor by the collector alone" "$(ls -d "$T/not-theirs" 2>/dev/null)" ""
fi
