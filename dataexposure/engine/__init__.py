"""Matching observations to signals, and folding what fired into findings."""
