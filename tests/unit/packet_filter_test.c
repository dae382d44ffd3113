/* SPDX-License-Identifier: Apache-2.0 */
/* On a packet socket in a network namespace of its own, where the machine lets us. */
#include "tests/unit/test.h"

#include "collectors/linux/packet_filter.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum { SENT = 5, PAYLOAD = 1000, HEADERS = 28, KEPT = 100, QUIET_MS = 50 };

struct seen {
	unsigned out, in;
	size_t least, most;
};

/* The loopback up and nothing else; false: not allowed here. */
static bool own_namespace(void)
{
	if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return false;
	struct ifreq r = {.ifr_name = "lo"};
	r.ifr_flags = IFF_UP;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(ioctl(fd, SIOCSIFFLAGS, &r), 0);
	close(fd);
	return true;
}

static int packet_socket(void)
{
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, htons(ETH_P_ALL));
	assert_true(fd >= 0);
	return fd;
}

static void send_some(void)
{
	static const unsigned char payload[PAYLOAD];
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof to;
	int sink = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int from = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(sink, (struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(getsockname(sink, (struct sockaddr *)&to, &size), 0);
	for (int i = 0; i < SENT; i++)
		assert_int_equal(sendto(from, payload, PAYLOAD, 0, (struct sockaddr *)&to, sizeof to), PAYLOAD);
	close(from);
	close(sink);
}

/* Until nothing has come for a while: the kernel may deliver a little later. */
static struct seen look(int fd)
{
	struct pollfd watched = {.fd = fd, .events = POLLIN};
	static unsigned char bytes[PAYLOAD + HEADERS];
	struct seen s = {.least = SIZE_MAX};
	while (poll(&watched, 1, QUIET_MS) > 0) {
		struct sockaddr_ll from = {0};
		struct iovec part = {bytes, sizeof bytes};
		struct msghdr m = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &part, .msg_iovlen = 1};
		ssize_t size = recvmsg(fd, &m, 0);
		assert_true(size >= 0);
		if (from.sll_pkttype == PACKET_OUTGOING)
			s.out++;
		else
			s.in++;
		s.least = (size_t)size < s.least ? (size_t)size : s.least;
		s.most = (size_t)size > s.most ? (size_t)size : s.most;
	}
	return s;
}

static void without_it_the_loopback_counts_twice(void **state)
{
	(void)state;
	int fd = packet_socket();
	send_some();
	struct seen s = look(fd);
	assert_int_equal(s.out, SENT);
	assert_int_equal(s.in, SENT);
	assert_int_equal(s.least, PAYLOAD + HEADERS);
	close(fd);
}

static void each_packet_comes_once_and_cut(void **state)
{
	(void)state;
	struct error err = {0};
	int fd = packet_socket();
	assert_int_equal(packet_filter_once(fd, KEPT, &err), OK);
	send_some();
	struct seen s = look(fd);
	assert_int_equal(s.out, 0);
	assert_int_equal(s.in, SENT);
	assert_int_equal(s.least, KEPT);
	assert_int_equal(s.most, KEPT);
	struct tpacket_stats count;
	socklen_t size = sizeof count;
	assert_int_equal(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &count, &size), 0);
	assert_int_equal(count.tp_packets, SENT);
	close(fd);
}

static void a_large_limit_cuts_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	int fd = packet_socket();
	assert_int_equal(packet_filter_once(fd, 262144, &err), OK);
	send_some();
	struct seen s = look(fd);
	assert_int_equal(s.in, SENT);
	assert_int_equal(s.least, PAYLOAD + HEADERS);
	close(fd);
}

static void what_was_lost_is_counted_to_the_packet(void **state)
{
	(void)state;
	struct error err = {0};
	int fd = packet_socket(), room = 4096;
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room), 0);
	assert_int_equal(packet_filter_once(fd, 262144, &err), OK);
	for (int i = 0; i < 20; i++)
		send_some();
	struct seen s = look(fd);
	struct tpacket_stats count;
	socklen_t size = sizeof count;
	assert_int_equal(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &count, &size), 0);
	assert_true(count.tp_drops > 0);
	assert_int_equal(s.in + count.tp_drops, 20 * SENT);
	close(fd);
}

static void none_keeps_what_had_come(void **state)
{
	(void)state;
	struct error err = {0};
	int fd = packet_socket();
	assert_int_equal(packet_filter_once(fd, KEPT, &err), OK);
	send_some();
	poll(NULL, 0, QUIET_MS);
	assert_int_equal(packet_filter_none(fd, &err), OK);
	send_some();
	assert_int_equal(look(fd).in, SENT);
	close(fd);
}

static void what_is_no_socket_is_refused(void **state)
{
	(void)state;
	struct error err = {0};
	assert_int_equal(packet_filter_once(-1, KEPT, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "cannot filter packets");
	assert_int_equal(packet_filter_none(-1, &err), ERR_UNAVAILABLE);
}

int main(void)
{
	const struct CMUnitTest refused[] = {
		cmocka_unit_test(what_is_no_socket_is_refused),
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_it_the_loopback_counts_twice),
		cmocka_unit_test(each_packet_comes_once_and_cut),
		cmocka_unit_test(a_large_limit_cuts_nothing),
		cmocka_unit_test(what_was_lost_is_counted_to_the_packet),
		cmocka_unit_test(none_keeps_what_had_come),
	};
	int failed = cmocka_run_group_tests(refused, NULL, NULL);
	if (own_namespace())
		return failed + cmocka_run_group_tests(tests, NULL, NULL);
	print_message("no network namespace of its own here: the packet socket is left out\n");
	return failed;
}
