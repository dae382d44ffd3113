-- What this run shows for the objectives of some frameworks (?1, a list with commas), one framework
-- after the other.
SELECT framework, control, objective, title, evidence_kind, missing, strength, status, limits, person, findings, rev3, examine,
	origin, (SELECT sha256 FROM control_file f WHERE f.path = control.origin)
FROM control
WHERE instr(',' || replace(?1, ' ', '') || ',', ',' || framework || ',') > 0
ORDER BY (SELECT min(f.rowid) FROM control f WHERE f.framework = control.framework), rowid;
