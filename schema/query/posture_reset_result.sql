DELETE FROM posture_result;
