DELETE FROM answer;
