"""Practices, members, sign-in, invitations, and who may do what."""
