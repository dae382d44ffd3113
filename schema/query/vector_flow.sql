-- A flow is for what its attempt was for.
UPDATE flow SET vector = (SELECT vector FROM attempt a WHERE a.id = flow.attempt)
WHERE attempt IS NOT NULL;
