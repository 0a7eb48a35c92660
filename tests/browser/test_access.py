"""Every page passes axe and fits 360 px, at a desk and on a telephone."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe

from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

NOT_PAGES = {
    "register:evidence_copy",
    "register:export",
    "figures:export",
    "claims:file",
    "publishing:file",
    "publishing:drawing",
    "publishing:style",
}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_every_page_is_clean_for_axe_and_fits_its_screen(
    world: World, open_as: Open, signed_in: SignedIn, phone: bool
) -> None:
    blanks = world.blanks(world.lara)
    client = signed_in(world.users[Role.ADMINISTRATOR])
    page = open_as(world.users[Role.ADMINISTRATOR], "/", phone=phone)
    start = page.url.split("/", 3)
    faults = []
    for address in every_address():
        path = address.fill(blanks)
        by_post = client.get(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if address.name in NOT_PAGES or by_post:
            continue
        page.goto("/".join(start[:3]) + path)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        found = Axe().run(page).response["violations"]
        faults += [f"{address.name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            faults.append(f"{address.name}: {wider} px too wide")
    assert faults == []
