-- The flows that no attempt stands for, one a row; what came in is for this machine.
SELECT id, dst, coalesce(dport, -1), first_ns, coalesce(process, ''), coalesce(dir, '') IN ('local', 'in')
FROM flow WHERE vector IS NULL;
