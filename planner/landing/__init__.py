"""After the session: how each step landed, and what that tells the next one."""
