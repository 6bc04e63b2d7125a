"""Puts the pages of mistakes into the site: they are tests, and documentation as they stand."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

TESTS = Path(__file__).parent.parent / "tests"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page in `tests/mistakes` to the pages of the site."""
    for page in sorted(TESTS.glob("mistakes/*.md")):
        inside = page.relative_to(TESTS).as_posix()
        files.append(File(inside, str(TESTS), config.site_dir, config.use_directory_urls))
    return files
