-- What this run shows for the objectives of some frameworks (?1, a list with commas), one framework
-- after the other. What only a person gives (E10) was given since where ?2 tells of an acceptance, else "".
SELECT framework, control, objective, title, evidence_kind, missing || CASE WHEN ?2 <> '' AND instr(missing, 'E10 ') THEN
		' (given since: ' || ?2 || ')' ELSE '' END,
	strength, status || CASE WHEN ?2 <> '' AND instr(missing, 'E10 ') THEN
		' The reviewer''s sign-off was given since: ' || ?2 || '.' ELSE '' END, limits, person, findings, rev3, examine,
	origin, (SELECT sha256 FROM control_file f WHERE f.path = control.origin)
FROM control
WHERE instr(',' || replace(?1, ' ', '') || ',', ',' || framework || ',') > 0
ORDER BY (SELECT min(f.rowid) FROM control f WHERE f.framework = control.framework), rowid;
