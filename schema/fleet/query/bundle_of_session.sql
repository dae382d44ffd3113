SELECT content, night FROM bundle WHERE host = $1 AND session = $2;
