/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Providers by their GUID, which stands as le32, le16, le16 and 8 bytes (RFC 9562 has
 * its text), and the kernel's groups by their number (EVENT_TRACE_GROUP_…).
 */
#include "ingest/etl/provider.h"

#include "core/error.h"

#include <stdio.h>

struct guid {
	uint32_t first;
	uint32_t second; /* two groups of its text */
	uint64_t rest;
};

static const struct provider {
	struct guid guid;
	const char *name;
	enum provider_id id;
	unsigned group; /* of the kernel, that this one's classic events are of */
} providers[] = {
	{{0x7dd42a49, 0x53294832, 0x8dfd43d979153a88}, "Microsoft-Windows-Kernel-Network", PROVIDER_KERNEL_NETWORK, 0},
	{{0x22fb2cd6, 0x0e7b422b, 0xa0c72fad1fd0e716}, "Microsoft-Windows-Kernel-Process", PROVIDER_KERNEL_PROCESS, 0},
	{{0x2f07e2ee, 0x15db40f1, 0x90ef9d7ba282188a}, "Microsoft-Windows-TCPIP", PROVIDER_TCPIP, 0},
	{{0x1c95126e, 0x7eea49a9, 0xa3fea378b03ddb4d}, "Microsoft-Windows-DNS-Client", PROVIDER_DNS_CLIENT, 0},
	{{0x2ed6006e, 0x47294609, 0xb4233ee7bcd678ef}, "Microsoft-Windows-NDIS-PacketCapture", PROVIDER_NDIS_CAPTURE, 0},
	{{0x4d4f80d9, 0xc8bd4d73, 0xbb5b19c90402c5ac}, "Microsoft-Windows-PktMon", PROVIDER_PKTMON, 0},
	{{0x9a280ac0, 0xc8e011d1, 0x84e200c04fb998a2}, "", PROVIDER_KERNEL, GROUP_TCP},
	{{0xbf3a50c5, 0xa9c94988, 0xa0052df0b7c80f80}, "", PROVIDER_KERNEL, GROUP_UDP},
	{{0x3d6fa8d0, 0xfe0511d0, 0x9dda00c04fd7ba7c}, "", PROVIDER_KERNEL, GROUP_PROCESS},
	{{0x2cb15d1d, 0x5fc111d2, 0xabe100a0c911f518}, "", PROVIDER_KERNEL, GROUP_IMAGE},
	{{0x0c478c5b, 0x035141b1, 0x8c584a6737da32e3}, "Microsoft-Windows-WFP", PROVIDER_WFP, 0},
	{{0xedd08927, 0x9cc44e65, 0xb970c2560fb5c289}, "Microsoft-Windows-Kernel-File", PROVIDER_OTHER, 0},
	{{0xb675ec37, 0xbdb64648, 0xbc92f3fdc74d3ca2}, "Microsoft-Windows-Kernel-EventTracing", PROVIDER_OTHER, 0},
	{{0xe13c0d23, 0xccbc4e12, 0x931bd9cc2eee27e4}, "Microsoft-Windows-DotNETRuntime", PROVIDER_OTHER, 0},
	{{0x763fd754, 0x70864dfe, 0x95ebc01a46faf4ca}, "Microsoft-Windows-DotNETRuntimePrivate", PROVIDER_OTHER, 0},
	{{0xa669021c, 0xc4504609, 0xa0355af59af4df18}, "Microsoft-Windows-DotNETRuntimeRundown", PROVIDER_OTHER, 0},
};

static const char *const groups[] = {
	[GROUP_LOG] = "log",   [1] = "disk",	  [2] = "memory",     [GROUP_PROCESS] = "process",
	[4] = "file",	       [5] = "thread",	  [GROUP_TCP] = "tcp", [7] = "job",
	[GROUP_UDP] = "udp",   [9] = "registry",  [10] = "debug print", [11] = "configuration",
	[14] = "pool",	       [15] = "profiling", [16] = "heap",	[17] = "object",
	[18] = "power",	       [GROUP_IMAGE] = "image", [24] = "stack walk", [26] = "alpc",
};

void guid_text(struct slice guid, char ret[static GUID_TEXT_MAX])
{
	struct cursor c = cursor_over(guid);
	unsigned a = cursor_le32(&c), b = cursor_le16(&c), d = cursor_le16(&c), e = cursor_be16(&c);
	unsigned f = cursor_be16(&c), g = cursor_be32(&c);
	snprintf(ret, GUID_TEXT_MAX, "{%08x-%04x-%04x-%04x-%04x%08x}", a, b, d, e, f, g);
}

bool guid_parse(struct slice text, unsigned char ret[static GUID_SIZE])
{
	/* how many bytes each part has; the first three stand the other way round */
	static const unsigned char sizes[] = {4, 2, 2, 2, 6};
	struct cursor c = cursor_over(text);
	size_t used = 0;
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		unsigned char part[6];
		struct slice digits = cursor_take(&c, 2 * (size_t)sizes[i]);
		bool last = i + 1 == LENGTH(sizes);
		if (!slice_hex_bytes(digits, sizes[i], part) || (!last && cursor_u8(&c) != '-'))
			return false;
		for (size_t k = 0; k < sizes[i]; k++)
			ret[used + k] = part[i < 3 ? sizes[i] - 1 - k : k];
		used += sizes[i];
	}
	return !c.short_read && cursor_left(&c) == 0;
}

static const struct provider *find_provider(struct slice guid)
{
	struct cursor c = cursor_over(guid);
	uint32_t first = cursor_le32(&c), second = (uint32_t)cursor_le16(&c) << 16;
	second |= cursor_le16(&c);
	uint64_t rest = cursor_be64(&c);
	for (size_t i = 0; i < LENGTH(providers); i++) {
		const struct guid *g = &providers[i].guid;
		if (g->first == first && g->second == second && g->rest == rest)
			return &providers[i];
	}
	return NULL;
}

enum provider_id provider_of(struct event *e)
{
	if (e->kind == EVENT_KERNEL)
		return PROVIDER_KERNEL;
	if (e->provider.size != GUID_SIZE || e->kind == EVENT_MESSAGE)
		return PROVIDER_OTHER;
	const struct provider *p = find_provider(e->provider);
	if (!p)
		return PROVIDER_OTHER;
	if (p->id == PROVIDER_KERNEL && e->kind == EVENT_CLASSIC) {
		e->kind = EVENT_KERNEL;
		e->group = p->group;
		return PROVIDER_KERNEL;
	}
	return e->kind == EVENT_MANIFEST ? p->id : PROVIDER_OTHER;
}

void provider_name(const struct event *e, char ret[static PROVIDER_NAME_MAX])
{
	char text[GUID_TEXT_MAX];
	if (e->kind == EVENT_KERNEL) {
		const char *group = e->group < LENGTH(groups) ? groups[e->group] : NULL;
		if (group)
			snprintf(ret, PROVIDER_NAME_MAX, "the kernel (%s)", group);
		else
			snprintf(ret, PROVIDER_NAME_MAX, "the kernel (group %u)", e->group);
		return;
	}
	if (e->provider.size != GUID_SIZE) {
		snprintf(ret, PROVIDER_NAME_MAX, "%s", e->kind == EVENT_MESSAGE ? "a component that prints messages" : "nobody");
		return;
	}
	const struct provider *p = find_provider(e->provider);
	guid_text(e->provider, text);
	snprintf(ret, PROVIDER_NAME_MAX, "%s%s%s", p && p->name[0] ? p->name : "", p && p->name[0] ? " " : "", text);
}
