DELETE FROM model_speed;
