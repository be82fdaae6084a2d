"""Rules about how a document is marked: MS1xx form, MS2xx layout and consistency."""
