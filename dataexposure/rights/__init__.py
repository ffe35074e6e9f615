"""What a person can do about a holder: steps in their order, letters, and a log of requests.

Nothing here sends anything, and nothing is legal advice.
"""
