SELECT CASE WHEN s.value LIKE '% on' THEN 'finding' ELSE 'ok' END, s.name,
	'The radio ' || s.name || ' (' || replace(replace(s.value, ' on', ''), ' blocked', '') || ') is ' || CASE WHEN s.value LIKE '% on' THEN 'on' ELSE 'blocked' END,
	s.source, s.record, NULL, NULL
FROM posture_setting s WHERE s.what = 'radios'
UNION ALL
SELECT CASE WHEN s.value LIKE 'up %' THEN 'finding' ELSE 'ok' END, s.name, 'The wireless interface ' || s.name || ' is ' || substr(s.value, 1, instr(s.value, ' ') - 1),
	s.source, s.record, NULL, NULL
FROM posture_setting s WHERE s.what = 'interfaces' AND s.value LIKE '% wireless'
ORDER BY 2, 3;
