SELECT qname FROM dns WHERE qname > ?1 ORDER BY qname LIMIT 1;
