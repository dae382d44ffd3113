-- The kernel itself carries files to a server: NFS, SMB, iSCSI, NBD, Ceph, 9P, AFS.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'network_file',
	'A file server was in use while the session ran: ' || f.dst || ' port ' || f.dport,
	'From ' || f.src || ', ' || sum(f.bytes_out) || ' bytes were sent to it. Whether files of the session were among them cannot be seen.',
	json_object('file', (SELECT path FROM source WHERE id = f.source), 'packet', min(f.first_packet)),
	'unclassified', 'Run the session in a folder of this machine, with the network file systems unmounted.'
FROM flow f LEFT JOIN attempt a ON a.id = f.attempt
WHERE f.dport IN (111, 139, 445, 564, 2049, 3260, 3300, 6789, 7000, 7001, 10809) AND f.bytes_out > 0
	AND f.class IN ('link_local', 'multicast', 'private', 'public')
	AND f.last_ns >= (SELECT cast(value AS INTEGER) FROM session WHERE name = 'watch_from_ns')
	AND (f.explained = 'older socket' OR (a.in_session = 0 AND a.allowed = 0 AND (a.comm LIKE 'kworker%' OR a.comm LIKE 'cifs%')))
GROUP BY f.dst, f.dport ORDER BY min(f.id);
