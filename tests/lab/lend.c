/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A socket that one process makes and another one sends on, for the laboratory. Only ever
 * run inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   lend give PATH                  (inside a session: makes one, hands it over at PATH,
 *                                    and waits until it was used)
 *   lend borrow PATH ADDRESS PORT   (outside: sends on what it is given, until it is ended)
 */
#include <arpa/inet.h>
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

int main(int argc, char *argv[])
{
	if (argc == 3 && !strcmp(argv[1], "give"))
		return give(argv + 2);
	if (argc == 5 && !strcmp(argv[1], "borrow"))
		return borrow(argv + 2);
	fprintf(stderr, "lend: see the top of tests/lab/lend.c\n");
	return 64;
}
