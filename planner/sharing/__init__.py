"""Templates: plans that members publish for their colleagues, and those that ship."""
