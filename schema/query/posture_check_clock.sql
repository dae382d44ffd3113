SELECT CASE s.value WHEN 'yes' THEN 'ok' ELSE 'finding' END, '', 'The machine''s clock is ' || CASE s.value WHEN 'yes' THEN '' ELSE 'not ' END || 'synchronised',
	s.source, s.record, NULL, NULL
FROM posture_setting s WHERE s.what = 'clock' AND s.name = 'synchronised';
