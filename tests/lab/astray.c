/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sends to an address of this machine by a way that leaves it, for the laboratory. Only ever run
 * inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   astray device ADDRESS PORT INTERFACE   (a socket that is bound to it: SO_BINDTODEVICE)
 *   astray beside ADDRESS PORT INTERFACE   (the datagram names it: IP_PKTINFO)
 *   astray bound ADDRESS PORT INTERFACE    (a socket that is bound to its link-local address; IPv6)
 *   astray route ADDRESS PORT BY           (a routing header, by the address BY; IPv6)
 *   astray join GROUP INTERFACE            (nothing but that: joins a group of machines)
 *   astray after ADDRESS PORT              (behind a message to a Unix socket that fails at once)
 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t resolve(const char *text, const char *port, union address *ret)
{
	uint16_t number = htons((uint16_t)strtoul(port, NULL, 10));
	memset(ret, 0, sizeof *ret);
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = number;
		return sizeof ret->v4;
	}
	if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) != 1) {
		fprintf(stderr, "astray: not an address: %s\n", text);
		exit(64);
	}
	ret->v6.sin6_family = AF_INET6;
	ret->v6.sin6_port = number;
	return sizeof ret->v6;
}

/* What could not be set is said, and the datagram sent all the same. */
static int send_hello(int fd, char *argv[])
{
	union address to;
	socklen_t size = resolve(argv[0], argv[1], &to);
	if (sendto(fd, "hello", 5, 0, &to.any, size) != 5)
		perror("astray: sendto");
	return 0;
}

static int open_datagrams(const char *address)
{
	return socket(strchr(address, ':') ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static int by_device(char *argv[])
{
	int fd = open_datagrams(argv[0]);
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, argv[2], (socklen_t)strlen(argv[2]) + 1) != 0)
		perror("astray: SO_BINDTODEVICE");
	return send_hello(fd, argv);
}

static int by_message(char *argv[])
{
	char bytes[] = "hello";
	union address to;
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control = {.head = {CMSG_LEN(sizeof(struct in_pktinfo)), IPPROTO_IP, IP_PKTINFO}};
	struct in_pktinfo way = {.ipi_ifindex = (int)if_nametoindex(argv[2])};
	memcpy(CMSG_DATA(&control.head), &way, sizeof way);
	struct iovec part = {bytes, 5};
	struct msghdr m = {.msg_name = &to, .msg_namelen = resolve(argv[0], argv[1], &to), .msg_iov = &part,
			   .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	if (sendmsg(open_datagrams(argv[0]), &m, 0) != 5)
		perror("astray: sendmsg");
	return 0;
}

static int by_own_end(char *argv[])
{
	struct ifaddrs *all = NULL;
	int fd = open_datagrams(argv[0]), done = -1;
	if (getifaddrs(&all) != 0)
		return 69;
	for (struct ifaddrs *a = all; a; a = a->ifa_next) {
		struct sockaddr_in6 own;
		if (!a->ifa_addr || a->ifa_addr->sa_family != AF_INET6 || strcmp(a->ifa_name, argv[2]) != 0)
			continue;
		memcpy(&own, a->ifa_addr, sizeof own);
		if (IN6_IS_ADDR_LINKLOCAL(&own.sin6_addr))
			done = bind(fd, (struct sockaddr *)&own, sizeof own);
	}
	freeifaddrs(all);
	if (done != 0)
		fprintf(stderr, "astray: no link-local address to bind to\n");
	return send_hello(fd, argv);
}

/* RFC 8754, 2: by the last segment, then to the first one. */
static int by_route(char *argv[])
{
	enum { SEGMENT = 16, ROUTING = 4 };
	unsigned char header[8 + 2 * SEGMENT] = {0, 4, ROUTING, 1, 1};
	int fd = open_datagrams(argv[0]);
	if (inet_pton(AF_INET6, argv[0], header + 8) != 1 || inet_pton(AF_INET6, argv[2], header + 8 + SEGMENT) != 1)
		return 64;
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_RTHDR, header, sizeof header) != 0)
		perror("astray: IPV6_RTHDR");
	return send_hello(fd, argv);
}

static int join(char *argv[])
{
	struct ip_mreqn group = {.imr_ifindex = (int)if_nametoindex(argv[1])};
	int fd = open_datagrams(argv[0]);
	if (inet_pton(AF_INET, argv[0], &group.imr_multiaddr) != 1)
		return 64;
	if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group) != 0)
		perror("astray: IP_ADD_MEMBERSHIP");
	sleep(1); /* it is told to routers within that time (RFC 3376, 8.11) */
	return 0;
}

static int after(char *argv[])
{
	struct sockaddr_un nobody = {.sun_family = AF_UNIX, .sun_path = "/nobody"};
	if (sendto(-1, "x", 1, 0, (struct sockaddr *)&nobody, sizeof nobody) >= 0)
		return 1;
	return send_hello(open_datagrams(argv[0]), argv);
}

static const struct {
	const char *name;
	int arguments;
	int (*run)(char *argv[]);
} ways[] = {
	{"device", 3, by_device}, {"beside", 3, by_message}, {"bound", 3, by_own_end}, {"route", 3, by_route}, {"join", 2, join},
	{"after", 2, after},
};

int main(int argc, char *argv[])
{
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof ways[0]; i++)
		if (!strcmp(argv[1], ways[i].name) && argc - 2 == ways[i].arguments)
			return ways[i].run(argv + 2);
	fprintf(stderr, "astray: see the head of its source\n");
	return 64;
}
