"""``python -m orchestration.columns [--check]``."""

from __future__ import annotations

import argparse
import sys

from orchestration.columns.generated import differing, generated_files
from orchestration.columns.notice import COMMAND
from orchestration.home.paths import DBT_PROJECT


def main(arguments: list[str] | None = None) -> int:
    """Write the generated files, or say which of them differ; gives the exit code."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file differs")
    options = parser.parse_args(arguments)
    files = generated_files(DBT_PROJECT)
    outdated = differing(files)
    for path in outdated:
        print(path.relative_to(DBT_PROJECT.parent), file=sys.stderr if options.check else sys.stdout)
        if not options.check:
            path.write_text(files[path], encoding="utf-8")
    if options.check and outdated:
        print(f"differ from what extract/records declares: run {COMMAND}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
