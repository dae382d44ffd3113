#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# rights grant|revoke|status: whether members of the group "airgap" may watch this machine
# without sudo. A copy of airgap-collect beside this script gets file capabilities, and only
# that group may execute it; for everybody else the collector stays as it is. What that
# gives away is told in security.md ("File capabilities instead of sudo"). Packages call it;
# an installation by hand can too.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
plain=$folder/airgap-collect
granted=$folder/granted
group=airgap
# each is needed for the full tier: security.md tells what for
capabilities=cap_bpf,cap_net_admin,cap_perfmon,cap_net_raw

refuse() {
	echo "rights: $1" >&2
	exit "$2"
}

grant() {
	[ "$(id -u)" -eq 0 ] || refuse "needs root" 77
	command -v setcap >/dev/null || refuse "there is no setcap here: install libcap2-bin (Debian) or libcap (Fedora)" 69
	getent group $group >/dev/null || groupadd --system $group
	# nobody is to catch it between being there and being closed
	install -d -o root -g $group -m 0750 "$granted"
	install -o root -g $group -m 0750 "$plain" "$granted/airgap-collect.new"
	setcap "$capabilities+ep" "$granted/airgap-collect.new" || {
		rm -rf "$granted"
		refuse "this file system takes no capabilities; sudo is the other way" 69
	}
	mv "$granted/airgap-collect.new" "$granted/airgap-collect"
}

case ${1:-} in
grant) grant ;;
revoke) rm -rf "$granted" ;;
status)
	if [ -e "$granted" ]; then
		echo "granted to the group $group: $(getent group $group | cut -d: -f4)"
	else
		echo "not granted: the full view takes sudo"
	fi
	;;
*) refuse "usage: rights grant|revoke|status" 64 ;;
esac
