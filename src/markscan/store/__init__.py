"""Remembers what scans found: runs, files, findings. One writer, and never document text."""
