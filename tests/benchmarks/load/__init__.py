"""The whole job on a large warehouse and on an empty one: time, memory, disk."""
