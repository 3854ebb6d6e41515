"""Words on paper: languages, people, and how they read."""
