"""How long documents take that somebody made to be slow: seconds by size, which have to lie on a line."""
