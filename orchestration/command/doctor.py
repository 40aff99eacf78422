"""``disclosures doctor``: what is wrong in the warehouse's home, and what to do."""

from __future__ import annotations

from contextlib import ExitStack

from rich.table import Table

from orchestration.command.terminal import CommandError, escape, messages, output
from orchestration.doctor import Fault, examine, mend
from orchestration.home.build_lock import BuildInProgressError, building
from orchestration.home.paths import Paths

WELL = 0
ILL = 1
_MOST_OF_ONE_KIND = 20


def doctor(paths: Paths, *, fix: bool) -> int:
    """Examine everything and print what was found; 0 when all is well, or was mended.

    Raises :class:`CommandError` while a run is building.
    """
    with ExitStack() as held:
        try:
            held.enter_context(building(paths.build_lock, purpose="`disclosures doctor`"))
        except BuildInProgressError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            _say_it_is_only_read(paths, error, fix=fix)
        faults = _examined(paths)
        mended = mend(faults) if fix else []
    for fault in mended:
        messages().print(f"mended: {escape(fault.where)}")
    left = len(faults) - len(mended)
    if not faults:
        messages().print("All is well.")
    elif left:
        messages().print(f"{left} {'fault' if left == 1 else 'faults'} to see to.")
    if mended:
        messages().print("Run again, so that what was taken away is made anew.")
    return ILL if left else WELL


def _say_it_is_only_read(paths: Paths, error: OSError, *, fix: bool) -> None:
    """Looking needs no lock where nobody can write; mending does, and raises :class:`CommandError`."""
    why = (error.strerror or str(error)).lower()
    if fix:
        raise CommandError(
            f"{paths.home} 不可写（{why}），无法修复；不加 --fix 可只作检查。\n"
            f"{paths.home} cannot be written to ({why}); without --fix it is only examined."
        ) from error
    home = escape(str(paths.home))
    messages().print(f"{home} 只读，仅作检查。/ {home} cannot be written to, and is only examined.")


def _examined(paths: Paths) -> list[Fault]:
    table = Table(show_edge=False)
    for name in ("check", "", "where, what and what to do"):
        table.add_column(name, overflow="fold")
    found = []
    for check, faults in examine(paths):
        mark = "[red]✗[/]" if faults else "[green]✓[/]"
        table.add_row(check.name, mark, "[dim]" + check.says + "[/]" if not faults else _in_words(faults))
        found += faults
    output().print(table)
    return found


def _in_words(faults: list[Fault]) -> str:
    lines = [
        f"{escape(fault.where)}\n  {escape(fault.what)}\n  [bold]{escape(fault.remedy)}[/]"
        for fault in faults[:_MOST_OF_ONE_KIND]
    ]
    if len(faults) > _MOST_OF_ONE_KIND:
        lines.append(f"… and {len(faults) - _MOST_OF_ONE_KIND:,} more")
    return "\n".join(lines)
