INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'no_session',
	CASE WHEN benchmark THEN 'Nothing watched this benchmark' ELSE 'Nothing shows what was watched, and when' END,
	CASE WHEN benchmark THEN 'A benchmark of models lies here that ran without a watch (--no-watch): its figures are what they are, and of what left the machine nothing is known.'
		ELSE 'There is no record of a session that began: files alone show what was in them, not what happened besides.' END,
	json_object('table', 'session'), NULL,
	CASE WHEN benchmark THEN 'Run airgap-verify bench without --no-watch.' ELSE 'Run the program under airgap-verify session.' END
FROM (SELECT EXISTS (SELECT 1 FROM source) AND NOT EXISTS (SELECT 1 FROM source WHERE reader <> 'benchmark') AS benchmark)
WHERE NOT EXISTS (SELECT 1 FROM session WHERE name = 'watch_from_ns');
