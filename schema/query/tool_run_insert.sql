INSERT INTO tool_run (time_ns, tool, moment, command, version, status, path, at_byte, size, round, problem)
VALUES (?1, coalesce(?2, ''), coalesce(?3, ''), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
