UPDATE flow SET class = NULL, vector = NULL, attempt = NULL, explained = NULL, rule = NULL, confidence = NULL, name = NULL, name_how = NULL, browser = NULL;
