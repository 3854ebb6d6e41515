"""What makes paper the practice's own, checked before it is kept."""
