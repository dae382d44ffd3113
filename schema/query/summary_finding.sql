-- Findings in the order a reader wants them: what decides first.
SELECT effect, severity, check_id, title, detail, remedy, coalesce(vector, ''), evidence, id FROM finding
ORDER BY CASE effect WHEN 'FAIL' THEN 0 WHEN 'INCONCLUSIVE' THEN 1 ELSE 2 END, id
LIMIT -1 OFFSET ?1;
