INSERT INTO control (framework, control, objective, evidence_kind, strength, status, findings, rev3, title, missing, limits, person, examine, origin)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, nullif(?8, '-'), ?9, ?10, ?11, ?12, replace(?13, ',', ', '), ?14);
