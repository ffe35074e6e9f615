"""Typer commands: they read options, call one function and choose the exit code."""
