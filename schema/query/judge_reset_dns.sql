UPDATE dns SET vector = NULL, class = NULL, rule = NULL, confidence = NULL;
