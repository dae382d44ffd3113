/* SPDX-License-Identifier: Apache-2.0 */
/* What the witnesses of Windows show, and what they do not. */
#include "tests/unit/windows_session.h"

#define FINDINGS "SELECT effect, check_id FROM finding ORDER BY id"

static void canaries_that_nobody_told_of(void **state)
{
	for (int i = 0; i < 2; i++) {
		struct windows w;
		void *own = NULL;
		assert_int_equal(rows_setup(&own), 0);
		windows_begin(&w, own);
		w.blind_udp = i == 0;
		w.blind_after = i == 1;
		windows_start(&w);
		assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
		assert_rows(w.r->store, FINDINGS, "INCONCLUSIVE|witness_blind;");
		assert_rows(w.r->store, "SELECT witness, state FROM coverage", "etw|blind;");
		rows_teardown(&own);
	}
	(void)state;
}

/* Somebody else's events at the canaries' ports show nothing. */
static void canaries_are_the_suites_own(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	struct json *j = windows_record(&w, "etw_session", 2);
	json_add_u64(j, "pid", WINDOWS_SUITE + 4);
	evidence_end(w.e);
	windows_start(&w);
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, "SELECT witness, state FROM coverage", "etw|blind;");
}

/* What is in the way of one provider is in the way of a PASS, but for that of processes. */
static void parts_of_it_are_needed(void **state)
{
	static const char *const parts[] = {"attempts", "lookups", "processes"};
	for (size_t i = 0; i < LENGTH(parts); i++) {
		struct windows w;
		void *own = NULL;
		assert_int_equal(rows_setup(&own), 0);
		windows_begin(&w, own);
		struct json *j = windows_record(&w, "witness", 2);
		json_add_string(j, "witness", "etw");
		json_add_string(j, "part", parts[i]);
		json_add_string(j, "state", "missing");
		json_add_string(j, "detail", "access is denied");
		evidence_end(w.e);
		windows_start(&w);
		bool needed = strcmp(parts[i], "processes") != 0;
		assert_int_equal(windows_judge(&w), needed ? VERDICT_INCONCLUSIVE : VERDICT_PASS);
		assert_rows(w.r->store, FINDINGS, needed ? "INCONCLUSIVE|witness_part;" : "");
		rows_teardown(&own);
	}
	(void)state;
}

static void without_its_processes_there_is_no_session(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	w.nobody = true;
	windows_start(&w);
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, FINDINGS, "INCONCLUSIVE|no_processes;");
}

static void lost_events_prove_nothing(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	w.lost = 3;
	windows_start(&w);
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, FINDINGS, "INCONCLUSIVE|witness_loss;");
	assert_rows(w.r->store, "SELECT state, lost FROM coverage", "lost|3;");
}

/* Dnscache asks on for whoever asks it. */
static void a_name_lookup_fails(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_dns, 3006, 0, WINDOWS_COMMAND, payload_dns(3006, "telemetry.example", 1, 0, ""));
	windows_event(&w, 12.1, guid_dns, 3010, 0, WINDOWS_OTHER, payload_dns(3010, "Telemetry.example.corp.example", 1, 0, "198.51.100.53"));
	windows_event(&w, 12.2, guid_dns, 3011, 0, WINDOWS_OTHER, payload_dns(3011, "Telemetry.example.corp.example", 1, 9003, "198.51.100.53"));
	windows_event(&w, 12.3, guid_dns, 3008, 0, WINDOWS_COMMAND, payload_dns(3008, "telemetry.example", 1, 9003, ""));
	assert_int_equal(windows_judge(&w), VERDICT_FAIL);
	assert_rows(w.r->store, FINDINGS, "FAIL|name_resolver;");
	assert_contains(rows_get(w.r->store, "SELECT detail FROM finding"),
			"one for Telemetry.example.corp.example then went to 198.51.100.53 on another machine.");
	assert_contains(rows_get(w.r->store, "SELECT detail FROM finding"), "agent.exe (pid 1000) asked for telemetry.example at ");
	assert_rows(w.r->store, "SELECT transport, server, qname, rcode, dir, pid, in_session FROM v_dns ORDER BY id",
		    "client||telemetry.example|NXDOMAIN|local|1000|1;"
		    "client|198.51.100.53|Telemetry.example.corp.example|NXDOMAIN|out|2000|0;");
}

/* Asked by somebody else, answered by this machine, and not asked on. */
static void other_lookups_do_not(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	windows_start(&w);
	windows_event(&w, 12, guid_dns, 3006, 0, WINDOWS_OTHER, payload_dns(3006, "update.example", 1, 0, ""));
	windows_event(&w, 12, guid_dns, 3010, 0, WINDOWS_OTHER, payload_dns(3010, "update.example", 1, 0, "198.51.100.53"));
	windows_event(&w, 13, guid_dns, 3006, 0, WINDOWS_COMMAND, payload_dns(3006, "model.example", 1, 0, ""));
	windows_event(&w, 13, guid_dns, 3010, 0, WINDOWS_OTHER, payload_dns(3010, "model.example", 1, 0, "127.0.0.1"));
	windows_event(&w, 14, guid_dns, 3006, 0, WINDOWS_COMMAND, payload_dns(3006, "localhost", 1, 0, ""));
	windows_event(&w, 14, guid_dns, 3008, 0, WINDOWS_COMMAND, payload_dns(3008, "localhost", 1, 0, "127.0.0.1;"));
	assert_int_equal(windows_judge(&w), VERDICT_PASS);
	assert_rows(w.r->store, "SELECT in_session, dir FROM dns ORDER BY id", "0|local;0|out;1|local;0|local;1|local;");
}

/* The witnesses of Linux are asked for by default. */
static void the_default_policy_is_told_what_there_is(void **state)
{
	struct windows w;
	windows_begin(&w, *state);
	w.policy = "";
	windows_start(&w);
	assert_int_equal(windows_judge(&w), VERDICT_INCONCLUSIVE);
	assert_rows(w.r->store, "SELECT check_id, title, detail FROM finding",
		    "witness_missing|A required witness was missing: kernel|There is none of that name on Windows, where the session ran.;"
		    "witness_missing|A required witness was missing: packets|There is none of that name on Windows, where the session ran.;");
	assert_contains(rows_get(w.r->store, "SELECT remedy FROM finding"), "required = etw, socket_tables");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canaries_that_nobody_told_of),
		rows_test(canaries_are_the_suites_own),
		cmocka_unit_test(parts_of_it_are_needed),
		rows_test(without_its_processes_there_is_no_session),
		rows_test(lost_events_prove_nothing),
		rows_test(a_name_lookup_fails),
		rows_test(other_lookups_do_not),
		rows_test(the_default_policy_is_told_what_there_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
