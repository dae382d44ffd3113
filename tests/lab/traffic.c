/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One kind of traffic at a time over sockets of every sort, for the laboratory; what goes
 * round them is in traffic_low.c. traffic.h says what it prints, recall.tsv which kinds
 * there are. Only ever run inside a network namespace of a test, with addresses of the
 * documentation ranges; source.c is on the other side.
 *
 *   traffic KIND ADDRESS4 ADDRESS6
 */
#include "traffic.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	BULK = 1 << 20,	  /* bytes of a transfer that is called bulk */
	SMALL = 16 << 10, /* of one that is not */
	PAUSE_US = 50000,
};

static char **to;		 /* ADDRESS4 ADDRESS6 */
static unsigned char room[BULK]; /* what is sent, and where what is received goes */

static int family_of(const char *address)
{
	return strchr(address, ':') ? AF_INET6 : AF_INET;
}

/* ---- over a connection */

struct stream {
	const char *proto, *address;
	int type, number; /* as socket(2) has them */
	char way;	  /* 'd': download, 'u': upload */
	size_t size;
	ssize_t (*move)(int fd, size_t size); /* some of it; 0: the end */
};

static ssize_t by_read(int fd, size_t size)
{
	return read(fd, room, size);
}

static ssize_t by_write(int fd, size_t size)
{
	return write(fd, room, size);
}

static ssize_t by_sendfile(int fd, size_t size)
{
	int file = memfd_create("traffic", MFD_CLOEXEC);
	if (ftruncate(file, (off_t)size) != 0)
		return -1;
	ssize_t n = sendfile(fd, file, NULL, size);
	close(file);
	return n;
}

static ssize_t by_splice(int fd, size_t size)
{
	int ends[2], null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (pipe(ends) != 0)
		return -1;
	ssize_t n = splice(fd, NULL, ends[1], NULL, size < SMALL ? size : SMALL, 0);
	if (n > 0)
		n = splice(ends[0], NULL, null, NULL, (size_t)n, 0);
	close(ends[0]);
	close(ends[1]);
	close(null);
	return n;
}

/* A sixteenth at a time. */
static ssize_t slowly(int fd, size_t size)
{
	usleep(PAUSE_US);
	return write(fd, room, size < SMALL / 16 ? size : SMALL / 16);
}

static size_t move_all(const struct stream *s, int fd)
{
	size_t moved = 0;
	ssize_t n = 1;
	while (n > 0 && moved < s->size) {
		n = s->move(fd, s->size - moved);
		moved += n > 0 ? (size_t)n : 0;
	}
	return moved;
}

/* Over `fd`, which is connected. */
static int transfer_on(const struct stream *s, int fd)
{
	unsigned char ask[5];
	struct sums sums = {s->proto, s->address, PORT, 1, 0};
	request(ask, s->way, s->size);
	if (write(fd, ask, sizeof ask) == sizeof ask) {
		size_t moved = move_all(s, fd);
		shutdown(fd, SHUT_WR);
		while (read(fd, room, sizeof room) > 0)
			;
		sums.sent = sizeof ask + (s->way == 'u' ? moved : 0);
	}
	close(fd);
	return did(&sums);
}

static int transfer(const struct stream *s)
{
	union address a;
	socklen_t size = resolve(s->address, PORT, &a);
	int fd = socket(a.any.sa_family, s->type | SOCK_CLOEXEC, s->number);
	if (fd < 0)
		return could_not(s->proto);
	if (connect(fd, &a.any, size) != 0)
		perror("traffic: connect");
	return transfer_on(s, fd);
}

static int tcp(const char *address, char way, size_t size, ssize_t (*move)(int fd, size_t size))
{
	return transfer(&(struct stream){"tcp", address, SOCK_STREAM, 0, way, size, move});
}

static int tcp_download(void) { return tcp(to[0], 'd', BULK, by_read); }
static int tcp_upload(void) { return tcp(to[0], 'u', BULK, by_write); }
static int tcp6_download(void) { return tcp(to[1], 'd', BULK, by_read); }
static int loopback(void) { return tcp("127.0.0.1", 'd', BULK, by_read); }
static int with_sendfile(void) { return tcp(to[0], 'u', BULK, by_sendfile); }
static int with_splice(void) { return tcp(to[0], 'd', BULK, by_splice); }
static int drip(void) { return tcp(to[0], 'u', SMALL, slowly); }
static int one_small(void) { return tcp(to[0], 'u', SMALL, by_write); }

static int sctp(void)
{
	return transfer(&(struct stream){"sctp", to[0], SOCK_STREAM, IPPROTO_SCTP, 'd', SMALL, by_read});
}

static int dccp(void)
{
	return transfer(&(struct stream){"dccp", to[0], SOCK_DCCP, IPPROTO_DCCP, 'u', DATAGRAM_SIZE, by_write});
}

static int mptcp(void)
{
	return transfer(&(struct stream){"mptcp", to[0], SOCK_STREAM, 262 /* IPPROTO_MPTCP */, 'u', SMALL, by_write});
}

static int fast_open(void)
{
	union address a;
	unsigned char ask[5];
	socklen_t size = resolve(to[0], PORT, &a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	request(ask, 'u', 0);
	if (fd < 0 || sendto(fd, ask, sizeof ask, MSG_FASTOPEN, &a.any, size) != sizeof ask)
		return could_not("tcp");
	close(fd);
	return did(&(struct sums){"tcp", to[0], PORT, 1, sizeof ask});
}

static int many_small(void)
{
	for (int i = 0; i < 60; i++)
		one_small();
	return 0;
}

/* ---- by several processes and threads */

static int wait_all(void)
{
	while (wait(NULL) > 0)
		;
	return 0;
}

static int both(int (*one)(void), int (*other)(void))
{
	if (fork() == 0)
		_exit(one());
	if (fork() == 0)
		_exit(other());
	return wait_all();
}

static int tcp_both(void) { return both(tcp_download, tcp_upload); }

static int burst(void)
{
	for (int i = 0; i < 30; i++)
		if (fork() == 0)
			_exit(one_small());
	return wait_all();
}

static void become(const char *kind)
{
	execl("/proc/self/exe", kind, kind, to[0], to[1], (char *)NULL);
	_exit(127);
}

static int short_lived(void)
{
	for (int i = 0; i < 20; i++) {
		if (fork() == 0)
			become("one");
		wait_all();
	}
	return 0;
}

/* A program in the place of another, five times. */
static int chain(void)
{
	const char *left = getenv("TRAFFIC_CHAIN");
	char next[2] = {left ? (char)(left[0] - 1) : '5', '\0'};
	if (next[0] == '0')
		return one_small();
	setenv("TRAFFIC_CHAIN", next, 1);
	become("chain");
	return 127;
}

/* Its parent and grandparent have ended before it begins; the pipe tells when it is done. */
static int orphan(void)
{
	int ends[2];
	char byte;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return 1;
	if (fork() == 0) {
		setsid();
		if (fork() == 0) {
			usleep(PAUSE_US);
			_exit(one_small());
		}
		_exit(0);
	}
	wait_all();
	close(ends[1]);
	return read(ends[0], &byte, 1) != 0;
}

static void *in_thread(void *unused)
{
	one_small();
	return unused;
}

static int threads(void)
{
	pthread_t all[4];
	for (int i = 0; i < 4; i++)
		if (pthread_create(&all[i], NULL, in_thread, NULL) != 0)
			return 1;
	for (int i = 0; i < 4; i++)
		pthread_join(all[i], NULL);
	return 0;
}

union fd_room {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

/* What a message with one descriptor looks like. */
static struct msghdr passing(union fd_room *control, struct iovec *part)
{
	*part = (struct iovec){room, 1};
	return (struct msghdr){.msg_iov = part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof *control};
}

static int connect_what_came(int from)
{
	union fd_room control;
	struct iovec part;
	struct msghdr m = passing(&control, &part);
	union address a;
	int fd;
	socklen_t size = resolve(to[0], PORT, &a);
	if (recvmsg(from, &m, 0) != 1)
		return 1;
	memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
	if (connect(fd, &a.any, size) != 0)
		perror("traffic: connect");
	return transfer_on(&(struct stream){"tcp", to[0], 0, 0, 'u', SMALL, by_write}, fd);
}

/* Made by one process, connected by another that was handed it (unix(7)). */
static int passed(void)
{
	int ends[2], fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	union fd_room control = {.head = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET,
					  .cmsg_type = SCM_RIGHTS}};
	struct iovec part;
	struct msghdr m = passing(&control, &part);
	if (fd < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return 1;
	pid_t child = fork();
	if (child == 0) {
		close(fd);
		_exit(connect_what_came(ends[1]));
	}
	memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
	if (sendmsg(ends[0], &m, 0) != 1)
		return could_not("tcp");
	close(fd);
	return wait_all();
}

/* Made by one process, connected by its child. */
static int inherited(void)
{
	union address a;
	socklen_t size = resolve(to[0], PORT, &a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fork() == 0) {
		if (connect(fd, &a.any, size) != 0)
			perror("traffic: connect");
		_exit(transfer_on(&(struct stream){"tcp", to[0], 0, 0, 'u', SMALL, by_write}, fd));
	}
	close(fd);
	return wait_all();
}

/* ---- datagrams */

static int send_each(const char *proto, int number, const char *address, unsigned port, size_t size)
{
	union address a;
	struct sums sums = {proto, address, port, DATAGRAMS, 0};
	socklen_t a_size = resolve(address, port, &a);
	int fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, number);
	if (fd < 0)
		return could_not(proto);
	for (int i = 0; i < DATAGRAMS; i++)
		if (sendto(fd, room, size, 0, &a.any, a_size) == (ssize_t)size)
			sums.sent += size;
	close(fd);
	return did(&sums);
}

static int udp_upload(void) { return send_each("udp", 0, to[0], PORT, DATAGRAM_SIZE); }
static int udp_443(void) { return send_each("udp", 0, to[0], 443, DATAGRAM_SIZE); }
static int udp_53(void) { return send_each("udp", 0, to[0], 53, 8); }
static int udp_lite(void) { return send_each("udplite", IPPROTO_UDPLITE, to[0], PORT, DATAGRAM_SIZE); }

static struct mmsghdr *vector(unsigned count)
{
	static struct mmsghdr all[DATAGRAMS];
	static struct iovec parts[DATAGRAMS];
	for (unsigned i = 0; i < count; i++) {
		parts[i] = (struct iovec){room, DATAGRAM_SIZE};
		all[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
	}
	return all;
}

static int with_sendmmsg(void)
{
	union address a;
	struct mmsghdr *all = vector(DATAGRAMS);
	socklen_t size = resolve(to[0], PORT, &a);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), sent = 0;
	for (unsigned i = 0; i < DATAGRAMS; i++) {
		all[i].msg_hdr.msg_name = &a;
		all[i].msg_hdr.msg_namelen = size;
	}
	while (sent < DATAGRAMS) {
		int n = sendmmsg(fd, all + sent, (unsigned)(DATAGRAMS - sent), 0);
		if (n < 0)
			return could_not("udp");
		sent += n;
	}
	return did(&(struct sums){"udp", to[0], PORT, DATAGRAMS, DATAGRAMS * DATAGRAM_SIZE});
}

/* Asks, over a connected socket, and takes what comes by one vector after the other or, with
 * `single`, one by one. */
static int udp_receive(const char *address, bool single)
{
	union address a;
	unsigned char ask[5];
	struct timeval patience = {1, 0};
	struct mmsghdr *all = vector(DATAGRAMS);
	socklen_t size = resolve(address, PORT, &a);
	int fd = socket(family_of(address), SOCK_DGRAM | SOCK_CLOEXEC, 0), got = 0, n = 1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	request(ask, 'd', DATAGRAMS);
	if (connect(fd, &a.any, size) != 0 || send(fd, ask, sizeof ask, 0) != sizeof ask)
		return could_not("udp");
	for (; got < DATAGRAMS && n > 0; got += n > 0 ? n : 0)
		n = single ? recv(fd, room, sizeof room, 0) > 0 : recvmmsg(fd, all, (unsigned)(DATAGRAMS - got), MSG_WAITFORONE, NULL);
	close(fd);
	if (got < DATAGRAMS)
		fprintf(stderr, "traffic: %d of %d datagrams came\n", got, DATAGRAMS);
	return did(&(struct sums){"udp", address, PORT, 1, sizeof ask});
}

static int udp_download(void) { return udp_receive(to[0], true); }
static int udp6_download(void) { return udp_receive(to[1], true); }
static int with_recvmmsg(void) { return udp_receive(to[0], false); }
static int udp_both(void) { return both(udp_upload, udp_download); }

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int (*run)(void);
	} kinds[] = {
		{"tcp-download", tcp_download},   {"tcp-upload", tcp_upload},	   {"tcp-both", tcp_both},
		{"udp-both", udp_both},	          {"udp-443", udp_443},	           {"tcp6-download", tcp6_download},
		{"sctp", sctp},		          {"udp-53", udp_53},	           {"short-lived", short_lived},
		{"sendfile", with_sendfile},      {"sendmmsg", with_sendmmsg},     {"loopback", loopback},
		{"container", one_small},         {"drip", drip},		   {"many-small", many_small},
		{"burst", burst},	          {"splice", with_splice},         {"recvmmsg", with_recvmmsg},
		{"udp6-download", udp6_download}, {"threads", threads},            {"chain", chain},
		{"orphan", orphan},	          {"passed", passed},	           {"inherited", inherited},
		{"fast-open", fast_open},         {"mptcp", mptcp},                {"udp-lite", udp_lite},
		{"dccp", dccp},		          {"one", one_small},
	};
	to = argv + 2;
	signal(SIGPIPE, SIG_IGN); /* what became of it is printed */
	for (size_t i = 0; argc == 4 && i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(argv[1], kinds[i].name))
			return kinds[i].run();
	fprintf(stderr, "traffic: see the top of tests/lab/traffic.c\n");
	return 64;
}
