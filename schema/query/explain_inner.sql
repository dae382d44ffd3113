-- What a tunnel carries is explained by what explains the tunnel.
UPDATE flow SET (attempt, explained) = (SELECT o.attempt, o.explained FROM flow o WHERE o.id = flow.outer)
WHERE explained IS NULL AND outer IS NOT NULL;
