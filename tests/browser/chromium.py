"""Finds a Chromium for the browser tests, else installs one: ``python -m tests.browser.chromium``.

One on the path comes first, then Debian's package, then Playwright's own build, whichever can be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    # No page reaches anything off this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # What is painted without a graphics card needs no process of its own.
    "--in-process-gpu",
    "--no-first-run",
    # Chromium refuses its sandbox to root, and containers run tests as root.
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)
"""How the tests start it."""


def on_path() -> Path | None:
    """A Chromium on the path, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def of_playwright() -> Path | None:
    """The build that Playwright has installed, or None."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find() -> Path | None:
    """The Chromium that the tests drive, or None."""
    return on_path() or of_playwright()


def install_debian() -> None:
    """Install Debian's package, where there is apt and somebody who may use it."""
    prefix = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if not shutil.which("apt-get") or (prefix and not shutil.which(prefix[0])):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        if subprocess.run([*prefix, "apt-get", "-q", *command], check=False, env=environment).returncode:
            return


def install_playwright() -> None:
    """Download Playwright's own build."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def provide() -> Path | None:
    """The Chromium that the tests drive, installed if need be; None if none can be had."""
    for install in (install_debian, install_playwright):
        if found := find():
            return found
        install()
    return find()


if __name__ == "__main__":
    chromium = provide()
    sys.exit(None if chromium else "No Chromium: put one on the path, then try again.")
