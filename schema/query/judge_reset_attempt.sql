UPDATE attempt SET class = NULL, vector = NULL, allowed = 0, leaves = 0, rule = NULL, confidence = NULL, name = NULL, name_how = NULL, browser = NULL;
