/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A library that LD_PRELOAD puts into a program, for the laboratory; a connection of it
 * is only ever made inside a network namespace of a test.
 *
 *   PRELOAD_REACH=ADDRESS   connects there, to port 443, before the program's own main
 *   PRELOAD_BACK=PATH       as long as PATH exists, the wall clock is one hour behind, or
 *   PRELOAD_SECONDS=NUMBER  so many seconds (ahead, where it is negative)
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { BACK_S = 3600 };

__attribute__((constructor)) static void reach(void)
{
	const char *address = getenv("PRELOAD_REACH");
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(443)};
	if (!address || inet_pton(AF_INET, address, &to.sin_addr) != 1)
		return;
	/* past the C library, whose functions another library may have replaced */
	long fd = syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	syscall(SYS_connect, fd, &to, sizeof to);
	syscall(SYS_close, fd);
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	const char *path = getenv("PRELOAD_BACK"), *seconds = getenv("PRELOAD_SECONDS");
	int status = (int)syscall(SYS_clock_gettime, clock, ret);
	if (clock == CLOCK_REALTIME && status == 0 && path && access(path, F_OK) == 0)
		ret->tv_sec -= seconds ? strtol(seconds, NULL, 10) : BACK_S;
	return status;
}
