UPDATE app_log SET clock_state = ?2, clock_offset_ns = ?3, clock_drift_ppb = ?4, clock_spread_ns = ?5,
	clock_pairs = ?6, clock_compared = ?7, clock_confidence = ?8
WHERE id = ?1;
