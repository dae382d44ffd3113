UPDATE egress SET class = ?2 WHERE dst = ?1;
