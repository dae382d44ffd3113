DELETE FROM model_run;
