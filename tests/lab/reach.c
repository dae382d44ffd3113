/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reaches out in one way at a time, for the laboratory: every way that a session
 * must not get by with. Only ever run inside a network namespace of a test, with
 * addresses of the documentation ranges.
 *
 *   reach tcp|udp|orphan|uring ADDRESS PORT      reach icmp|packet ADDRESS
 *   reach dns SERVER NAME                        reach unix PATH
 *   reach burst ADDRESS4 ADDRESS6 PORT           reach execs ADDRESS PORT COUNT
 *   reach chat ADDRESS PORT SECONDS              reach point ADDRESS PORT
 *   reach each PORT ADDRESS…   (a datagram to each)
 *   reach calls SERVER PORT NAME…   (asks for each name, and connects to what is answered)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t resolve(const char *text, unsigned port, union address *ret)
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
	fprintf(stderr, "reach: not an address: %s\n", text);
	exit(64);
}

static unsigned number(const char *text)
{
	return (unsigned)strtoul(text, NULL, 10);
}

static int reach_tcp(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], number(argv[1]), &a);
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct timeval patience = {2, 0};
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, &a.any, size) != 0)
		fprintf(stderr, "reach: %s\n", strerror(errno));
	else if (write(fd, "hello", 5) != 5)
		perror("reach");
	close(fd);
	return 0;
}

/* One socket, and a datagram on it every tenth of a second. */
static int reach_chat(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], number(argv[1]), &a);
	int fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (connect(fd, &a.any, size) != 0)
		return 1;
	for (unsigned i = 0; i < 10 * number(argv[2]); i++) {
		if (write(fd, "hello", 5) != 5)
			return 1;
		usleep(100000);
	}
	close(fd);
	return 0;
}

static int reach_udp(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], number(argv[1]), &a);
	int fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sendto(fd, "hello", 5, 0, &a.any, size) != 5)
		perror("reach");
	close(fd);
	return 0;
}

static int reach_each(char *argv[])
{
	for (char **address = argv + 1; *address; address++)
		reach_udp((char *[]){*address, argv[0]});
	return 0;
}

/* A socket that is told where to, and sends nothing. */
static int reach_point(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], number(argv[1]), &a);
	int fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (connect(fd, &a.any, size) != 0)
		perror("reach");
	close(fd);
	return 0;
}

/* RFC 1035, 4.1: one question for an A record. Returns the bytes of the answer, 0: none. */
static size_t ask(const char *server, const char *name, unsigned char answer[512])
{
	unsigned char m[512] = {0x12, 0x34, 1, 0, 0, 1}, *at = m + 12;
	union address a;
	socklen_t size = resolve(server, 53, &a);
	for (const char *label = name; *label;) {
		size_t length = strcspn(label, ".");
		*at++ = (unsigned char)length;
		memcpy(at, label, length);
		at += length;
		label += length + (label[length] == '.');
	}
	memcpy(at, "\0\0\1\0\1", 5);
	int fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct timeval patience = {1, 0};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (sendto(fd, m, (size_t)(at + 5 - m), 0, &a.any, size) < 0)
		perror("reach");
	ssize_t got = recv(fd, answer, 512, 0);
	if (got < 0)
		fprintf(stderr, "reach: no answer\n");
	close(fd);
	return got > 0 ? (size_t)got : 0;
}

static int reach_dns(char *argv[])
{
	unsigned char answer[512];
	ask(argv[0], argv[1], answer);
	return 0;
}

/* The address is the last thing that the name servers of the laboratory write. */
static int reach_calls(char *argv[])
{
	unsigned char answer[512];
	char address[INET_ADDRSTRLEN];
	for (char **name = argv + 2; *name; name++) {
		size_t size = ask(argv[0], *name, answer);
		if (size < 4 || !inet_ntop(AF_INET, answer + size - 4, address, sizeof address))
			return 1;
		reach_tcp((char *[]){address, argv[1]});
	}
	return 0;
}

/* Twice forked and given to another parent before it reaches out. */
static int reach_orphan(char *argv[])
{
	if (fork() == 0) {
		setsid();
		if (fork() == 0) {
			usleep(400000);
			_exit(reach_tcp(argv));
		}
		_exit(0);
	}
	wait(NULL);
	return 0;
}

struct ring {
	int fd;
	unsigned *sq_tail, *sq_mask, *sq_array;
	struct io_uring_sqe *entries;
};

static int open_ring(struct ring *r)
{
	struct io_uring_params p = {0};
	r->fd = (int)syscall(SYS_io_uring_setup, 4, &p);
	if (r->fd < 0)
		return -1;
	size_t size = p.sq_off.array + p.sq_entries * sizeof(unsigned);
	char *sq = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, r->fd,
			IORING_OFF_SQ_RING);
	r->entries = mmap(NULL, p.sq_entries * sizeof *r->entries, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_POPULATE, r->fd, IORING_OFF_SQES);
	if (sq == MAP_FAILED || r->entries == MAP_FAILED)
		return -1;
	r->sq_tail = (unsigned *)(void *)(sq + p.sq_off.tail);
	r->sq_mask = (unsigned *)(void *)(sq + p.sq_off.ring_mask);
	r->sq_array = (unsigned *)(void *)(sq + p.sq_off.array);
	return 0;
}

static int reach_uring(char *argv[])
{
	static union address a;
	struct ring r;
	socklen_t size = resolve(argv[0], number(argv[1]), &a);
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (open_ring(&r) != 0) {
		perror("reach: io_uring");
		return 69;
	}
	unsigned tail = *r.sq_tail, index = tail & *r.sq_mask;
	r.entries[index] = (struct io_uring_sqe){.opcode = IORING_OP_CONNECT, .fd = fd,
						 .addr = (uint64_t)(uintptr_t)&a, .off = size};
	r.sq_array[index] = index;
	__atomic_store_n(r.sq_tail, tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, r.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		perror("reach: io_uring_enter");
	close(fd);
	close(r.fd);
	return 0;
}

static int reach_icmp(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], 0, &a);
	struct icmphdr echo = {.type = ICMP_ECHO, .checksum = htons(0xf7ff)};
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	if (fd < 0 || sendto(fd, &echo, sizeof echo, 0, &a.any, size) < 0) {
		perror("reach: raw socket");
		return 77;
	}
	close(fd);
	return 0;
}

static int reach_packet(char *argv[])
{
	(void)argv;
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		perror("reach: packet socket");
		return 77;
	}
	close(fd);
	return 0;
}

static int reach_unix(char *argv[])
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(a.sun_path, sizeof a.sun_path, "%s", argv[0]);
	if (connect(fd, (struct sockaddr *)&a, sizeof a) != 0)
		perror("reach");
	usleep(300000);
	close(fd);
	return 0;
}

static double seconds(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How long it took, and how much of that this process had the processor. */
static void print_times(double begun, double begun_cpu)
{
	fprintf(stderr, "burst %.6f %.6f\n", seconds(CLOCK_MONOTONIC) - begun,
		seconds(CLOCK_PROCESS_CPUTIME_ID) - begun_cpu);
}

static void burst_tcp(const char *address, unsigned port, unsigned count)
{
	union address a;
	socklen_t size = resolve(address, port, &a);
	struct linger now = {1, 0};
	for (unsigned i = 0; i < count; i++) {
		int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (connect(fd, &a.any, size) != 0)
			perror("reach: burst");
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now); /* no TIME-WAIT left behind */
		close(fd);
	}
}

static int reach_burst(char *argv[])
{
	union address a;
	unsigned port = number(argv[2]);
	double begun = seconds(CLOCK_MONOTONIC), begun_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	burst_tcp(argv[0], port, 2000);
	socklen_t size = resolve(argv[0], port, &a);
	unsigned refused = 0;
	for (unsigned i = 0; i < 2000; i++) {
		int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		refused += sendto(fd, "x", 1, 0, &a.any, size) != 1;
		close(fd);
	}
	burst_tcp(argv[1], port, 200);
	print_times(begun, begun_cpu);
	if (refused > 0)
		fprintf(stderr, "reach: burst: %u datagrams did not get out\n", refused);
	return 0;
}

/* Processes that do nothing but this one connect. */
static int reach_execs(char *argv[])
{
	unsigned count = number(argv[2]);
	double begun = seconds(CLOCK_MONOTONIC), begun_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	for (unsigned i = 0; i < count; i++) {
		pid_t pid = fork();
		if (pid == 0) {
			execl("/proc/self/exe", "reach", "tcp", argv[0], argv[1], (char *)NULL);
			_exit(127);
		}
		waitpid(pid, NULL, 0);
	}
	print_times(begun, begun_cpu);
	return 0;
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int arguments;
		int (*run)(char *argv[]);
	} ways[] = {
		{"tcp", 2, reach_tcp},	 {"udp", 2, reach_udp},	    {"dns", 2, reach_dns},
		{"orphan", 2, reach_orphan}, {"uring", 2, reach_uring},  {"icmp", 1, reach_icmp},
		{"packet", 0, reach_packet}, {"unix", 1, reach_unix},    {"burst", 3, reach_burst},
		{"execs", 3, reach_execs},    {"chat", 3, reach_chat},
		{"point", 2, reach_point},   {"each", 2, reach_each},    {"calls", 3, reach_calls},
	};
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(argv[1], ways[i].name) && argc - 2 >= ways[i].arguments)
			return ways[i].run(argv + 2);
	fprintf(stderr, "reach: see the top of tests/lab/reach.c\n");
	return 64;
}
