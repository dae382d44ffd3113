SELECT DISTINCT netns FROM attempt WHERE suite = 1 AND netns IS NOT NULL ORDER BY netns;
