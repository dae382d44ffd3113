-- Raw and packet sockets send what the connect and send hooks do not see.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', CASE WHEN a.proto IN ('packet', 'vsock', 'other_family') THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'special_socket',
	'The session made a ' || CASE a.proto WHEN 'packet' THEN 'packet' WHEN 'vsock' THEN 'vsock' WHEN 'other_family' THEN 'strange' ELSE 'raw' END || ' socket',
	'At ' || t.at || ' ' || t.who || ' made one'
		|| CASE WHEN count(*) > 1 THEN ' (' || count(*) || ' in all)' ELSE '' END
		|| CASE a.proto WHEN 'packet' THEN '. What it sends passes by the hooks that name a process.'
			WHEN 'vsock' THEN '. It reaches the host of this virtual machine, where nobody looked.'
			WHEN 'other_family' THEN '. It is of a family whose ways out nobody watches.'
			ELSE '. What it sends is seen packet by packet.' END,
	json_object('file', t.file, 'record', t.record, 'attempt', min(a.id)), 'unclassified',
	'Run the command as a user without the right to make such sockets.'
FROM attempt a CROSS JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.call = 'socket'
GROUP BY t.program, a.proto ORDER BY min(a.id);
