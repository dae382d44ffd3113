/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stand-in for a local model server: answers each HTTP request on 127.0.0.1 with
 * one JSON object, and ends when its parent closes standard input.
 *
 *   model_stub [PORT]      (0, the default: any free one; it is printed)
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char ANSWER[] =
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 63\r\n"
	"Connection: close\r\n\r\n"
	"{\"model\":\"stub\",\"response\":\"int main(void){return 0;}\",\"done\":1}\n";

static int listen_on(unsigned port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	socklen_t size = sizeof a;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &size) != 0) {
		perror("model_stub");
		exit(1);
	}
	printf("%u\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

static void answer_one(int listener)
{
	char request[4096];
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	if (read(fd, request, sizeof request) > 0 && write(fd, ANSWER, sizeof ANSWER - 1) < 0)
		perror("model_stub: write");
	close(fd);
}

int main(int argc, char *argv[])
{
	int listener = listen_on(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0);
	for (;;) {
		struct pollfd watched[] = {{listener, POLLIN, 0}, {0, POLLIN, 0}};
		char byte;
		if (poll(watched, 2, 60000) <= 0)
			return 0;
		if (watched[0].revents)
			answer_one(listener);
		if (watched[1].revents && read(0, &byte, 1) <= 0)
			return 0;
	}
}
