INSERT INTO challenge (probe, skipped, proto, dst, dport, sport, pid, from_ns, to_ns, call, errno, answer, detail, source, record)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);
