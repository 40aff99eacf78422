"""What ``check`` found, as something to look at: a page with the printed pages beside it, and marked copies.

An outlet: nothing of the core imports it.
"""
