SELECT min(qname) FROM dns WHERE qname > ?1 HAVING count(*) > 0;
