INSERT INTO socket (time_ns, witness, proto, local, lport, remote, rport, state, uid, cookie, moment, source, record, pid, process, netns)
VALUES (?1, coalesce(?13, 'sock_diag'), coalesce(?2, 'other'), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, nullif(?14, 0), ?15, ?16);
