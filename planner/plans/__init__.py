"""Session plans: the value, what can be read off it, its history, and the builder."""
