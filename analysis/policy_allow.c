/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "192.0.2.0/24", "192.0.2.1:443", "[2001:db8::1]:443/tcp", "2001:db8::/32": an address
 * or a range, a port with ':' before it, a protocol with '/'. An IPv6 address with a
 * port stands in brackets.
 */
#include "analysis/policy.h"

#include <string.h>

enum status policy_destination(struct slice text, struct policy_allow *ret, struct error *err)
{
	struct slice address = text;
	uint64_t port = 0;
	static const char *const protos[] = {"tcp", "udp"}, *const suffixes[] = {"/tcp", "/udp"};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (slice_ends(address, suffixes[i])) {
			address = slice_part(address, 0, address.size - strlen(suffixes[i]));
			memcpy(ret->proto, protos[i], sizeof "tcp");
			break;
		}
	size_t close = slice_find(address, ']'), colon = slice_find(address, ':');
	bool v6 = slice_starts(address, "[");
	struct slice behind = {0};
	if (v6 && close < address.size) {
		behind = slice_part(address, close + 1, address.size);
		address = slice_part(address, 1, close - 1);
	} else if (colon < address.size &&
		   slice_find(slice_part(address, colon + 1, address.size), ':') ==
			   address.size - colon - 1) {
		behind = slice_part(address, colon, address.size);
		address = slice_part(address, 0, colon);
	}
	bool good = address_range_parse(address, &ret->range);
	if (good && behind.size > 0)
		good = behind.at[0] == ':' && slice_u64(slice_part(behind, 1, 5), 65535, &port) &&
		       behind.size <= 6 && port > 0;
	ret->port = (uint16_t)port;
	if (!good)
		return fail(err, ERR_CONFIG,
			    "[allow %.*s]: not a destination like 192.0.2.0/24, 192.0.2.1:443 or "
			    "[2001:db8::1]:443/tcp", (int)text.size, (const char *)text.at);
	return slice_to_string(text, ret->destination, sizeof ret->destination)
		       ? OK
		       : fail(err, ERR_CONFIG, "[allow …]: too long");
}

const struct policy_allow *policy_allows(const struct policy *p, const struct address *dst,
					 unsigned port, const char *proto)
{
	for (size_t i = 0; i < p->allow_count; i++) {
		const struct policy_allow *a = &p->allow[i];
		if (address_in(dst, &a->range) && (!a->port || a->port == port) &&
		    (!a->proto[0] || !strcmp(a->proto, proto)))
			return a;
	}
	return NULL;
}

const char *policy_field(const struct policy *p, const char *name)
{
	for (size_t i = 0; i < p->field_count; i++)
		if (!strcmp(p->fields[i].name, name))
			return p->fields[i].value;
	return "";
}
