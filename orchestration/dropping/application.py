"""The web application of the drop page: a form, and the report of what was sent with it.

It answers only to its own address (a name that a stranger's site points at this machine is refused), takes
files only from its own page, and keeps them for as long as they are checked.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Lock

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.library import check_with_evidence
from orchestration.reports.entries import Told, entries_of
from orchestration.reports.words import WORDS, Language
from orchestration.reports.writing import originals_of, page_of_today

LOOPBACK = "127.0.0.1"
MOST_BYTES = 256 * 1024**2
MOST_FILES = 50
_PACKAGE = "orchestration.dropping"
_TYPES = {"css": "text/css", "js": "text/javascript"}
_SENT_AS = "files"
_ONLY_OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; frame-ancestors 'none'"
)


class Checking:
    """Files to the page of their report, one set at a time: a check uses all of the machine."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._turn = Lock()

    def report(self, folder: Path) -> str:
        """The page of a check of all files of a folder. Raises what :func:`check_with_evidence` raises."""
        with self._turn:
            checked, evidence = check_with_evidence([folder], in_processes=True, also_few=True)
            told = Told(checked, evidence, entries_of(checked, evidence, self._language))
            return page_of_today(told, originals_of([folder]), self._language)


def drop_application(language: Language) -> Starlette:
    """The application; it is served on this machine alone (see :mod:`orchestration.dropping.serving`)."""
    return Starlette(
        routes=[*drop_routes(language, Checking(language)), Route("/favicon.ico", no_picture)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
    )


def drop_routes(language: Language, checking: Checking) -> list[Route]:
    """The routes of the page, which asks for all else beside itself, so that it can be mounted elsewhere."""
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    words = WORDS[language]

    def page(said: str = "", status: int = 200) -> Response:
        text = environment.get_template("drop.html.j2").render(words=words, language=language, said=said)
        return HTMLResponse(text, status, {"Content-Security-Policy": _ONLY_OURS})

    async def drop_page(request: Request) -> Response:
        return page()

    async def asset(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in _TYPES:
            return PlainTextResponse("", 404)
        return Response((files(_PACKAGE) / f"drop.{kind}").read_bytes(), media_type=_TYPES[kind])

    async def report(request: Request) -> Response:
        if not is_from_own_page(request):
            return PlainTextResponse(words["not_from_here"], 403)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return page(words["too_large"].format(MOST_BYTES // 1024**2), 413)
        async with request.form(max_files=MOST_FILES, max_fields=0) as form:
            sent = [each for each in form.getlist(_SENT_AS) if isinstance(each, UploadFile) and each.filename]
            if not sent:
                return page(words["nothing_sent"], 400)
            with tempfile.TemporaryDirectory(prefix="disclosures-dropped-") as folder:
                for path, upload in zip(_paths(Path(folder), sent), sent, strict=True):
                    path.write_bytes(await upload.read())
                try:
                    text = await run_in_threadpool(checking.report, Path(folder))
                except (BuildError, ContractError, OSError) as error:
                    return page(f"{words['failed']}：{error}", 500)
        return HTMLResponse(text, headers={"Content-Security-Policy": report_policy()})

    return [
        Route("/", drop_page),
        Route("/drop.{kind:str}", asset),
        Route("/report", report, methods=["POST"]),
    ]


async def no_picture(request: Request) -> Response:
    """Say that there is no picture for the tab, which every browser asks for."""
    return Response(status_code=204)


def is_from_own_page(request: Request) -> bool:
    """Whether a request to check files was sent by the page that this application gave."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return (
        request.headers.get("origin", own) == own
        and request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    )


def _paths(folder: Path, sent: Sequence[UploadFile]) -> list[Path]:
    """A place for each file under its own name, which tells whose it is; never outside the folder."""
    places = []
    for number, upload in enumerate(sent):
        name = PureWindowsPath(PurePosixPath(upload.filename or "").name).name.replace("\0", "")
        place = folder / str(number)
        place.mkdir()
        places.append(place / (name if name not in ("", ".", "..") else str(number)))
    return places


def report_policy() -> str:
    """What a report may do: run its own script, show its own pictures, and nothing else."""
    script = (files("orchestration.reports") / "report.js").read_bytes()
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "frame-ancestors 'none'"
    )
