-- Each control of some frameworks (?1, a list with commas; "": of all) once.
SELECT DISTINCT framework, control
FROM control
WHERE ?1 = '' OR instr(',' || replace(?1, ' ', '') || ',', ',' || framework || ',') > 0
ORDER BY framework, control;
