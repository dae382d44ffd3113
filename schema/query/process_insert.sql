-- A process from the time it was first seen, or executed this program.
INSERT INTO process (pid, ppid, uid, comm, exe, image, in_cgroup, in_tree, first_ns, id)
VALUES (coalesce(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
