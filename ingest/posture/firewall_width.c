/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of the world a destination in a rule stands for. A rule that lets a port out
 * to anywhere, or to half of all addresses, holds nobody back.
 */
#include "ingest/posture/firewall.h"

#include "core/address.h"

enum {
	WIDE_V4 = 8, /* bits of a prefix: sixteen million addresses, or more */
	WIDE_V6 = 16,
	ALWAYS_V4 = 7, /* shorter ones hold public addresses, whatever they begin with */
	ALWAYS_V6 = 6,
};

/* The unspecified address begins what is public as well. */
static bool begins_public(const struct address *a)
{
	static const unsigned char none[16];
	return address_class(a) == CLASS_PUBLIC || memcmp(a->bytes, none, sizeof none) == 0;
}

static bool is_wide_prefix(const struct address_range *r)
{
	bool v4 = r->from.family == ADDRESS_V4;
	if (address_class(&r->from) == CLASS_MULTICAST)
		return false;
	return r->bits <= (v4 ? ALWAYS_V4 : ALWAYS_V6) || (r->bits <= (v4 ? WIDE_V4 : WIDE_V6) && begins_public(&r->from));
}

/* "192.0.2.0-198.51.100.255" */
static bool is_wide_span(struct slice from, struct slice to)
{
	struct address a, b;
	if (!address_parse(from, &a) || !address_parse(to, &b) || a.family != b.family)
		return false;
	bool far = a.bytes[0] != b.bytes[0] || (a.family == ADDRESS_V6 && a.bytes[1] != b.bytes[1]);
	return far && (begins_public(&a) || begins_public(&b));
}

static bool is_wide(struct slice item)
{
	struct address_range r;
	size_t dash = slice_find(item, '-');
	if (dash < item.size)
		return is_wide_span(slice_trim(slice_part(item, 0, dash)), slice_trim(slice_part(item, dash + 1, item.size)));
	return address_range_parse(item, &r) && is_wide_prefix(&r);
}

bool firewall_is_wide(struct slice destination)
{
	bool braces = slice_starts(destination, "{") && slice_ends(destination, "}");
	struct cursor c = cursor_over(braces ? slice_part(destination, 1, destination.size - 2) : destination);
	struct slice item;
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, ',', destination.size, &item)) {
			item = cursor_rest(&c);
			cursor_skip(&c, item.size);
		}
		if (is_wide(slice_trim(item)))
			return true;
	}
	return false;
}

bool firewall_is_inner(struct slice interface)
{
	static const char *const names[] = {"docker", "br-", "virbr", "veth", "cni", "lxc", "lxd", "podman", "bridge", "vmnet"};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_starts(interface, names[i]))
			return true;
	return false;
}

bool firewall_is_control(struct slice protocol)
{
	return slice_search(protocol, SLICE("icmp")) < protocol.size || slice_search(protocol, SLICE("ICMP")) < protocol.size ||
	       slice_is_nocase(protocol, "igmp");
}
