-- What is named is watched, also where it starts by itself during the watch: with the kernel witness from its first
-- instruction on. What only a look showed did before that what nobody knows as the session's.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN l.unseen THEN 'high' ELSE 'info' END, CASE WHEN l.unseen THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'later_process',
	CASE WHEN l.unseen THEN 'Of what is named something started during the watch, and what it did at first nobody saw: '
		ELSE 'Of what is named something started during the watch, and was watched: ' END || l.n,
	'The first: pid ' || p.pid || coalesce(', ' || nullif(p.exe, ''), ', ' || nullif(p.comm, ''), '') || ', at '
		|| strftime('%H:%M:%S', p.time_ns / 1000000000, 'unixepoch') || ' UTC, '
		|| CASE p.state WHEN 'followed' THEN 'by its ' || p.by || '; all that it did counts.'
			WHEN 'late' THEN 'by its ' || p.by || ', found when it ran already; what it did from then on counts.'
			ELSE CASE p.by WHEN 'exe' THEN 'called like it; its file may not be looked at without rights.'
				ELSE 'in a control group that was gone before it could be told whether it is meant.' END END,
	json_object('table', 'later_process', 'processes', l.n), NULL,
	CASE WHEN l.unseen THEN 'Audit with the kernel witness (as root, or after airgap-verify''s rights were granted), or watch the whole machine.' ELSE '' END
FROM (SELECT min(rowid) AS first, count(*) AS n, state <> 'followed' AS unseen FROM later_process GROUP BY state <> 'followed') l
JOIN later_process p ON p.rowid = l.first
ORDER BY l.unseen DESC;
