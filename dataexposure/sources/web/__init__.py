"""Readers of website captures: recorded traffic, built pages, and the code written in them."""
