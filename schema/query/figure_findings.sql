SELECT severity AS "Severity", count(*) AS "Findings" FROM finding
GROUP BY severity
ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END;
