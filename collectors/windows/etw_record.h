/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_ETW_RECORD_H
#define COLLECTORS_WINDOWS_ETW_RECORD_H

/*
 * One event of Windows as it goes into the evidence: the header's members by name and
 * the payload as it stands. Nothing of it is understood here (that is what reads the
 * evidence), and nothing here is of Windows, so that every platform can test it.
 */

#include "collectors/evidence.h"

enum {
	ETW_DATA_MAX = 16 << 10, /* bytes of a payload; of a longer one the rest is left out */
	ETW_GUID_SIZE = 16,
	ETW_GUID_TEXT_MAX = 37,
};

/* The members of an EVENT_HEADER (evntcons.h of the Windows SDK) that are kept. */
struct etw_record {
	int64_t filetime; /* 100 ns since 1601 UTC */
	unsigned char provider[ETW_GUID_SIZE]; /* as a GUID stands in memory */
	uint64_t keyword;
	uint32_t pid, tid;
	uint16_t id, flags;
	uint8_t version, level, opcode;
	uint32_t size; /* of the whole payload, where not all of it is kept */
};

/* Writes a record of the kind "etw". */
void etw_record_write(struct evidence *e, const struct etw_record *r, struct slice data);

/* "7dd42a49-5329-4832-8dfd-43d979153a88" */
void etw_guid_text(const unsigned char guid[static ETW_GUID_SIZE], char ret[static ETW_GUID_TEXT_MAX]);

#endif
