/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/canary.h"

#include <netinet/in.h>
#include <sys/socket.h>

static struct canaries canaries;

static unsigned peer_port(int fd)
{
	struct sockaddr_storage a;
	socklen_t size = sizeof a;
	if (getpeername(fd, (struct sockaddr *)&a, &size) != 0)
		return 0;
	if (a.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&a)->sin6_port);
	return ntohs(((struct sockaddr_in *)&a)->sin_port);
}

static void pairs_carry_a_byte_each(void **state)
{
	struct fake *f = *state;
	canary_open(&canaries, 3);
	assert_true(canary_count(&canaries) >= 2); /* IPv4 at least */
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		const struct canary_pair *p = &canaries.pairs[i];
		if (p->problem) {
			assert_int_equal(p->client, -1);
			continue;
		}
		bool tcp = !strcmp(p->proto, "tcp");
		char byte = 0;
		assert_true(p->sport >= 1024 && p->dport >= 1024 && p->sport != p->dport);
		assert_int_equal(recv(tcp ? p->server : p->listener, &byte, 1, 0), 1);
		assert_int_equal(byte, 'c');
		if (tcp)
			assert_int_equal(peer_port(p->server), p->sport);
	}
	canary_close(&canaries, f->w.evidence);
	assert_int_equal(canary_count(&canaries), 0);
}

static void each_pair_has_its_record(void **state)
{
	struct fake *f = *state;
	canary_open(&canaries, 7);
	struct canaries open = canaries;
	canary_close(&canaries, f->w.evidence);
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		struct json_member m[] = {{.key = "round"}, {.key = "proto"}, {.key = "dst"},
					  {.key = "sport"}, {.key = "dport"}, {.key = "problem"},
					  {.key = "end"},   {.key = "t"}};
		uint64_t port = 0;
		int64_t from = 0, to = 0;
		assert_true(fake_record(f, "canary", i, m, LENGTH(m)));
		assert_slice(m[0].value.raw, "7");
		assert_true(slice_is(m[1].value.raw, open.pairs[i].proto));
		assert_true(slice_is(m[2].value.raw, open.pairs[i].address));
		if (open.pairs[i].problem) {
			assert_true(slice_is(m[5].value.raw, open.pairs[i].problem));
			continue;
		}
		assert_int_equal(m[5].value.type, JSON_ABSENT);
		assert_true(json_u64(&m[3].value, 65535, &port) && port == open.pairs[i].sport);
		assert_true(json_u64(&m[4].value, 65535, &port) && port == open.pairs[i].dport);
		assert_true(json_i64(&m[7].value, &from) && json_i64(&m[6].value, &to) &&
			    from <= to);
	}
	assert_int_equal(fake_count(f, "canary"), CANARY_PAIRS);
}

static void ports_cannot_be_foreseen(void **state)
{
	struct fake *f = *state;
	unsigned ports[3];
	for (unsigned i = 0; i < LENGTH(ports); i++) {
		canary_open(&canaries, i);
		ports[i] = canaries.pairs[0].dport;
		canary_close(&canaries, f->w.evidence);
	}
	assert_false(ports[0] == ports[1] && ports[1] == ports[2]);
	assert_false(ports[1] == ports[0] + 1 && ports[2] == ports[1] + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(pairs_carry_a_byte_each),
		fake_test(each_pair_has_its_record),
		fake_test(ports_cannot_be_foreseen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
