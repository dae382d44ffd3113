-- What programs ask the resolver of Windows stays on the machine; what that sends to a server
-- leaves it, but for one on the machine itself. Only of a session is it known which machine that is.
UPDATE dns SET dir = CASE WHEN server = '' OR server LIKE '127.%' OR server = '::1' OR server IN (SELECT address FROM host_address)
	THEN 'local' ELSE 'out' END
WHERE transport = 'client' AND source IN (SELECT id FROM source WHERE reader = 'evidence');
