"""Apache Superset on the published file: its settings, and a dashboard kept as files.

Superset has an environment of its own (``make superset``), since it needs another SQLAlchemy than the
project. ``superset_config`` and ``set_up`` run there; everything else here runs in the project's environment.
"""
