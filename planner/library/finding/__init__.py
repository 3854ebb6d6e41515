"""Finding exercises: what is wanted, counted and listed, and the pages for it."""
