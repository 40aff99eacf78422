"""What the dbt project says of a column of ``extract.records``, generated from the record.

``python -m orchestration.columns`` writes it; with ``--check`` it writes nothing and fails where a file
differs from what it would write.
"""
