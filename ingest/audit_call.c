/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which system call a record is about: by its number and the machine's (linux/audit.h,
 * AUDIT_ARCH_…; asm/unistd.h of each), or by the name that log_format = ENRICHED adds.
 */
#include "ingest/audit_record.h"

#include "core/error.h"

enum {
	X86_64 = 0xc000003e,
	I386 = 0x40000003,
	AARCH64 = 0xc00000b7,
	X32_BIT = 0x40000000, /* set in the numbers of x32, which has x86_64's otherwise */
	SOCKETCALL = 102,     /* of i386: a0 tells which */
};

static const struct {
	uint32_t arch;
	unsigned number;
	enum audit_call call;
} numbers[] = {
	{X86_64, 42, AUDIT_CALL_CONNECT}, {X86_64, 43, AUDIT_CALL_ACCEPT},  {X86_64, 44, AUDIT_CALL_SEND},
	{X86_64, 46, AUDIT_CALL_SEND},	  {X86_64, 49, AUDIT_CALL_BIND},    {X86_64, 288, AUDIT_CALL_ACCEPT},
	{X86_64, 307, AUDIT_CALL_SEND},	  {X86_64, 426, AUDIT_CALL_URING},  {X86_64, 518, AUDIT_CALL_SEND},
	{X86_64, 538, AUDIT_CALL_SEND},	  {I386, 345, AUDIT_CALL_SEND},	    {I386, 361, AUDIT_CALL_BIND},
	{I386, 362, AUDIT_CALL_CONNECT},  {I386, 364, AUDIT_CALL_ACCEPT},   {I386, 369, AUDIT_CALL_SEND},
	{I386, 370, AUDIT_CALL_SEND},	  {I386, 426, AUDIT_CALL_URING},    {AARCH64, 200, AUDIT_CALL_BIND},
	{AARCH64, 202, AUDIT_CALL_ACCEPT}, {AARCH64, 203, AUDIT_CALL_CONNECT}, {AARCH64, 206, AUDIT_CALL_SEND},
	{AARCH64, 211, AUDIT_CALL_SEND},  {AARCH64, 242, AUDIT_CALL_ACCEPT}, {AARCH64, 269, AUDIT_CALL_SEND},
	{AARCH64, 426, AUDIT_CALL_URING},
};

/* linux/net.h, SYS_CONNECT and the like. */
static enum audit_call by_socketcall(struct slice a0)
{
	uint64_t which;
	if (!slice_hex_u64(a0, UINT32_MAX, &which))
		return AUDIT_CALL_UNKNOWN;
	switch (which) {
	case 2:
		return AUDIT_CALL_BIND;
	case 3:
		return AUDIT_CALL_CONNECT;
	case 5:
	case 18:
		return AUDIT_CALL_ACCEPT;
	case 11:
	case 16:
	case 20:
		return AUDIT_CALL_SEND;
	default:
		return AUDIT_CALL_NONE;
	}
}

static enum audit_call by_name(const struct audit_record *r)
{
	static const struct {
		const char *name;
		enum audit_call call;
	} names[] = {
		{"connect", AUDIT_CALL_CONNECT}, {"sendto", AUDIT_CALL_SEND},	 {"sendmsg", AUDIT_CALL_SEND},
		{"sendmmsg", AUDIT_CALL_SEND},	 {"accept", AUDIT_CALL_ACCEPT}, {"accept4", AUDIT_CALL_ACCEPT},
		{"bind", AUDIT_CALL_BIND},	 {"io_uring_enter", AUDIT_CALL_URING},
	};
	struct slice name = r->fields[AUDIT_CALL_NAME];
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is(name, names[i].name))
			return names[i].call;
	if (slice_is(name, "socketcall"))
		return by_socketcall(r->fields[AUDIT_A0]);
	return name.size ? AUDIT_CALL_NONE : AUDIT_CALL_UNKNOWN;
}

enum audit_call audit_call(const struct audit_record *r)
{
	uint64_t arch, number;
	if (!slice_hex_u64(r->fields[AUDIT_ARCH], UINT32_MAX, &arch) ||
	    !slice_u64(r->fields[AUDIT_NUMBER], UINT32_MAX, &number) ||
	    (arch != X86_64 && arch != I386 && arch != AARCH64))
		return by_name(r);
	if (arch == X86_64)
		number &= ~(uint64_t)X32_BIT;
	if (arch == I386 && number == SOCKETCALL)
		return by_socketcall(r->fields[AUDIT_A0]);
	for (size_t i = 0; i < LENGTH(numbers); i++)
		if (numbers[i].arch == arch && numbers[i].number == number)
			return numbers[i].call;
	return AUDIT_CALL_NONE;
}
