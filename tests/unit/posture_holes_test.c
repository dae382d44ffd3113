/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a firewall's holes, and of rules that are only kept. */
#include "tests/unit/posture_records.h"

/* Whoever may not ask the kernel is told what the files say, and that it is no more. */
static void kept_rules_are_told(void **state)
{
	struct rows *r = *state;
	static const struct record records[RECORDS_MAX] = {
		{"nft", "", "tool", "", NULL, "failed"},
		OF("firewalld-policy", "firewalld", "system", "<policy target=\"DROP\"><ingress-zone name=\"HOST\"/><egress-zone name=\"ANY\"/></policy>"),
	};
	read_records(r, records);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found FROM v_posture WHERE check_id = 'posture_firewall_default' AND subject = 'IPv4'",
		    "unknown|The rules in force could not be read (nft): failed; as they are kept: /firewalld-policy-system: denied, "
		    "what no rule decides is dropped;");
}

/* A hole to anywhere is worse than one to a place; the ruleset that has none of them
 * bounds what another lets through. */
static void wide_holes_weigh_more(void **state)
{
	static const struct {
		const char *rules, *severity, *part;
	} all[] = {
		{"tcp dport 443 accept", "high", "wherever it goes: tcp dport 443 accept"},
		{"ip daddr 0.0.0.0/1 accept", "high", "wherever it goes"},
		{"ip daddr 192.0.2.1 accept", "medium", "out over IPv4: ip daddr 192.0.2.1"},
		{"ip daddr 192.0.2.1 accept\nudp dport 53 accept", "high", "1 of them wherever it goes; the first: udp dport 53"},
		{"ip daddr 192.0.2.1 jump p }\n chain p {\n tcp dport 443 accept\n", "medium", "ip daddr 192.0.2.1 jump p"},
		{"tcp dport 443 jump p }\n chain p {\n ip daddr 192.0.2.1 accept\n", "medium", "tcp dport 443 jump p"},
		{"tcp dport 443 jump p }\n chain p {\n accept\n", "high", "wherever it goes: tcp dport 443 jump p"},
		{"tcp dport 443 accept }\n chain q {\n type filter hook postrouting priority 0; policy drop;\n ip daddr 192.0.2.1 accept\n ip daddr 192.0.2.2 accept\n",
		 "medium", "2 rules"},
	};
	struct rows *r = *state;
	for (size_t i = 0; i < LENGTH(all); i++) {
		AUTO_TEXT struct text text = text_make(1 << 12), sql = text_make(1 << 12);
		text_addf(&text, "table inet f {\n chain o {\n  type filter hook output priority 0; policy drop;\n%s\n }\n}\n", all[i].rules);
		const struct record records[RECORDS_MAX] = {TOOL("nft", text_string(&text))};
		read_records(r, records);
		judge_records(r);
		text_addf(&sql, "SELECT severity, instr(found, '%s') > 0 FROM v_posture WHERE check_id = 'posture_firewall_holes' AND subject = 'IPv4'", all[i].part);
		AUTO_TEXT struct text wanted = text_make(64);
		text_addf(&wanted, "%s|1;", all[i].severity);
		const char *got = rows_get(r->store, text_string(&sql));
		if (strcmp(got, text_string(&wanted)) != 0)
			print_error("%s: %s\n", all[i].rules, got);
		assert_string_equal(got, text_string(&wanted));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(wide_holes_weigh_more),
		rows_test(kept_rules_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
