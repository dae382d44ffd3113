UPDATE flow SET explained = CASE
	WHEN (SELECT suite FROM attempt a WHERE a.id = flow.attempt) THEN 'canary'
	WHEN (SELECT in_session FROM attempt a WHERE a.id = flow.attempt) THEN 'session'
	ELSE 'other process' END
WHERE attempt IS NOT NULL;
