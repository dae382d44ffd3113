-- SPDX-License-Identifier: Apache-2.0
-- What judging looks things up by. Made when it begins, not before: rows go in faster
-- without, and a large table is indexed best when it is there as a whole.
CREATE INDEX IF NOT EXISTS process_by_pid ON process (pid, first_ns);
CREATE INDEX IF NOT EXISTS attempt_by_cookie ON attempt (cookie);
CREATE INDEX IF NOT EXISTS attempt_by_tuple ON attempt (sport, dport, dst, proto, time_ns);
CREATE INDEX IF NOT EXISTS attempt_by_destination ON attempt (dst, dport, proto, time_ns);
CREATE INDEX IF NOT EXISTS attempt_made ON attempt (in_session) WHERE call = 'socket' OR call = 'inherited';
CREATE INDEX IF NOT EXISTS attempt_portless ON attempt (dst, time_ns) WHERE coalesce(dport, 0) = 0;
CREATE INDEX IF NOT EXISTS egress_by_cookie ON egress (cookie);
CREATE INDEX IF NOT EXISTS egress_by_tuple ON egress (dst, dport, src, sport, proto);
CREATE INDEX IF NOT EXISTS flow_by_destination ON flow (dst, dport, proto);
CREATE INDEX IF NOT EXISTS flow_by_attempt ON flow (attempt) WHERE attempt IS NOT NULL;
CREATE INDEX IF NOT EXISTS flow_from_outside ON flow (src) WHERE dir = 'in';
CREATE INDEX IF NOT EXISTS dns_by_name ON dns (qname);
CREATE INDEX IF NOT EXISTS dns_by_flow ON dns (flow);
CREATE INDEX IF NOT EXISTS dns_out ON dns (time_ns) WHERE dir = 'out';
CREATE INDEX IF NOT EXISTS resolved_by_name ON resolved (name COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS name_by_flow ON name (flow);
CREATE INDEX IF NOT EXISTS name_by_name ON name (name COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS posture_fact_by_name ON posture_fact (source, record, name);
CREATE INDEX IF NOT EXISTS host_address_by_time ON host_address (from_ns, address);
CREATE INDEX IF NOT EXISTS bench_answer_by_model ON bench_answer (source, model, tokens);
CREATE INDEX IF NOT EXISTS bench_model_by_model ON bench_model (source, model);
CREATE INDEX IF NOT EXISTS bench_loaded_by_model ON bench_loaded (source, model);
CREATE INDEX IF NOT EXISTS bench_speed_by_model ON bench_speed (source, model);
CREATE INDEX IF NOT EXISTS bench_energy_by_model ON bench_energy (source, model);
CREATE INDEX IF NOT EXISTS model_run_by_model ON model_run (source, model, problem_set);
CREATE INDEX IF NOT EXISTS bench_answer_by_record ON bench_answer (source, record);
