"""What Lighthouse says of the main pages on a phone: ``python -m tests.browser.lighthouse``.

It is a program of Node's, fetched by ``npx``; so this is no test, and nothing else needs it. Badges are off: they are
all that comes from elsewhere.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import chromium
from tests.browser.pages import PAGES
from tests.sites import ROOT, SITE_URL, SiteHandler, rebuild, serve_folder

MEASURED = ("home", "browse", "venue", "paper", "note")
LEAST = 95
TEXT = {".css", ".html", ".js", ".json", ".svg", ".xml"}


class CompressingHandler(SiteHandler):
    """Answers as GitHub Pages does: texts compressed."""

    def do_GET(self) -> None:  # noqa: N802 - the base class's name for it
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in TEXT or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def scores(address: str, folder: Path) -> dict[str, int]:
    """The scores of a page, 0 to 100, by category."""
    report = folder / "report.json"
    command = (
        *("npx", "--yes", "lighthouse@12", address),
        *("--quiet", "--output=json", f"--output-path={report}"),
        "--only-categories=performance,accessibility,best-practices,seo",
        f"--chrome-flags={' '.join(('--headless=new', *chromium.ARGUMENTS))}",
    )
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": str(chromium.find())})
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}


def main() -> None:
    """Build the site, measure, and print a line for each page."""
    os.environ["BADGES"] = "false"
    lowest = 100
    with tempfile.TemporaryDirectory() as folder:
        built = rebuild(ROOT, site=Path(folder) / "site", site_url=SITE_URL, strict=False)
        with serve_folder(built.site, handler=CompressingHandler) as home:
            for page in MEASURED:
                found = scores(home + PAGES[page], Path(folder))
                lowest = min(lowest, *found.values())
                print(f"{page:8}", *(f"{name} {score:3}" for name, score in found.items()), sep="  ", flush=True)
    sys.exit(None if lowest >= LEAST else f"Less than {LEAST}.")


if __name__ == "__main__":
    main()
