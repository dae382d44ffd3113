-- EPERM 1, EACCES 13, EPROTONOSUPPORT 93, EAFNOSUPPORT 97, EADDRNOTAVAIL 99: only this
-- machine answers so, whoever watched. All other failures may have come from the network.
UPDATE challenge SET result = CASE
	WHEN answer = 'token' THEN 'arrived'
	WHEN flow IS NOT NULL OR egress IS NOT NULL THEN 'left'
	WHEN (SELECT a.left_machine FROM attempt a WHERE a.id = challenge.attempt) = 1 THEN 'left'
	WHEN seen = 1 OR errno IN (1, 13, 93, 97, 99) THEN 'stopped'
	ELSE 'unknown' END
WHERE skipped IS NULL;
