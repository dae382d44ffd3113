-- It reports no canaries: it was shown to hold while they stood.
INSERT OR IGNORE INTO canary_seen (canary, witness)
SELECT c.id, 'isolation' FROM canary c WHERE EXISTS (SELECT 1 FROM isolation_look l WHERE l.round = c.round AND l.held = 1);
