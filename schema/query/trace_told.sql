-- Did events of Windows go into the evidence?
SELECT EXISTS (SELECT 1 FROM attempt WHERE witness = 'etw') OR EXISTS (SELECT 1 FROM dns WHERE transport = 'client');
