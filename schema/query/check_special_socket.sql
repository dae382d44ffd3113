-- Raw and packet sockets send what the connect and send hooks do not see. Where calls are done for the
-- session, such a socket is refused, as are other ways round: io_uring, and calls of another machine's kind.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN a.outcome = 'denied' THEN 'low' ELSE 'high' END,
	CASE WHEN a.proto IN ('packet', 'vsock', 'other_family') AND a.outcome <> 'denied' THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'special_socket',
	CASE WHEN a.outcome = 'denied' THEN 'The session was refused ' ELSE 'The session made ' END
		|| CASE a.proto WHEN 'packet' THEN 'a packet socket' WHEN 'vsock' THEN 'a vsock socket' WHEN 'other_family' THEN 'a strange socket'
			WHEN 'io_uring_setup' THEN 'io_uring' WHEN 'foreign_call' THEN 'calls of another kind of machine'
			WHEN 'listen' THEN 'to listen' WHEN 'unknown_call' THEN 'a call'
			WHEN 'request_key' THEN 'a key that another program would fetch' WHEN 'terminal_input' THEN 'to type into its terminal'
			WHEN 'other_way' THEN 'to send by another way than the address names' WHEN 'join_group' THEN 'to join a group of machines (multicast)' ELSE 'a raw socket' END,
	'At ' || t.at || ' ' || t.who || CASE WHEN a.outcome = 'denied' THEN ' asked for it' ELSE ' made one' END
		|| CASE WHEN count(*) > 1 THEN ' (' || count(*) || ' in all)' ELSE '' END
		|| CASE WHEN a.outcome = 'denied' THEN ', and it was not done: nobody could have seen what came of it.'
			WHEN a.proto = 'packet' THEN '. What it sends passes by the hooks that name a process.'
			WHEN a.proto = 'vsock' THEN '. It reaches the host of this virtual machine, where nobody looked.'
			WHEN a.proto = 'other_family' THEN '. It is of a family whose ways out nobody watches.'
			ELSE '. What it sends is seen packet by packet.' END,
	json_object('file', t.file, 'record', t.record, 'attempt', min(a.id)), 'unclassified',
	CASE WHEN a.outcome = 'denied' THEN '' ELSE 'Run the command as a user without the right to make such sockets.' END
FROM attempt a CROSS JOIN told_attempt t ON t.id = a.id
WHERE a.in_session = 1 AND a.call = 'socket'
GROUP BY t.program, a.proto, a.outcome = 'denied' ORDER BY min(a.id);
