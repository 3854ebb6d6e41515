"""The library: exercises, how they are found, and how they are kept."""
