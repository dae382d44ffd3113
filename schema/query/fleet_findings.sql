SELECT id, severity, check_id, title, detail, evidence, vector, remedy, effect FROM v_finding;
