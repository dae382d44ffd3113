/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/evidence_line.h"

static const char *const names[FIELD_COUNT] = {
	[FIELD_KIND] = "kind",
	[FIELD_SERVERS] = "servers",
	[FIELD_PROXY] = "proxy",
	[FIELD_HTTP] = "http",
	[FIELD_HTTPS] = "https",
	[FIELD_T] = "t",
	[FIELD_MONO] = "mono",
	[FIELD_PID] = "pid",
	[FIELD_TID] = "tid",
	[FIELD_PPID] = "ppid",
	[FIELD_UID] = "uid",
	[FIELD_COMM] = "comm",
	[FIELD_EXE] = "exe",
	[FIELD_IMAGE] = "image",
	[FIELD_INODE] = "inode",
	[FIELD_CGROUP] = "cgroup",
	[FIELD_TREE] = "tree",
	[FIELD_SUITE] = "suite",
	[FIELD_CALL] = "call",
	[FIELD_PROTO] = "proto",
	[FIELD_SRC] = "src",
	[FIELD_SPORT] = "sport",
	[FIELD_DST] = "dst",
	[FIELD_DPORT] = "dport",
	[FIELD_VALUE] = "value",
	[FIELD_COOKIE] = "cookie",
	[FIELD_NETNS] = "netns",
	[FIELD_IFINDEX] = "ifindex",
	[FIELD_SIZE] = "size",
	[FIELD_STATE] = "state",
	[FIELD_ERROR] = "error",
	[FIELD_SENT] = "sent",
	[FIELD_RECEIVED] = "received",
	[FIELD_CHILD] = "child",
	[FIELD_STATUS] = "status",
	[FIELD_PATH] = "path",
	[FIELD_SHA256] = "sha256",
	[FIELD_PROBLEM] = "problem",
	[FIELD_FAMILY] = "family",
	[FIELD_TYPE] = "type",
	[FIELD_ABSTRACT] = "abstract",
	[FIELD_WITNESS] = "witness",
	[FIELD_PART] = "part",
	[FIELD_DETAIL] = "detail",
	[FIELD_REMEDY] = "remedy",
	[FIELD_ROUND] = "round",
	[FIELD_END] = "end",
	[FIELD_TOOL] = "tool",
	[FIELD_MOMENT] = "moment",
	[FIELD_COMMAND] = "command",
	[FIELD_VERSION] = "version",
	[FIELD_AT] = "at",
	[FIELD_APP] = "app",
	[FIELD_ROLE] = "role",
	[FIELD_CHANGE] = "change",
	[FIELD_COPY] = "copy",
	[FIELD_COPIED_FROM] = "copied_from",
	[FIELD_BEFORE] = "before",
	[FIELD_AFTER] = "after",
	[FIELD_ADDRESSES] = "addresses",
	[FIELD_REASON] = "reason",
	[FIELD_UNTIL] = "until",
	[FIELD_COMMAND_ENDED] = "command_ended",
	[FIELD_PROCESSES] = "processes",
	[FIELD_PACKETS] = "packets",
	[FIELD_BYTES] = "bytes",
	[FIELD_DROPPED] = "dropped",
	[FIELD_LOST] = "lost",
	[FIELD_LOCAL] = "local",
	[FIELD_LPORT] = "lport",
	[FIELD_REMOTE] = "remote",
	[FIELD_RPORT] = "rport",
	[FIELD_SESSION] = "session",
	[FIELD_FORMAT] = "format",
	[FIELD_RECORDS] = "records",
	[FIELD_OPCODE] = "opcode",
	[FIELD_REQUEST] = "request",
	[FIELD_PROCESS] = "process",
	[FIELD_PROVIDER] = "provider",
	[FIELD_PROVIDERS] = "providers",
	[FIELD_DENIED] = "denied",
	[FIELD_UNRECORDED] = "unrecorded",
	[FIELD_NAME] = "name",
	[FIELD_NUMBER] = "number",
	[FIELD_TRIED] = "tried",
	[FIELD_HELD] = "held",
	[FIELD_HIDDEN] = "hidden",
	[FIELD_PASSED] = "passed",
	[FIELD_ID] = "id",
	[FIELD_KEYWORD] = "keyword",
	[FIELD_FLAGS] = "flags",
	[FIELD_DATA] = "data",
	[FIELD_OWN] = "own",
};

const char *evidence_line_read(struct slice line, struct evidence_line *ret)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		ret->members[i].key = names[i];
	const char *wrong = json_read_object(line, ret->members, FIELD_COUNT, NULL);
	if (!wrong && ret->members[FIELD_KIND].value.type != JSON_STRING)
		wrong = "a record without its kind";
	return wrong;
}

bool evidence_u64(const struct evidence_line *l, enum evidence_field f, uint64_t *ret)
{
	return json_u64(&l->members[f].value, UINT64_MAX, ret);
}

bool evidence_i64(const struct evidence_line *l, enum evidence_field f, int64_t *ret)
{
	return json_i64(&l->members[f].value, ret);
}

bool evidence_flag(const struct evidence_line *l, enum evidence_field f)
{
	return l->members[f].value.type == JSON_TRUE;
}

bool evidence_text(const struct evidence_line *l, enum evidence_field f, char *buffer,
		   struct slice *ret)
{
	return json_string(&l->members[f].value, buffer, EVIDENCE_STRING_MAX, ret);
}

bool evidence_is(const struct evidence_line *l, enum evidence_field f, const char *text)
{
	return l->members[f].value.type == JSON_STRING && slice_is(l->members[f].value.raw, text);
}
