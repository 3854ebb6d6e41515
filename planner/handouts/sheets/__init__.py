"""What can be printed, as values: one module a kind."""
