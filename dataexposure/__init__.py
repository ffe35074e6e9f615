"""An offline audit of who likely holds data about your purchases."""

__version__ = "0.1.0"
