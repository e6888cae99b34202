"""Pressing a button as the page draws it: the form around it, with what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.contrib.auth.models import User
from django.test import Client


@dataclass
class Drawn:
    """A form of the page: where it goes, what it holds, which buttons it has."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)
    method: str = "get"


class _Reader(HTMLParser):
    """Reads the forms of a page; of a choice, what is chosen or the first."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Drawn] = []
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = Drawn(given.get("action", ""), method=given.get("method", "get"))
            self.forms.append(form)
        elif self.forms:
            self._control(tag, given)

    def _control(self, tag: str, given: Mapping[str, str]) -> None:
        form = self.forms[-1]
        if tag == "button":
            form.buttons.add(given.get("id", ""))
        elif tag == "option" and self._choice:
            form.values.setdefault(self._choice, given.get("value", ""))
            if "selected" in given:
                form.values[self._choice] = given.get("value", "")
        elif tag in {"input", "textarea", "select"} and "name" in given:
            form.names.add(given["name"])
            self._choice = given["name"] if tag == "select" else ""
            is_pick = given.get("type") in {"radio", "checkbox"}
            if "value" in given and (not is_pick or "checked" in given):
                form.values[given["name"]] = given["value"]


def forms_of(page: str) -> list[Drawn]:
    """Every form on the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def buttons_of(page: str) -> set[str]:
    """The buttons of the main part: what the reader may do there."""
    main = page[page.index("<main") :]
    return {button for form in forms_of(main) for button in form.buttons} - {""}


def form_with(page: str, button: str) -> Drawn:
    """The one form that has this button."""
    (found,) = [form for form in forms_of(page) if button in form.buttons]
    return found


def seen_by(name: str) -> Client:
    """A browser in which the person of this name is signed in, reading English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(
        User.objects.get(username=name),
        backend="titian.web.accounts.ByName",
    )
    return client


def form_to(page: str, ending: str) -> Drawn:
    """The one form that goes to an address with this ending."""
    (found,) = [form for form in forms_of(page) if form.action.endswith(ending)]
    return found


def indonesian(name: str) -> Client:
    """The same browser, asking for no language: it gets the house's own."""
    client = seen_by(name)
    client.defaults.pop("HTTP_ACCEPT_LANGUAGE", None)
    return client
