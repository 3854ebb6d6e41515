"""Exercises as files, taken in and handed out."""
