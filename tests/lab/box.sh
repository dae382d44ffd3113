# SPDX-License-Identifier: Apache-2.0
# box.sh FOLDER COMMAND…: a machine in a box for what must not touch this one, such as an init
# system: everything that COMMAND sees (as process 1) is a copy, an overlay whose upper half is
# in memory, with namespaces and a control group of its own. FOLDER is an empty one outside;
# what lies in FOLDER.put is laid over the copy. Run as
#     unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup sh box.sh …
# from within the control group that is to be its root.
set -e
box=$1
shift
mount --make-rprivate /
mount -t tmpfs -o size=1g tmpfs "$box"
mkdir "$box/upper" "$box/aside" "$box/root"
[ ! -d "$box.put" ] || cp -a "$box.put/." "$box/upper/"
mount -t overlay overlay -o "lowerdir=/,upperdir=$box/upper,workdir=$box/aside" "$box/root"
cd "$box/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tracefs tracefs sys/kernel/tracing
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
	: >"dev/$name"
	mount --bind "/dev/$name" "dev/$name"
done
mkdir dev/pts dev/shm
mount -t devpts devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=755 tmpfs run
mkdir box-outside
pivot_root . box-outside
cd /
umount -l /box-outside
rmdir /box-outside
# not a step further where any of it did not do what it should: an init system empties /tmp
[ "$(stat -f -c %T /)" = overlayfs ] && [ "$(stat -f -c %T /tmp)" = overlayfs ]
[ "$(stat -f -c %T /var/tmp)" = overlayfs ] && [ "$(stat -f -c %T /etc)" = overlayfs ]
ip link set lo up
exec env -i container=box PATH=/usr/local/bin:/usr/sbin:/usr/bin "$@"
