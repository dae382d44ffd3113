/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of traffic that go round the calls or the protocols of traffic.c, for the
 * laboratory: raw and packet sockets, io_uring. traffic.h says what it prints. Only ever run
 * inside a network namespace of a test, with addresses of the documentation ranges.
 *
 *   traffic_low KIND ADDRESS4 INTERFACE
 */
#include "traffic.h"

#include <linux/if_ether.h>
#include <linux/io_uring.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <netpacket/packet.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum { BULK = 1 << 20 };

static char **to;		 /* ADDRESS4 INTERFACE */
static unsigned char room[BULK]; /* what is sent, and where what is received goes */

/* RFC 1071, 4.1 */
static uint16_t checksum(const void *bytes, size_t size)
{
	uint32_t sum = 0;
	uint16_t word;
	for (size_t i = 0; i + 1 < size; i += 2) {
		memcpy(&word, (const char *)bytes + i, sizeof word);
		sum += word;
	}
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static int send_raw(const char *proto, int number, const void *bytes, size_t size)
{
	union address a;
	socklen_t a_size = resolve(to[0], 0, &a);
	struct sums sums = {proto, to[0], 0, 1, DATAGRAMS * size};
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, number);
	if (fd < 0)
		return could_not(proto);
	for (int i = 0; i < DATAGRAMS; i++)
		if (sendto(fd, bytes, size, 0, &a.any, a_size) < 0)
			return could_not(proto);
	close(fd);
	return did(&sums);
}

static int icmp(void)
{
	struct {
		struct icmphdr head;
		char text[DATAGRAM_SIZE];
	} echo = {.head = {.type = ICMP_ECHO}};
	echo.head.checksum = checksum(&echo, sizeof echo);
	return send_raw("icmp", IPPROTO_ICMP, &echo, sizeof echo);
}

static int raw(void)
{
	return send_raw("raw", 253 /* for experiments, RFC 3692 */, room, DATAGRAM_SIZE);
}

/* A whole UDP datagram, handed to the driver. */
static int frame(void)
{
	union address a;
	resolve(to[0], 0, &a);
	struct {
		struct iphdr ip;
		uint16_t udp[4];
		char text[DATAGRAM_SIZE];
	} packet = {.ip = {.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP, .tot_len = htons(sizeof packet),
			   .daddr = a.v4.sin_addr.s_addr, .saddr = htonl(0xc0000201) /* 192.0.2.1 */},
		    .udp = {htons(PORT), htons(PORT), htons(8 + DATAGRAM_SIZE), 0}};
	struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_halen = 6,
				 .sll_ifindex = (int)if_nametoindex(to[1]), .sll_addr = {255, 255, 255, 255, 255, 255}};
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return could_not("packet");
	packet.ip.check = checksum(&packet.ip, sizeof packet.ip);
	for (int i = 0; i < DATAGRAMS; i++)
		if (sendto(fd, &packet, sizeof packet, 0, (struct sockaddr *)&at, sizeof at) < 0)
			perror("traffic: frame");
	close(fd);
	return did(&(struct sums){"packet", "-", 0, 1, DATAGRAMS * DATAGRAM_SIZE});
}

/* ---- io_uring(7): one request at a time */

struct ring {
	int fd;
	char *rings;
	struct io_uring_sqe *entries;
	struct io_uring_params p;
};

static bool open_ring(struct ring *r)
{
	memset(r, 0, sizeof *r);
	r->fd = (int)syscall(SYS_io_uring_setup, 1, &r->p);
	if (r->fd < 0)
		return false;
	size_t sq = r->p.sq_off.array + r->p.sq_entries * sizeof(unsigned);
	size_t cq = r->p.cq_off.cqes + r->p.cq_entries * sizeof(struct io_uring_cqe);
	r->rings = mmap(NULL, sq > cq ? sq : cq, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, r->fd, IORING_OFF_SQ_RING);
	r->entries = mmap(NULL, r->p.sq_entries * sizeof *r->entries, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
			  r->fd, IORING_OFF_SQES);
	return r->rings != MAP_FAILED && r->entries != MAP_FAILED;
}

static unsigned *word_of(struct ring *r, size_t offset)
{
	return (unsigned *)(void *)(r->rings + offset);
}

/* Its result, as io_uring_enter(2) has it. */
static int ask_ring(struct ring *r, const struct io_uring_sqe *request)
{
	unsigned *tail = word_of(r, r->p.sq_off.tail), *head = word_of(r, r->p.cq_off.head);
	struct io_uring_cqe *done = (struct io_uring_cqe *)(void *)(r->rings + r->p.cq_off.cqes);
	unsigned index = *tail & *word_of(r, r->p.sq_off.ring_mask);
	r->entries[index] = *request;
	word_of(r, r->p.sq_off.array)[index] = index;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, r->fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		return -errno;
	int result = done[*head & *word_of(r, r->p.cq_off.ring_mask)].res;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return result;
}

/* All of `size` bytes, or as many as come. */
static size_t move_all(struct ring *r, uint8_t opcode, int fd, const void *bytes, size_t size)
{
	size_t moved = 0;
	int n = 1;
	while (n > 0 && moved < size) {
		n = ask_ring(r, &(struct io_uring_sqe){.opcode = opcode, .fd = fd, .addr = (uintptr_t)bytes + moved,
						       .len = (uint32_t)(size - moved)});
		moved += n > 0 ? (size_t)n : 0;
	}
	return moved;
}

static int by_ring(char way)
{
	union address a;
	unsigned char ask[5];
	struct ring r;
	struct sums sums = {"tcp", to[0], PORT, 1, 0};
	socklen_t size = resolve(to[0], PORT, &a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (!open_ring(&r))
		return could_not("io_uring");
	request(ask, way, BULK);
	int got = ask_ring(&r, &(struct io_uring_sqe){.opcode = IORING_OP_CONNECT, .fd = fd, .addr = (uintptr_t)&a, .off = size});
	if (got < 0)
		fprintf(stderr, "traffic_low: connect: %s\n", strerror(-got));
	sums.sent = move_all(&r, IORING_OP_SEND, fd, ask, sizeof ask);
	if (way == 'u')
		sums.sent += move_all(&r, IORING_OP_SEND, fd, room, BULK);
	else
		move_all(&r, IORING_OP_RECV, fd, room, BULK);
	shutdown(fd, SHUT_WR);
	move_all(&r, IORING_OP_RECV, fd, room, 1); /* the other side closes once it has all */
	return did(&sums);
}

static int ring_upload(void)
{
	return by_ring('u');
}

static int ring_download(void)
{
	return by_ring('d');
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int (*run)(void);
	} kinds[] = {
		{"icmp", icmp}, {"raw", raw}, {"frame", frame}, {"ring-upload", ring_upload}, {"ring-download", ring_download},
	};
	to = argv + 2;
	signal(SIGPIPE, SIG_IGN); /* what became of it is printed */
	for (size_t i = 0; argc == 4 && i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(argv[1], kinds[i].name))
			return kinds[i].run();
	fprintf(stderr, "traffic_low: see the top of tests/lab/traffic_low.c\n");
	return 64;
}
