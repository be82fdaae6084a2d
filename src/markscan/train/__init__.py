"""Trains the classifiers; nothing here is loaded by a scan."""
