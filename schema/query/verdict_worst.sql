-- How the required witnesses watched, and the worst of all other findings: the row and the column of the
-- verdict table, in the order of enum watch_state and enum finding_kind.
SELECT
	coalesce((SELECT max(CASE check_id WHEN 'witness_blind' THEN 1 WHEN 'witness_loss' THEN 2 WHEN 'uncovered' THEN 3
			WHEN 'witness_missing' THEN 4 WHEN 'witness_part' THEN 4 ELSE 0 END)
		FROM finding WHERE effect = 'INCONCLUSIVE'), 0),
	coalesce((SELECT max(CASE effect WHEN 'FAIL' THEN 3 WHEN 'INCONCLUSIVE' THEN 2 ELSE 1 END) FROM finding
		WHERE effect <> 'INCONCLUSIVE'
			OR check_id NOT IN ('witness_blind', 'witness_loss', 'uncovered', 'witness_missing', 'witness_part')), 0);
