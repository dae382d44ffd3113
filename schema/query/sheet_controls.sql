-- Objectives of some frameworks (?1, a list with commas; "": of all); ?2: an acceptance since, or "".
SELECT framework AS "Framework", control AS "Control", objective AS "Objective", rev3 AS "Revision 3", title AS "Title",
	examine AS "Document / Artifact / Physical Review / Screen Share", evidence_kind AS "Evidence of this run",
	missing || CASE WHEN ?2 <> '' AND instr(missing, 'E10 ') THEN ' (given since: ' || ?2 || ')' ELSE '' END AS "Missing",
	strength AS "Strength", status || CASE WHEN ?2 <> '' AND instr(missing, 'E10 ') THEN
		' The reviewer''s sign-off was given since: ' || ?2 || '.' ELSE '' END AS "What this run shows", limits AS "Limit",
	person AS "A person must still", findings AS "Findings",
	coalesce(origin, 'this build') AS "From"
FROM control
WHERE ?1 = '' OR instr(',' || replace(?1, ' ', '') || ',', ',' || framework || ',') > 0
ORDER BY rowid;
