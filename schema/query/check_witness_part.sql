-- Unix sockets, packet sockets and vsock are seen by this part of the kernel witness alone; the
-- canaries do not ask for it. There are two builds of it, and one is enough. Of the events of
-- Windows, who asks for names and connections that are never made are told by providers of their
-- own; that of processes only adds to what the session's job tells.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT 'high', 'INCONCLUSIVE', 'witness_part', 'The kernel witness was without a part that it needs: syscall',
	'Connections to other programs of this machine and packet sockets were not seen'
		|| coalesce(': ' || (SELECT detail FROM witness_part WHERE witness = 'kernel' AND part = 'syscall' AND detail <> ''), '') || '.',
	json_object('view', 'v_coverage', 'witness', 'kernel'), NULL, 'Ask airgap-verify doctor.'
FROM witness w
WHERE w.name = 'kernel' AND w.required = 1 AND w.state = 'on'
	AND NOT EXISTS (SELECT 1 FROM witness_part WHERE witness = 'kernel' AND part IN ('syscall', 'syscall_all') AND state = 'on')
UNION ALL
SELECT 'high', 'INCONCLUSIVE', 'witness_part', 'The events of Windows were without a part that is needed: ' || p.part,
	CASE p.part WHEN 'lookups' THEN 'Names that programs asked for were not seen' ELSE 'Connections that were asked for and not made were not seen' END
		|| CASE WHEN p.detail <> '' THEN ': ' || p.detail ELSE '' END || '.',
	json_object('view', 'v_coverage', 'witness', 'etw'), NULL, 'Ask airgap-collect probe on that machine, and run it as Administrator.'
FROM witness w JOIN witness_part p ON p.witness = w.name AND p.part IN ('attempts', 'lookups') AND p.state <> 'on'
WHERE w.name = 'etw' AND w.required = 1 AND w.state = 'on'
UNION ALL
SELECT 'high', 'INCONCLUSIVE', 'witness_part', 'The session could reach into other programs of its user',
	'It could have made one of them act for it, which nobody would have seen'
		|| coalesce(': ' || (SELECT detail FROM witness_part WHERE witness = 'seccomp' AND part = 'confined' AND detail <> ''), '') || '.',
	json_object('view', 'v_coverage', 'witness', 'seccomp'), NULL, 'Use a kernel with Landlock (5.13), or set kernel.yama.ptrace_scope to 1.'
FROM witness w
WHERE w.name = 'seccomp' AND w.required = 1 AND w.state = 'on'
	AND NOT EXISTS (SELECT 1 FROM witness_part WHERE witness = 'seccomp' AND part = 'confined' AND state = 'on');
