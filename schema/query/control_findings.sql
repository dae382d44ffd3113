-- The findings of the checks in ?1 (a list with commas): their ids, how many, and how many of
-- them proved something.
SELECT coalesce(json_group_array(id), '[]'), count(*), coalesce(sum(effect = 'FAIL'), 0)
FROM (SELECT id, effect FROM finding WHERE check_id IN (SELECT value FROM json_each('["' || replace(?1, ',', '","') || '"]')) ORDER BY id);
