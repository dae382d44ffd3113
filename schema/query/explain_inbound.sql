-- Opened from outside, by a packet that was seen coming in; what of ours answers it shows
-- as an attempt.
UPDATE flow SET explained = 'inbound' WHERE explained IS NULL AND dir = 'in' AND packets_out > 0;
