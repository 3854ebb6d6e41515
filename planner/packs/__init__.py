"""Packs: many sheets printed in the background, as a ZIP or as one PDF."""
