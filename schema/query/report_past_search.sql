SELECT host, place, found, left_out, problem FROM past_search ORDER BY source LIMIT 1;
