-- Each witness, what it lost, and how many of our test connections it reported (NULL: it reports none by its nature).
SELECT w.name, w.state, w.required, (SELECT max(lost) FROM loss l WHERE l.witness = w.name),
	CASE WHEN w.canaries THEN (SELECT count(*) FROM canary_seen s WHERE s.witness = w.name) END
FROM witness w
ORDER BY w.required DESC, w.name;
