SELECT check_id, title FROM finding WHERE check_id IN ('new_destination', 'new_listener', 'new_extension', 'changed_program',
	'changed_setting', 'coverage_worse', 'missed_audit', 'key_changed', 'clock_before', 'log_gap', 'log_between', 'audit_forgotten')
ORDER BY id;
