/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tries to slip by the watch, for the laboratory: ways to get bytes out that are not
 * a plain connect or send of a process that was started in a plain way. Only ever run
 * inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   slip thread|vfork|clone3|fastopen|mptcp|splice ADDRESS PORT   (TCP)
 *   slip mapped|connected|sendmmsg ADDRESS PORT                                 (UDP)
 *   slip ping|header ADDRESS       slip segment ADDRESS PORT   (raw, a lone TCP segment)
 *   slip frame INTERFACE           (an ARP frame through a packet socket)
 *   slip ring-packet INTERFACE     (the same, its socket made through io_uring)
 *   slip write FD                  (into a socket that was inherited)
 *   slip answer PORT               (waits for somebody, answers)
 *   slip keep PATH PORT            (outside of a session: holds a connection to
 *                                   192.0.2.2 and hands it to whoever asks at PATH)
 *   slip keep-listening PATH PORT  (the same with a listening socket)
 *   slip relay PATH ADDRESS PORT   (outside: writes what it is told over an old connection)
 *   slip proxy PORT ADDRESS PORT   (outside: on the loopback, with a new connection)
 *   slip take PATH|take-answer PATH|tell PATH     (inside: their other side)
 *   slip late COUNT ADDRESS PORT   (COUNT connects to the loopback, then a daemon that
 *                                   waits until the watch is over)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/io_uring.h>
#include <linux/sched.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <netpacket/packet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(69);
}

static socklen_t resolve(const char *text, const char *port, union address *ret)
{
	unsigned number = port ? (unsigned)strtoul(port, NULL, 10) : 0;
	memset(ret, 0, sizeof *ret);
	if (inet_pton(AF_INET, text, &ret->v4.sin_addr) == 1) {
		ret->v4.sin_family = AF_INET;
		ret->v4.sin_port = htons((uint16_t)number);
		return sizeof ret->v4;
	}
	if (inet_pton(AF_INET6, text, &ret->v6.sin6_addr) == 1) {
		ret->v6.sin6_family = AF_INET6;
		ret->v6.sin6_port = htons((uint16_t)number);
		return sizeof ret->v6;
	}
	fprintf(stderr, "slip: not an address: %s\n", text);
	exit(64);
}

static int open_socket(int family, int type, int proto)
{
	int fd = socket(family, type | SOCK_CLOEXEC, proto);
	if (fd < 0)
		die("slip: socket");
	return fd;
}

static int connected(char *argv[], int type, int proto)
{
	union address a;
	socklen_t size = resolve(argv[0], argv[1], &a);
	int fd = open_socket(a.any.sa_family, type, proto);
	if (connect(fd, &a.any, size) != 0)
		perror("slip: connect");
	return fd;
}

static void say_hello(int fd)
{
	if (write(fd, "hello", 5) != 5)
		perror("slip: write");
}

static int plain_tcp(char *argv[])
{
	int fd = connected(argv, SOCK_STREAM, 0);
	say_hello(fd);
	close(fd);
	return 0;
}

static void *in_thread(void *argv)
{
	plain_tcp(argv);
	return NULL;
}

static int slip_thread(char *argv[])
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, in_thread, argv) != 0)
		return 69;
	return pthread_join(thread, NULL);
}

static int slip_vfork(char *argv[])
{
	pid_t pid = vfork();
	if (pid == 0) {
		execl("/proc/self/exe", "slip", "plain", argv[0], argv[1], (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	return 0;
}

static int slip_clone3(char *argv[])
{
	struct clone_args args = {.flags = CLONE_PARENT_SETTID, .exit_signal = SIGCHLD};
	int parent_tid;
	args.parent_tid = (uint64_t)(uintptr_t)&parent_tid;
	long pid = syscall(SYS_clone3, &args, sizeof args);
	if (pid == 0)
		_exit(plain_tcp(argv));
	if (pid < 0)
		die("slip: clone3");
	waitpid((pid_t)pid, NULL, 0);
	return 0;
}

static int slip_fastopen(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], argv[1], &a);
	int fd = open_socket(a.any.sa_family, SOCK_STREAM, 0);
	if (sendto(fd, "hello", 5, MSG_FASTOPEN, &a.any, size) != 5)
		perror("slip: fast open");
	close(fd);
	return 0;
}

static int slip_mptcp(char *argv[])
{
	int fd = connected(argv, SOCK_STREAM, 262 /* IPPROTO_MPTCP */);
	say_hello(fd);
	close(fd);
	return 0;
}

static int slip_splice(char *argv[])
{
	int fd = connected(argv, SOCK_STREAM, 0), ends[2];
	if (pipe(ends) != 0)
		die("slip: pipe");
	say_hello(ends[1]);
	if (splice(ends[0], NULL, fd, NULL, 5, 0) != 5)
		perror("slip: splice");
	return 0;
}

/* IPv4 on an IPv6 socket (RFC 4291, 2.5.5.2). */
static int slip_mapped(char *argv[])
{
	char text[64];
	union address a;
	snprintf(text, sizeof text, "::ffff:%s", argv[0]);
	socklen_t size = resolve(text, argv[1], &a);
	int fd = open_socket(AF_INET6, SOCK_DGRAM, 0);
	if (sendto(fd, "hello", 5, 0, &a.any, size) != 5)
		perror("slip: sendto");
	return 0;
}

static int slip_connected(char *argv[])
{
	say_hello(connected(argv, SOCK_DGRAM, 0));
	return 0;
}

static int slip_sendmmsg(char *argv[])
{
	union address home, out;
	struct iovec part = {(char[]){"hello"}, 5};
	struct mmsghdr m[2] = {{.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}},
			       {.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}}};
	m[0].msg_hdr.msg_namelen = resolve("127.0.0.1", argv[1], &home);
	m[0].msg_hdr.msg_name = &home;
	m[1].msg_hdr.msg_namelen = resolve(argv[0], argv[1], &out);
	m[1].msg_hdr.msg_name = &out;
	if (sendmmsg(open_socket(AF_INET, SOCK_DGRAM, 0), m, 2, 0) != 2)
		perror("slip: sendmmsg");
	return 0;
}

static int slip_ping(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], NULL, &a);
	struct icmphdr echo = {.type = ICMP_ECHO};
	int fd = open_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	if (sendto(fd, &echo, sizeof echo, 0, &a.any, size) < 0)
		perror("slip: ping");
	return 0;
}

/* UDP under a header of our own. */
static int slip_header(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], NULL, &a);
	struct {
		struct iphdr ip;
		uint16_t ports[4];
		char text[8];
	} packet = {.ip = {.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP,
			   .daddr = a.v4.sin_addr.s_addr, .tot_len = htons(sizeof packet)},
		    .ports = {htons(4444), htons(443), htons(16), 0},
		    .text = "hello"};
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
	if (sendto(fd, &packet, sizeof packet, 0, &a.any, size) < 0)
		perror("slip: raw");
	return 0;
}

/* A TCP segment that opens nothing: neither SYN nor a socket that knows of it. */
static int slip_segment(char *argv[])
{
	union address a;
	socklen_t size = resolve(argv[0], argv[1], &a);
	struct {
		struct tcphdr tcp;
		char text[8];
	} packet = {.tcp = {.source = htons(4444), .dest = a.v4.sin_port, .doff = 5, .ack = 1,
			    .psh = 1, .window = htons(1000)},
		    .text = "hello"};
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_TCP);
	a.v4.sin_port = 0;
	if (sendto(fd, &packet, sizeof packet, 0, &a.any, size) < 0)
		perror("slip: raw");
	return 0;
}

static void send_frame(int fd, const char *interface)
{
	struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ARP),
				 .sll_ifindex = (int)if_nametoindex(interface), .sll_halen = 6,
				 .sll_addr = {255, 255, 255, 255, 255, 255}};
	unsigned char frame[60] = {0, 1, 8, 0, 6, 4, 0, 1};
	memcpy(frame + 28, "a secret in the padding", 24);
	if (sendto(fd, frame, sizeof frame, 0, (struct sockaddr *)&to, sizeof to) < 0)
		perror("slip: frame");
}

static int slip_frame(char *argv[])
{
	send_frame(open_socket(AF_PACKET, SOCK_DGRAM, 0), argv[0]);
	return 0;
}

/* One request through io_uring; its result. */
static int ring_request(struct io_uring_sqe request)
{
	struct io_uring_params p = {0};
	int ring = (int)syscall(SYS_io_uring_setup, 4, &p);
	if (ring < 0)
		die("slip: io_uring");
	size_t size = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
	size_t sq_size = p.sq_off.array + p.sq_entries * sizeof(unsigned);
	char *sq = mmap(NULL, size > sq_size ? size : sq_size, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
	struct io_uring_sqe *entries = mmap(NULL, p.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE,
					    MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
	if (sq == MAP_FAILED || entries == MAP_FAILED)
		die("slip: io_uring");
	entries[0] = request;
	((unsigned *)(void *)(sq + p.sq_off.array))[0] = 0;
	__atomic_store_n((unsigned *)(void *)(sq + p.sq_off.tail), 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		die("slip: io_uring");
	struct io_uring_cqe *done = (struct io_uring_cqe *)(void *)(sq + p.cq_off.cqes);
	return done->res;
}

static int slip_ring_packet(char *argv[])
{
	int fd = ring_request((struct io_uring_sqe){.opcode = IORING_OP_SOCKET, .fd = AF_PACKET,
						    .off = SOCK_DGRAM});
	if (fd < 0) {
		errno = -fd;
		die("slip: io_uring socket");
	}
	send_frame(fd, argv[0]);
	return 0;
}

static int slip_write(char *argv[])
{
	say_hello((int)strtol(argv[0], NULL, 10));
	return 0;
}

static void answer(int listener)
{
	int fd = accept(listener, NULL, NULL);
	if (fd < 0)
		die("slip: accept");
	say_hello(fd);
	usleep(100000);
	close(fd);
}

static int listen_at(const char *port)
{
	union address a;
	int fd = open_socket(AF_INET, SOCK_STREAM, 0);
	socklen_t size = resolve("0.0.0.0", port, &a);
	if (bind(fd, &a.any, size) != 0 || listen(fd, 8) != 0)
		die("slip: listen");
	return fd;
}

static int slip_answer(char *argv[])
{
	answer(listen_at(argv[0]));
	return 0;
}

static struct sockaddr_un unix_at(const char *path)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	return a;
}

static int serve_unix(const char *path)
{
	struct sockaddr_un a = unix_at(path);
	int fd = open_socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 8) != 0)
		die("slip: unix");
	return fd;
}

static int ask_unix(const char *path)
{
	struct sockaddr_un a = unix_at(path);
	int fd = open_socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&a, sizeof a) != 0)
		die("slip: unix");
	return fd;
}

union fd_room {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void hand_over(const char *path, int fd)
{
	struct iovec part = {(char[]){"f"}, 1};
	union fd_room room = {.head = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET,
				       .cmsg_type = SCM_RIGHTS}};
	memcpy(CMSG_DATA(&room.head), &fd, sizeof fd);
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &room,
			   .msg_controllen = sizeof room};
	int listener = serve_unix(path), peer = accept(listener, NULL, NULL);
	if (sendmsg(peer, &m, 0) < 0)
		die("slip: sendmsg");
	close(peer);
	pause();
}

static int take_over(const char *path)
{
	char byte;
	int fd;
	struct iovec part = {&byte, 1};
	union fd_room room;
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &room,
			   .msg_controllen = sizeof room};
	if (recvmsg(ask_unix(path), &m, 0) != 1)
		die("slip: recvmsg");
	memcpy(&fd, CMSG_DATA(&room.head), sizeof fd);
	return fd;
}

static int slip_keep(char *argv[])
{
	char *words[] = {(char[]){"192.0.2.2"}, argv[1]};
	hand_over(argv[0], connected(words, SOCK_STREAM, 0));
	return 0;
}

static int slip_keep_listening(char *argv[])
{
	hand_over(argv[0], listen_at(argv[1]));
	return 0;
}

static int slip_relay(char *argv[])
{
	char byte;
	int out = connected(argv + 1, SOCK_STREAM, 0), listener = serve_unix(argv[0]);
	int peer = accept(listener, NULL, NULL);
	while (read(peer, &byte, 1) == 1)
		if (write(out, &byte, 1) != 1)
			die("slip: relay");
	pause();
	return 0;
}

static int slip_proxy(char *argv[])
{
	char byte;
	int peer = accept(listen_at(argv[0]), NULL, NULL);
	int out = connected(argv + 1, SOCK_STREAM, 0);
	while (read(peer, &byte, 1) == 1 && write(out, &byte, 1) == 1)
		;
	pause();
	return 0;
}

static int slip_take(char *argv[])
{
	say_hello(take_over(argv[0]));
	return 0;
}

static int slip_take_answer(char *argv[])
{
	answer(take_over(argv[0]));
	return 0;
}

static int slip_tell(char *argv[])
{
	say_hello(ask_unix(argv[0]));
	usleep(200000);
	return 0;
}

static int slip_late(char *argv[])
{
	union address a;
	socklen_t size = resolve("127.0.0.1", "1", &a);
	for (unsigned long n = strtoul(argv[0], NULL, 10); n > 0; n--) {
		int fd = open_socket(AF_INET, SOCK_STREAM, 0);
		if (connect(fd, &a.any, size) == 0)
			say_hello(fd);
		close(fd);
	}
	if (fork() != 0)
		return 0;
	setsid();
	sleep(6);
	return plain_tcp(argv + 1);
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int arguments;
		int (*run)(char *argv[]);
	} ways[] = {
		{"plain", 2, plain_tcp}, {"thread", 2, slip_thread}, {"vfork", 2, slip_vfork},
		{"clone3", 2, slip_clone3}, {"fastopen", 2, slip_fastopen}, {"mptcp", 2, slip_mptcp},
		{"splice", 2, slip_splice},
		{"mapped", 2, slip_mapped}, {"connected", 2, slip_connected},
		{"sendmmsg", 2, slip_sendmmsg}, {"ping", 1, slip_ping}, {"header", 1, slip_header},
		{"segment", 2, slip_segment}, {"frame", 1, slip_frame},
		{"ring-packet", 1, slip_ring_packet}, {"write", 1, slip_write},
		{"answer", 1, slip_answer}, {"keep", 2, slip_keep},
		{"keep-listening", 2, slip_keep_listening}, {"relay", 3, slip_relay}, {"proxy", 3, slip_proxy},
		{"take", 1, slip_take}, {"take-answer", 1, slip_take_answer}, {"tell", 1, slip_tell},
		{"late", 3, slip_late},
	};
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(argv[1], ways[i].name) && argc - 2 >= ways[i].arguments)
			return ways[i].run(argv + 2);
	fprintf(stderr, "slip: see the top of tests/lab/slip.c\n");
	return 64;
}
