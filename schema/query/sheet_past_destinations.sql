SELECT destination AS "Destination", state AS "In this session", attempts AS "Attempts in all", audits AS "Sessions",
	first_audit AS "First in No.", last_audit AS "Last in No."
FROM v_past_destination
ORDER BY CASE state WHEN 'new' THEN 0 WHEN 'gone' THEN 1 WHEN 'known' THEN 2 ELSE 3 END, attempts DESC, destination;
