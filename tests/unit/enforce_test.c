/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/enforce.h"
#include "collectors/linux/kernel_event.h"

#include "tests/unit/test.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <netinet/in.h>

static void test_parse(void **state)
{
	static const char *const wrong[] = {"", "192.0.2.0/24", "192.0.2.0/24 443", "192.0.2.0/33 443 tcp", "192.0.2.1 65536 tcp",
					    "192.0.2.1 443 sctp", "host.example 443 tcp"};
	struct enforce_allow a;
	struct error err = {0};
	(void)state;
	assert_int_equal(enforce_allow_parse(SLICE("192.0.2.0/24 443 tcp"), &a, &err), OK);
	assert_int_equal(a.range.bits, 24);
	assert_int_equal(a.port, 443);
	assert_int_equal(a.proto, IPPROTO_TCP);
	assert_int_equal(enforce_allow_parse(SLICE("2001:db8::1/128 0 any"), &a, &err), OK);
	assert_int_equal(a.range.bits, 128);
	assert_int_equal(a.proto, 0);
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_int_equal(enforce_allow_parse(slice_of_string(wrong[i]), &a, &err), ERR_USAGE);
}

static bool is_there(int map, const char *address, unsigned char proto, uint16_t port)
{
	struct allowed key = {.prefix = ALLOWED_FIXED_BITS + 128, .proto = proto, .port = port};
	struct address a;
	unsigned char value;
	assert_true(address_parse(slice_of_string(address), &a));
	if (a.family == ADDRESS_V4) {
		memset(key.address + 10, 0xff, 2);
		memcpy(key.address + 12, a.bytes, 4);
	} else {
		memcpy(key.address, a.bytes, 16);
	}
	return bpf_map_lookup_elem(map, &key, &value) == 0;
}

/* As the kernel itself matches it; needs its rights. */
static void test_map(void **state)
{
	static const char *const rules[] = {"192.0.2.0/24 443 tcp", "198.51.100.7/32 0 any", "2001:db8::/32 53 udp"};
	struct enforce *e = calloc(1, sizeof *e);
	struct error err = {0};
	struct bpf_map_create_opts options = {.sz = sizeof options, .map_flags = BPF_F_NO_PREALLOC};
	int map = bpf_map_create(BPF_MAP_TYPE_LPM_TRIE, "allowed", sizeof(struct allowed), 1, ALLOWED_MAX, &options);
	(void)state;
	if (map < 0 && errno == EPERM) {
		free(e);
		skip();
	}
	assert_true(map >= 0);
	for (size_t i = 0; i < LENGTH(rules); i++)
		assert_int_equal(enforce_allow_parse(slice_of_string(rules[i]), &e->allow[e->allow_count++], &err), OK);
	assert_int_equal(enforce_fill(map, e, &err), OK);
	assert_true(is_there(map, "192.0.2.255", IPPROTO_TCP, 443));
	assert_false(is_there(map, "192.0.3.0", IPPROTO_TCP, 443));
	assert_false(is_there(map, "192.0.2.255", IPPROTO_TCP, 444));
	assert_false(is_there(map, "192.0.2.255", IPPROTO_UDP, 443));
	assert_true(is_there(map, "198.51.100.7", 0, 0));
	assert_false(is_there(map, "198.51.100.8", 0, 0));
	assert_true(is_there(map, "2001:db8:ffff::1", IPPROTO_UDP, 53));
	assert_false(is_there(map, "2001:db9::1", IPPROTO_UDP, 53));
	close(map);
	free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_map)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
