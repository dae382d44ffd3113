SELECT source, record, family, name, coalesce(hook, ''), priority, policy FROM posture_chain ORDER BY source, record, name, family, rowid;
