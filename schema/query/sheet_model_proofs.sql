SELECT s.path AS "File", p.name AS "Proof", p.tried AS "What was tried inside", CASE p.held WHEN 1 THEN 'held' ELSE 'DID NOT HOLD' END AS "The sandbox",
	p.detail AS "What came of it"
FROM bench_proof p JOIN source s ON s.id = p.source
ORDER BY p.source, p.record;
