"""Programmes: an ordered series of plans for one couple."""
