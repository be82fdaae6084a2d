"""Reads a 台账: a table in which an office keeps its classified documents, a row each."""

from markscan.intake.ledger.columns import Ledger, Row, read_ledger

__all__ = ["Ledger", "Row", "read_ledger"]
