"""Texts of strangers and names of tables, written so that nothing in them runs."""
