-- What a log alone tells of, by the rule that says why; what was blocked before the kernel is meant to.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'medium', 'INCONCLUSIVE', 'log_unobserved',
	'The app''s log tells of ' || count(*) || ' ' || CASE WHEN min(e.disposition = 'allowed') THEN 'allowed ' ELSE '' END
		|| CASE WHEN count(*) = 1 THEN 'connection' ELSE 'connections' END || ' that no witness saw (unobserved)',
	'Because ' || CASE m.rule
		WHEN 'clock_unknown' THEN 'its clock cannot be told: there are attempts like these, at other times'
		WHEN 'ambiguous' THEN 'something else than it says was seen, but it may speak of another program or attempt'
		WHEN 'outside' THEN 'these times lie outside of the watch'
		WHEN 'not_watched' THEN 'the process it names was not under watch'
		WHEN 'not_covered' THEN 'no witness is shown to have seen everything at that time'
		WHEN 'sum_short' THEN 'it counts more than was seen in its span of time'
		ELSE 'nobody saw it' END
		|| '. The first: line ' || min(e.line) || ' of ' || l.path || ': ' || e.text,
	json_object('file', l.copy, 'line', min(e.line), 'view', 'v_match', 'rule', m.rule), NULL,
	'See whether the log''s times are those of this session and whether its process ran under watch; airgap-verify crosscheck --explain event:'
		|| e.id || ' tells of the first one.'
FROM match m JOIN app_event e ON e.id = m.app_event JOIN app_log l ON l.id = e.log
WHERE m.outcome = 'unobserved' AND m.rule <> 'before_kernel'
	AND (e.disposition = 'allowed' OR m.rule IN ('clock_unknown', 'ambiguous'))
GROUP BY l.id, m.rule ORDER BY min(e.id);
