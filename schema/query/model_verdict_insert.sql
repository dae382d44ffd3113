INSERT INTO model_verdict (source, model, criterion, wanted, measured, low, high, verdict, why, remedy)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
