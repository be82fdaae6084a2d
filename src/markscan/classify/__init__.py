"""The trained classifier: linear models over hashed characters and words, numpy alone.

`content` tells whether unmarked text looks like a matter that an office must not publish,
`occurrence` what a level word is doing where it stands. Both advise; neither decides.
"""
