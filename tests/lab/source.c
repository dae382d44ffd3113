/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other side of traffic.c, for the laboratory: gives and takes as many bytes as it is
 * asked for. A request is one letter and a big-endian number of four bytes. Over a connection
 * 'd' is answered with so many bytes, then it is closed; 'u': everything is read to its end.
 * A datagram 'd' is answered with so many datagrams of 1,000 bytes; others are dropped. Only
 * ever started inside a network namespace of a test. Prints "ready", ends with its standard
 * input.
 *
 *   source PORT   (TCP, UDP, and SCTP, DCCP where the kernel has them)
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_SIZE = 5, DATAGRAM_SIZE = 1000 };

static unsigned char room[1 << 16];

/* -1 where the kernel has no such protocol. */
static int open_socket(int type, int proto, unsigned port)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK, proto), off = 0, on = 1;
	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || (type != SOCK_DGRAM && listen(fd, 4096) != 0)) {
		perror("source");
		exit(1);
	}
	return fd;
}

static uint32_t number_of(const unsigned char request[static REQUEST_SIZE])
{
	uint32_t number;
	memcpy(&number, request + 1, sizeof number);
	return ntohl(number);
}

static void serve(int fd)
{
	unsigned char request[REQUEST_SIZE];
	if (recv(fd, request, sizeof request, MSG_WAITALL) != sizeof request)
		return;
	uint32_t left = request[0] == 'd' ? number_of(request) : 0;
	while (left > 0) {
		ssize_t n = write(fd, room, left < sizeof room ? left : sizeof room);
		if (n <= 0)
			return;
		left -= (uint32_t)n;
	}
	shutdown(fd, SHUT_WR);
	while (read(fd, room, sizeof room) > 0)
		;
}

static void accept_all(int listener)
{
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			return;
		if (fork() == 0) {
			serve(fd);
			_exit(0);
		}
		close(fd);
	}
}

static void answer_all(int fd)
{
	unsigned char request[REQUEST_SIZE];
	struct sockaddr_in6 from;
	for (;;) {
		socklen_t size = sizeof from;
		ssize_t got = recvfrom(fd, request, sizeof request, 0, (struct sockaddr *)&from, &size);
		if (got < 0)
			return;
		uint32_t count = got == REQUEST_SIZE && request[0] == 'd' ? number_of(request) : 0;
		for (uint32_t i = 0; i < count; i++)
			sendto(fd, room, DATAGRAM_SIZE, 0, (struct sockaddr *)&from, size);
	}
}

int main(int argc, char *argv[])
{
	unsigned port = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 9000;
	struct pollfd w[] = {
		{open_socket(SOCK_STREAM, 0, port), POLLIN, 0},
		{open_socket(SOCK_STREAM, IPPROTO_SCTP, port), POLLIN, 0},
		{open_socket(SOCK_DCCP, IPPROTO_DCCP, port), POLLIN, 0},
		{open_socket(SOCK_DGRAM, 0, port), POLLIN, 0},
		{0, POLLIN, 0},
	};
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		if (poll(w, 5, -1) < 0)
			return 1;
		for (int i = 0; i < 3; i++)
			if (w[i].revents)
				accept_all(w[i].fd);
		answer_all(w[3].fd);
		if (w[4].revents && read(0, room, 1) <= 0)
			return 0;
	}
}
