"""Superset's settings for one warehouse. Superset imports this file, in its own environment.

Everything that Superset writes is in ``$DISCLOSURES_HOME/superset``; the command that starts it sets the
variable.
"""

import os
from pathlib import Path

_STATE = Path(os.environ["DISCLOSURES_HOME"]) / "superset"

# Signs sessions. Made once by the command, readable by its owner alone.
SECRET_KEY = (_STATE / "secret_key").read_text(encoding="ascii").strip()

# Users, charts and dashboards; no figures.
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_STATE / 'superset.db'}"

# The reader chooses; what is not translated stays English.
BABEL_DEFAULT_LOCALE = "en"
LANGUAGES = {
    "en": {"flag": "us", "name": "English"},
    "zh": {"flag": "cn", "name": "中文"},
}

# A publish is seen at once: no results are kept, and each query opens the file anew (engines have no pool).
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
SQLLAB_TIMEOUT = 60  # seconds
ROW_LIMIT = 10_000
SQL_MAX_ROW = 100_000

# The pages load nothing from elsewhere: Superset's own list allows a counting pixel and map tiles.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
