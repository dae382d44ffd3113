SELECT witness, part, state, detail FROM witness_part ORDER BY witness, part;
