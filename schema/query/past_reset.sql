DELETE FROM past_destination WHERE audit = (SELECT audit FROM past WHERE this_session = 1);
