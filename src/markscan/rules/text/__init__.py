"""MS9xx: what is said of the text as it was read; never a violation by itself."""
