"""The published file in the formats of other programs."""
