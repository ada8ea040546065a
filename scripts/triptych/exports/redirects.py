"""The short addresses of an article's sources become a list of redirects for a web server."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from triptych.content import cite, read
from triptych.content.errors import UsageError

Line = Callable[[str, str], str]
"""From a path and an address, a line for a server."""
FORMS: Mapping[str, Line] = {
    "plain": lambda path, url: f"{path} {url} 302",
    "apache": lambda path, url: f'Redirect 302 "{path}" "{url}"',
    "nginx": lambda path, url: f'location = "{path}" {{ return 302 "{_held(url)}"; }}',
}
"""The forms of the list: `plain` is that of a file `_redirects`."""


def _held(url: str) -> str:
    """An address in which nginx reads no variable."""
    return url.replace("$", "%24")


def lines(folder: Path, form: str) -> Iterator[str]:
    """A line for each source that has a web address, in the order of their numbers.

    Raises UsageError for an article without a short address, and ContentError.
    """
    article = read.whole(folder).article
    if not article.front.address:
        raise UsageError(f"{folder}: the article has no `address`, below which its sources have theirs")
    start = urlsplit(article.front.address).path.rstrip("/")
    urls = {reference.id: reference.URL for reference in article.references}
    for key, number in cite.numbers(article).items():
        if url := urls.get(key):
            yield FORMS[form](f"{start}/{number}", _quoted(url))


def _quoted(url: str) -> str:
    """An address without characters that end a value in the files of a server."""
    return url.replace('"', "%22").replace("\\", "%5C").replace(" ", "%20")
