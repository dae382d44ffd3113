-- Each platform has witnesses of its own: a policy that asks for those of another one is told so.
WITH platform (system, title, lacks, has) AS (VALUES
	('Windows', 'Windows', ' kernel packets sock_diag ', 'etw, socket_tables'),
	('Darwin', 'macOS', ' kernel sock_diag etw ', 'packets, socket_tables')),
here AS (SELECT p.* FROM platform p JOIN session s ON s.name = 'system' AND s.value = p.system)
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN required THEN 'high' ELSE 'low' END, CASE WHEN required THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'witness_missing',
	CASE WHEN required THEN 'A required witness was missing: ' ELSE 'A witness was missing: ' END || name,
	CASE WHEN foreign_one THEN 'There is none of that name on ' || title || ', where the session ran.'
		WHEN state = 'died' THEN 'It died while the session ran: ' || detail
		ELSE 'It did not work: ' || detail END,
	json_object('view', 'v_coverage', 'witness', name), NULL,
	CASE WHEN foreign_one THEN title || ' has the witnesses ' || replace(has, ', ', ' and ') || ': name them in the policy (required = '
			|| has || ') where what they can see is enough; airgap-verify-formats(5) tells what that is.'
		ELSE CASE WHEN remedy <> '' THEN 'It needs: ' || remedy || '. ' ELSE '' END
			|| 'Ask airgap-' || CASE WHEN title IS NULL THEN 'verify doctor.' ELSE 'collect probe, there.' END END
FROM (SELECT w.*, h.title, h.has, w.state = 'missing' AND coalesce(instr(h.lacks, ' ' || w.name || ' '), 0) > 0 AS foreign_one
	FROM witness w LEFT JOIN here h
	-- where nothing was to be watched (no_session says so), nobody is missed
	WHERE EXISTS (SELECT 1 FROM session WHERE name = 'watch_from_ns') OR EXISTS (SELECT 1 FROM source WHERE reader <> 'benchmark')
		OR NOT EXISTS (SELECT 1 FROM source))
-- a log that was never given is for log_required to tell of
WHERE state <> 'on' AND NOT (name = 'applog' AND (required = 0 OR state = 'missing'))
ORDER BY required DESC, name;
