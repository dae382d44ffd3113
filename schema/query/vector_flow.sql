-- A flow is for what its attempt was for.
UPDATE flow SET (vector, rule, confidence, name, name_how, browser) =
	(SELECT vector, rule, confidence, name, name_how, browser FROM attempt a WHERE a.id = flow.attempt)
WHERE attempt IS NOT NULL;
