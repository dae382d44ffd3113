/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/notify_way.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOPBACK = 1, ANOTHER = 7, ROOM = 256 };

/* Messages one behind the other; each `index` stands at `at` of data of `size` bytes. */
static size_t add_message(unsigned char *room, size_t used, int level, int type, size_t size, size_t at, int index)
{
	struct cmsghdr head = {.cmsg_len = CMSG_LEN(size), .cmsg_level = level, .cmsg_type = type};
	memset(room + used, 0, CMSG_SPACE(size));
	memcpy(room + used, &head, sizeof head);
	if (at + sizeof index <= size)
		memcpy(room + used + sizeof head + at, &index, sizeof index);
	return used + CMSG_SPACE(size);
}

static void an_interface_or_a_route_is_another_way(void **state)
{
	(void)state;
	static const struct {
		int level, type;
		size_t size, at;
		int index;
		bool is;
	} rows[] = {
		{IPPROTO_IP, IP_PKTINFO, 12, 0, ANOTHER, true},	    {IPPROTO_IP, IP_PKTINFO, 12, 0, LOOPBACK, false},
		{IPPROTO_IP, IP_PKTINFO, 12, 0, 0, false},	    {IPPROTO_IP, IP_PKTINFO, 12, 4, ANOTHER, false},
		{IPPROTO_IP, IP_RETOPTS, 8, 0, 0, true},	    {IPPROTO_IP, IP_TTL, 4, 0, ANOTHER, false},
		{IPPROTO_IPV6, IPV6_PKTINFO, 20, 16, ANOTHER, true}, {IPPROTO_IPV6, IPV6_PKTINFO, 20, 16, LOOPBACK, false},
		{IPPROTO_IPV6, IPV6_PKTINFO, 20, 0, ANOTHER, false}, {IPPROTO_IPV6, IPV6_2292PKTINFO, 20, 16, ANOTHER, true},
		{IPPROTO_IPV6, IPV6_RTHDR, 24, 0, 0, true},	    {IPPROTO_IPV6, IPV6_2292RTHDR, 24, 0, 0, true},
		{IPPROTO_IPV6, IPV6_HOPLIMIT, 4, 0, ANOTHER, false}, {SOL_SOCKET, IP_PKTINFO, 12, 0, ANOTHER, false},
	};
	unsigned char room[ROOM];
	for (size_t i = 0; i < LENGTH(rows); i++) {
		size_t size = add_message(room, 0, rows[i].level, rows[i].type, rows[i].size, rows[i].at, rows[i].index);
		assert_int_equal(notify_way_in(slice_of(room, size)), rows[i].is);
		/* behind another one */
		size = add_message(room, 0, SOL_SOCKET, SCM_TIMESTAMP, 5, 0, 1);
		size = add_message(room, size, rows[i].level, rows[i].type, rows[i].size, rows[i].at, rows[i].index);
		assert_int_equal(notify_way_in(slice_of(room, size)), rows[i].is);
	}
	assert_false(notify_way_in(slice_of(room, 0)));
}

static void what_cannot_be_read_may_be_one(void **state)
{
	unsigned char room[ROOM];
	(void)state;
	size_t size = add_message(room, 0, IPPROTO_IP, IP_TTL, 4, 0, 1);
	assert_false(notify_way_in(slice_of(room, size)));
	assert_true(notify_way_in(slice_of(room, sizeof(struct cmsghdr)))); /* longer than there is */
	memset(room, 0, sizeof(size_t));				    /* shorter than its head */
	assert_true(notify_way_in(slice_of(room, size)));
}

static void the_loopback_is_no_other_interface(void **state)
{
	struct notify_socket s = {.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
	(void)state;
	assert_int_equal(notify_way_device(&s), 0);
	if (setsockopt(s.fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) == 0)
		assert_int_equal(notify_way_device(&s), 0);
	close(s.fd);
}

static void options_have_a_name(void **state)
{
	(void)state;
	assert_string_equal(notify_way_name(SOL_SOCKET, SO_BINDTODEVICE), "other_way");
	assert_string_equal(notify_way_name(IPPROTO_IP, IP_OPTIONS), "other_way");
	assert_string_equal(notify_way_name(IPPROTO_IP, IP_UNICAST_IF), "other_way");
	assert_string_equal(notify_way_name(IPPROTO_IPV6, IPV6_RTHDR), "other_way");
	assert_string_equal(notify_way_name(IPPROTO_IP, IP_ADD_MEMBERSHIP), "join_group");
	assert_string_equal(notify_way_name(IPPROTO_IP, MCAST_MSFILTER), "join_group");
	assert_string_equal(notify_way_name(IPPROTO_IPV6, IPV6_JOIN_GROUP), "join_group");
	assert_string_equal(notify_way_name(IPPROTO_IPV6, MCAST_JOIN_GROUP), "join_group");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interface_or_a_route_is_another_way),
		cmocka_unit_test(what_cannot_be_read_may_be_one),
		cmocka_unit_test(the_loopback_is_no_other_interface),
		cmocka_unit_test(options_have_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
