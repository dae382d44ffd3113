SELECT id, effect, title FROM finding WHERE ?1 = 'attempt' AND json_extract(evidence, '$.attempt') = ?2 ORDER BY id;
