-- All findings, and whether each proved something.
SELECT id, check_id, effect = 'FAIL' FROM finding ORDER BY id;
