"""Bring Superset's own database up to date and import what is shipped. Runs in Superset's environment.

Reads one JSON object from standard input, so that no password stands in a list of processes: ``assets``
(path in the bundle: text), ``username``, ``password``, and ``reset``: whether an administrator who is there
gets it too. Prints ``created`` or ``kept``, for the administrator; what Superset says goes to standard error.
"""

# ruff: noqa: PLC0415 (Superset reads its settings when it is imported, and needs its application before the rest)

import contextlib
import json
import sys
from typing import Any


def set_up(order: dict[str, Any]) -> str:
    """Migrate, write the roles, see to the administrator, and import the assets over what is there."""
    from superset.app import create_app

    with create_app().app_context():
        from flask import g
        from flask_migrate import upgrade
        from superset.extensions import appbuilder, db, security_manager

        upgrade()
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        administrator = security_manager.find_user(order["username"])
        outcome = "kept" if administrator else "created"
        if administrator is None:
            administrator = security_manager.add_user(
                order["username"],
                "Warehouse",
                "Administrator",
                f"{order['username']}@localhost",
                security_manager.find_role("Admin"),
                order["password"],
            )
        elif order["reset"]:
            security_manager.reset_password(administrator.id, order["password"])
        db.session.commit()

        from superset.commands.importers.v1.assets import ImportAssetsCommand

        g.user = administrator
        ImportAssetsCommand(order["assets"]).run()
    return outcome


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        done = set_up(json.load(sys.stdin))
    print(done)
