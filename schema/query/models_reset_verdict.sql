DELETE FROM model_verdict;
