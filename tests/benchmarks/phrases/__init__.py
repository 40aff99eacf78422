"""Phrase lottery: sentences of consistent figures in wordings that were collected, and what is understood of them."""
