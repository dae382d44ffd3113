-- What ufw's files say of what goes out where no rule of theirs decides.
SELECT CASE
	WHEN EXISTS (SELECT 1 FROM posture_setting WHERE what = 'ufw-conf' AND name = 'ENABLED' AND lower(value) = 'yes')
	 AND EXISTS (SELECT 1 FROM posture_setting WHERE what = 'ufw-default' AND name = 'DEFAULT_OUTPUT_POLICY' AND upper(value) IN ('DROP', 'REJECT')) THEN 2
	WHEN EXISTS (SELECT 1 FROM posture_setting WHERE what = 'ufw-conf' AND name = 'ENABLED' AND lower(value) = 'yes') THEN 1
	ELSE 0 END;
