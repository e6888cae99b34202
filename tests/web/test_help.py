"""The guides inside the house: in the reader's language, and nothing but words."""

import pytest
from django.test import Client

from tests.web.pressing import indonesian, seen_by
from tests.world import World
from titian.web.desk.guide.markdown import as_html


def test_the_menu_leads_to_the_guides(world: World) -> None:
    assert 'href="/help/"' in seen_by("bruna").get("/asks/").text


@pytest.mark.parametrize("name", ["host-team", "officer", "operator"])
def test_each_guide_is_in_the_readers_language(world: World, name: str) -> None:
    english = seen_by("bruna").get(f"/help/{name}/").text
    ours = indonesian("bruna").get(f"/help/{name}/").text

    assert '<h1 class="big">For the' in english
    assert '<h1 class="big">Untuk' in ours
    assert "**" not in english + ours
    assert "](" not in english + ours


def test_there_is_no_other_guide_and_none_for_strangers(world: World) -> None:
    assert seen_by("bruna").get("/help/nothing/").status_code == 404
    assert Client().get("/help/").status_code == 302


def test_lists_tables_and_code_keep_their_shape() -> None:
    page = as_html("1. **One**\n2. Two\n\n| a | b |\n| --- | --- |\n| `c` | d |\n")

    assert "<ol" in page
    assert "<li><b>One</b>" in page
    assert "<td><code>c</code></td><td>d</td>" in page
    assert "<pre>a &lt; b\n\n# c\n</pre>" in as_html("```sh\na < b\n\n# c\n```\n")


@pytest.mark.parametrize(
    "words",
    ["a <script>x</script>", "`<b onclick=x>`", "# <i>", "| <u> |\n| - |", "- <u>"],
)
def test_no_markup_of_a_guide_reaches_the_page(words: str) -> None:
    page = as_html(words)

    assert "&lt;" in page
    assert not any(bad in page for bad in ("<script", "<b onclick", "<i>", "<u>"))


def test_a_link_is_its_words_alone() -> None:
    page = as_html("See [the rest](javascript:x) of it.")

    assert page == '<p class="gap-m2">See the rest of it.</p>'
