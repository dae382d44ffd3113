UPDATE flow SET class = ?2 WHERE dst = ?1;
