-- For the picture: the nights from $2 on, up to $1.
SELECT n.host, n.began_ns, n.verdict FROM v_fleet_night n WHERE n.began_ns <= $1 AND n.began_ns >= $2 ORDER BY n.host, n.began_ns;
