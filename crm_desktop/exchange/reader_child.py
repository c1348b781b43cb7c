"""The other end of `reader_process`: reads one file and writes what is in it to standard output."""

from __future__ import annotations

import gc
import os
import pickle
import threading
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from crm_desktop import i18n
from crm_desktop.errors import FileProblem
from crm_desktop.exchange import limits
from crm_desktop.exchange.flow import same_text_once
from crm_desktop.exchange.reader_process import END, EVENTS, PIECE, PROBLEM, REASON, SHEETS
from crm_desktop.text.sheet import Sheet

OUT_OF_MEMORY = 12


def serve() -> int:
    """Answer the one question that comes on standard input; gives the exit code."""
    gc.disable()
    question, answers = open(0, "rb", closefd=False), _own_output()  # noqa: SIM115 - open until this process ends
    verb, name, arguments, language, memory = pickle.load(question)  # noqa: S301 - from the process that started us
    threading.Thread(target=_end_with, args=(question,), daemon=True).start()
    i18n.use(language)
    limits.limit_own_memory(memory)
    try:
        _answer(verb, Path(name), arguments, answers)
    except FileProblem as problem:
        _write(answers, PROBLEM, str(problem))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    answers.flush()
    return 0


def _answer(verb: str, path: Path, arguments: tuple[str, ...], answers: BinaryIO) -> None:
    from crm_desktop.exchange import formats

    if verb == SHEETS:
        _write(answers, END, formats.of(path).names(path))
    elif verb == REASON:
        from crm_desktop.exchange import diagnosis

        _write(answers, END, diagnosis.reason(path))
    elif verb == EVENTS:
        from crm_desktop.exchange import ics_read

        found = ics_read.read(path)
        _write(answers, END, (found["events"], found["notes"]))
    else:
        _send_rows(path, arguments, answers)


def _send_rows(path: Path, arguments: tuple[str, ...], answers: BinaryIO) -> None:
    from crm_desktop.exchange import diagnosis, excel, formats

    sheet, encoding = arguments
    flow = formats.of(path).read(path, sheet, encoding)
    try:
        while True:
            numbers, rows = next(flow)
            _write(answers, PIECE, (numbers, same_text_once(rows)))
    except StopIteration as end:
        found: Sheet = end.value
        _write(answers, END, {each.name: getattr(found, each.name) for each in fields(found)})
    except excel.Unreadable as problem:
        raise FileProblem(diagnosis.reason(path) or str(problem)) from problem


def _write(answers: BinaryIO, kind: str, content: object) -> None:
    pickle.dump((kind, content), answers, protocol=5)
    answers.flush()


def _own_output() -> BinaryIO:
    """Standard output for us alone: what a library prints must not get between the answers."""
    own = os.fdopen(os.dup(1), "wb", buffering=2**20)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _end_with(question: BinaryIO) -> None:
    """End this process at once when the one that asked has closed its end, or is no more."""
    question.read()
    os._exit(0)
