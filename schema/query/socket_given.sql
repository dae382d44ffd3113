-- A row of a table that a tool printed: who printed it is known by the reader of the file (what
-- stands behind a '-' in its name tells its formats apart), never by what stands in the file. A time of 0 is none.
INSERT INTO socket (time_ns, witness, proto, local, lport, remote, rport, state, pid, process, uid, source, record)
SELECT nullif(?1, 0), substr(reader, 1, instr(reader || '-', '-') - 1), coalesce(?2, 'other'), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, id, ?12
FROM source WHERE id = ?11;
