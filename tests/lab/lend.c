/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A socket that one process makes and another one sends on, and datagrams that another one sends
 * on, for the laboratory. Only ever run inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   lend give PATH                  (inside a session: makes one, hands it over at PATH,
 *                                    and waits until it was used)
 *   lend borrow PATH ADDRESS PORT   (outside: sends on what it is given, until it is ended)
 *   lend hint PATH                  (inside: one datagram to the Unix socket, connected to nothing)
 *   lend hear PATH ADDRESS PORT     (outside: sends on what it is told, over a UDP socket that it had
 *                                    connected before)
 *   lend serve PORT                 (inside: tells who connects to it on the loopback, once)
 *   lend ports FIRST COUNT          (inside: listens on each, one after the other)
 *   lend call PORT ADDRESS PORT     (outside: connects there until it is told something, which it sends
 *                                    on over a UDP socket that it had connected before)
 *   lend netlink PORT               (inside: one message to a process, of netlink's kind for that)
 */
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

union socket_room {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(69);
}

static int open_socket(int family, int type)
{
	int fd = socket(family, type | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("lend: socket");
	return fd;
}

static struct sockaddr_un unix_at(const char *path)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	return a;
}

static int give(char *argv[])
{
	char byte[] = "f";
	struct sockaddr_un a = unix_at(argv[0]);
	int peer = open_socket(AF_UNIX, SOCK_STREAM), fd = open_socket(AF_INET, SOCK_DGRAM);
	struct iovec part = {byte, 1};
	union socket_room room = {
		.head = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof room};
	memcpy(CMSG_DATA(&room.head), &fd, sizeof fd);
	if (connect(peer, (struct sockaddr *)&a, sizeof a) != 0 || sendmsg(peer, &m, 0) < 0)
		die("lend: give");
	return read(peer, byte, 1) != 0; /* the end of it: it was used */
}

static int borrow(char *argv[])
{
	char byte;
	int fd, listener = open_socket(AF_UNIX, SOCK_STREAM);
	struct sockaddr_un a = unix_at(argv[0]);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(argv[2], NULL, 10))};
	struct iovec part = {&byte, 1};
	union socket_room room;
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &room, .msg_controllen = sizeof room};
	if (inet_pton(AF_INET, argv[1], &to.sin_addr) != 1 || bind(listener, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(listener, 1) != 0)
		die("lend: borrow");
	int peer = accept(listener, NULL, NULL);
	if (peer < 0 || recvmsg(peer, &m, 0) != 1)
		die("lend: borrow");
	memcpy(&fd, CMSG_DATA(&room.head), sizeof fd);
	if (sendto(fd, "hello", 5, 0, (struct sockaddr *)&to, sizeof to) != 5)
		die("lend: borrow");
	close(peer);
	pause();
	return 0;
}

static int hint(char *argv[])
{
	struct sockaddr_un a = unix_at(argv[0]);
	if (sendto(open_socket(AF_UNIX, SOCK_DGRAM), "hello", 5, 0, (struct sockaddr *)&a, sizeof a) != 5)
		die("lend: hint");
	sleep(1); /* it is sent on while the session is watched */
	return 0;
}

static struct sockaddr_in ip_at(const char *address, const char *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
	if (inet_pton(AF_INET, address, &a.sin_addr) != 1)
		die("lend: address");
	return a;
}

static int pointed_at(const char *address, const char *port)
{
	struct sockaddr_in to = ip_at(address, port);
	int fd = open_socket(AF_INET, SOCK_DGRAM);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
		die("lend: connect");
	return fd;
}

static int hear(char *argv[])
{
	char bytes[64];
	int in = open_socket(AF_UNIX, SOCK_DGRAM), out = pointed_at(argv[1], argv[2]);
	struct sockaddr_un a = unix_at(argv[0]);
	if (bind(in, (struct sockaddr *)&a, sizeof a) != 0)
		die("lend: hear");
	for (ssize_t got; (got = recv(in, bytes, sizeof bytes, 0)) >= 0;)
		if (send(out, bytes, (size_t)got, 0) != got)
			perror("lend: hear");
	return 69;
}

static int listen_at(unsigned long port)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = open_socket(AF_INET, SOCK_STREAM);
	if (bind(fd, (struct sockaddr *)&here, sizeof here) != 0 || listen(fd, 1) != 0)
		die("lend: listen");
	return fd;
}

static int ports(char *argv[])
{
	unsigned long first = strtoul(argv[0], NULL, 10), count = strtoul(argv[1], NULL, 10);
	for (unsigned long i = 0; i < count; i++)
		close(listen_at(first + i));
	return 0;
}

static int serve(char *argv[])
{
	int fd = listen_at(strtoul(argv[0], NULL, 10));
	int peer = accept(fd, NULL, NULL);
	if (write(peer, "hello", 5) != 5)
		die("lend: serve");
	return 0;
}

static int call(char *argv[])
{
	char bytes[64];
	struct sockaddr_in there = ip_at("127.0.0.1", argv[0]);
	int out = pointed_at(argv[1], argv[2]);
	for (ssize_t got = 0; got <= 0 || send(out, bytes, (size_t)got, 0) != got; usleep(50000)) {
		int fd = open_socket(AF_INET, SOCK_STREAM);
		got = connect(fd, (struct sockaddr *)&there, sizeof there) == 0 ? read(fd, bytes, sizeof bytes) : 0;
		close(fd);
	}
	return pause();
}

/* Whether anybody is there does not matter. */
static int netlink(char *argv[])
{
	struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = (unsigned)strtoul(argv[0], NULL, 10)};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_USERSOCK);
	if (fd < 0 || sendto(fd, "a message of some length", 24, 0, (struct sockaddr *)&to, sizeof to) < 0)
		perror("lend: netlink");
	return 0;
}

static const struct {
	const char *name;
	int arguments;
	int (*run)(char *argv[]);
} parts[] = {{"give", 1, give}, {"borrow", 3, borrow}, {"hint", 1, hint}, {"hear", 3, hear},
	   {"serve", 1, serve}, {"ports", 2, ports}, {"call", 3, call}, {"netlink", 1, netlink}};

int main(int argc, char *argv[])
{
	for (size_t i = 0; argc > 1 && i < sizeof parts / sizeof parts[0]; i++)
		if (!strcmp(argv[1], parts[i].name) && argc - 2 == parts[i].arguments)
			return parts[i].run(argv + 2);
	fprintf(stderr, "lend: see the top of tests/lab/lend.c\n");
	return 64;
}
