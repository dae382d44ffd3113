/* SPDX-License-Identifier: Apache-2.0 */
/*
 * past.ndjson (airgap-verify-formats(5)): what earlier sessions of the same host found, a
 * JSON object a line; the oldest first, each before its destinations.
 *
 *   {"format":"airgap-verify past","version":1,"host":"a","place":"…","found":2,"left_out":0,"problem":null}
 *   {"audit":1,"id":"…","folder":"…","started_ns":1,"from_ns":1,"to_ns":2,"scope":"session",
 *    "verdict":"FAIL","attempts":3,"attempts_leaving":2,…,"seal":"holds","fingerprint":"…"}
 *   {"audit":1,"destination":"198.51.100.1","attempts":2}
 *   {"audit":2,"id":"…","folder":"…","started_ns":5,"problem":"…"}
 */
#include "ingest/member_rows.h"
#include "ingest/registry.h"

enum {
	AUDITS_MAX = 100,
	ROWS_READ_MAX = 60000, /* of AUDITS_MAX with 500 destinations each, and the first line */
};

#define AUDIT {"audit", MEMBER_NUMBER, true, AUDITS_MAX}
static const struct member_kind kinds[] = {
	{"format", QUERY_PAST_SEARCH_INSERT, false, "a first line of which not all is told",
	 {{"host", MEMBER_TEXT, true, 0}, {"place", MEMBER_TEXT, true, 0}, {"found", MEMBER_NUMBER, true, 0},
	  {"left_out", MEMBER_NUMBER, true, 0}, {"problem", MEMBER_TEXT, false, 0}}},
	{"destination", QUERY_PAST_DESTINATION_INSERT, false, "a destination of which not all is told",
	 {AUDIT, {"destination", MEMBER_TEXT, true, 0}, {"attempts", MEMBER_NUMBER, true, 0}}},
	{"audit", QUERY_PAST_INSERT, false, "an earlier session of which not all is told",
	 {AUDIT, {"id", MEMBER_TEXT, true, 0}, {"folder", MEMBER_TEXT, true, 0}, {"started_ns", MEMBER_NUMBER, true, 0},
	  {"from_ns", MEMBER_NUMBER, false, 0}, {"to_ns", MEMBER_NUMBER, false, 0}, {"scope", MEMBER_TEXT, false, 0},
	  {"verdict", MEMBER_VERDICT, false, 0}, {"attempts", MEMBER_NUMBER, false, 0}, {"attempts_leaving", MEMBER_NUMBER, false, 0},
	  {"lookups_leaving", MEMBER_NUMBER, false, 0}, {"findings_fail", MEMBER_NUMBER, false, 0},
	  {"findings_inconclusive", MEMBER_NUMBER, false, 0}, {"seen_permille", MEMBER_NUMBER, false, 0},
	  {"destinations_more", MEMBER_NUMBER, false, 0}, {"destinations_cut", MEMBER_FLAG, false, 0}, {"seal", MEMBER_TEXT, false, 0},
	  {"fingerprint", MEMBER_TEXT, false, 0}, {"tool", MEMBER_TEXT, false, 0}, {"problem", MEMBER_TEXT, false, 0}}},
};
#undef AUDIT

static enum status read_past(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	return member_rows(kinds, LENGTH(kinds), ROWS_READ_MAX, to, in, ret_records, err);
}

static unsigned sniff_past(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify past\",") ? 100 : 0;
}

const struct reader reader_past = {
	.name = "past",
	.reads = "what earlier sessions of the host found (past.ndjson)",
	.writes = ROW_WRITES_PAST,
	.sniff = sniff_past,
	.read = read_past,
};
