-- Opened from outside, by a packet that was seen coming in, for us or for somebody else on the
-- same line; what of ours answers it shows as an attempt.
UPDATE flow SET explained = 'inbound'
WHERE explained IS NULL AND (dir = 'in' OR (dir IS NULL AND dir_how = 'passing')) AND packets_out > 0;
