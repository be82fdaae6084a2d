"""Sees in a document what the rules judge: one kind of evidence a file, `matcher` joins them."""
