-- What an address (?1) was taken for at a time (?2): the nearest answer before that had not run
-- out. A few are looked through; how many names among them tells whether the address is shared.
SELECT name, how, (SELECT count(DISTINCT lower(name)) FROM (SELECT name, until_ns FROM answer
	WHERE address = ?1 AND time_ns <= ?2 ORDER BY time_ns DESC LIMIT 16) WHERE until_ns >= ?2)
FROM (SELECT name, how, time_ns, until_ns FROM answer WHERE address = ?1 AND time_ns <= ?2 ORDER BY time_ns DESC LIMIT 16)
WHERE until_ns >= ?2 ORDER BY how = 'log', time_ns DESC, name LIMIT 1;
