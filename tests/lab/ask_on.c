/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A resolver of a machine that knows nothing by itself: at 127.0.0.53 it takes each question,
 * asks SERVER, and hands the answer back as it is. Only ever started inside a network
 * namespace of a test. Ends when it is ended.
 *
 *   ask_on SERVER
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NAME_SERVER = 53, MESSAGE_MAX = 512 /* RFC 1035, 4.2.1 */ };

/* The bytes of the answer, which take the place of the question; negative: there is none. */
static ssize_t ask(const struct sockaddr_in *server, unsigned char m[MESSAGE_MAX], size_t size)
{
	struct timeval patience = {1, 0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	ssize_t got = sendto(fd, m, size, 0, (const struct sockaddr *)server, sizeof *server);
	if (got > 0)
		got = recv(fd, m, MESSAGE_MAX, 0);
	close(fd);
	return got;
}

int main(int argc, char *argv[])
{
	unsigned char m[MESSAGE_MAX];
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(NAME_SERVER)}, server = here, from;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1;
	inet_pton(AF_INET, "127.0.0.53", &here.sin_addr);
	/* beside one that listens at all addresses */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (argc != 2 || inet_pton(AF_INET, argv[1], &server.sin_addr) != 1 ||
	    bind(fd, (struct sockaddr *)&here, sizeof here) != 0) {
		perror("ask_on");
		return 1;
	}
	for (;;) {
		socklen_t size = sizeof from;
		ssize_t got = recvfrom(fd, m, sizeof m, 0, (struct sockaddr *)&from, &size);
		got = got > 0 ? ask(&server, m, (size_t)got) : -1;
		if (got > 0 && sendto(fd, m, (size_t)got, 0, (struct sockaddr *)&from, size) != got)
			perror("ask_on");
	}
}
