/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/check.h"
#include "analysis/steps.h"

#define FAIL "FAIL"
#define OPEN "INCONCLUSIVE"
#define NOTE "NOTE"

/* In the order in which findings are told: what proves egress first. */
const struct check checks[] = {
	{"egress", "Egress", "the session reached out, or tried to", FAIL, QUERY_CHECK_EGRESS},
	{"passed_socket", "Passed sockets", "another process sent on a socket of the session", FAIL,
	 QUERY_CHECK_PASSED_SOCKET},
	{"name_leak", "Name lookups", "the session asked a name server on another machine", FAIL,
	 QUERY_CHECK_NAME_LEAK},
	{"name_forwarded", "Forwarded lookups", "a local resolver asked on for the session", FAIL,
	 QUERY_CHECK_NAME_FORWARDED},
	{"name_resolver", "Resolver of Windows", "the resolver of Windows asked on for the session", FAIL,
	 QUERY_CHECK_NAME_RESOLVER},
	{"log_contradicted", "Log contradicted", "the app's log says other than what happened", FAIL,
	 QUERY_CHECK_LOG_CONTRADICTED},
	{"log_time", "Log's clock", "the app's log agrees only by a guess at its clock", OPEN,
	 QUERY_CHECK_LOG_TIME},
	{"log_clock", "Log's other clock", "the app's log runs by another clock, or by one that cannot be told", OPEN,
	 QUERY_CHECK_LOG_CLOCK},
	{"no_session", "A session", "nothing shows what was watched", OPEN, QUERY_CHECK_NO_SESSION},
	{"not_executed", "Command", "the command was not executed", OPEN, QUERY_CHECK_NOT_EXECUTED},
	{"clock_step", "Stepped clock", "the machine's clock was set while the session ran", OPEN,
	 QUERY_CHECK_CLOCK_STEP},
	{"evidence_open", "Evidence log", "the chain of checkpoints is broken or has no end", OPEN,
	 QUERY_CHECK_EVIDENCE_OPEN},
	{"second_place", "Second place", "the head of the evidence was not told to a place that the policy names", OPEN,
	 QUERY_CHECK_SECOND_PLACE},
	{"witness_missing", "Missing witness", "a witness did not work or died", OPEN,
	 QUERY_CHECK_WITNESS_MISSING},
	{"witness_part", "Missing part", "a witness was without a part that it needs", OPEN,
	 QUERY_CHECK_WITNESS_PART},
	{"isolation", "Isolation", "something worked inside that must not", OPEN, QUERY_CHECK_ISOLATION},
	{"isolation_open", "Not hidden", "an isolated session could ask another program", OPEN, QUERY_CHECK_ISOLATION_OPEN},
	{"carried", "Carried out", "a server outside was told something, and may have passed it on", OPEN, QUERY_CHECK_CARRIED},
	{"polling", "Polling", "only witnesses that look now and then were asked for", OPEN, QUERY_CHECK_POLLING},
	{"no_processes", "Processes", "nothing tells which processes are the session's", OPEN,
	 QUERY_CHECK_NO_PROCESSES},
	{"witness_gap", "Gaps", "a witness was blind (witness_blind) or lost records (witness_loss)", OPEN,
	 QUERY_CHECK_WITNESS_GAP},
	{"uncovered", "Coverage", "a required witness did not cover all of the session", OPEN,
	 QUERY_CHECK_UNCOVERED},
	{"unattributed", "Unattributed packets", "packets left that no process explains", OPEN,
	 QUERY_CHECK_UNATTRIBUTED},
	{"packetless", "Attempt without a packet", "a connection was made of which no packet was captured", OPEN,
	 QUERY_CHECK_PACKETLESS},
	{"unopened_socket", "Socket without an event", "a socket stands in a table that no event opened", OPEN,
	 QUERY_CHECK_UNOPENED_SOCKET},
	{"unseen_socket", "Unseen socket", "a socket was gone that nobody had seen", OPEN, QUERY_CHECK_UNSEEN_SOCKET},
	{"tree_hole", "Tree of processes", "a process of the session began unseen", OPEN, QUERY_CHECK_TREE_HOLE},
	{"special_socket", "Raw sockets", "a way to send that the hooks do not see", OPEN,
	 QUERY_CHECK_SPECIAL_SOCKET},
	{"unknown_destination", "Unknown destination", "nobody saw where the session sent to", OPEN,
	 QUERY_CHECK_UNKNOWN_DESTINATION},
	{"inherited", "Inherited sockets", "the command got a socket that reaches out already", OPEN,
	 QUERY_CHECK_INHERITED},
	{"name_proxy", "Resolver daemon", "lookups may have been made on behalf of the session", OPEN,
	 QUERY_CHECK_NAME_PROXY},
	{"answered", "Connections from outside", "another machine connected, and what it was answered was not seen", OPEN,
	 QUERY_CHECK_ANSWERED},
	{"unix_peer", "Other programs", "another program may have reached out for the session", OPEN,
	 QUERY_CHECK_UNIX_PEER},
	{"service_peer", "Services of Windows", "a service may have reached out for the session", OPEN,
	 QUERY_CHECK_SERVICE_PEER},
	{"local_peer", "Local servers", "a local server may have passed on what it was told", OPEN,
	 QUERY_CHECK_LOCAL_PEER},
	{"older_socket", "Older connections", "a process under watch may have held a connection", OPEN,
	 QUERY_CHECK_OLDER_SOCKET},
	{"network_file", "File servers", "the kernel carried files to another machine", OPEN,
	 QUERY_CHECK_NETWORK_FILE},
	{"later_process", "Started later", "of what is named something started by itself during the watch", OPEN,
	 QUERY_CHECK_LATER_PROCESS},
	{"left_running", "Left running", "processes of the session outlived the watch", OPEN,
	 QUERY_CHECK_LEFT_RUNNING},
	{"unfinished", "Unfinished", "the watch ended before the command", OPEN, QUERY_CHECK_UNFINISHED},
	{"log_required", "Log required", "the policy asks for a log and none was given", OPEN,
	 QUERY_CHECK_LOG_REQUIRED},
	{"log_unreadable", "Log unreadable", "a log, or lines of it, could not be read", OPEN,
	 QUERY_CHECK_LOG_UNREADABLE},
	{"log_unreported", "Log silent", "the app's log omits attempts that were seen", OPEN,
	 QUERY_CHECK_LOG_UNREPORTED},
	{"log_unobserved", "Log alone", "the app's log tells of connections that nobody saw", OPEN,
	 QUERY_CHECK_LOG_UNOBSERVED},
	{"log_changed", "Log changed", "a log was cut or replaced during the session", OPEN,
	 QUERY_CHECK_LOG_CHANGED},
	{"skipped", "Unread records", "evidence that could not be read", OPEN, QUERY_CHECK_SKIPPED},
	{"allowed", "Allowed destinations", "the session reached what the policy allows", NOTE,
	 QUERY_CHECK_ALLOWED},
	{"udp_connect", "UDP without a packet", "a socket was pointed out, and no send was seen", OPEN,
	 QUERY_CHECK_UDP_CONNECT},
	{"other_egress", "Other processes", "processes outside the session reached out", NOTE,
	 QUERY_CHECK_OTHER_EGRESS},
	{"clock", "Clock", "the machine's clock was not synchronised", NOTE, QUERY_CHECK_CLOCK},
	/* of a scheduled audit beside the last ones: they stand beside the verdict, which is on this watch alone */
	{"missed_audit", "Missed audits", "an audit is missing before this one, or broke off", NOTE, QUERY_CHECK_MISSED_AUDIT},
	{"audit_forgotten", "Forgotten audits", "what the last audits found is not known", NOTE, QUERY_CHECK_AUDIT_FORGOTTEN},
	{"clock_before", "Clock set back", "the machine's clock is behind the end of the last audit", NOTE, QUERY_CHECK_CLOCK_BEFORE},
	{"key_changed", "Another key", "another key signs than at the last audit", NOTE, QUERY_CHECK_KEY_CHANGED},
	{"log_gap", "Gap in a log", "a log, or a part of it, is lost since the last audit", NOTE, QUERY_CHECK_LOG_GAP},
	{"log_between", "Log between audits", "a log tells of connections that nobody watched", NOTE, QUERY_CHECK_LOG_BETWEEN},
	{"new_destination", "New destination", "a destination that no audit before saw", NOTE, QUERY_CHECK_NEW_DESTINATION},
	{"new_listener", "New listener", "something listens that did not before", NOTE, QUERY_CHECK_NEW_LISTENER},
	{"new_extension", "New extension", "an editor has an extension that is new, or of other content", NOTE, QUERY_CHECK_NEW_EXTENSION},
	{"changed_program", "Changed program", "the file of a program has another hash than before", NOTE, QUERY_CHECK_CHANGED_PROGRAM},
	{"changed_setting", "Changed setting", "a setting or a firewall is another than before", NOTE, QUERY_CHECK_CHANGED_SETTING},
	{"coverage_worse", "Less coverage", "a witness saw less than at the last audit", NOTE, QUERY_CHECK_COVERAGE_WORSE},
};

const size_t check_count = LENGTH(checks);

enum status checks_run(struct store *store, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(checks) && !status; i++) {
		status = store_run(store_query(store, checks[i].query), err);
		if (status)
			fail_in(err, "check %s", checks[i].id);
	}
	return status;
}
