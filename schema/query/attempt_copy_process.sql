-- A send belongs to whoever made its socket, where its own record does not say.
UPDATE attempt
SET (pid, tid, uid, comm, process, in_cgroup, in_tree, in_session, proto) =
    (SELECT coalesce(attempt.pid, s.pid), coalesce(attempt.tid, s.tid), coalesce(attempt.uid, s.uid),
            coalesce(attempt.comm, s.comm), coalesce(attempt.process, s.process),
            max(attempt.in_cgroup, s.in_cgroup), max(attempt.in_tree, s.in_tree),
            max(attempt.in_session, s.in_session),
            CASE attempt.proto WHEN 'other' THEN s.proto ELSE attempt.proto END
     FROM attempt s WHERE s.id = ?2)
WHERE id = ?1;
