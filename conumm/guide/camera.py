"""Takes the guide's pictures with Chromium: same size, light, still, of few colours."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright

from conumm.guide.pictures import Picture
from conumm.guide.writing import PIXELS, file_of

SIZE = {"width": 1000, "height": 900}
MARGIN = 12
COLOURS = 64
STILL = """
* { caret-color: transparent !important; animation: none !important; transition: none !important; }
.deciding-bar { position: static !important; }
.ringed { outline: 3px solid #a8481c !important; outline-offset: 4px; border-radius: 2px; }
"""
# Sheets of a script's own are not held back by the pages' policy.
PREPARED = f"""
const still = new CSSStyleSheet();
still.replaceSync(`{STILL}`);
document.adoptedStyleSheets = [still];
localStorage.setItem("django.admin.navSidebarIsOpen", "false");
"""
RING = "element => element.classList.add('ringed')"


class Camera:
    """`places` fill in the addresses; each account signs in once, with `password`."""

    def __init__(self, browser: Browser, site: str, places: dict[str, int], password: str) -> None:
        self.browser, self.site, self.places, self.password = browser, site, places, password
        self.contexts: dict[str, BrowserContext] = {}

    def take(self, picture: Picture) -> int:
        """Write the picture's file; return how many bytes it has."""
        page = self._signed_in(picture.account).new_page()
        page.goto(self.site + picture.address.format(**self.places))
        for step in picture.steps:
            step(page)
        for selector in picture.frame:
            page.locator(selector).first.wait_for()
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement?.blur()")
        if picture.ring:
            page.locator(picture.ring).first.evaluate(RING)
        shot = page.screenshot(full_page=True, clip=_around(page, picture.frame))
        page.close()
        return _write(picture.name, shot)

    def _signed_in(self, account: str) -> BrowserContext:
        if account not in self.contexts:
            context = self.browser.new_context(
                viewport=SIZE,
                device_scale_factor=PIXELS,
                color_scheme="light",
                reduced_motion="reduce",
                locale="fr-FR",
            )
            context.add_init_script(PREPARED)
            if account:
                self._sign_in(context.new_page(), account)
            self.contexts[account] = context
        return self.contexts[account]

    def _sign_in(self, page: Page, account: str) -> None:
        page.goto(f"{self.site}/admin/")
        page.locator("#id_username").fill(account)
        page.locator("#id_password").fill(self.password)
        page.keyboard.press("Enter")
        page.locator("#user-tools").wait_for()
        page.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _around(page: Page, selectors: Iterable[str]) -> FloatRect:
    """The rectangle that holds the first of each, with a margin."""
    boxes = [_box(page, selector) for selector in selectors]
    left = max(0, min(box["x"] for box in boxes) - MARGIN)
    top = max(0, min(box["y"] for box in boxes) - MARGIN)
    right = min(SIZE["width"], max(box["x"] + box["width"] for box in boxes) + MARGIN)
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _box(page: Page, selector: str) -> Any:
    return page.locator(selector).first.evaluate(
        "e => { const b = e.getBoundingClientRect();"
        "return {x: b.x + scrollX, y: b.y + scrollY, width: b.width, height: b.height} }"
    )


def _write(name: str, shot: bytes) -> int:
    path = settings.BASE_DIR / "static" / file_of(name)
    picture = Image.open(BytesIO(shot)).convert("RGB")
    plain = picture.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    plain.save(path, lossless=True, quality=100, method=6)
    return path.stat().st_size
