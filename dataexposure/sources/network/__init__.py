"""Readers of network captures."""
