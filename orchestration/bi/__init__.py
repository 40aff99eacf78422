"""Business intelligence: what is shipped for tools that draw charts from the published file."""
