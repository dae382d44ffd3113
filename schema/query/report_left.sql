SELECT pid, comm FROM left_process ORDER BY pid LIMIT ?1;
