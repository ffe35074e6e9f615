"""What the page shows, worked out section by section before the templates set it in HTML.

Every value from outside has gone through `printable`; escaping is the templates' work.
"""
