SELECT count(*) FROM posture_item;
