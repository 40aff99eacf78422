"""Print a dashboard, and all that it shows, as Superset exports it. Runs in Superset's environment.

Takes the dashboard's slug and the name of a user who may see it. Gives one JSON object (path: text) on
standard output; what Superset says goes to standard error.
"""

# ruff: noqa: PLC0415 (Superset reads its settings when it is imported, and needs its application before the rest)

import contextlib
import json
import sys


def read_out(slug: str, username: str) -> dict[str, str]:
    """The dashboard with its charts, their datasets and databases, by path in an export."""
    from superset.app import create_app

    with create_app().app_context():
        from flask import g
        from superset.commands.dashboard.export import ExportDashboardsCommand
        from superset.extensions import db, security_manager
        from superset.models.dashboard import Dashboard

        g.user = security_manager.find_user(username)
        dashboard = db.session.query(Dashboard).filter_by(slug=slug).one()
        return {path: content() for path, content in ExportDashboardsCommand([dashboard.id]).run()}


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        files = read_out(*sys.argv[1:])
    json.dump(files, sys.stdout)
