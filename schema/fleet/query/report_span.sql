SELECT min(began_ns), max(ended_ns), max(began_ns) FROM bundle WHERE began_ns <= $1;
