/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sessions/write.h"

#include "core/text.h"

const char write_policy[] = "[policy]\nrequired = kernel\n"
			    "[allow 198.51.100.0/24]\nreason = hosts of the site\n"
			    "[allow 2001:db8::/32]\nreason = hosts of the site\n";

static void run(struct store *store, const char *sql)
{
	char *why = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		die("%s: %s", why, sql);
}

static void add_watch(const struct plan *p, struct text *t)
{
	long long from = PLAN_BEGIN_NS - PLAN_SECOND, to = PLAN_BEGIN_NS + p->length_ns + 5 * PLAN_SECOND;
	text_addf(t, "INSERT INTO session VALUES ('watch_from_ns', '%lld'), ('watch_to_ns', '%lld'), ('scope', 'session'),"
		     "('command_state', 'ended'), ('close_reason', 'the command ended'), ('clock_synchronised', 'true'), ('policy', '%s');",
		  from, to, write_policy);
	text_add_string(t, "INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'evidence.ndjson', 'evidence', 1, ''),"
			   " (2, 'capture.pcapng', 'pcapng', 1, '');");
	text_addf(t, "INSERT INTO checkpoint VALUES (1, 9, 9, 2, %d, NULL, %lld);", p->fault != FAULT_OPEN, to);
	text_addf(t, "INSERT INTO witness (name, state, canaries, detail, remedy) VALUES ('kernel', '%s', 1, '', '');"
		     "INSERT INTO witness_part VALUES ('kernel', 'syscall', 'on', '');", p->fault == FAULT_DIED ? "died" : "on");
	text_addf(t, "INSERT INTO loss VALUES (%lld, 'kernel', 0), (%lld, 'kernel', %d);", from - PLAN_SECOND, to + 2 * PLAN_SECOND,
		  p->fault == FAULT_LOSS ? 3 : 0);
	text_addf(t, "INSERT INTO host_address VALUES ('127.0.0.1', 1, 'lo', %lld), ('192.0.2.1', 2, 'eth0', %lld);", from, from);
	for (int round = 0; round < 2; round++) {
		long long at = round ? to + PLAN_SECOND / 2 : from - PLAN_SECOND / 2;
		text_addf(t, "INSERT INTO canary VALUES (%d, %d, %lld, %lld, 'tcp', '127.0.0.1', %d, '127.0.0.1', %d);", round + 1,
			  round + 1, at, at + PLAN_SECOND / 10, 31001 + round, 32001 + round);
		if (p->fault == FAULT_BLIND && round == 1)
			continue;
		text_addf(t, "INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, pid, comm, in_cgroup, in_tree,"
			     " in_session, suite, netns, source, record) VALUES (%d, %lld, 'kernel', 'connect', 'tcp', %d, '127.0.0.1', %d, 'ok', 9,"
			     " 'airgap-collect', 0, 0, 0, 1, 1, 1, %d);", round + 1, at + 1000, 31001 + round, 32001 + round, round + 1);
	}
	text_addf(t, "INSERT INTO process (id, pid, ppid, uid, comm, exe, in_cgroup, in_tree, first_ns) VALUES"
		     " (1, 100, 99, 1000, 'app', '/opt/app', 1, 1, %lld), (2, 101, 100, 1000, 'helper', '/opt/helper', 1, 1, %lld),"
		     " (3, 102, 100, 1000, 'other-app', '/opt/other-app', 1, 1, %lld);", from, from, from);
}

static void add_attempts(const struct plan *p, struct text *t)
{
	for (size_t i = 0; i < p->attempt_count; i++) {
		const struct plan_attempt *a = &p->attempts[i];
		text_addf(t, "INSERT INTO attempt (id, time_ns, witness, call, proto, sport, dst, dport, outcome, pid, tid, uid, comm, process,"
			     " in_cgroup, in_tree, in_session, suite, cookie, netns, left_machine, bytes_out, source, record) VALUES (%zu, %lld, 'kernel',"
			     " 'connect', 'tcp', %u, '%s', %u, '%s', %u, %u, %d, '%s', %s, %d, %d, %d, 0, %zu, 1, %d, %u, 1, %zu);",
			  i + 10, (long long)a->at_ns, a->sport, a->dst, a->port, a->outcome, a->pid, a->pid, a->ours ? 1000 : 33,
			  a->pid == 100 ? "app" : a->pid == 101 ? "helper" : a->pid == 102 ? "other-app" : "neighbour",
			  a->ours ? a->pid == 100 ? "1" : a->pid == 101 ? "2" : "3" : "NULL", a->ours, a->ours, a->ours, i + 10,
			  a->remote && !strcmp(a->outcome, "ok"), a->sent, i + 10);
	}
	for (size_t i = 0; i < PLAN_HOSTS; i++)
		text_addf(t, "INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, qtype, answers, packet) VALUES"
			     " (2, 1, 'c', 's', 1, 53, 'client', '%s', 'A', '[\"%s\"]', 1), (2, 1, 'c', 's', 1, 53, 'client', '%s', 'AAAA', '[\"%s\"]', 2);",
			  plan_hosts[i].name, plan_hosts[i].v4, plan_hosts[i].name, plan_hosts[i].v6);
}

static void add_logs(const struct plan *p, struct text *t)
{
	for (size_t i = 0; i < p->log_count; i++)
		text_addf(t, "INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change, lines, events) VALUES"
			     " (%zu, 'app', '/log%zu', 'applogs/%zu-log', 'audit', 0, 0, 9, '%s', %zu, %zu);", i + 1, i + 1, i + 1,
			  p->logs[i].change, p->entry_count, p->entry_count);
	for (size_t i = 0; i < p->entry_count; i++) {
		const struct plan_entry *e = &p->entries[i];
		bool address = e->host[0] >= '0' && e->host[0] <= '9';
		text_addf(t, "INSERT INTO app_event (id, log, line, time_ns, process, pid, %s, dport, proto, disposition, text, sport, until_ns, count)"
			     " VALUES (%zu, %u, %zu, %lld, nullif('%s', ''), nullif(%u, 0), '%s', %u, 'tcp', '%s', 'text', nullif(%u, 0),"
			     " nullif(%lld, 0), nullif(%u, 0));", address ? "dst" : "host", i + 1, e->log + 1, i + 1, (long long)e->at_ns,
			  e->process ? e->process : "", e->pid, e->host, e->port, e->says, e->sport, (long long)e->until_ns, e->count);
	}
}

void write_rows(const struct plan *p, struct store *store)
{
	AUTO_TEXT struct text t = text_make(8 << 20);
	text_add_string(&t, "BEGIN;");
	add_watch(p, &t);
	add_attempts(p, &t);
	add_logs(p, &t);
	text_add_string(&t, "COMMIT;");
	run(store, text_string(&t));
}
