-- "pfctl -e" alone switches on whatever is loaded, which may be nothing.
WITH seen AS (
	SELECT (SELECT value LIKE 'Enabled%' FROM posture_setting WHERE what = 'pf-info' AND name = 'Status:') AS enabled,
		(SELECT count(*) FROM posture_rule r JOIN posture_item i ON i.source = r.source AND i.record = r.record WHERE i.what = 'pf-rules' AND r.verdict GLOB 'block*') AS blocks,
		(SELECT state FROM posture_item WHERE what = 'pf-rules') AS state
)
SELECT CASE WHEN NOT enabled THEN 'finding' WHEN state NOT IN ('read', 'recorded') THEN 'unknown' WHEN blocks = 0 THEN 'finding' ELSE 'ok' END, 'pf',
	CASE WHEN NOT enabled THEN 'pf is not enabled' WHEN state NOT IN ('read', 'recorded') THEN 'pf is enabled; its rules were not seen'
		WHEN blocks = 0 THEN 'pf is enabled, and no loaded rule blocks anything that goes out' ELSE 'pf is enabled with ' || blocks || CASE WHEN blocks = 1 THEN ' rule that blocks' ELSE ' rules that block' END || ' what goes out' END,
	NULL, NULL, NULL, NULL
FROM seen WHERE enabled IS NOT NULL;
