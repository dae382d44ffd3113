INSERT INTO app_event (log, line, time_ns, process, pid, host, dst, dport, proto, disposition, text, src, sport, dir, count, until_ns)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
