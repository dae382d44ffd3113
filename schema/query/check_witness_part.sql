-- Unix sockets, packet sockets and vsock are seen by this part of the kernel witness alone; the
-- canaries do not ask for it. There are two builds of it, and one is enough.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'witness_part', 'The kernel witness was without a part that it needs: syscall',
	'Connections to other programs of this machine and packet sockets were not seen'
		|| coalesce(': ' || (SELECT detail FROM witness_part WHERE witness = 'kernel' AND part = 'syscall' AND detail <> ''), '') || '.',
	json_object('view', 'v_coverage', 'witness', 'kernel'), NULL, 'Ask airgap-verify doctor.'
FROM witness w
WHERE w.name = 'kernel' AND w.required = 1 AND w.state = 'on'
	AND NOT EXISTS (SELECT 1 FROM witness_part WHERE witness = 'kernel' AND part IN ('syscall', 'syscall_all') AND state = 'on');
