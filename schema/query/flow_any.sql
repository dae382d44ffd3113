-- Is there any that an attempt stands for?
SELECT EXISTS (SELECT 1 FROM flow WHERE attempt IS NOT NULL);
