/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/enforce.h"

#include "collectors/linux/kernel_event.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <netinet/in.h>

enum { RANGE_TEXT_MAX = 64, MAPPED_BITS = 96 };

static bool proto_named(struct slice name, unsigned char *ret)
{
	static const struct {
		const char *name;
		unsigned char number;
	} protos[] = {{"any", 0}, {"tcp", IPPROTO_TCP}, {"udp", IPPROTO_UDP}};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (slice_is(name, protos[i].name)) {
			*ret = protos[i].number;
			return true;
		}
	return false;
}

enum status enforce_allow_parse(struct slice text, struct enforce_allow *ret, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice range, port, proto;
	uint64_t number;
	if (!cursor_word(&c, RANGE_TEXT_MAX, &range) || !cursor_word(&c, RANGE_TEXT_MAX, &port) ||
	    !cursor_word(&c, RANGE_TEXT_MAX, &proto) || !address_range_parse(range, &ret->range) ||
	    !slice_u64(port, 65535, &number) || !proto_named(proto, &ret->proto))
		return fail(err, ERR_USAGE, "--rules-fd: \"%.*s\" is no destination to allow", (int)text.size,
			    text.size ? (const char *)text.at : "");
	ret->port = (unsigned)number;
	return OK;
}

static struct allowed key_of(const struct enforce_allow *a)
{
	bool v4 = a->range.from.family == ADDRESS_V4;
	struct allowed key = {.proto = a->proto, .port = (uint16_t)a->port,
			      .prefix = ALLOWED_FIXED_BITS + a->range.bits + (v4 ? MAPPED_BITS : 0)};
	if (v4) {
		memset(key.address + 10, 0xff, 2);
		memcpy(key.address + 12, a->range.from.bytes, 4);
	} else {
		memcpy(key.address, a->range.from.bytes, sizeof key.address);
	}
	return key;
}

enum status enforce_fill(int map, const struct enforce *e, struct error *err)
{
	unsigned char one = 1;
	for (size_t i = 0; i < e->allow_count; i++) {
		struct allowed key = key_of(&e->allow[i]);
		if (bpf_map_update_elem(map, &key, &one, BPF_ANY) != 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot tell the kernel what is allowed");
	}
	return OK;
}
