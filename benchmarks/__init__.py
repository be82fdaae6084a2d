"""Measures MarkScan against named peers, in one run, with the counts checked."""
