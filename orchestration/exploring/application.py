"""The web application: every page under its address, decisions, drafts to check, and originals."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path, PurePosixPath
from threading import Lock
from urllib.parse import parse_qsl, quote

import duckdb
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from extract.landing import LandedBytesError, LandingStore
from orchestration.command.terminal import UsageError
from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.dropping.application import Checking, drop_routes, no_picture, report_policy
from orchestration.exploring.asked import Asked, NotThereError
from orchestration.exploring.asking import Asking, Published, Row, TooSlowError
from orchestration.exploring.blocks import Note, Page
from orchestration.exploring.decision_files import DecisionFileError, DecisionFiles
from orchestration.exploring.guarding import MOST_FORM_BYTES, Guard, OwnNames
from orchestration.exploring.links import Links
from orchestration.exploring.pages import page_at
from orchestration.exploring.pages.deciding import RefusedError, decide
from orchestration.exploring.pages.documents import document_of
from orchestration.exploring.rendering import rendered, saved_table
from orchestration.exploring.saving import MEDIA_TYPES
from orchestration.exploring.wording import Wording, own_words
from orchestration.home.paths import Paths
from orchestration.reports.words import Language

_ASSETS = {"explore.css": "text/css", "explore.js": "text/javascript"}
_MOST_ADDRESS = 4_000  # characters of what is asked with


@dataclass
class Explorer:
    """Pages of one home, one version of its published file at a time."""

    paths: Paths
    decisions: DecisionFiles
    published: Published
    _wording: dict[tuple[str, Language], Wording] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def wording(self, language: Language, asking: Asking) -> Wording:
        """The words for a version; those of older ones are forgotten."""
        key = (asking.version, language)
        with self._lock:
            if key not in self._wording:
                self._wording = {each: words for each, words in self._wording.items() if each[0] == key[0]}
                self._wording[key] = Wording(language, asking)
            return self._wording[key]

    def asked(self, asking: Asking, path: str, query: Mapping[str, str], named: Mapping[str, str]) -> Asked:
        """A request for a page, with all that it may use."""
        language = Language.EN if query.get("lang") == "en" else Language.ZH
        wording = self.wording(language, asking)
        return Asked(path, named, query, asking, wording, Links(language), self.paths, self.decisions)

    def answer(self, path: str, query: Mapping[str, str]) -> Response:
        """A page, or a table of it as a file."""
        with self.published.asking() as asking:
            found = page_at(path)
            asked = self.asked(asking, path, query, found[1] if found else {})
            form = asked.get("format")
            try:
                if found is None or (form and form not in MEDIA_TYPES):
                    raise NotThereError(path)
                page = found[0](asked)
                if form:
                    return _file(saved_table(page, asked), MEDIA_TYPES[form], f"{page.title}.{form}")
            except NotThereError:
                is_found = path.startswith(("/findings/", "/causes/"))
                page = said_page(asked, "finding_gone" if is_found else "not_there", 404)
            except TooSlowError:
                page = said_page(asked, "too_slow", 503)
            return HTMLResponse(rendered(page, asked), page.status)

    def decide(self, form: Mapping[str, str]) -> Response:
        """Take a decision."""
        with self.published.asking() as asking:
            asked = self.asked(asking, "/decisions", {"lang": form.get("lang", "")}, {})
            try:
                return RedirectResponse(quote(decide(asked, form, date.today())), 303)
            except RefusedError as error:
                page = said_page(asked, str(error), 400)
            except NotThereError:
                page = said_page(asked, "not_there", 404)
            return HTMLResponse(rendered(page, asked), page.status)

    def undo(self, form: Mapping[str, str]) -> Response:
        """Undo decisions and go back to the page that asked for it."""
        self.decisions.undo(form.get("keys", "").split())
        path = form.get("next", "/decisions")
        # Only to pages of ours: no other server, no scheme.
        return RedirectResponse(
            quote(path) if page_at(path) and not path.startswith("//") else "/decisions", 303
        )

    def landed(self, beginning: str) -> tuple[Row, bytes]:
        """A document with its original bytes. Raises :class:`NotThereError`."""
        with self.published.asking() as asking:
            document = document_of(self.asked(asking, "", {}, {}), beginning)
        try:
            store = LandingStore(self.paths.landing)
            return document, store.fetch(document["document_id"], document["file_name"])[1]
        except LandedBytesError as error:
            raise NotThereError(str(error)) from error


def said_page(asked: Asked, key: str, status: int) -> Page:
    """A page that says one sentence."""
    return Page(asked.wording[key], [Note(asked.wording[key], is_grave=True)], [asked.home()], status)


def explore_application(
    paths: Paths,
    *,
    decisions: DecisionFiles | None = None,
    names: OwnNames | None = None,
    token: str | None = None,
    seconds: float | None = None,
) -> Starlette:
    """The application of one home.

    Args:
        paths: the home.
        decisions: where decisions are written; in the home of ``paths`` by default.
        names: what this server may be called; as on this machine alone by default.
        token: what those must know who send files or decide; nobody needs it where there is none.
        seconds: how long one question to the file may take, where it is not the usual.
    """
    published = Published(paths) if seconds is None else Published(paths, seconds)
    explorer = Explorer(paths, decisions or DecisionFiles(paths.decisions), published)
    guard = Guard(token, names or OwnNames())
    checking = Checking(Language.ZH)

    async def page(request: Request) -> Response:
        if len(request.url.query) > _MOST_ADDRESS:
            return PlainTextResponse(own_words(Language.ZH)["too_large"], 414)
        return await _in_words(partial(explorer.answer, _path(request), dict(request.query_params)))

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return PlainTextResponse("", 404)
        content = (files("orchestration.exploring") / "assets" / name).read_bytes()
        return Response(content, media_type=_ASSETS[name], headers={"Cache-Control": "max-age=600"})

    async def take(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_FORM_BYTES:
            return PlainTextResponse(own_words(Language.ZH)["too_large"], 413)
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), max_num_fields=20))
        act = explorer.undo if request.url.path.endswith("/undo") else explorer.decide
        return await _in_words(partial(act, form))

    async def original(request: Request) -> Response:
        return await _in_words(partial(_original, explorer, request.path_params["document"]))

    async def report(request: Request) -> Response:
        return await _in_words(partial(_report, explorer, checking, request.path_params["document"]))

    async def enter(request: Request) -> Response:
        return guard.enter(request)

    return Starlette(
        routes=[
            Route("/assets/{name:str}", asset),
            Route("/favicon.ico", no_picture),
            Route("/enter", enter),
            Mount("/check", routes=drop_routes(Language.ZH, checking)),
            Route("/decisions", take, methods=["POST"]),
            Route("/decisions/undo", take, methods=["POST"]),
            Route("/documents/{document:str}/original", original),
            Route("/documents/{document:str}/report", report),
            Route("/{path:path}", page),
        ],
        middleware=[
            Middleware(BaseHTTPMiddleware, dispatch=guard),
        ],
    )


def _path(request: Request) -> str:
    """The path of a page, its escapes undone, without a slash at its end."""
    path: str = request.scope["path"]
    return path.rstrip("/") or "/"


async def _in_words(act: Callable[[], Response]) -> Response:
    """Do something in a thread; what goes wrong is said in a sentence, without a trace of the program."""
    words = own_words(Language.ZH)
    try:
        return await run_in_threadpool(act)
    except UsageError:
        return PlainTextResponse(words["not_published"], 503)
    except NotThereError:
        return PlainTextResponse(words["no_original"], 404)
    except DecisionFileError as error:
        return PlainTextResponse(f"{words['failed']}：{error}", 500)
    except (BuildError, ContractError, OSError, duckdb.Error) as error:
        return PlainTextResponse(f"{words['failed']}：{type(error).__name__}", 500)


def _file(content: bytes, media_type: str, name: str) -> Response:
    """Bytes to be saved, never shown: what they hold is not ours."""
    disposition = f"attachment; filename*=UTF-8''{quote(PurePosixPath(name).name, safe='')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _original(explorer: Explorer, beginning: str) -> Response:
    document, content = explorer.landed(beginning)
    return _file(content, "application/octet-stream", document["file_name"])


def _report(explorer: Explorer, checking: Checking, beginning: str) -> Response:
    """The page of the check of one landed document, as `disclosures check` would write it."""
    document, content = explorer.landed(beginning)
    with tempfile.TemporaryDirectory(prefix="disclosures-explored-") as folder:
        name = PurePosixPath(document["file_name"]).name
        (Path(folder) / (name if name not in ("", ".", "..") else "document")).write_bytes(content)
        text = checking.report(Path(folder))
    return HTMLResponse(text, headers={"Content-Security-Policy": report_policy()})
