SELECT kind, why FROM refused WHERE sha256 = $1;
