/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connects, at a rate and for a time, to each of some addresses in turn, and prints how many
 * connections came up and the rate that came out of it. Each is ended at once by a reset, so
 * that none waits in TIME-WAIT. Only ever run inside a network namespace of a test, with the
 * loopback and addresses of the documentation ranges.
 *
 *   load A_MINUTE SECONDS PORT ADDRESS…
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESSES_MAX = 8, TICKS = 100 /* a second */, SECOND_NS = 1000000000 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static int64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND_NS + t.tv_nsec;
}

static void sleep_until(int64_t ns)
{
	struct timespec t = {ns / SECOND_NS, ns % SECOND_NS};
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static bool resolve(const char *text, unsigned port, union address *ret)
{
	memset(ret, 0, sizeof *ret);
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = htons((uint16_t)port);
		return true;
	}
	ret->v6.sin6_family = AF_INET6;
	ret->v6.sin6_port = htons((uint16_t)port);
	return inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1;
}

static bool connect_to(const union address *a)
{
	struct linger at_once = {1, 0};
	int fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool up = fd >= 0 && connect(fd, &a->any, a->any.sa_family == AF_INET ? sizeof a->v4 : sizeof a->v6) == 0;
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(fd);
	return up;
}

int main(int argc, char *argv[])
{
	union address to[ADDRESSES_MAX];
	size_t count = 0;
	while (argc > 4 + (int)count && count < ADDRESSES_MAX &&
	       resolve(argv[4 + count], (unsigned)strtoul(argv[3], NULL, 10), &to[count]))
		count++;
	if (!count || argc != 4 + (int)count) {
		fprintf(stderr, "usage: load A_MINUTE SECONDS PORT ADDRESS…\n");
		return 64;
	}
	uint64_t rate = strtoull(argv[1], NULL, 10), ticks = strtoull(argv[2], NULL, 10) * TICKS, made = 0, up = 0;
	int64_t begun = now();
	for (uint64_t i = 0; i < ticks; i++) {
		sleep_until(begun + (int64_t)i * (SECOND_NS / TICKS));
		for (; made < rate * (i + 1) / (60 * TICKS); made++)
			up += connect_to(&to[made % count]);
	}
	double took = 1e-9 * (double)(now() - begun);
	fprintf(stderr, "load %llu made, %llu up in %.1f s, %.0f a minute\n", (unsigned long long)made,
		(unsigned long long)up, took, 60 * (double)made / took);
	return 0;
}
