SELECT reason, count, first_record, example FROM skipped WHERE source = ?1 ORDER BY count DESC, reason;
