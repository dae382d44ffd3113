/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_LAB_TRAFFIC_H
#define TESTS_LAB_TRAFFIC_H

/*
 * What traffic.c and traffic_low.c share: of each process that reaches out is printed what was
 * done, for the laboratory to hold against what was seen, as fields divided by tabs:
 *
 *   did PROGRAM PID PROTOCOL ADDRESS PORT TIMES SENT
 *   could-not PROGRAM PID PROTOCOL WHY      (no such socket, or it is refused)
 *
 * SENT: bytes above TCP, UDP or else IP. TIMES: how often an address was named, of raw and
 * packet sockets: the sockets.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PORT = 9000, /* of source.c */
	DATAGRAMS = 60, /* as many as a socket holds unread */
	DATAGRAM_SIZE = 1000,
};

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static inline socklen_t resolve(const char *text, unsigned port, union address *ret)
{
	memset(ret, 0, sizeof *ret);
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = htons((uint16_t)port);
		return sizeof ret->v4;
	}
	if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1) {
		ret->v6.sin6_family = AF_INET6;
		ret->v6.sin6_port = htons((uint16_t)port);
		return sizeof ret->v6;
	}
	fprintf(stderr, "traffic: not an address: %s\n", text);
	exit(64);
}

static inline void link_of(const char *path, char ret[static 256])
{
	ssize_t size = readlink(path, ret, 255);
	ret[size > 0 ? size : 0] = '\0';
}

/* One line in one write. The process as the machine numbers it: in a container getpid() tells
 * another number. */
__attribute__((format(printf, 2, 3))) static inline void say(const char *what, const char *format, ...)
{
	char line[1024], program[256], pid[256];
	va_list rest;
	link_of("/proc/self/exe", program);
	link_of("/proc/self", pid);
	int size = snprintf(line, sizeof line, "%s\t%s\t%s\t", what, program, pid);
	va_start(rest, format);
	size += vsnprintf(line + size, sizeof line - (size_t)size, format, rest);
	va_end(rest);
	line[size] = '\n';
	if (write(1, line, (size_t)size + 1) < 0)
		perror("traffic");
}

struct sums {
	const char *proto, *address;
	unsigned port, times;
	size_t sent;
};

static inline int did(const struct sums *s)
{
	say("did", "%s\t%s\t%u\t%u\t%zu", s->proto, s->address, s->port, s->times, s->sent);
	return 0;
}

static inline int could_not(const char *proto)
{
	say("could-not", "%s\t%s", proto, strerror(errno));
	return 0;
}

static inline void request(unsigned char ret[static 5], char way, size_t number)
{
	uint32_t size = htonl((uint32_t)number);
	ret[0] = (unsigned char)way;
	memcpy(ret + 1, &size, sizeof size);
}

#endif
