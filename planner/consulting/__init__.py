"""Asking colleagues about a plan: they read it without what belongs to the couple, and comment."""
