-- Made when it is known what leaves; see schema/index.sql.
CREATE INDEX IF NOT EXISTS attempt_leaving ON attempt (in_session, time_ns, allowed, vector) WHERE leaves = 1;
