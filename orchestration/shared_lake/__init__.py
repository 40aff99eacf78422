"""A lake that several machines share: staged frames in DuckLake, with its catalogue in PostgreSQL.

Each machine lands, reads and stages its own documents in its own lake, and appends what it staged to the
shared one; a build then is of all of them. Rows are only ever added, under a batch name of their own, and
which batch is in force for a document is a question asked when reading. So writers never wait for each other,
and none can undo what another wrote.
"""
