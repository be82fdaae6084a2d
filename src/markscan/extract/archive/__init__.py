"""Archives: no text of their own but comments and names, only the files inside.

Every member ends either as a `Source` or as a problem that bears its name, and a damaged
one as both: what can be saved of it is scanned. Nothing is ever written to disk. One module
reads one format; `members` holds what they share.
"""
