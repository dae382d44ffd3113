-- The next name that was asked for; what is longer than any is none.
SELECT qname FROM dns WHERE qname > ?1 AND length(CAST(qname AS BLOB)) < 1024 AND instr(qname, char(0)) = 0
ORDER BY qname LIMIT 1;
