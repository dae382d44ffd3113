DELETE FROM model_task;
