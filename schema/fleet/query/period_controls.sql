-- How many hosts have evidence of which kind and strength on an objective.
SELECT c.framework, c.control, c.objective, c.evidence_kind, c.strength, c.status_text, count(DISTINCT c.host), count(DISTINCT b.night),
	min(b.night), max(b.night), min(c.title)
FROM control c
JOIN bundle b ON b.host = c.host AND b.number = c.bundle
WHERE b.began_ns >= $1 AND b.began_ns < $2
GROUP BY c.framework, c.control, c.objective, c.evidence_kind, c.strength, c.status_text
ORDER BY c.framework, c.control, c.objective, c.evidence_kind, c.strength, c.status_text;
