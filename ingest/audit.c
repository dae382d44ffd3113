/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.ndjson (airgap-verify-formats(5)): what a scheduled audit knew of the last ones, what
 * it looked at itself, and how it found the logs again; a JSON object a line.
 *
 *   {"format":"airgap-verify audit","version":1,"began_ns":9,"every_ns":5,"past":30,"scope":"host",
 *    "boot_id":"…","fingerprint":"…","last_id":"…","last_ended_ns":4,…}
 *   {"known":"listener","name":"tcp 0.0.0.0 port 80 nginx","value":"","first_ns":2,"last_ns":4}
 *   {"fact":"extension","name":"dev VS Code a.b","value":"1.0 sha256:…"}
 *   {"log":"ufw","path":"/var/log/ufw.log","trail":"rotated","from":4711}
 *   {"piece":"applogs/since-1-ufw.log","log":"ufw","path":"/var/log/ufw.log.1","from":4711,"to":5000}
 */
#include "ingest/member_rows.h"
#include "ingest/registry.h"

enum { ROWS_READ_MAX = 400000 };

static const struct member_kind kinds[] = {
	{"format", QUERY_AUDIT_RUN_INSERT, false, "a first line of which not all is told",
	 {{"began_ns", MEMBER_NUMBER, true, 0}, {"every_ns", MEMBER_NUMBER, true, 0}, {"past", MEMBER_NUMBER, true, 0}, {"boot_id", MEMBER_TEXT, false, 0}, {"scope", MEMBER_TEXT, true, 0},
	  {"fingerprint", MEMBER_TEXT, false, 0}, {"last_id", MEMBER_TEXT, false, 0}, {"last_began_ns", MEMBER_NUMBER, false, 0}, {"last_ended_ns", MEMBER_NUMBER, false, 0},
	  {"last_verdict", MEMBER_VERDICT, false, 0}, {"last_boot_id", MEMBER_TEXT, false, 0}, {"last_fingerprint", MEMBER_TEXT, false, 0}, {"trouble_ns", MEMBER_NUMBER, false, 0},
	  {"trouble", MEMBER_TEXT, false, 0}, {"forgotten", MEMBER_TEXT, false, 0}}},
	{"known", QUERY_AUDIT_KNOWN_INSERT, true, "something known of which not all is told",
	 {{"known", MEMBER_TEXT, true, 0}, {"name", MEMBER_TEXT, true, 0}, {"value", MEMBER_TEXT, true, 0}, {"first_ns", MEMBER_NUMBER, true, 0}, {"last_ns", MEMBER_NUMBER, true, 0}}},
	{"fact", QUERY_AUDIT_FACT_INSERT, true, "a fact of which not all is told",
	 {{"fact", MEMBER_TEXT, true, 0}, {"name", MEMBER_TEXT, true, 0}, {"value", MEMBER_TEXT, true, 0}}},
	{"piece", QUERY_AUDIT_PIECE_INSERT, true, "a piece of a log of which not all is told",
	 {{"log", MEMBER_TEXT, true, 0}, {"path", MEMBER_TEXT, true, 0}, {"piece", MEMBER_TEXT, true, 0}, {"from", MEMBER_NUMBER, true, 0}, {"to", MEMBER_NUMBER, true, 0}, {"problem", MEMBER_TEXT, false, 0}}},
	{"log", QUERY_AUDIT_LOG_INSERT, true, "a log of which not all is told",
	 {{"log", MEMBER_TEXT, true, 0}, {"path", MEMBER_TEXT, true, 0}, {"trail", MEMBER_TEXT, true, 0}, {"from", MEMBER_NUMBER, false, 0}, {"problem", MEMBER_TEXT, false, 0}}},
};

static enum status read_audit(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	return member_rows(kinds, LENGTH(kinds), ROWS_READ_MAX, to, in, ret_records, err);
}

static unsigned sniff_audit(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify audit\",") ? 100 : 0;
}

const struct reader reader_audit = {
	.name = "audit",
	.reads = "what a scheduled audit knew of the last ones (audit.ndjson)",
	.writes = ROW_WRITES_AUDIT,
	.sniff = sniff_audit,
	.read = read_audit,
};
