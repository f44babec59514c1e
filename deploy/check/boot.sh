#!/bin/sh
# boot.sh ROOT: boot the systemd of a root folder, in namespaces of its own that `unshare` has made. The network is shared.
set -eu
root=$1
if [ "${2:-}" != in-its-group ]; then
    # All control groups that it makes lie below one, so that they can be removed.
    mount --make-rprivate /
    mount --bind "$root" "$root"
    mount -t cgroup -o none,name=systemd cgroup "$root/mnt"
    mkdir -p "$root/mnt/videsh-deploy-check"
    echo $$ > "$root/mnt/videsh-deploy-check/cgroup.procs"
    umount "$root/mnt"
    exec unshare --cgroup sh "$0" "$root" in-its-group
fi
cd "$root"
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs tmpfs sys/fs/cgroup
mkdir sys/fs/cgroup/systemd
mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
mount -t tmpfs tmpfs dev
for device in null zero full random urandom tty; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
# The old root goes: units get root folders of their own, which a process in a mere chroot cannot make.
pivot_root . mnt
exec env -i container=videsh-check PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c 'umount -l /mnt && mount --make-rshared / && exec /lib/systemd/systemd --system --unit=multi-user.target'
