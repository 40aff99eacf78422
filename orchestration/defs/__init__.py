"""Assets by stage, checks, automation and resources."""
