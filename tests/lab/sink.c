/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other side of a laboratory: takes connections on a TCP port, datagrams on the
 * same UDP port, and answers questions on UDP port 53 with 192.0.2.2. Only ever
 * started inside a network namespace of a test. Prints "ready", ends with its
 * standard input.
 *
 *   sink PORT
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_socket(int type, unsigned port)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), off = 0, on = 1;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    (type == SOCK_STREAM && listen(fd, 4096) != 0)) {
		perror("sink");
		exit(1);
	}
	return fd;
}

static void take_all(int listener)
{
	char bytes[2048];
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return;
		while (read(fd, bytes, sizeof bytes) > 0)
			;
		close(fd);
	}
}

/* RFC 1035, 4.1: the question sent back, with one A record behind it. */
static void answer(int fd)
{
	static const unsigned char record[] = {0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 2};
	unsigned char m[512 + sizeof record];
	struct sockaddr_in6 from;
	socklen_t size = sizeof from;
	ssize_t got;
	while ((got = recvfrom(fd, m, 512, 0, (struct sockaddr *)&from, &size)) >= 12) {
		m[2] = 0x81; /* an answer, recursion desired */
		m[3] = 0x80;
		m[6] = 0;
		m[7] = 1;
		memset(m + 8, 0, 4);
		memcpy(m + got, record, sizeof record);
		sendto(fd, m, (size_t)got + sizeof record, 0, (struct sockaddr *)&from, size);
	}
}

int main(int argc, char *argv[])
{
	char bytes[2048];
	unsigned port = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 443;
	int tcp = open_socket(SOCK_STREAM, port), udp = open_socket(SOCK_DGRAM, port),
	    dns = open_socket(SOCK_DGRAM, 53);
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		struct pollfd w[] = {{tcp, POLLIN, 0}, {udp, POLLIN, 0}, {dns, POLLIN, 0}, {0, POLLIN, 0}};
		if (poll(w, 4, -1) < 0)
			return 1;
		take_all(tcp);
		while (recv(udp, bytes, sizeof bytes, 0) >= 0)
			;
		answer(dns);
		if (w[3].revents && read(0, bytes, 1) <= 0)
			return 0;
	}
}
