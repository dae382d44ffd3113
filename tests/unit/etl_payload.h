/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_ETL_PAYLOAD_H
#define TESTS_UNIT_ETL_PAYLOAD_H

/*
 * Payloads of the events that the readers of traces know, made for tests.
 */

#include "tests/unit/etl_build.h"

static const struct build_guid guid_network = {0x7dd42a49, 0x53294832, UINT64_C(0x8dfd43d979153a88)};
static const struct build_guid guid_process = {0x22fb2cd6, 0x0e7b422b, UINT64_C(0xa0c72fad1fd0e716)};
static const struct build_guid guid_tcpip = {0x2f07e2ee, 0x15db40f1, UINT64_C(0x90ef9d7ba282188a)};
static const struct build_guid guid_dns = {0x1c95126e, 0x7eea49a9, UINT64_C(0xa3fea378b03ddb4d)};
static const struct build_guid guid_ndis = {0x2ed6006e, 0x47294609, UINT64_C(0xb4233ee7bcd678ef)};
static const struct build_guid guid_pktmon = {0x4d4f80d9, 0xc8bd4d73, UINT64_C(0xbb5b19c90402c5ac)};

static const struct build_guid guid_wfp = {0x0c478c5b, 0x035141b1, UINT64_C(0x8c584a6737da32e3)};

/* One payload at a time. */
static inline struct build *payload(void)
{
	static struct build b;
	b.size = b.buffer = 0;
	return &b;
}

/* From 192.0.2.1 to 203.0.113.9, versions 1 and up. */
static inline struct slice payload_tcp(uint32_t pid, uint32_t size, unsigned lport, unsigned rport)
{
	struct build *b = payload();
	build_put(b, pid, 4);
	build_put(b, size, 4);
	build_v4(b, 203, 0, 113, 9);
	build_v4(b, 192, 0, 2, 1);
	build_be16(b, rport);
	build_be16(b, lport);
	build_put(b, 0, 4 + 4 + 4 + 8);
	return build_slice(b);
}

/* From 2001:db8::1 to 2001:db8::9. */
static inline struct slice payload_tcp6(uint32_t pid, uint32_t size, unsigned lport, unsigned rport)
{
	struct build *b = payload();
	build_put(b, pid, 4);
	build_put(b, size, 4);
	for (unsigned last = 9; last > 0; last = last == 9 ? 1 : 0) {
		build_put(b, 0xb80d0120, 4);
		build_put(b, 0, 11);
		build_put(b, last, 1);
	}
	build_be16(b, rport);
	build_be16(b, lport);
	build_put(b, 0, 4 + 8);
	return build_slice(b);
}

/* A process, version 4, with a SID or without. */
static inline struct slice payload_process(uint32_t pid, uint32_t ppid, bool sid, const char *name)
{
	struct build *b = payload();
	build_put(b, 0x1000, 8);
	build_put(b, pid, 4);
	build_put(b, ppid, 4);
	build_put(b, 1, 4);
	build_put(b, 7, 4);
	build_put(b, 0x2000, 8);
	build_put(b, 0, 4);
	if (sid) {
		build_put(b, 0xffff0001, 16);
		build_put(b, 0x0201, 2);
		build_put(b, 0, 6 + 8);
	} else {
		build_put(b, 0, 4);
	}
	build_add(b, slice_of(name, strlen(name) + 1));
	build_wide(b, "a command line");
	return build_slice(b);
}

static inline struct slice payload_image(uint32_t pid, const char *path)
{
	struct build *b = payload();
	build_put(b, 0x400000, 8);
	build_put(b, 0x1000, 8);
	build_put(b, pid, 4);
	build_put(b, 0, 4 + 4 + 4 + 8 + 16);
	build_wide(b, path);
	return build_slice(b);
}

static inline struct slice payload_started(uint32_t pid, uint32_t ppid, unsigned version, const char *path)
{
	struct build *b = payload();
	build_put(b, pid, 4);
	build_put(b, 9, version >= 3 ? 16 : 8);
	build_put(b, ppid, 4);
	build_put(b, 1, version >= 3 ? 12 : 4);
	build_put(b, 0, version >= 1 ? 4 : 0);
	if (version >= 3) {
		build_put(b, 0, 8);
		build_put(b, 0x0101, 2);
		build_put(b, 0, 6 + 4);
	}
	build_wide(b, path);
	return build_slice(b);
}

static inline void payload_sockaddr(struct build *b, unsigned port, unsigned last, bool v6)
{
	build_put(b, v6 ? 28 : 16, 4);
	build_put(b, v6 ? 23 : 2, 2);
	build_be16(b, port);
	if (v6) {
		build_put(b, 0, 4);
		build_put(b, 0xb80d0120, 4);
		build_put(b, 0, 11);
		build_put(b, last, 1);
		build_put(b, 0, 4);
		return;
	}
	build_v4(b, 198, 51, 100, last);
	build_put(b, 0, 8);
}

/* Of Microsoft-Windows-TCPIP: 1002, 1017, 1033, 1034, 1169. */
static inline struct slice payload_tcpip(unsigned id, uint32_t pid, uint32_t status, unsigned lport, bool v6)
{
	struct build *b = payload();
	if (id == 1002 || id == 1169)
		build_put(b, 0x77, 8);
	if (id == 1169) {
		build_put(b, 1, 4);
		build_put(b, status, 4); /* the bytes */
	}
	payload_sockaddr(b, lport, 1, v6);
	payload_sockaddr(b, 443, 9, v6);
	if (id != 1002 && id != 1169)
		build_put(b, status, 4);
	build_put(b, pid, 4);
	build_put(b, 1, 4);
	build_put(b, 0x77, 8);
	return build_slice(b);
}

static inline struct slice payload_wfp(unsigned way)
{
	struct build *b = payload();
	build_put(b, BUILD_START, 8);
	payload_sockaddr(b, 40001, 1, false);
	payload_sockaddr(b, 443, 9, false);
	build_put(b, 0, 4);
	build_wide(b, "\\device\\a\\agent.exe");
	build_put(b, 0x0101, 2);
	build_put(b, 0, 6 + 4);
	build_put(b, 0, 12);
	build_put(b, way, 4);
	build_put(b, 0, 4 + 8 + 2);
	return build_slice(b);
}

/* Of DNS-Client: 3006, 3008, 3010, 3011, 3020. */
static inline struct slice payload_dns(unsigned id, const char *name, unsigned type, uint32_t status, const char *text)
{
	struct build *b = payload();
	build_wide(b, name);
	build_put(b, type, 4);
	if (id == 3006 || id == 3008 || id == 3020)
		build_put(b, 0, 8);
	if (id == 3008 || id == 3020)
		build_put(b, status, 4);
	build_wide(b, text);
	if (id == 3011)
		build_put(b, status, 4);
	return build_slice(b);
}

/* An Ethernet frame: UDP from 192.0.2.1 to 203.0.113.9 with ten bytes. */
enum { FRAME_SIZE = 14 + 20 + 8 + 10 };

static inline const unsigned char *payload_frame(void)
{
	static unsigned char f[FRAME_SIZE] = {2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 8, 0,
					      0x45, 0, 0, 38, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 203, 0, 113, 9,
					      0x9c, 0x41, 0x1f, 0x90, 0, 18, 0, 0, 'h', 'e', 'l', 'l', 'o'};
	return f;
}

static inline struct slice payload_ndis(size_t from, size_t size, bool of_switch)
{
	struct build *b = payload();
	build_put(b, 12, 4);
	build_put(b, 3, 4);
	if (of_switch) {
		build_put(b, 1, 4);
		build_wide(b, "port");
		build_wide(b, "nic");
		build_wide(b, "internal");
		build_put(b, 1, 4);
		build_put(b, 0, 8);
	}
	build_put(b, size, 4);
	build_add(b, slice_of(payload_frame() + from, size));
	return build_slice(b);
}

static inline struct slice payload_pktmon(unsigned appearance, unsigned kind, size_t from)
{
	struct build *b = payload();
	build_put(b, 100, 8);
	build_put(b, 1, 2);
	build_put(b, appearance, 2);
	build_put(b, 4, 2);
	build_put(b, kind, 2);
	build_put(b, 1, 2 + 2 + 2);
	build_put(b, 0, 8);
	build_put(b, FRAME_SIZE - from, 2);
	build_put(b, FRAME_SIZE - from, 2);
	build_add(b, slice_of(payload_frame() + from, FRAME_SIZE - from));
	return build_slice(b);
}

#endif
