"""Writing an exercise: the form, kept as a draft, and what is wrong with it."""
