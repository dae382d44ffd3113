SELECT id, coalesce(host, ''), coalesce(dst, ''), coalesce(dport, -1), time_ns, coalesce(process, '') FROM app_event;
