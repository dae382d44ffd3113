/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef KERNEL_ENFORCE_H
#define KERNEL_ENFORCE_H

/*
 * What the session may not do, where the collector was told to refuse it: anything that
 * is aimed at another machine (SHARED_ENFORCE) but for the destinations in `allowed`, and
 * anything of which no record can be made (SHARED_FAIL_CLOSED).
 */

#include "common.h"

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, ALLOWED_MAX);
	__type(key, struct allowed);
	__type(value, __u8);
} allowed SEC(".maps");

static __always_inline int is_of_session(__u16 flags)
{
	return (flags & (EVENT_IN_TREE | EVENT_IN_CGROUP)) && !(flags & EVENT_SUITE);
}

static __always_inline int has_rule(struct allowed *key, __u8 proto, __u16 port)
{
	key->proto = proto;
	key->port = port;
	return bpf_map_lookup_elem(&allowed, key) != 0;
}

static __always_inline int is_allowed(__u16 family, const void *address, __u8 proto, __u16 port)
{
	struct allowed key = {.prefix = ALLOWED_FIXED_BITS + 128};
	if (family == AF_INET) {
		key.address[10] = key.address[11] = 0xff;
		__builtin_memcpy(key.address + 12, address, 4);
	} else {
		__builtin_memcpy(key.address, address, 16);
	}
	return has_rule(&key, proto, port) || has_rule(&key, proto, 0) || has_rule(&key, 0, port) ||
	       has_rule(&key, 0, 0);
}

static __always_inline int is_refused(__u16 flags, __u16 family, const void *address, __u8 proto, __u16 port)
{
	return setting(SHARED_ENFORCE) && is_of_session(flags) && !is_allowed(family, address, proto, port);
}

/* For what found no room: 0 refuses it. */
static __always_inline int unrecorded(__u16 flags)
{
	if (!setting(SHARED_FAIL_CLOSED) || !is_of_session(flags))
		return 1;
	count(SHARED_UNRECORDED, 1);
	return 0;
}

#endif
