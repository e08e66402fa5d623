"""Where does a mistake of ours end up, so that the window lives on?

Six hooks, one reporter, each mistake once: a signal for the window, and a file.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

LOG_BYTES = 1_000_000
LOG_FILES = 3
_SEEN = "_seen_by_the_exception_net"
_WAY = re.compile(r"(Error calling Python override of \S+\(\): )+")
"""What PySide writes before the words of an exception on its way through Qt's virtual methods."""


class Mistake(NamedTuple):
    """One mistake of ours, ready to be shown."""

    where: str  # which net caught it
    sentence: str
    report: str  # the whole trace


class ExceptionNet(QObject):
    """Catches what nobody caught; ``caught`` is emitted once a mistake, from any thread."""

    caught = Signal(object)

    def __init__(self, log_file: Path | None = None) -> None:
        super().__init__()
        self._log = logging.getLogger("playground.mistakes")
        self._log.propagate = False
        self._handler = _file_handler(log_file)
        self._restore: list[Callable[[], object]] = []

    def install(self) -> None:
        """Spread the net; ``remove`` takes it in again."""
        if self._restore:
            return
        self._log.addHandler(self._handler)
        hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_collector
        former = qInstallMessageHandler(self._from_qt)
        workers, ear = logging.getLogger("concurrent.futures"), _Ear(self)
        workers.addHandler(ear)

        def restore() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
            qInstallMessageHandler(former)
            workers.removeHandler(ear)

        self._restore.append(restore)

    def remove(self) -> None:
        """Put back every hook that stood before."""
        while self._restore:
            self._restore.pop()()
        self._log.removeHandler(self._handler)
        self._handler.close()

    def watch_loop(self, loop: Any) -> None:
        """An asyncio loop reports here as well."""
        loop.set_exception_handler(self._from_loop)

    def report(self, where: str, error: BaseException) -> None:
        """Tell of this mistake, unless it has been told of already."""
        if isinstance(error, (KeyboardInterrupt, SystemExit)) or getattr(error, _SEEN, False):
            return
        error.__dict__[_SEEN] = True
        text = "".join(traceback.format_exception(error))
        self._tell(Mistake(where, f"{type(error).__name__}: {_WAY.sub('', str(error))}", text))

    def _tell(self, mistake: Mistake) -> None:
        self._log.error("%s: %s\n%s", mistake.where, mistake.sentence, mistake.report)
        self.caught.emit(mistake)

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report("the window", error)

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report("a thread", args.exc_value)

    def _from_collector(self, args: Any) -> None:
        if args.exc_value is not None:
            self.report("a destructor", args.exc_value)

    def _from_loop(self, loop: Any, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if error is not None:
            self.report("the event loop", error)
        else:
            self._tell(Mistake("the event loop", str(context.get("message")), repr(context)))

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        if kind == QtMsgType.QtWarningMsg:
            self._log.warning("Qt: %s", text)
            return
        self._tell(Mistake("Qt", text, f"{context.file}:{context.line}: {text}"))


class _Ear(logging.Handler):
    """Hears what executors only log: an exception in the callback of a finished future."""

    def __init__(self, net: ExceptionNet) -> None:
        super().__init__(logging.ERROR)
        self._net = net

    def emit(self, record: logging.LogRecord) -> None:
        """Report the exception of a record."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._net.report("a worker", error)


def _file_handler(log_file: Path | None) -> logging.Handler:
    """A bounded file; without a place to write, nothing is written and nothing fails."""
    handler: logging.Handler = logging.NullHandler()
    if log_file is not None:
        try:
            log_file.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                log_file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
            )
        except OSError:
            return handler
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler
