DELETE FROM model_pair;
