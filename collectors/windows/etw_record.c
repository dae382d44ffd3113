/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/etw_record.h"

#include <stdio.h>

enum { FILETIME_NS = 100 };

#define FILETIME_1970 INT64_C(116444736000000000)

void etw_guid_text(const unsigned char guid[static ETW_GUID_SIZE], char ret[static ETW_GUID_TEXT_MAX])
{
	struct cursor c = cursor_over(slice_of(guid, ETW_GUID_SIZE));
	unsigned first = cursor_le32(&c), second = cursor_le16(&c), third = cursor_le16(&c);
	unsigned fourth = cursor_be16(&c), fifth = cursor_be16(&c), sixth = cursor_be32(&c);
	snprintf(ret, ETW_GUID_TEXT_MAX, "%08x-%04x-%04x-%04x-%04x%08x", first, second, third, fourth, fifth, sixth);
}

/* Nanoseconds since 1970; what lies outside of that is 0. */
static int64_t wall_of(int64_t filetime)
{
	int64_t since = filetime > FILETIME_1970 ? filetime - FILETIME_1970 : 0;
	return since <= INT64_MAX / FILETIME_NS ? since * FILETIME_NS : 0;
}

void etw_record_write(struct evidence *e, const struct etw_record *r, struct slice data)
{
	char guid[ETW_GUID_TEXT_MAX];
	struct slice kept = slice_part(data, 0, ETW_DATA_MAX);
	struct json *j = evidence_begin(e, "etw", wall_of(r->filetime));
	etw_guid_text(r->provider, guid);
	json_add_string(j, "provider", guid);
	json_add_u64(j, "id", r->id);
	json_add_u64(j, "version", r->version);
	json_add_u64(j, "opcode", r->opcode);
	json_add_u64(j, "level", r->level);
	json_add_u64(j, "keyword", r->keyword);
	json_add_u64(j, "flags", r->flags);
	json_add_u64(j, "pid", r->pid);
	json_add_u64(j, "tid", r->tid);
	if (r->size > kept.size)
		json_add_u64(j, "size", r->size);
	json_add_hex(j, "data", kept.at, kept.size);
	evidence_end(e);
}
