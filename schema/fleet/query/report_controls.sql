SELECT framework AS "Framework", control AS "Control", objective AS "Objective", evidence_kind AS "Evidence", status_text AS "Status",
	hosts AS "Hosts", first_night AS "First night", last_night AS "Last night", title AS "Title"
FROM v_fleet_control ORDER BY framework, control, objective, evidence_kind, status_text LIMIT 10001;
