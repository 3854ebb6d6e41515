"""A session as it is held."""
