"""Runs contestants: one process each, in turns, the others stopped."""

from __future__ import annotations

import json
import math
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

READY_LIMIT = 180.0
LEAVE_LIMIT = 10.0
LINE_LENGTH = 200
UNSUPPORTED = 3


class Failed(Exception):
    """A contestant died, said nonsense or took too long; the message is one line."""


class Unsupported(Failed):
    """A contestant says that it cannot do a work."""


@dataclass
class Result:
    """What one contestant did in one work."""

    name: str
    about: str = ""
    weights: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)
    peak_bytes: int = 0
    failure: str = ""
    unsupported: bool = False

    @property
    def done(self) -> bool:
        return bool(self.answers) and not self.failure


def note(text: str) -> None:
    """Tells whoever watches how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def check(answer: dict[str, Any]) -> dict[str, Any]:
    """Refuses answers that are zero, negative or not finite."""
    for key, value in answer.items():
        numbers = value if isinstance(value, list) else [value]
        if any(isinstance(one, float) and not math.isfinite(one) for one in numbers):
            raise Failed(f"gave nonsense: {key} is not finite")
        if key in ("rows", "bytes", "seconds", "calls") and value <= 0:
            raise Failed(f"gave nonsense: {key} is {value}")
    return answer


class Process:
    """One contestant's process. It has a process group of its own, so that it stops as a whole."""

    alive: list[Process] = []

    def __init__(self, command: list[str], log: Path, environment: dict[str, str] | None = None):
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self.peak_bytes = 0
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.started = time.perf_counter()
        try:
            with log.open("wb") as errors:
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    start_new_session=True,
                    env=os.environ | (environment or {}),
                )
        except OSError as error:
            raise Failed(str(error)) from error
        Process.alive.append(self)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def answer(self, limit: float) -> dict[str, Any] | None:
        """The next line it says, or none if it has left in good order."""
        try:
            line = self.lines.get(timeout=limit)
        except queue.Empty:
            raise Failed(f"no answer within {limit:.0f} s") from None
        if line is None:
            try:
                code = self.process.wait(LEAVE_LIMIT)
            except subprocess.TimeoutExpired:
                raise Failed("closed its output but did not leave") from None
            if code != 0:
                raise Failed(self._last_words(code))
            return None
        try:
            said = json.loads(line)
            why = said.get("unsupported")
        except (ValueError, AttributeError):
            raise Failed(f"said no JSON object: {line.strip()[:LINE_LENGTH]}") from None
        if why:
            raise Unsupported(why)
        return check(said)

    def _last_words(self, code: int) -> str:
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines()]
        lines = [line for line in lines if line]
        telling = [line for line in lines if "Error" in line or "Exception" in line]
        words = (telling or lines or [""])[-1]
        return f"exit code {code}: {words[:LINE_LENGTH]}"

    def ask(self, question: dict[str, Any]) -> None:
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
        except OSError:
            pass  # it has died: reading its answer tells how

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self.process.returncode is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                pass

    def note_peak(self) -> None:
        """Reads the most memory that it has held."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                self.peak_bytes = int(line.split()[1]) * 1024

    def end(self) -> None:
        """Lets it leave, or ends it."""
        if self not in Process.alive:
            return
        Process.alive.remove(self)
        self.note_peak()
        try:
            self.process.stdin.close()
        except OSError:
            pass
        self.go_on()
        try:
            self.process.wait(LEAVE_LIMIT)
        except subprocess.TimeoutExpired:
            pass
        try:  # also what it may have started
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


def end_all() -> None:
    """Ends every process that is still there."""
    for process in list(Process.alive):
        process._signal(signal.SIGKILL)
        process.end()


@dataclass
class Entry:
    """A contestant of a work: its name and how to start it."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)


def fail(result: Result, error: Failed) -> None:
    result.failure = str(error)
    result.unsupported = isinstance(error, Unsupported)
    note(f"  {result.name}: {'cannot' if result.unsupported else 'FAILED'}: {error}")


def in_turns(entries: list[Entry], rounds: int, seconds: float) -> list[Result]:
    """Starts all, then lets them work round after round, one at a time."""
    results = [Result(entry.name) for entry in entries]
    processes: dict[str, Process] = {}
    try:
        for entry, result in zip(entries, results):
            _start(entry, result, processes)
        for _ in range(rounds):
            for result in results:
                if result.name in processes:
                    _turn(result, processes, seconds)
    finally:
        for result in results:
            process = processes.get(result.name)
            if process:
                process.end()
                result.peak_bytes = process.peak_bytes
    return results


def _start(entry: Entry, result: Result, processes: dict[str, Process]) -> None:
    process = None
    try:
        process = Process(entry.command, entry.log, entry.environment)
        ready = process.answer(READY_LIMIT)
        if ready is None or not ready.get("ready"):
            raise Failed(f"was not ready but said {ready}")
        result.about, result.weights = ready.get("about", ""), ready.get("weights", 0)
        process.pause()
        processes[entry.name] = process
    except Failed as error:
        fail(result, error)
        if process:
            process.end()


def _turn(result: Result, processes: dict[str, Process], seconds: float) -> None:
    process = processes[result.name]
    process.go_on()
    process.ask({"seconds": seconds})
    try:
        answer = process.answer(10 * seconds + 30)
        if answer is None:
            raise Failed("left before its turn was over")
        result.answers.append(answer)
        process.pause()
    except Failed as error:
        fail(result, error)
        process.end()
        del processes[result.name]


def cold_starts(entries: list[Entry], rounds: int) -> list[Result]:
    """Starts a process anew for each turn; an answer is the seconds until its first line."""
    results = [Result(entry.name) for entry in entries]
    for _ in range(rounds):
        for entry, result in zip(entries, results):
            if result.failure:
                continue
            process = None
            try:
                process = Process(entry.command, entry.log, entry.environment)
                answer = process.answer(READY_LIMIT)
                seconds = time.perf_counter() - process.started
                process.note_peak()
                if not answer or not ("step" in answer or "sample" in answer):
                    raise Failed(f"gave no step and no sample but {str(answer)[:LINE_LENGTH]}")
                result.answers.append({"seconds": seconds})
                result.peak_bytes = max(result.peak_bytes, process.peak_bytes)
            except Failed as error:
                fail(result, error)
            finally:
                if process:
                    process.end()
    return results


def to_the_end(entry: Entry, limit: float) -> Result:
    """Runs one contestant alone until it leaves and keeps everything it says."""
    result = Result(entry.name)
    process = None
    try:
        process = Process(entry.command, entry.log, entry.environment)
        while (answer := process.answer(limit)) is not None:
            process.note_peak()
            result.answers.append(answer)
        if not result.answers:
            raise Failed("said nothing")
    except Failed as error:
        fail(result, error)
    finally:
        if process:
            process.end()
            result.peak_bytes = process.peak_bytes
    return result


def prepare(entry: Entry) -> str:
    """Lets a contestant write its file beforehand; returns why it could not, or nothing."""
    process = None
    try:
        process = Process(entry.command, entry.log, entry.environment)
        answer = process.answer(READY_LIMIT)
        return "" if answer and answer.get("prepared") else f"was not prepared: {answer}"
    except Failed as error:
        return str(error)
    finally:
        if process:
            process.end()


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
