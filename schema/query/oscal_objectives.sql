-- Objectives of some frameworks (?1, a list with commas; "": of all), and how many findings
-- that fail speak against each.
SELECT framework, control, objective, title, status, strength, evidence_kind, findings,
	(SELECT count(*) FROM json_each(findings) e JOIN finding f ON f.id = e.value WHERE f.effect = 'FAIL')
FROM control
WHERE ?1 = '' OR instr(',' || replace(?1, ' ', '') || ',', ',' || framework || ',') > 0
ORDER BY rowid;
