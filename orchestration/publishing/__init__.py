"""From what was built to the file that readers open: its content, its versions, what it says of itself."""
