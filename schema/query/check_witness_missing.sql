-- Each platform has witnesses of its own: a policy that asks for those of another one is told so.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN required THEN 'high' ELSE 'low' END, CASE WHEN required THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'witness_missing',
	CASE WHEN required THEN 'A required witness was missing: ' ELSE 'A witness was missing: ' END || name,
	CASE WHEN foreign_one THEN 'There is none of that name on Windows, where the session ran.'
		WHEN state = 'died' THEN 'It died while the session ran: ' || detail
		ELSE 'It did not work: ' || detail END,
	json_object('view', 'v_coverage', 'witness', name), NULL,
	CASE WHEN foreign_one THEN 'Windows has the witnesses etw and socket_tables: name them in the policy (required = etw, socket_tables) where'
			|| ' what they can see is enough; airgap-verify-formats(5) tells what that is.'
		WHEN remedy <> '' THEN 'It needs: ' || remedy || '. Ask airgap-verify doctor.' ELSE 'Ask airgap-verify doctor.' END
FROM (SELECT *, name IN ('kernel', 'packets', 'sock_diag') AND state = 'missing'
		AND EXISTS (SELECT 1 FROM session WHERE name = 'system' AND value = 'Windows') AS foreign_one FROM witness)
WHERE state <> 'on' AND NOT (name = 'applog' AND required = 0)
ORDER BY required DESC, name;
