DELETE FROM posture_way;
