SELECT verdict, scope, from_ns, to_ns, summary FROM verdict LIMIT 1;
