-- Every finding: its check, its title, what it does (3 fails, 2 leaves open, 1 notes), and whether it is one beside the last audits.
SELECT check_id, title, CASE effect WHEN 'FAIL' THEN 3 WHEN 'INCONCLUSIVE' THEN 2 ELSE 1 END,
	check_id IN ('missed_audit', 'audit_forgotten', 'clock_before', 'key_changed', 'log_gap', 'log_between', 'new_destination',
		'new_listener', 'new_extension', 'changed_program', 'changed_setting', 'coverage_worse')
FROM finding ORDER BY id;
