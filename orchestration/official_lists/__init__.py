"""Makers of the official lists among the seeds; run by hand when a list has changed, never by a run."""
