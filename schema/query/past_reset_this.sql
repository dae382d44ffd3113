DELETE FROM past WHERE this_session = 1;
