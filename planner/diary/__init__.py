"""Sessions in a calendar: a file for one of them, and a feed by a secret address."""
