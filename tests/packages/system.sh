# SPDX-License-Identifier: Apache-2.0
# Read by packages.sh: makes the system below $R, a layer over one that is kept.

depends() {
	for deb in "$packages"/*.deb; do
		dpkg-deb -f "$deb" Depends
	done | tr ',' '\n' | sed 's/^ *//; s/[ (|].*//' | grep -v '^airgap\|^$' | sort -u
	# what the sessions below look with, and what the other choice of the package needs
	printf '%s\n' iproute2 libcap2-bin lsof adduser
}

wanted=$(depends | sort -u | tr '\n' ' ')
if [ "$(cat "$kept.depends" 2>/dev/null)" != "$wanted" ]; then
	echo "packages: making a $suite to install them in" >&2
	rm -rf "$kept" "$kept.depends"
	mkdir -p "$(dirname "$kept")"
	# shellcheck disable=SC2086 # a list
	{
		debootstrap --variant=minbase "$suite" "$kept" "$mirror" >"$kept.log" 2>&1 &&
			chroot "$kept" apt-get install -y -q --no-install-recommends $wanted >>"$kept.log" 2>&1 &&
			chroot "$kept" apt-get clean && echo "$wanted" >"$kept.depends"
	} || {
		tail -5 "$kept.log"
		echo "packages: no system could be made; $kept.log tells why" >&2
		exit 69
	}
fi

mount -t overlay overlay -o "lowerdir=$kept,upperdir=$T/upper,workdir=$T/work" "$R" || exit 69
mount --rbind /proc "$R/proc" && mount --rbind /sys "$R/sys" && mount --rbind /dev "$R/dev" || exit 69
mount --make-rslave "$R/proc" && mount --make-rslave "$R/sys" && mount --make-rslave "$R/dev"
# this is no machine whose services are to be started
printf '#!/bin/sh\nexit 101\n' >"$R/usr/sbin/policy-rc.d"
chmod 755 "$R/usr/sbin/policy-rc.d"
# nor one whose power may fail
echo force-unsafe-io >"$R/etc/dpkg/dpkg.cfg.d/tests"
mkdir "$R/debs"
cp "$packages"/*.deb "$R/debs/"
