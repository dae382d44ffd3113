SELECT (SELECT count(*) FROM posture_result WHERE state = 'finding'), (SELECT count(*) FROM posture_result WHERE state = 'unknown'),
	(SELECT count(*) FROM posture_result WHERE state = 'ok'), (SELECT count(*) FROM posture_result WHERE state = 'absent');
