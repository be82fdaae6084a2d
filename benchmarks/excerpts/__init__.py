"""How well excerpts of registered documents are found, and how fast."""
