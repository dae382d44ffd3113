-- What is in force counts; what only stands on the disk tells what would be.
WITH kept AS (
	SELECT w.family, w.outcome, w.why, i.path FROM posture_way w JOIN posture_item i ON i.source = w.source AND i.record = w.record
	WHERE i.what IN ('nft-file', 'iptables-file', 'ip6tables-file', 'ufw-rules', 'ufw-rules6', 'firewalld-policy', 'firewalld-direct', 'pf-conf') AND w.outcome <> 'none' AND w.hook = 'output'
), told AS (
	SELECT family, '; as they are kept: ' || group_concat(path || ': ' || outcome || ', ' || why, '; ') AS told
	FROM (SELECT * FROM kept ORDER BY path) GROUP BY family
)
SELECT CASE f.state WHEN 'denied' THEN 'ok' WHEN 'nothing' THEN 'ok' WHEN 'open' THEN 'finding'
		ELSE CASE WHEN EXISTS (SELECT 1 FROM kept k WHERE k.family = f.family AND k.outcome = 'open') AND f.state = 'unseen'
			AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.family = f.family AND k.outcome <> 'open') THEN 'finding' ELSE 'unknown' END END,
	f.name,
	CASE f.state
		WHEN 'denied' THEN (SELECT l.what || ' denies what goes out over ' || f.name || ' by default: ' || l.why FROM posture_live l WHERE l.family = f.family AND l.outcome = 'denied' ORDER BY l.wide, l.holes LIMIT 1)
		WHEN 'nothing' THEN 'This machine has no IPv6'
		WHEN 'open' THEN 'Nothing that is in force denies what goes out over ' || f.name
			|| coalesce(': ' || (SELECT group_concat(l.what || ': ' || l.why, '; ') FROM posture_live l WHERE l.family = f.family AND l.outcome = 'open'), ': there are no rules for it')
		WHEN 'unsure' THEN coalesce((SELECT l.what || ': ' || l.why FROM posture_live l WHERE l.family = f.family AND l.outcome = 'unsure' LIMIT 1),
			(SELECT 'The rules in force could not be read (' || i.what || '): ' || coalesce(i.problem, i.state) FROM posture_item i
				WHERE i.what IN ('nft', 'iptables', 'ip6tables', 'pf-rules', 'netsh') AND i.state IN ('failed', 'denied', 'cut') LIMIT 1)
				|| coalesce((SELECT t.told FROM told t WHERE t.family = f.family), ''))
		ELSE 'The rules in force were not seen'
			|| CASE WHEN EXISTS (SELECT 1 FROM posture_item i WHERE i.what = 'nft' AND i.state = 'missing') THEN ': there is no nft to show them (package nftables)' ELSE '' END
			|| coalesce((SELECT t.told FROM told t WHERE t.family = f.family), '') END,
	(SELECT source FROM posture_live l WHERE l.family = f.family LIMIT 1), (SELECT record FROM posture_live l WHERE l.family = f.family LIMIT 1), NULL, NULL
FROM posture_family f ORDER BY f.family;
