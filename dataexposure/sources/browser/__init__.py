"""Readers of browser profiles and history exports."""
