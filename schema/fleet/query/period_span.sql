SELECT min(began_ns), max(ended_ns) FROM bundle;
