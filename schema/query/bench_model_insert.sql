INSERT INTO bench_model (source, record, time_ns, model, digest, quantisation, parameters, family, size_bytes, context_max,
	template_sha256, tier)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
