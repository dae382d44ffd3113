SELECT count(*) FILTER (WHERE result IN ('left', 'arrived')), count(*) FILTER (WHERE result = 'unknown'), count(result),
       (SELECT count(*) FROM skipped k JOIN source s ON s.id = k.source WHERE s.reader = 'challenge')
FROM challenge;
