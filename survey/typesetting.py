"""A page -> PDF by WeasyPrint, as a program of its own: it takes seconds and much memory.

Standard input holds, pickled: the page in HTML, its address, the files that it shows by address,
and what identifies the PDF. Whoever visits the site meanwhile is served first.
"""

import os
import pickle
import sys

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

NICENESS = 5


class _Given(URLFetcher):
    """Fetches the files that came with the page, and nothing from anywhere else."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        super().__init__()
        self.files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self.files:
            raise ValueError("This file did not come with the page.")
        kind, content = self.files[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def main() -> None:
    os.nice(NICENESS)
    html, home, files, identifier = pickle.load(sys.stdin.buffer)
    document = HTML(string=html, base_url=home, url_fetcher=_Given(files))
    document.write_pdf(sys.stdout.buffer, pdf_tags=True, pdf_identifier=identifier)


if __name__ == "__main__":
    main()
