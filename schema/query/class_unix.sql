UPDATE attempt SET class = CASE proto WHEN 'unix' THEN 'unix' WHEN 'vsock' THEN 'private' ELSE class END
WHERE proto IN ('unix', 'vsock');
