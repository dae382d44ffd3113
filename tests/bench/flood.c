/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sends UDP datagrams to a socket of its own on the loopback, at a rate and for a
 * time, and prints how many the kernel took and the rate that came out of it. They
 * go out in bursts, a thousand a second, by one connected socket. The socket that
 * they are for exists, so that nothing is answered, and never reads.
 *
 *   flood [--v6] RATE SECONDS SIZE
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

enum { BURSTS = 1000, BURST_MAX = 1024, SIZE_MAX_UDP = 1400, SECOND_NS = 1000000000 };

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

static int connected(bool v6)
{
	union address a = {.v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
	if (v6)
		a.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
	socklen_t size = v6 ? sizeof a.v6 : sizeof a.v4;
	int sink = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int from = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sink < 0 || bind(sink, &a.any, size) != 0 || getsockname(sink, &a.any, &size) != 0 ||
	    from < 0 || connect(from, &a.any, size) != 0) {
		perror("flood");
		exit(1);
	}
	return from;
}

/* Returns how many the kernel took. */
static uint64_t send_burst(int fd, struct mmsghdr *messages, uint64_t count)
{
	uint64_t sent = 0;
	while (sent < count) {
		uint64_t part = count - sent < BURST_MAX ? count - sent : BURST_MAX;
		int n = sendmmsg(fd, messages, (unsigned)part, 0);
		if (n < 0 && errno != ENOBUFS && errno != EAGAIN && errno != EINTR) {
			perror("flood: sendmmsg");
			exit(1);
		}
		sent += n > 0 ? (uint64_t)n : 0;
	}
	return sent;
}

int main(int argc, char *argv[])
{
	bool v6 = argc > 1 && strcmp(argv[1], "--v6") == 0;
	if (argc != 4 + v6) {
		fprintf(stderr, "usage: flood [--v6] RATE SECONDS SIZE\n");
		return 64;
	}
	argv += v6;
	uint64_t rate = strtoull(argv[1], NULL, 10), seconds = strtoull(argv[2], NULL, 10);
	size_t size = strtoull(argv[3], NULL, 10);
	static unsigned char payload[SIZE_MAX_UDP];
	static struct mmsghdr messages[BURST_MAX];
	struct iovec part = {payload, size < sizeof payload ? size : sizeof payload};
	for (size_t i = 0; i < BURST_MAX; i++)
		messages[i].msg_hdr = (struct msghdr){.msg_iov = &part, .msg_iovlen = 1};
	int fd = connected(v6);
	uint64_t sent = 0, bursts = seconds * BURSTS;
	int64_t begun = now();
	for (uint64_t i = 0; i < bursts; i++) {
		sleep_until(begun + (int64_t)i * (SECOND_NS / BURSTS));
		sent += send_burst(fd, messages, rate * (i + 1) / BURSTS - sent);
	}
	sleep_until(begun + (int64_t)seconds * SECOND_NS);
	double took = 1e-9 * (double)(now() - begun);
	fprintf(stderr, "flood %llu sent in %.3f s, %.0f a second\n", (unsigned long long)sent, took,
		(double)sent / took);
	return 0;
}
