"""Exercises of one's own: adapted, in versions, shared, archived, and noted upon."""
