"""Phrase lottery: consistent figures in collected wordings, and what is understood of them."""
