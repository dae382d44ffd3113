UPDATE attempt SET class = NULL, vector = NULL, allowed = 0, leaves = 0;
