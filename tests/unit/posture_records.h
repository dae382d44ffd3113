/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_POSTURE_RECORDS_H
#define TESTS_UNIT_POSTURE_RECORDS_H

/*
 * Records of a machine as a collector writes them, read and judged.
 */

#include "tests/unit/posture_text.h"
#include "tests/unit/socket_table.h"

#include "analysis/posture.h"
#include "core/json.h"

enum { RECORDS_MAX = 6 };

struct record {
	const char *what, *subject, *scope, *path, *text;
	const char *state; /* NULL: "read" */
};

#define MACHINE(what, text) {what, "", "system", "/" what, text, NULL}
#define TOOL(what, text) {what, "", "tool", "", text, "recorded"}
#define OF(what, subject, scope, text) {what, subject, scope, "/" what "-" scope, text, NULL}
#define HERE(subject) {"program", subject, "user", "/here", NULL, "there"}

#define DENIES DENIES_AND("")
#define NFT(rules) TOOL("nft", "table inet f {\n chain o {\n  type filter hook output priority 0; policy drop;\n" rules "\n }\n}\n")
#define DENIES_AND(more)                                                              \
	TOOL("nft", "table inet f {\n chain o {\n  type filter hook output priority 0; policy drop;\n" \
		    "  oifname \"lo\" accept\n }\n}\n" more)
#define EGRESS(devices) TOOL("nft", "table netdev d {\n chain e {\n  type filter hook egress " devices " priority 0; policy drop;\n }\n}\n")
#define DEVICES(text) MACHINE("interfaces", "lo unknown wired\n" text)
#define LISTENS(address, process) TOOL("listeners", "tcp LISTEN 0 9 " address " 0.0.0.0:* users:((\"" process "\",pid=7,fd=3))\n")

static inline void read_records(struct rows *r, const struct record records[])
{
	AUTO_TEXT struct text all = text_make(1 << 16);
	text_add_string(&all, "{\"format\":\"airgap-verify posture\",\"version\":1}\n");
	for (size_t i = 0; i < RECORDS_MAX && records[i].what; i++) {
		struct json j = json_on(&all);
		json_begin_object(&j, NULL);
		json_add_string(&j, "what", records[i].what);
		json_add_string(&j, "subject", records[i].subject);
		json_add_string(&j, "scope", records[i].scope);
		json_add_string(&j, "path", records[i].path);
		json_add_string(&j, "state", records[i].state ? records[i].state : "read");
		if (records[i].text)
			json_add_string(&j, "text", records[i].text);
		json_end_object(&j);
		text_add_char(&all, '\n');
	}
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	sqlite3_exec(db,
		     "DELETE FROM posture_fact; DELETE FROM posture_doubt; DELETE FROM posture_rule; DELETE FROM posture_chain;"
		     "DELETE FROM posture_listener; DELETE FROM posture_item;",
		     NULL, NULL, NULL);
	read_table(r, &reader_posture, text_string(&all));
}

static inline void judge_records(struct rows *r)
{
	struct error err = {0};
	enum status status = posture_judge(r->store, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

#endif
