"""What each ``disclosures`` command does. ``orchestration.cli`` only parses the words."""
