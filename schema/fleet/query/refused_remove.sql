DELETE FROM refused WHERE sha256 = $1;
