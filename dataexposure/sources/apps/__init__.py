"""Readers of installed-app lists."""
