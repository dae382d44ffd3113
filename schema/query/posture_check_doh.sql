-- A browser that looks names up over HTTPS passes by the resolver and what watches it.
WITH off AS (
	SELECT subject, name, value, path FROM posture_setting
	WHERE (what = 'doh-json' AND name = 'policies.DNSOverHTTPS.Enabled' AND value = 'false')
	 OR (what = 'doh-prefs' AND name = 'network.trr.mode' AND value = '5')
	 OR (what = 'doh-json' AND name IN ('DnsOverHttpsMode', 'dns_over_https.mode') AND value = 'off')
), wrong AS (
	SELECT subject, name, value, path FROM posture_setting
	WHERE (what = 'doh-json' AND name = 'policies.DNSOverHTTPS.Enabled' AND value = 'true')
	 OR (what = 'doh-prefs' AND name = 'network.trr.mode' AND value IN ('2', '3'))
	 OR (what = 'doh-json' AND name IN ('DnsOverHttpsMode', 'dns_over_https.mode') AND value IN ('automatic', 'secure'))
)
SELECT CASE WHEN EXISTS (SELECT 1 FROM wrong w WHERE w.subject = p.subject) THEN 'finding'
		WHEN EXISTS (SELECT 1 FROM off o WHERE o.subject = p.subject) THEN 'ok' ELSE 'finding' END, p.subject,
	coalesce((SELECT name || ' is ' || value || ' in ' || path FROM wrong w WHERE w.subject = p.subject LIMIT 1),
		(SELECT name || ' is ' || value || ' in ' || path FROM off o WHERE o.subject = p.subject LIMIT 1),
		p.subject || ' is here and nothing switches its lookups over HTTPS off'), NULL, NULL, p.subject, NULL
FROM posture_product p WHERE p.subject IN ('Firefox', 'Chromium', 'Chrome')
ORDER BY 2;
