-- The policy wants the head of the evidence's chain told to a second place (core/head.h), so that a
-- folder that is replaced as a whole shows. Where it was not told all along, that cannot be shown.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE WHEN state <> 'on' THEN 'high' ELSE 'info' END, CASE WHEN state <> 'on' THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'second_place',
	CASE WHEN state = 'missing' THEN 'The head of the evidence was not told to ' || part
		WHEN state <> 'on' THEN 'The head of the evidence was not told to ' || part || ' all along'
		WHEN part LIKE 'tpm:%' THEN 'The session could take away the log of what was told to ' || part
		ELSE 'The session could change what was told to ' || part END,
	CASE WHEN state <> 'on' THEN detail || '. Whether this folder was put in the place of another cannot be shown by it.'
		ELSE upper(substr(detail, 1, 1)) || substr(detail, 2) || ': it proves nothing against them.' END,
	json_object('file', 'evidence.ndjson'), NULL,
	CASE WHEN state <> 'on' THEN 'Mend it, or name another place in [seal] of the policy.'
		ELSE 'Name the folder of a user as whom no session runs, run sessions as an ordinary user, or let the file only grow (chattr +a).' END
FROM witness_part
WHERE witness = 'head' AND (state <> 'on' OR detail <> '')
ORDER BY part;
