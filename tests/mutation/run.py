"""Put faults into the code, one at a time, and count those that the tests notice: ``python -m tests.mutation.run``.

The tests of a fault are those that run its line, found by coverage; the quickest come first, and the first that fails
ends it. A fault is put in while Python imports the module, so that no file is ever changed. Each is tried in a process
of its own, a fork of one that has imported what all need.
"""

import argparse
import functools
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

import coverage
import pytest

from tests.mutation.mutants import Mutant, mutants, mutated
from tests.sites import ROOT

PACKAGE = ROOT / "plugins" / "mkdocs_papers"
CORE = ("records", "library", "views", "pages")
"""The rooms whose tests run in moments."""
TESTS = [f"tests/{room}" for room in (*CORE, "command")]

_SURVIVED = 0
_NOTICED = (1, 2)
"""pytest's exit codes: a test failed; a file of tests could not be imported."""
_BROKEN = 98
_LEAST_SECONDS = 30
_TIMES_SLOWER = 10
_MOST_BYTES = 4 << 30
_FORKED_WITH = ("hypothesis.stateful", "markdown", "mkdocs.commands.build", "nh3", "PIL.Image", "yaml")
"""What most tests import, and takes long."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A mutant and where it is.

    Attributes:
        module: the module's path below the package, "records/read.py".
        mutant: what is changed in it.
    """

    module: str
    mutant: Mutant

    def __str__(self) -> str:
        """One line for whoever looks for the test that is missing."""
        place = f"{self.module}:{self.mutant.line}:{self.mutant.column}"
        return f"{place} {self.mutant.kind}: {self.mutant.before}  ->  {self.mutant.after}"


@dataclass(frozen=True, slots=True)
class RunTests:
    """What is known of the tests.

    Attributes:
        seconds: how long each takes, by its pytest name.
        of_lines: the tests that run a line, by module and line.
    """

    seconds: Mapping[str, float]
    of_lines: Mapping[str, Mapping[int, frozenset[str]]]

    def of(self, fault: Fault, most_seconds: float) -> list[str]:
        """The tests that run a fault, the quickest first, as many as fit into that time.

        What runs while the module is imported has no test of its own: it counts as run by all tests of the module and
        of its room, as one that looks at a constant runs no line; where there are none, by all tests.
        """
        lines = self.of_lines.get(fault.module, {})
        found = frozenset[str]().union(*(lines.get(line, frozenset()) for line in fault.mutant.lines))
        if not found:
            room = f"tests/{fault.module.partition('/')[0]}/"
            found = frozenset(test for test in self.seconds if test.startswith(room)).union(*lines.values())
        found = found or frozenset(self.seconds)
        chosen: list[str] = []
        for test in sorted(found, key=lambda test: (self.seconds[test], test)):
            most_seconds -= self.seconds[test]
            if most_seconds < 0 and chosen:
                break
            chosen.append(test)
        return chosen


def faults(modules: Sequence[str], count: int, seed: int) -> list[Fault]:
    """A sample of the faults that can be put into modules; the same seed gives the same.

    Args:
        modules: paths below the package.
        count: how many; fewer where there are no more.
        seed: which sample.
    """
    every = [
        Fault(module, mutant)
        for module in modules
        for mutant in mutants((PACKAGE / module).read_text(encoding="utf-8"))
    ]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    return sorted(chosen, key=lambda fault: (fault.module, fault.mutant.number))


class _Timing:
    """Notes how long each test takes."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


class _Choosing:
    """Runs the chosen tests alone, in their order."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self.places = {test: place for place, test in enumerate(chosen)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.places), key=lambda item: self.places[item.nodeid]
        )


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module with a fault in it."""

    def __init__(self, name: str, path: str, number: int) -> None:
        super().__init__(name, path)
        self.number = number

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the base class's signature
        tree = mutated(Path(self.path).read_text(encoding="utf-8"), self.number)
        code: CodeType = compile(tree, self.path, "exec", dont_inherit=True)
        return code


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the module that has a fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.name = ".".join((PACKAGE.name, *Path(fault.module).with_suffix("").parts))

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the base class's signature
        target: ModuleType | None = None,  # noqa: ARG002 - the same
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        file = str(PACKAGE / self.fault.module)
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Loader(fullname, file, self.fault.mutant.number)
        )


def _pytest(arguments: Sequence[str], plugin: object) -> int:
    """Run pytest in this process; gives its exit code."""
    with tempfile.TemporaryDirectory(prefix="papers-mutants-") as folder:
        quiet = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        return int(pytest.main([*quiet, f"--basetemp={folder}/pytest", *arguments], plugins=[plugin]))


def _fork(work: Callable[[], int], log: Path) -> int:
    """Start a function in a fork of this process, what it prints in a file; gives the process's number."""
    process = os.fork()
    if process:
        return process
    status = _BROKEN
    try:
        with log.open("w", encoding="utf-8") as sys.stdout:
            sys.stderr = sys.stdout
            for stream in (1, 2):
                os.dup2(sys.stdout.fileno(), stream)
            status = work()
    finally:
        os._exit(status)


def learn(paths: Sequence[str], workers: int, folder: Path) -> RunTests:
    """Run the tests once: how long each takes, and which lines it runs.

    Args:
        paths: the tests' files and folders, relative to the project's root.
        workers: how many processes run them.
        folder: where this may leave files.

    Raises:
        RuntimeError: a test fails without any fault.
    """
    timing, data = _Timing(), folder / "coverage"

    def run() -> int:
        os.environ["COVERAGE_FILE"] = str(data)
        covering = [f"--cov={PACKAGE}", "--cov-context=test", "--cov-report=", f"-n{workers}"]
        status = _pytest(["-m", "not slow and not browser", *covering, *paths], timing)
        (folder / "seconds.json").write_text(json.dumps(timing.seconds), encoding="utf-8")
        return status

    log = folder / "learn.log"
    _, status = os.waitpid(_fork(run, log), 0)
    if status:
        raise RuntimeError(f"without a fault the tests fail:\n{log.read_text(encoding='utf-8')[-3000:]}")
    seconds = json.loads((folder / "seconds.json").read_text(encoding="utf-8"))
    read = coverage.CoverageData(str(data))
    read.read()
    return RunTests(
        seconds, {Path(file).relative_to(PACKAGE).as_posix(): _tests_of(read, file) for file in read.measured_files()}
    )


def _tests_of(data: coverage.CoverageData, file: str) -> dict[int, frozenset[str]]:
    return {
        line: frozenset(context.rpartition("|")[0] for context in contexts if context)
        for line, contexts in data.contexts_by_lineno(file).items()
    }


def _try(fault: Fault, chosen: Sequence[str], seconds: float) -> int:
    """Run the chosen tests with a fault in the code; gives pytest's exit code."""
    # An endless loop is a fault that is noticed. Processor time, as the machine may be busy.
    most = int(_LEAST_SECONDS + _TIMES_SLOWER * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    sys.meta_path.insert(0, _Finder(fault))
    for name in list(sys.modules):
        # What was imported without the fault, and the tests that hold it.
        if name.partition(".")[0] in {PACKAGE.name, "tests"} and not name.startswith(__package__ or "tests.mutation"):
            del sys.modules[name]
    files = sorted({test.partition("::")[0] for test in chosen})
    return _pytest(["-x", "-p", "no:xdist", *files], _Choosing(chosen))


def outcomes(
    chosen: Sequence[Fault], tests: RunTests, workers: int, most_seconds: float
) -> Iterator[tuple[Fault, bool]]:
    """Try faults; gives each with whether a test has noticed it.

    Args:
        chosen: the faults.
        tests: what `learn` gives.
        workers: how many are tried at once.
        most_seconds: the most that the tests of one may take together.

    Raises:
        RuntimeError: pytest has not run the tests.
    """
    for module in _FORKED_WITH:
        importlib.import_module(module)
    waiting, running = list(chosen)[::-1], dict[int, Fault]()
    with tempfile.TemporaryDirectory(prefix="papers-mutants-") as folder:
        while waiting or running:
            while waiting and len(running) < workers:
                fault = waiting.pop()
                names = tests.of(fault, most_seconds)
                seconds = sum(tests.seconds[name] for name in names)
                log = Path(folder, f"{len(waiting)}.log")
                running[_fork(functools.partial(_try, fault, names, seconds), log)] = fault
            process, status = os.wait()
            fault = running.pop(process)
            code = os.waitstatus_to_exitcode(status)
            if code not in {*_NOTICED, _SURVIVED} and code >= 0:
                raise RuntimeError(f"{fault}: pytest ends with {code}")
            yield fault, code != _SURVIVED


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the faults that no test has noticed, and the share of those that one has."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run", description=__doc__)
    parser.add_argument("modules", nargs="*", default=CORE, help="rooms or modules: records, views/slug.py")
    parser.add_argument("--count", type=int, default=300, help="how many faults (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="another number, another sample")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="the tests that may notice them")
    parser.add_argument("--seconds", type=float, default=20, help="the most that the tests of one may take (20)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--least", type=float, default=0, help="fail below this share, in percent")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    modules = [
        path.relative_to(PACKAGE).as_posix()
        for name in asked.modules
        for path in (sorted((PACKAGE / name).rglob("*.py")) if (PACKAGE / name).is_dir() else [PACKAGE / name])
    ]
    with tempfile.TemporaryDirectory(prefix="papers-mutants-") as folder:
        tests = learn(asked.tests, asked.workers, Path(folder))
    noticed, tried = Counter[str](), Counter[str]()
    for fault, seen in outcomes(faults(modules, asked.count, asked.seed), tests, asked.workers, asked.seconds):
        tried[fault.module] += 1
        noticed[fault.module] += seen
        if not seen:
            print(fault, flush=True)
    for module in sorted(tried):
        print(f"{noticed[module]:5} of {tried[module]:5}  {module}")
    share = 100 * noticed.total() / max(tried.total(), 1)
    print(f"{noticed.total():5} of {tried.total():5}  noticed: {share:.1f} %")
    return int(share < asked.least)


if __name__ == "__main__":
    sys.exit(main())
