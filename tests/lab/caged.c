/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tries the witness that does a session's calls for it, for the laboratory. Only ever
 * run inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   caged race ADDRESS PORT COUNT   (datagrams, while another thread changes the address between
 *                                    ADDRESS and 127.0.0.1; prints how many came to the latter)
 *   caged hidden ADDRESS PORT       (connects as a process that may not be looked into)
 *   caged foreign                   (asks by the calls of 32-bit x86)
 *   caged wait ADDRESS PORT         (connects, however long that takes)
 *   caged alone FILE ADDRESS PORT   (connects once FILE is there; prints what that came to)
 *   caged own PATH                  (listens on a Unix socket, and connects to it)
 *   caged serve PORT ADDRESS PORT   (outside of a session: on the loopback; once called it connects, and
 *                                    holds on)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_in resolve(const char *address, const char *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
	if (inet_pton(AF_INET, address, &a.sin_addr) != 1) {
		fprintf(stderr, "caged: not an address: %s\n", address);
		exit(64);
	}
	return a;
}

static int call(const struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int code = connect(fd, (const struct sockaddr *)a, sizeof *a) == 0 ? 0 : errno;
	close(fd);
	return code;
}

static struct sockaddr_in flipped;
static in_addr_t there;
static atomic_bool enough;

static void *flip(void *context)
{
	in_addr_t *at = &flipped.sin_addr.s_addr;
	(void)context;
	while (!atomic_load(&enough))
		__atomic_store_n(at, __atomic_load_n(at, __ATOMIC_RELAXED) == there ? htonl(INADDR_LOOPBACK) : there, __ATOMIC_RELAXED);
	return NULL;
}

static int race(char *argv[])
{
	pthread_t other;
	char byte;
	unsigned long count = strtoul(argv[2], NULL, 10), here = 0, sent = 0;
	int in = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), out = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in own = resolve("127.0.0.1", argv[1]);
	flipped = resolve(argv[0], argv[1]);
	there = flipped.sin_addr.s_addr;
	if (bind(in, (struct sockaddr *)&own, sizeof own) != 0 || pthread_create(&other, NULL, flip, NULL) != 0)
		return 69;
	for (unsigned long i = 0; i < count; i++) {
		sent += sendto(out, "r", 1, 0, (struct sockaddr *)&flipped, sizeof flipped) == 1;
		while (recv(in, &byte, 1, MSG_DONTWAIT) == 1)
			here++;
	}
	atomic_store(&enough, true);
	pthread_join(other, NULL);
	printf("race %lu %lu\n", sent, here);
	return 0;
}

static int hidden(char *argv[])
{
	struct sockaddr_in a = resolve(argv[0], argv[1]);
	prctl(PR_SET_DUMPABLE, 0);
	printf("hidden %s\n", strerror(call(&a)));
	return 0;
}

static int foreign(char *argv[])
{
	(void)argv;
#if defined(__x86_64__)
	long value;
	__asm__ volatile("int $0x80" : "=a"(value) : "a"(102 /* socketcall */), "b"(1), "c"(0) : "memory");
	printf("foreign %s\n", strerror((int)-value));
	return 0;
#else
	return 77;
#endif
}

static int wait_for(char *argv[])
{
	struct sockaddr_in a = resolve(argv[0], argv[1]);
	printf("waited %s\n", strerror(call(&a)));
	return 0;
}

static int alone(char *argv[])
{
	struct sockaddr_in a = resolve(argv[1], argv[2]);
	for (int i = 0; i < 400 && access(argv[0], F_OK) != 0; i++)
		usleep(50000);
	fprintf(stderr, "alone %s\n", strerror(call(&a)));
	return 0;
}

static int own(char *argv[])
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(a.sun_path, sizeof a.sun_path, "%s", argv[0]);
	return bind(server, (struct sockaddr *)&a, sizeof a) || listen(server, 1) || connect(fd, (struct sockaddr *)&a, sizeof a);
}

static int serve(char *argv[])
{
	struct sockaddr_in here = resolve("127.0.0.1", argv[0]), a = resolve(argv[1], argv[2]);
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(server, (struct sockaddr *)&here, sizeof here) != 0 || listen(server, 1) != 0 || accept(server, NULL, NULL) < 0 ||
	    connect(out, (struct sockaddr *)&a, sizeof a) != 0)
		return 69;
	pause();
	return 0;
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int arguments;
		int (*run)(char *argv[]);
	} ways[] = {
		{"race", 3, race}, {"hidden", 2, hidden}, {"foreign", 0, foreign},
		{"wait", 2, wait_for}, {"alone", 3, alone}, {"own", 1, own}, {"serve", 3, serve},
	};
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(argv[1], ways[i].name) && argc - 2 == ways[i].arguments)
			return ways[i].run(argv + 2);
	fprintf(stderr, "caged: see the top of tests/lab/caged.c\n");
	return 64;
}
