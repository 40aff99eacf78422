"""The ``disclosures`` command. Everything heavy is imported only by the command that needs it."""

# ruff: noqa: PLC0415 (so `--help` takes no second)

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from orchestration.command.options import CheckFormat, ExportFormat, Format, Severity
from orchestration.command.terminal import CommandError, UsageError, messages, take_any_text
from orchestration.home.disk_space import advice_on_rights, everything_said, full_disk
from orchestration.home.paths import SettingError, configured
from orchestration.reports.words import Language

app = typer.Typer(
    help="An open, reconciled DuckDB warehouse of Chinese government budget disclosures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

dashboard = typer.Typer(help="Apache Superset with the dashboard that is shipped.", no_args_is_help=True)
app.add_typer(dashboard, name="dashboard")


@dataclass
class _Options:
    debug: bool = False


_options = _Options()


def _say_version(is_asked: bool) -> None:
    if is_asked:
        from extract.version import RELEASE

        typer.echo(f"disclosures {RELEASE}")
        raise typer.Exit


@app.callback()
def _set_options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    _options.debug = debug


@app.command()
def run(
    source: Annotated[
        Path | None,
        typer.Option(help="Folder to search instead of the configured ones.", metavar="DIR"),
    ] = None,
) -> None:
    """Land what is found, read what is new, rebuild, reconcile and publish.

    Ends with 0 when all went well, whatever the publishers got wrong; with 1 when a file or a step failed
    (the rest is still published); with 2 for wrong usage.
    """
    from orchestration.command.run import run as run_warehouse

    raise typer.Exit(run_warehouse(configured(), source))


@app.command()
def reparse(
    document: Annotated[
        str | None, typer.Option(help="Part of a file name, or the start of a document id.")
    ] = None,
    older_than_version: Annotated[
        str | None, typer.Option(help="Release of the extractor; what older ones read is read again.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All landed documents.")] = False,
) -> None:
    """Read landed documents again, then rebuild and publish; no source is looked at."""
    from orchestration.command.reparse import reparse as read_again

    raise typer.Exit(read_again(configured(), document, older_than_version, everything=everything))


@app.command()
def status() -> None:
    """Show what the warehouse holds, what failed, and what waits for the next run."""
    from orchestration.command.status import show_status

    show_status(configured())


sources = typer.Typer(help="Where disclosures come from.", invoke_without_command=True)
app.add_typer(sources, name="sources")


@sources.callback()
def _list_sources(context: typer.Context) -> None:
    """List the sources: when each was visited, and what came of it."""
    if context.invoked_subcommand is None:
        from orchestration.command.sources import show_sources

        show_sources(configured())


@sources.command()
def check() -> None:
    """Check the registry, without visiting anything; every mistake is named with its line."""
    from orchestration.command.sources import check_sources

    check_sources(configured())


@app.command()
def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be mended without losing anything.")
    ] = False,
) -> None:
    """Check everything under the warehouse's home, and say what to do about each fault.

    Ends with 0 when all is well, and with 1 when something is left to be seen to.
    """
    from orchestration.command.doctor import doctor as examine_home

    raise typer.Exit(examine_home(configured(), fix=fix))


@app.command()
def tidy(
    keep_days: Annotated[
        int, typer.Option(min=0, help="Keep what builds of the last days may still read.")
    ] = 30,
) -> None:
    """Free what the shared lake holds of older readings and snapshots."""
    from orchestration.command.tidy import tidy_shared_lake

    tidy_shared_lake(keep_days)


@app.command()
def findings(
    document: Annotated[
        str | None, typer.Option(help="Part of a file name, or the start of a document id.")
    ] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only findings of this severity.")] = None,
    causes: Annotated[
        bool, typer.Option("--causes", help="What to correct: findings of one cause are one row.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to show at most.")] = 200,
) -> None:
    """List what does not add up, gravest first."""
    from orchestration.command.findings import show_causes, show_findings

    show = show_causes if causes else show_findings
    show(configured(), document, severity, limit)


@app.command("check")
def check_files(  # noqa: PLR0917 -- options are what typer finds here
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE…]",
            help="Of any format that is read; folders, .zip. None: a page to drop files on.",
        ),
    ] = None,
    shape: Annotated[
        CheckFormat, typer.Option("--format", help="A list for people, or JSON for programs.")
    ] = CheckFormat.LIST,
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--output", "-o", help="A page to look at (.html), or a marked copy (.pdf, .xlsx, .docx)."
        ),
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--lang", help="Of what is said; by default as the terminal's.")
    ] = None,
    fail_on: Annotated[
        Severity | None, typer.Option("--fail-on", help="End with 3 where something as grave is found.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="CSV of key and reason: what is set aside of this draft.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="APPROVED", help="What was approved: lists figures that differ.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of the page to drop files on; 0 takes a free one.")
    ] = 0,
) -> None:
    """Check files without a warehouse: what does not add up in them, and between them. Nothing is kept.

    Without a file, a page of this machine takes files and gives the report. Ends with 0 whatever is found,
    unless asked otherwise, and with 1 when a file could not be read.
    """
    if not files:
        from orchestration.dropping.serving import serve_drop_page
        from orchestration.reports.words import language_of_terminal

        serve_drop_page(language or language_of_terminal(), port)
        return
    from orchestration.command.check import check_files as check_each

    raise typer.Exit(
        check_each(
            files,
            shape,
            reports=reports or [],
            language=language,
            fail_on=fail_on,
            decisions_file=decisions,
            against=against,
        )
    )


@app.command(name="inspect")
def inspect_disclosures(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder or archive of disclosures.")],
    to: Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")] = Path("inspection"),
    since: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Results of the round before: what was mended, what is new."),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Who ought to publish: says what is not there."),
    ] = None,
) -> None:
    """Hold many disclosures against the rules: a workbook, and a notice in Word for each publisher.

    Ends with 1 when a file could not be read.
    """
    from orchestration.command.inspect import inspect_folder

    raise typer.Exit(inspect_folder(folder, to, since, roster))


@app.command()
def scorecard(
    document: Annotated[
        str | None, typer.Option(help="Part of a file name, or the start of a document id.")
    ] = None,
) -> None:
    """Show how complete, consistent and concrete each disclosure is."""
    from orchestration.command.scorecard import show_scorecard

    show_scorecard(configured(), document)


@app.command()
def explain(
    identifier: Annotated[
        str,
        typer.Argument(metavar="ID", help="Of an amount, a claim, a finding or a cause; or its beginning."),
    ],
) -> None:
    """Walk back from a figure, a finding or a cause to the printed places, and show the text around them."""
    from orchestration.command.explain import explain as explain_identifier

    explain_identifier(configured(), identifier)


@app.command()
def sql(
    query: Annotated[
        str, typer.Argument(help="One query, on the schemas staging, reconciliation and marts.")
    ],
    shape: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
) -> None:
    """Query the published file, read-only."""
    from orchestration.command.query import run_query

    run_query(configured(), query, shape)


@app.command()
def cookbook(
    question: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help="Of the question; all are listed without it.")
    ] = None,
    shape: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    show_query: Annotated[
        bool, typer.Option("--query", help="Print the query instead, to be changed and run.")
    ] = False,
) -> None:
    """Answer a question that people ask of budgets, or list the questions."""
    from orchestration.command.cookbook import list_recipes, run_recipe

    if question is None:
        list_recipes()
    else:
        run_recipe(configured(), question, shape, show_query=show_query)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files.")],
    export_format: Annotated[
        ExportFormat,
        typer.Option("--format", help="A file per table, or (xlsx) a workbook per publisher."),
    ] = ExportFormat.PARQUET,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files in a folder that is not empty.")
    ] = False,
) -> None:
    """Write what is published as Parquet or CSV with a data package, or as Excel workbooks."""
    from orchestration.command.export import export as export_published

    export_published(configured(), folder, export_format, overwrite=force)


@app.command()
def explore(
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen at. Another than this machine's own lets others read what is published; "
            "files and decisions then need a token, which is shown."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8500,
    *,
    name: Annotated[
        list[str] | None,
        typer.Option(
            help="A name by which others reach the pages, as through a proxy that encrypts; may be repeated."
        ),
    ] = None,
    home: Annotated[
        Path | None,
        typer.Option(help="Home of the warehouse; as the environment says unless named.", metavar="DIR"),
    ] = None,
    static: Annotated[
        Path | None,
        typer.Option(help="Write the pages into this folder instead, for any web server.", metavar="DIR"),
    ] = None,
    language: Annotated[
        Language, typer.Option("--lang", help="Of pages written by --static; served ones have a switch.")
    ] = Language.ZH,
) -> None:
    """Walk through the warehouse in a browser: publishers, documents, figures, findings, comparisons, search.

    Reads only what is published. Decisions are rows of decisions/ in the home, in force at the next run.
    """
    from orchestration.command.explore import explore as explore_warehouse

    paths = configured()
    chosen = paths if home is None else replace(paths, home=home.expanduser().absolute())
    explore_warehouse(chosen, host, port, names=name or (), folder=static, language=language)


@app.command("export-postgres")
def export_postgres(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="postgresql://USER@HOST:5432/DATABASE; the password is best in PGPASSWORD or ~/.pgpass.",
        ),
    ],
    reader: Annotated[
        str, typer.Option(help="Role that may read the copy; created where there is none.")
    ] = "disclosures_reader",
) -> None:
    """Copy what is published into a PostgreSQL database, in place of an earlier copy."""
    from orchestration.command.export_postgres import export_to_postgres

    export_to_postgres(configured(), url, reader)


@app.command()
def docs(
    folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="Folder for the pages; docs/ of the warehouse's home unless named.",
            metavar="DIR",
        ),
    ] = None,
) -> None:
    """Write the data dictionary and dbt's documentation as pages that need no network."""
    from orchestration.command.docs import write_documentation

    paths = configured()
    write_documentation(paths, folder or paths.docs)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port of Dagster's pages.")] = 3000,
) -> None:
    """Start Dagster for this warehouse: its pages, the daily schedule, and the sensor on the sources."""
    from orchestration.command.serve import serve as serve_dagster

    raise typer.Exit(serve_dagster(configured(), port))


@dashboard.command("import")
def import_() -> None:
    """Import the shipped dashboard into this warehouse's Superset, over changes made to it there."""
    from orchestration.command.dashboard import import_dashboard

    import_dashboard(configured())


@dashboard.command("serve")
def serve_dashboard(
    port: Annotated[int, typer.Option(help="Port of Superset's pages.")] = 8088,
) -> None:
    """Start Superset, importing the dashboard first where it is new."""
    from orchestration.command.dashboard import serve_dashboard as serve_superset

    serve_superset(configured(), port)


@dashboard.command()
def keep() -> None:
    """Write the dashboard, as it is in this warehouse's Superset, over the files in the repository."""
    from orchestration.command.dashboard import keep_dashboard

    keep_dashboard(configured())


def main() -> None:
    """Run the command; say what went wrong in words."""
    take_any_text()
    try:
        app()
    except CommandError as error:
        _end(error, str(error), error.exit_status)
    except SettingError as error:
        _end(error, str(error), UsageError.exit_status)
    except ModuleNotFoundError as error:
        _end(error, _what_to_install(error), UsageError.exit_status)
    except Exception as error:  # the last resort before a traceback
        if advice := _advice_on_room(error) or advice_on_rights(error) or _advice_on_release(error):
            _end(error, advice, 1)
        reason = f"{type(error).__name__}: {error}"
        _end(error, f"Something unexpected went wrong: {reason}\n`disclosures --debug …` shows where.", 1)


def _what_to_install(error: ModuleNotFoundError) -> str:
    """The extra that brings what a command needs, beside what checks documents."""
    extra = "ocr" if error.name in ("rapidocr", "onnxruntime", "cv2", "numpy") else "warehouse"
    return (
        f"This command needs {error.name}, which is not installed: `pip install 'open-disclosures[{extra}]'` "
        "brings it."
    )


def _advice_on_room(error: Exception) -> str | None:
    try:
        return full_disk(configured().home, everything_said(error))
    except (SettingError, OSError):
        return None


def _advice_on_release(error: Exception) -> str | None:
    """What to say where a table or column is asked for that the published file does not have."""
    kind = type(error)
    if not kind.__module__.endswith("duckdb") or kind.__name__ not in ("CatalogException", "BinderException"):
        return None
    lacking = str(error).partition("\n")[0]
    return (
        f"已发布的文件由较早版本的程序生成，缺少本命令所需内容（{lacking}）；"
        "运行 `disclosures run` 重新发布即可。\n"
        f"The published file is of an older release and lacks what this command asks for ({lacking}). "
        "Run `disclosures run` to publish it again."
    )


def _end(error: Exception, message: str, exit_status: int) -> None:
    if _options.debug:
        raise error
    messages().print(message, style="red", markup=False)
    sys.exit(exit_status)


if __name__ == "__main__":
    main()
