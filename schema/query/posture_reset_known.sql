DELETE FROM posture_known;
