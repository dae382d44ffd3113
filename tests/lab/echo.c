/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sink of a challenge: sends back whatever comes over TCP and UDP. Only ever started
 * inside a network namespace of a test. Prints "ready", ends with its standard input.
 *
 *   echo PORT
 *   echo PORT ADDRESS PORT   a proxy: answers CONNECT, whatever it names, and hands one
 *                            message to that address and one back
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_socket(int type, unsigned port)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC, 0), off = 0, on = 1;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || (type == SOCK_STREAM && listen(fd, 64) != 0)) {
		perror("echo");
		exit(1);
	}
	return fd;
}

static ssize_t hear(int fd, char *bytes, size_t size)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	return poll(&p, 1, 2000) > 0 ? read(fd, bytes, size) : 0;
}

/* One connection, one message: that is all a probe sends. */
static void answer_stream(int listener)
{
	char bytes[2048];
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	ssize_t got = hear(fd, bytes, sizeof bytes);
	if (got > 0 && write(fd, bytes, (size_t)got) != got)
		perror("echo");
	close(fd);
}

static void relay(int listener, const struct sockaddr_in *to)
{
	static const char agreed[] = "HTTP/1.1 200 Connected\r\n\r\n";
	char bytes[2048];
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC), out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool good = fd >= 0 && hear(fd, bytes, sizeof bytes) > 0 &&
		    connect(out, (const struct sockaddr *)to, sizeof *to) == 0 &&
		    write(fd, agreed, sizeof agreed - 1) == sizeof agreed - 1;
	int from = fd, other = out;
	for (int way = 0; way < 2 && good; way++, from = out, other = fd) {
		ssize_t got = hear(from, bytes, sizeof bytes);
		good = got > 0 && write(other, bytes, (size_t)got) == got;
	}
	close(out);
	if (fd >= 0)
		close(fd);
}

static void answer_datagram(int fd)
{
	char bytes[2048];
	struct sockaddr_in6 from;
	socklen_t size = sizeof from;
	ssize_t got = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &size);
	if (got > 0 && sendto(fd, bytes, (size_t)got, 0, (struct sockaddr *)&from, size) != got)
		perror("echo");
}

int main(int argc, char *argv[])
{
	char byte;
	struct sockaddr_in to = {.sin_family = AF_INET};
	bool proxy = argc > 3 && inet_pton(AF_INET, argv[2], &to.sin_addr) == 1;
	to.sin_port = htons((uint16_t)(proxy ? strtoul(argv[3], NULL, 10) : 0));
	unsigned port = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 7;
	int tcp = open_socket(SOCK_STREAM, port), udp = open_socket(SOCK_DGRAM, port);
	printf("ready\n");
	fflush(stdout);
	for (;;) {
		struct pollfd w[] = {{tcp, POLLIN, 0}, {udp, POLLIN, 0}, {0, POLLIN, 0}};
		if (poll(w, 3, -1) < 0)
			return 1;
		if (w[0].revents && proxy)
			relay(tcp, &to);
		else if (w[0].revents)
			answer_stream(tcp);
		if (w[1].revents)
			answer_datagram(udp);
		if (w[2].revents && read(0, &byte, 1) <= 0)
			return 0;
	}
}
