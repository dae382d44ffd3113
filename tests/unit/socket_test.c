/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/socket.h"
#include "core/socket_address.h"

#include <errno.h>
#include <sys/un.h>

static const struct address here = {ADDRESS_V4, {127, 0, 0, 1}};

static bool is_inherited(int s)
{
	return !(fcntl(s, F_GETFD) & FD_CLOEXEC);
}

static void a_byte_goes_over_a_connection(void **state)
{
	(void)state;
	char byte = 0;
	int listener = socket_open(ADDRESS_V4, true), client = socket_open(ADDRESS_V4, true);
	assert_int_equal(socket_port(listener), 0);
	assert_int_equal(socket_bind(listener, &here, 0), SOCKET_BOUND);
	assert_true(socket_listen(listener));
	unsigned port = socket_port(listener);
	assert_true(port > 0);
	assert_true(socket_connect(client, &here, port));
	int server = socket_accept(listener);
	assert_true(server >= 0);
	assert_false(is_inherited(listener) || is_inherited(client) || is_inherited(server));
	assert_true(socket_send(client, SLICE("b")));
	assert_int_equal(recv(server, &byte, 1, 0), 1);
	assert_int_equal(byte, 'b');
	socket_drop(client);
	assert_int_equal(recv(server, &byte, 1, 0), -1); /* a reset, not an end */
	assert_int_equal(errno, ECONNRESET);
	socket_close(server);
	socket_close(listener);
	int again = socket_open(ADDRESS_V4, true); /* nothing of it holds the port */
	assert_int_equal(socket_bind(again, &here, port), SOCKET_BOUND);
	socket_close(again);
}

static void a_port_can_be_taken(void **state)
{
	(void)state;
	static const struct address elsewhere = {ADDRESS_V4, {192, 0, 2, 1}};
	int first = socket_open(ADDRESS_V4, false), second = socket_open(ADDRESS_V4, false);
	assert_int_equal(socket_bind(first, &here, 0), SOCKET_BOUND);
	assert_int_equal(socket_bind(second, &here, socket_port(first)), SOCKET_TAKEN);
	assert_int_equal(socket_bind(second, &elsewhere, 0), SOCKET_REFUSED);
	assert_int_equal(socket_bind(second, &here, 0), SOCKET_BOUND);
	char byte = 0;
	assert_true(socket_send_to(second, SLICE("d"), &here, socket_port(first)));
	assert_int_equal(recv(first, &byte, 1, 0), 1);
	assert_int_equal(byte, 'd');
	socket_close(first);
	socket_close(second);
}

static void none_is_no_socket(void **state)
{
	(void)state;
	assert_false(socket_listen(-1) || socket_connect(-1, &here, 1) || socket_send(-1, SLICE("x")));
	assert_int_equal(socket_accept(-1), -1);
	assert_int_equal(socket_port(-1), 0);
	socket_close(-1);
	socket_drop(-1);
}

static void addresses_there_and_back(void **state)
{
	(void)state;
	static const char *const texts[] = {"192.0.2.7", "2001:db8::7", "::1"};
	for (size_t i = 0; i < LENGTH(texts); i++) {
		union socket_address at;
		struct address a, back;
		unsigned port = 0;
		assert_true(address_parse(slice_of_string(texts[i]), &a));
		size_t size = socket_address_make(&a, 443, &at);
		assert_int_equal(size, a.family == ADDRESS_V4 ? sizeof at.v4 : sizeof at.v6);
		assert_true(socket_address_read(&at, &back, &port));
		assert_true(address_equal(&a, &back));
		assert_int_equal(port, 443);
	}
	struct sockaddr_un local = {.sun_family = AF_UNIX};
	struct address a;
	unsigned port;
	assert_false(socket_address_read(&local, &a, &port));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_byte_goes_over_a_connection),
		cmocka_unit_test(a_port_can_be_taken),
		cmocka_unit_test(none_is_no_socket),
		cmocka_unit_test(addresses_there_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
