/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_memory.h"

#include <errno.h>

/* An address in somebody else's memory: it is handed to the kernel, and never followed. */
static void *there(uint64_t at)
{
	return (void *)(uintptr_t)at; /* NOLINT(performance-no-int-to-ptr) */
}

/* Whatever else fails than that nothing is mapped there, the caller would not have been told. */
static int whole(ssize_t got, size_t size)
{
	if (got < 0)
		return errno == EFAULT ? EFAULT : EPERM;
	return (size_t)got == size ? 0 : EFAULT;
}

int notify_read(pid_t tid, uint64_t at, void *to, size_t size)
{
	struct iovec here = {to, size}, other = {there(at), size};
	return size ? whole(process_vm_readv(tid, &here, 1, &other, 1, 0), size) : 0;
}

int notify_read_all(pid_t tid, const struct notify_piece pieces[], size_t count)
{
	struct iovec here[NOTIFY_PIECES_MAX], other[NOTIFY_PIECES_MAX];
	size_t size = 0;
	for (size_t i = 0; i < count; i++) {
		here[i] = (struct iovec){pieces[i].to, pieces[i].size};
		other[i] = (struct iovec){there(pieces[i].at), pieces[i].size};
		size += pieces[i].size;
	}
	return size ? whole(process_vm_readv(tid, here, count, other, count, 0), size) : 0;
}

int notify_write(pid_t tid, uint64_t at, const void *from, size_t size)
{
	struct iovec here = {(void *)(uintptr_t)from, size}, other = {there(at), size};
	return whole(process_vm_writev(tid, &here, 1, &other, 1, 0), size);
}

int notify_gather(pid_t tid, const struct iovec parts[], size_t count, void *to, size_t capacity,
		  size_t *ret_size)
{
	struct iovec here = {to, 0};
	for (size_t i = 0; i < count; i++) {
		size_t left = capacity - here.iov_len;
		here.iov_len += parts[i].iov_len < left ? parts[i].iov_len : left;
	}
	*ret_size = here.iov_len;
	return here.iov_len ? whole(process_vm_readv(tid, &here, 1, parts, count, 0), here.iov_len) : 0;
}
