-- A witness that the policy asks for; one that never showed up is missing.
INSERT INTO witness (name, state, canaries, required, detail, remedy)
VALUES (?1, 'missing', 1, 1, 'it left no word in the evidence', 'run the session with airgap-verify session')
ON CONFLICT (name) DO UPDATE SET required = 1;
