# SPDX-License-Identifier: Apache-2.0
# Read by packages.sh: systems to install the packages in, each a layer over one that is kept
# and holds nothing but Debian's smallest, with the packages at hand that any of them will ask for.

# what `sudo apt install` of the guides names, but for our own
named_by_guides() {
	for guide in quick-start officer trial assessor; do
		python3 "$lab/guide_steps.py" "$docs/$guide.md"
	done | sed -n "s/^step .* 'sudo apt install \(.*\)'$/\1/p" | tr ' ' '\n' | grep -v '^\./'
}

# of our packages: the FIELD, without versions and ours, the first of alternatives
field_of_ours() {
	for deb in "$packages"/*.deb; do
		dpkg-deb -f "$deb" "$1"
	done | tr ',' '\n' | sed 's/^ *//; s/[ (|].*//' | grep -v '^airgap-\|^$' | sort -u
}

# what the sessions of steps.sh look with, and what the other choice of the package needs
needed=$({ field_of_ours Depends; printf '%s\n' iproute2 libcap2-bin lsof adduser; } | sort -u | tr '\n' ' ')
at_hand=$({ echo "$needed" | tr ' ' '\n'; field_of_ours Recommends; named_by_guides; echo sudo; } | sort -u | tr '\n' ' ')
if [ "$(cat "$kept.packages" 2>/dev/null)" != "$at_hand" ]; then
	echo "packages: making a $suite to install them in" >&2
	rm -rf "$kept" "$kept.packages"
	mkdir -p "$(dirname "$kept")"
	# shellcheck disable=SC2086 # a list
	{
		debootstrap --variant=minbase "$suite" "$kept" "$mirror" >"$kept.log" 2>&1 &&
			chroot "$kept" apt-get install -y -q --download-only $at_hand >>"$kept.log" 2>&1 &&
			echo "$at_hand" >"$kept.packages"
	} || {
		tail -5 "$kept.log"
		echo "packages: no system could be made; $kept.log tells why" >&2
		exit 69
	}
fi

# machine NAME: a new one, which $R is from now on
machine() {
	R=$T/machines/$1/root
	mkdir -p "$R" "$R/../upper" "$R/../work"
	mount -t overlay overlay -o "lowerdir=$kept,upperdir=${R%root}upper,workdir=${R%root}work" "$R" || exit 69
	mount --rbind /proc "$R/proc" && mount --rbind /sys "$R/sys" && mount --rbind /dev "$R/dev" || exit 69
	mount --make-rslave "$R/proc" && mount --make-rslave "$R/sys" && mount --make-rslave "$R/dev"
	# this is no machine whose services are to be started
	printf '#!/bin/sh\nexit 101\n' >"$R/usr/sbin/policy-rc.d"
	chmod 755 "$R/usr/sbin/policy-rc.d"
	# nor one whose power may fail
	echo force-unsafe-io >"$R/etc/dpkg/dpkg.cfg.d/tests"
}

machines_down() {
	for R in "$T"/machines/*/root; do
		umount -R "$R" 2>/dev/null
		rm -rf "${R%root}upper" "${R%root}work"
		rmdir "$R" "${R%/root}" 2>/dev/null
	done
}
