-- What a packet may leave this machine by.
SELECT DISTINCT name FROM posture_setting WHERE what = 'interfaces' AND name <> 'lo' ORDER BY name;
