SELECT coalesce(max(number), 0) + 1 FROM bundle WHERE host = $1;
