SELECT source, record, family, chain, verdict, coalesce(target, ''), scope, text FROM posture_rule ORDER BY source, record, chain, place;
