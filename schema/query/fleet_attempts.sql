-- What many attempts share stands behind the first: who tried and how, then where to (fleet/extract.c).
SELECT id, time_ns, pid, tid, ppid, src, sport, bytes_out, bytes_in,
	witness, call, proto, outcome, errno, uid, comm, exe, exe_sha256, left_machine,
	dst, dport, name, class, vector, in_session, leaves, allowed
FROM v_attempt;
