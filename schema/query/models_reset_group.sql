DELETE FROM model_group;
