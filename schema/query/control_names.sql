-- Each objective that the database tells of.
SELECT framework, control, objective FROM control;
