UPDATE app_event SET class = NULL, vector = NULL, rule = NULL, confidence = NULL
WHERE coalesce(class, vector, rule) IS NOT NULL;
