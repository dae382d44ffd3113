SELECT verdict, scope, coalesce(from_ns, 0), coalesce(to_ns, 0), summary FROM verdict LIMIT 1;
