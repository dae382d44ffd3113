INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN w.required THEN 'high' ELSE 'low' END, CASE WHEN w.required THEN 'INCONCLUSIVE' ELSE 'NOTE' END,
	CASE c.state WHEN 'lost' THEN 'witness_loss' ELSE 'witness_blind' END,
	CASE c.state WHEN 'lost' THEN 'The witness ' || w.name || ' lost records: ' || sum(c.lost)
		ELSE 'The witness ' || w.name || ' was blind for '
			|| printf('%.1f', sum(c.to_ns - c.from_ns) / 1e9) || ' s' END,
	CASE c.state WHEN 'lost' THEN 'More happened than it could write down; what is missing may have been anything.'
			|| coalesce((SELECT ' Of the session, ' || value || ' attempts that found no room were refused.' FROM session
				WHERE name = 'refused_unrecorded' AND cast(value AS INTEGER) > 0 AND w.name = 'kernel'), '')
		ELSE 'It did not report the test connections that were made on the loopback, so what else happened then it may not have seen either.' END
		|| ' First from ' || strftime('%H:%M:%S', min(c.from_ns) / 1000000000, 'unixepoch') || printf('.%03d', min(c.from_ns) / 1000000 % 1000)
		|| ' to ' || strftime('%H:%M:%S', max(c.to_ns) / 1000000000, 'unixepoch') || printf('.%03d UTC', max(c.to_ns) / 1000000 % 1000) || '.',
	json_object('view', 'v_coverage', 'witness', w.name), NULL,
	CASE c.state WHEN 'lost' THEN 'Run it again on a quieter machine, or with a larger --ring.'
		ELSE 'Run it again; if it stays so, ask airgap-verify doctor.' END
FROM coverage c JOIN witness w ON w.name = c.witness
WHERE c.state <> 'seeing' AND w.state <> 'missing'
GROUP BY w.name, c.state ORDER BY w.required DESC, w.name;
