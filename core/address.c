/* SPDX-License-Identifier: Apache-2.0 */
#include "core/address.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct address address_v4(const unsigned char bytes[static 4])
{
	struct address a = {.family = ADDRESS_V4};
	memcpy(a.bytes, bytes, 4);
	return a;
}

struct address address_v6(const unsigned char bytes[static 16])
{
	if (memcmp(bytes, mapped, sizeof mapped) == 0)
		return address_v4(bytes + 12);
	struct address a = {.family = ADDRESS_V6};
	memcpy(a.bytes, bytes, 16);
	return a;
}

void address_clear_scope(struct address *a)
{
	if (a->family == ADDRESS_V6 && a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80)
		a->bytes[2] = a->bytes[3] = 0;
}

bool address_parse(struct slice text, struct address *ret)
{
	char copy[ADDRESS_TEXT_MAX];
	unsigned char bytes[16];
	if (text.size == 0 || !slice_to_string(text, copy, sizeof copy))
		return false;
	if (inet_pton(AF_INET, copy, bytes) == 1) {
		*ret = address_v4(bytes);
		return true;
	}
	if (inet_pton(AF_INET6, copy, bytes) == 1) {
		*ret = address_v6(bytes);
		return true;
	}
	return false;
}

/* One a flow and lookup: inet_ntop() goes through printf for it. Returns its end. */
static char *v4_text(const unsigned char *bytes, char *ret)
{
	for (size_t i = 0; i < 4; i++) {
		unsigned part = bytes[i];
		if (i)
			*ret++ = '.';
		if (part >= 100)
			*ret++ = (char)('0' + part / 100);
		if (part >= 10)
			*ret++ = (char)('0' + part / 10 % 10);
		*ret++ = (char)('0' + part % 10);
	}
	*ret = 0;
	return ret;
}

static char *group_text(unsigned group, char *ret)
{
	static const char digits[] = "0123456789abcdef";
	for (unsigned shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0;;
	     shift -= 4) {
		*ret++ = digits[group >> shift & 15];
		if (shift == 0)
			return ret;
	}
}

/* RFC 5952, 4: the first of the longest runs of two zeros or more becomes "::". As
 * glibc has it, an address of which the first 96 bits are 0 ends in dotted decimal;
 * the C libraries differ in this, and the evidence of one system is read on another. */
static void v6_text(const unsigned char *bytes, char *ret)
{
	unsigned groups[8], zeros = 0, from = 8, length = 1;
	for (unsigned i = 0; i < 8; i++) {
		groups[i] = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];
		zeros = groups[i] ? 0 : zeros + 1;
		if (zeros > length) {
			length = zeros;
			from = i + 1 - zeros;
		}
	}
	bool dotted = from == 0 && (length == 6 || (length == 5 && groups[5] == 0xffff));
	for (unsigned i = 0; i < 8; i++) {
		if (i == from) {
			*ret++ = ':';
			i += length - 1;
			if (i == 7)
				*ret++ = ':';
			continue;
		}
		if (i)
			*ret++ = ':';
		if (dotted && i == 6) {
			ret = v4_text(bytes + 12, ret);
			break;
		}
		ret = group_text(groups[i], ret);
	}
	*ret = 0;
}

void address_text(const struct address *a, char ret[static ADDRESS_TEXT_MAX])
{
	ret[0] = 0;
	if (a->family == ADDRESS_V4)
		v4_text(a->bytes, ret);
	else if (a->family == ADDRESS_V6)
		v6_text(a->bytes, ret);
}

bool address_equal(const struct address *a, const struct address *b)
{
	return a->family == b->family && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* The longest prefix stands first where two overlap. Sources: RFC 1122 (0/8,
 * 127/8), 1918, 3927, 5771, 6598, 8190; RFC 4193, 4291, 6052, 8215; the
 * documentation ranges (RFC 5737, 3849) are routed like any public address. */
static const struct {
	struct address_range range;
	enum address_class class;
} registry[] = {
	{{{ADDRESS_V4, {127}}, 8}, CLASS_LOOPBACK},
	{{{ADDRESS_V4, {0}}, 32}, CLASS_LOOPBACK},
	{{{ADDRESS_V4, {255, 255, 255, 255}}, 32}, CLASS_MULTICAST},
	{{{ADDRESS_V4, {224}}, 4}, CLASS_MULTICAST},
	{{{ADDRESS_V4, {169, 254}}, 16}, CLASS_LINK_LOCAL},
	{{{ADDRESS_V4, {10}}, 8}, CLASS_PRIVATE},
	{{{ADDRESS_V4, {172, 16}}, 12}, CLASS_PRIVATE},
	{{{ADDRESS_V4, {192, 168}}, 16}, CLASS_PRIVATE},
	{{{ADDRESS_V4, {100, 64}}, 10}, CLASS_PRIVATE},
	{{{ADDRESS_V6, {[15] = 1}}, 128}, CLASS_LOOPBACK},
	{{{ADDRESS_V6, {0}}, 128}, CLASS_LOOPBACK},
	{{{ADDRESS_V6, {0xff}}, 8}, CLASS_MULTICAST},
	{{{ADDRESS_V6, {0xfe, 0x80}}, 10}, CLASS_LINK_LOCAL},
	{{{ADDRESS_V6, {0xfc}}, 7}, CLASS_PRIVATE},
	{{{ADDRESS_V6, {0xfe, 0xc0}}, 10}, CLASS_PRIVATE},
};

enum address_class address_class(const struct address *a)
{
	for (size_t i = 0; i < LENGTH(registry); i++)
		if (address_in(a, &registry[i].range))
			return registry[i].class;
	return CLASS_PUBLIC;
}

const char *address_class_name(enum address_class class)
{
	static const char *const names[] = {
		[CLASS_LOOPBACK] = "loopback",   [CLASS_OWN] = "own",
		[CLASS_LINK_LOCAL] = "link_local", [CLASS_MULTICAST] = "multicast",
		[CLASS_PRIVATE] = "private",     [CLASS_PUBLIC] = "public",
	};
	return names[class];
}

bool address_range_parse(struct slice text, struct address_range *ret)
{
	size_t slash = slice_find(text, '/');
	if (!address_parse(slice_part(text, 0, slash), &ret->from))
		return false;
	uint64_t bits = ret->from.family == ADDRESS_V4 ? 32 : 128;
	if (slash < text.size && !slice_u64(slice_part(text, slash + 1, text.size), bits, &bits))
		return false;
	ret->bits = (unsigned)bits;
	return true;
}

bool address_in(const struct address *a, const struct address_range *range)
{
	if (a->family != range->from.family)
		return false;
	unsigned whole = range->bits / 8, rest = range->bits % 8;
	if (memcmp(a->bytes, range->from.bytes, whole) != 0)
		return false;
	if (rest == 0)
		return true;
	unsigned char mask = (unsigned char)(0xff << (8 - rest));
	return (a->bytes[whole] & mask) == (range->from.bytes[whole] & mask);
}
