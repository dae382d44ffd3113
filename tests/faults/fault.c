/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fault points by the linker (--wrap): every call of these functions that our own code makes
 * is numbered within its kind, over all threads and processes, and the one that
 * AIRGAP_FAULT=KIND:NUMBER names fails; with KIND.FUNCTION:NUMBER calls of that function alone
 * are counted. AIRGAP_FAULT_TOLD names a file that is mapped (a
 * process in a sandbox could write no file): which function failed, if one did, stands in its
 * first 32 bytes, and behind them, eight bytes each, how many calls there were of each of the
 * kinds below, in their order. What airgap-verify and airgap-collect alone call is in files of
 * its own.
 */
#include "tests/faults/fault.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const kinds[] = {"read", "write", "sync", "name", "open", "close", "memory", "sql", "kernel", "socket", "bpf", "pcap"};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static struct told {
	char function[32];
	_Atomic unsigned long counts[KINDS];
	_Atomic unsigned long of_function;
} *told;

static size_t kind;
static char only[32]; /* the function; empty: any of its kind */
static unsigned long wanted;

static size_t kind_of(const char *name, size_t size)
{
	size_t i = 0;
	while (i < KINDS && (strlen(kinds[i]) != size || strncmp(kinds[i], name, size) != 0))
		i++;
	return i;
}

__attribute__((constructor)) static void start(void)
{
	char *fault = getenv("AIRGAP_FAULT"), *number = fault ? strchr(fault, ':') : NULL;
	const char *path = getenv("AIRGAP_FAULT_TOLD");
	if (!number || !path)
		return;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || syscall(SYS_ftruncate, fd, sizeof *told) != 0)
		abort();
	size_t size = strcspn(fault, ".:"), whole = (size_t)(number - fault);
	kind = kind_of(fault, size);
	if (fault[size] == '.')
		snprintf(only, sizeof only, "%.*s", (int)(whole - size - 1), fault + size + 1);
	wanted = strtoul(number + 1, NULL, 10);
	told = (void *)syscall(SYS_mmap, NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
}

int fault_is_due(const char *of, const char *function)
{
	size_t i = told ? kind_of(of, strlen(of)) : KINDS;
	if (i == KINDS)
		return 0;
	unsigned long count = atomic_fetch_add(&told->counts[i], 1);
	if (i != kind || (only[0] && strcmp(only, function) != 0))
		return 0;
	if (only[0])
		count = atomic_fetch_add(&told->of_function, 1);
	if (count + 1 != wanted)
		return 0;
	snprintf(told->function, sizeof told->function, "%s", function);
	return 1;
}

WRAP("read", ssize_t, read, (int fd, void *to, size_t size), (fd, to, size), EIO, -1)
WRAP("read", ssize_t, pread, (int fd, void *to, size_t size, off_t at), (fd, to, size, at), EIO, -1)
WRAP("write", ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size), ENOSPC, -1)
WRAP("write", ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), ENOSPC, -1)
WRAP("write", size_t, fwrite, (const void *from, size_t size, size_t n, FILE *to), (from, size, n, to), ENOSPC, 0)
WRAP("write", int, fflush, (FILE *to), (to), ENOSPC, EOF)
WRAP("sync", int, fsync, (int fd), (fd), EIO, -1)
WRAP("name", int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), EIO, -1)
WRAP("name", int, mkdir, (const char *path, mode_t mode), (path, mode), ENOSPC, -1)
WRAP("name", int, mkdirat, (int fd, const char *path, mode_t mode), (fd, path, mode), ENOSPC, -1)
WRAP("open", DIR *, opendir, (const char *path), (path), EMFILE, NULL)
WRAP("open", DIR *, fdopendir, (int fd), (fd), ENOMEM, NULL)
WRAP("memory", void *, calloc, (size_t count, size_t size), (count, size), ENOMEM, NULL)
WRAP("memory", void *, realloc, (void *block, size_t size), (block, size), ENOMEM, NULL)
WRAP("kernel", pid_t, fork, (void), (), EAGAIN, -1)
WRAP("kernel", int, pipe2, (int ends[2], int flags), (ends, flags), EMFILE, -1)
WRAP("kernel", int, socketpair, (int family, int type, int proto, int ends[2]), (family, type, proto, ends), EMFILE, -1)
WRAP("kernel", int, memfd_create, (const char *name, unsigned flags), (name, flags), ENOMEM, -1)
WRAP("kernel", int, fstat, (int fd, struct stat *ret), (fd, ret), EIO, -1)
WRAP("kernel", int, ftruncate, (int fd, off_t size), (fd, size), ENOSPC, -1)
WRAP("kernel", off_t, lseek, (int fd, off_t at, int whence), (fd, at, whence), EIO, -1)
WRAP("kernel", ssize_t, getrandom, (void *to, size_t size, unsigned flags), (to, size, flags), ENOSYS, -1)
WRAP("kernel", void *, mmap, (void *at, size_t size, int how, int flags, int fd, off_t from),
     (at, size, how, flags, fd, from), ENOMEM, MAP_FAILED)
WRAP("kernel", int, pthread_create,
     (pthread_t *ret, const pthread_attr_t *how, void *(*run)(void *), void *context),
     (ret, how, run, context), EAGAIN, EAGAIN)

/* It is closed all the same, as close(2) has it. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	int status = __real_close(fd);
	if (!fault_is_due("close", "close"))
		return status;
	errno = EIO;
	return -1;
}

/* The mode, where there is one. */
#define WITH_MODE(flags, mode)                                                                     \
	do {                                                                                       \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode = (flags) & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;                 \
		va_end(args);                                                                      \
	} while (0)

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	mode_t mode;
	WITH_MODE(flags, mode);
	if (!fault_is_due("open", "open"))
		return __real_open(path, flags, mode);
	errno = EMFILE;
	return -1;
}

int __real_openat(int fd, const char *path, int flags, ...);
int __wrap_openat(int fd, const char *path, int flags, ...);
int __wrap_openat(int fd, const char *path, int flags, ...)
{
	mode_t mode;
	WITH_MODE(flags, mode);
	if (!fault_is_due("open", "openat"))
		return __real_openat(fd, path, flags, mode);
	errno = EMFILE;
	return -1;
}
