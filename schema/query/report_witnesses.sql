-- The parts of a witness that are missing stand in one text: "name: detail; …".
SELECT w.name, w.state, w.required, w.canaries, w.detail, w.remedy,
	(SELECT group_concat(part || ': ' || detail, '; ')
	 FROM (SELECT part, detail FROM witness_part p
	       WHERE p.witness = w.name AND p.state <> 'on' ORDER BY part)),
	(SELECT count(*) FROM witness_part p WHERE p.witness = w.name),
	(SELECT max(lost) FROM loss l WHERE l.witness = w.name)
FROM witness w
ORDER BY w.required DESC, w.name;
