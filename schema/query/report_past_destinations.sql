-- Those that are new or gone first, then those that were tried most.
SELECT destination, attempts, audits, first_audit, last_audit, state
FROM v_past_destination
ORDER BY CASE state WHEN 'new' THEN 0 WHEN 'gone' THEN 1 WHEN 'known' THEN 2 ELSE 3 END, attempts DESC, destination
LIMIT ?1;
