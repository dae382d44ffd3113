UPDATE app_log SET problem = coalesce(problem, ?2) WHERE id = ?1;
