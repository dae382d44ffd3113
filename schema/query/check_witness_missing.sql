INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN required THEN 'high' ELSE 'low' END, CASE WHEN required THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'witness_missing',
	CASE WHEN required THEN 'A required witness was missing: ' ELSE 'A witness was missing: ' END || name,
	CASE state WHEN 'died' THEN 'It died while the session ran: ' ELSE 'It did not work: ' END || detail,
	json_object('view', 'v_coverage', 'witness', name), NULL,
	CASE WHEN remedy <> '' THEN 'It needs: ' || remedy || '. Ask airgap-verify doctor.' ELSE 'Ask airgap-verify doctor.' END
FROM witness WHERE state <> 'on' AND NOT (name = 'applog' AND required = 0)
ORDER BY required DESC, name;
