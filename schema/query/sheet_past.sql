SELECT audit AS "No.", CASE this_session WHEN 1 THEN 'this session' ELSE folder END AS "Session", started_ns AS "Started (UTC)",
	verdict AS "Verdict", attempts_leaving AS "Attempts to leave", lookups_leaving AS "Lookups that left",
	destinations AS "Destinations", destinations_new AS "New ones", destinations_gone AS "Gone ones",
	round(seen_permille / 10.0, 1) AS "Seen by every required witness, %", findings_fail AS "Findings that fail",
	findings_inconclusive AS "Findings that leave open",
	CASE WHEN this_session = 1 THEN '' WHEN seal = 'holds' THEN 'report as sealed' WHEN seal = 'none' THEN 'not sealed' ELSE '' END AS "Seal",
	fingerprint AS "Certificate (SHA-256)", tool_version AS "Version", problem AS "Problem", session_id AS "Id"
FROM v_past
ORDER BY audit;
