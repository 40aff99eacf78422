"""The published warehouse as pages that one can walk through, on this machine or as files."""
