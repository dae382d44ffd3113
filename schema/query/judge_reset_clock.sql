UPDATE app_log SET clock_state = NULL, clock_offset_ns = NULL, clock_drift_ppb = NULL, clock_spread_ns = NULL,
	clock_pairs = NULL, clock_compared = NULL, clock_confidence = NULL;
