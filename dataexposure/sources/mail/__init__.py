"""Readers of mailboxes and messages."""
