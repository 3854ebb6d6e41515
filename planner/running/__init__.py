"""In the room: one step at a time, by the clock."""
