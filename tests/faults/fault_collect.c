/* SPDX-License-Identifier: Apache-2.0 */
/* Fault points that airgap-collect alone has: what sockets, BPF and the kernel answer. */
#include "tests/faults/fault.h"

#include <bpf/libbpf.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

WRAP("socket", int, socket, (int family, int type, int proto), (family, type, proto), EMFILE, -1)
WRAP("socket", int, bind, (int fd, const struct sockaddr *at, socklen_t size), (fd, at, size), ENOBUFS, -1)
WRAP("socket", int, listen, (int fd, int queue), (fd, queue), ENOBUFS, -1)
WRAP("socket", int, connect, (int fd, const struct sockaddr *to, socklen_t size), (fd, to, size), ENOBUFS, -1)
WRAP("socket", int, setsockopt, (int fd, int level, int name, const void *value, socklen_t size),
     (fd, level, name, value, size), ENOBUFS, -1)
WRAP("socket", int, getsockopt, (int fd, int level, int name, void *value, socklen_t *size),
     (fd, level, name, value, size), ENOBUFS, -1)
WRAP("socket", int, getsockname, (int fd, struct sockaddr *ret, socklen_t *size), (fd, ret, size), ENOBUFS, -1)
WRAP("socket", ssize_t, recv, (int fd, void *to, size_t size, int flags), (fd, to, size, flags), ENOBUFS, -1)
WRAP("socket", ssize_t, recvmsg, (int fd, struct msghdr *m, int flags), (fd, m, flags), ENOBUFS, -1)
WRAP("socket", ssize_t, send, (int fd, const void *from, size_t size, int flags), (fd, from, size, flags), ENOBUFS, -1)
WRAP("socket", ssize_t, sendto,
     (int fd, const void *from, size_t size, int flags, const struct sockaddr *to, socklen_t to_size),
     (fd, from, size, flags, to, to_size), ENOBUFS, -1)
WRAP("socket", ssize_t, sendmsg, (int fd, const struct msghdr *m, int flags), (fd, m, flags), ENOBUFS, -1)
WRAP("kernel", int, poll, (struct pollfd *of, nfds_t count, int time), (of, count, time), ENOMEM, -1)
WRAP("kernel", int, epoll_create1, (int flags), (flags), EMFILE, -1)
WRAP("kernel", int, epoll_ctl, (int fd, int what, int of, struct epoll_event *e), (fd, what, of, e), ENOSPC, -1)
WRAP("kernel", ssize_t, process_vm_readv,
     (pid_t pid, const struct iovec *to, unsigned long n, const struct iovec *from, unsigned long m, unsigned long flags),
     (pid, to, n, from, m, flags), ENOMEM, -1)
WRAP("bpf", struct bpf_object *, bpf_object__open_mem, (const void *at, size_t size, const struct bpf_object_open_opts *o),
     (at, size, o), ENOMEM, NULL)
WRAP("bpf", int, bpf_object__load, (struct bpf_object *o), (o), EPERM, -EPERM)
WRAP("bpf", struct bpf_map *, bpf_object__find_map_by_name, (const struct bpf_object *o, const char *name), (o, name), ENOENT, NULL)
WRAP("bpf", int, bpf_map__reuse_fd, (struct bpf_map *m, int fd), (m, fd), ENOMEM, -ENOMEM)
WRAP("bpf", int, bpf_map__set_max_entries, (struct bpf_map *m, unsigned n), (m, n), ENOMEM, -ENOMEM)
WRAP("bpf", struct bpf_link *, bpf_program__attach, (const struct bpf_program *p), (p), ENOMEM, NULL)
WRAP("bpf", struct bpf_link *, bpf_program__attach_cgroup, (const struct bpf_program *p, int fd), (p, fd), ENOMEM, NULL)
WRAP("bpf", int, bpf_map_update_elem, (int fd, const void *key, const void *value, unsigned long long flags),
     (fd, key, value, flags), ENOMEM, -ENOMEM)
WRAP("bpf", int, bpf_map_lookup_elem, (int fd, const void *key, void *ret), (fd, key, ret), ENOMEM, -ENOMEM)
WRAP("bpf", int, bpf_obj_get_info_by_fd, (int fd, void *ret, unsigned *size), (fd, ret, size), ENOMEM, -ENOMEM)
WRAP("bpf", struct ring_buffer *, ring_buffer__new,
     (int fd, ring_buffer_sample_fn take, void *context, const struct ring_buffer_opts *o), (fd, take, context, o), ENOMEM, NULL)
WRAP("bpf", int, ring_buffer__consume, (struct ring_buffer *r), (r), ENOMEM, -ENOMEM)

/* What has no function of its own in the C library: seccomp, pidfd_open, openat2, capset … */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	long a[6];
	va_list args;
	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (!fault_is_due("kernel", "syscall"))
		return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	errno = ENOMEM;
	return -1;
}

int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	va_start(args, request);
	void *at = va_arg(args, void *);
	va_end(args);
	if (!fault_is_due("kernel", "ioctl"))
		return __real_ioctl(fd, request, at);
	errno = _IOC_TYPE(request) == '!' ? EINTR : ENOMEM; /* seccomp's wait for a lock, and fail by no other */
	return -1;
}

int __real_prctl(int option, ...);
int __wrap_prctl(int option, ...);
int __wrap_prctl(int option, ...)
{
	unsigned long a[4];
	va_list args;
	va_start(args, option);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(args, unsigned long);
	va_end(args);
	if (!fault_is_due("kernel", "prctl"))
		return __real_prctl(option, a[0], a[1], a[2], a[3]);
	errno = EINVAL;
	return -1;
}
