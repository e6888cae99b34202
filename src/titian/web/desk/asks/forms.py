"""What a move of an ask needs from the person who makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override
from uuid import UUID, uuid5

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.loop.models import Ask
from titian.people.models import Delegation, Member, Person
from titian.web.desk.moments import moment_from
from titian.web.desk.speakers import speakers_for

GUESTS_MOVES = frozenset({"confirm", "correct", "close", "reopen", "withdraw"})
FIELD = "field-"
CHANNELS = [
    ("face", _("Face to face")),
    ("telephone", _("Telephone")),
    ("message", _("Message")),
    ("mail", _("Mail")),
]
LANGUAGES = [
    ("", _("not noted")),
    ("id", "Bahasa Indonesia"),
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("zh", "中文"),
    ("ja", "日本語"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ru", "Русский"),
]


class InTheirOwnNames(forms.Select):
    """A choice of languages in which each says its name in itself."""

    @override
    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> Any:
        option = super().create_option(name, value, *rest, **more)
        if value:
            option["attrs"]["lang"] = str(value)
        return option


class ActForm(forms.Form):
    """Every act carries a key."""

    key = forms.UUIDField()

    def along(self, what: str = "along") -> UUID:
        """The key of a second act that goes with this one."""
        key: UUID = self.cleaned_data["key"]
        return uuid5(key, what)


class NewAskForm(forms.Form):
    """What a guest asks, in the guest's own words."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(),
        label=_("Delegation"),
        empty_label=_("Choose a delegation"),
    )
    said_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who said it"), empty_label=_("Choose a person")
    )
    words = forms.CharField(
        label=_("In the guest's own words"), widget=forms.Textarea, max_length=4000
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        required=False,
        widget=InTheirOwnNames,
    )
    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS)
    where = forms.CharField(
        label=_("Where it was said"), required=False, max_length=120
    )

    def __init__(
        self, *args: object, actor: Actor, event: Event, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        seen = Delegation.objects.visible_to(actor).filter(event=event)
        self.fields["delegation"].queryset = seen.select_related("party")  # type: ignore[attr-defined]
        held = seen.filter(assignments__officer__person=actor.person_id)
        known = {person.pk for person in speakers_for(actor, held.distinct())}
        itself = {member.person_id for member in _own(actor, seen)}
        self.fields["said_by"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
            pk__in=known | itself
        )


def _own(actor: Actor, seen: QuerySet[Delegation]) -> QuerySet[Member]:
    """A guest with an account asks for herself."""
    return Member.objects.filter(person=actor.person_id, delegation__in=seen)


def arguments_for(
    name: str, given: Mapping[str, str], ask: Ask, actor: Actor
) -> dict[str, object]:
    """The command's own arguments, read from the form of that move."""
    if name == "pass_on":
        return _passing_on(given, ask)
    if name == "restate":
        return {"heard_as": _fields(given)}
    if name in {"correct", "make_exact"}:
        return {"details": _fields(given)}
    if name == "pause":
        return {
            "until": _moment(given, "until", ask),
            "reason": _words(given, "reason"),
        }
    if name == "merge":
        into, reason = _other(given, ask, actor), _words(given, "reason")
        return {"into_id": into, "reason": reason}
    if name == "split":
        topic = _topic(given.get("topic", ""), ask.event)
        return {"title": _words(given, "title")[:120], "topic_id": topic}
    if name == "bounce":
        return {
            "team_id": row_number(given.get("team", "")) or 0,
            "reason": _words(given, "reason"),
        }
    if name == "propose":
        target = get_language() or "id"
        return {"wish": given.get("wish", ""), "target": target[:2]}
    if name in {"take_over", "dismiss"}:
        return {"draft_id": row_number(given.get("draft", "")) or 0}
    if name == "refuse":
        return {
            "reason": _words(given, "reason"),
            "instead": _words(given, "instead"),
            "by": _moment(given, "by", ask) if given.get("by") else None,
            "tone": given.get("tone", ""),
            "language": given.get("in", ""),
        }
    if name in OF_A_WORD:
        return OF_A_WORD[name](given)
    if name in {"answer", "tell"}:
        return {"words": _words(given, "words")}
    if name in {"reopen", "unmerge"}:
        return {"reason": _words(given, "reason")}
    return {}


def _looking_after(given: Mapping[str, str]) -> dict[str, object]:
    """A tap that says what was done, words that do, or both."""
    done, words = given.get("done", ""), given.get("words", "").strip()
    return {"done": done, "words": words if done else _words(given, "words")}


def _replacing(given: Mapping[str, str]) -> dict[str, object]:
    return {
        "assignment_id": row_number(given.get("assignment", "")) or 0,
        "officer_id": row_number(given.get("officer", "")) or 0,
        "reason": given.get("reason", ""),
    }


OF_A_WORD = {"look_after": _looking_after, "replace_officer": _replacing}
"""What follows a guest's word that something, or somebody, was not good."""


def speaking(actor: Actor, name: str, ask: Ask, given: Mapping[str, str]) -> Actor:
    """The officer brings the guest's word where the move is the guest's."""
    if name in GUESTS_MOVES and given.get("on_word"):
        return actor.passing_on(ask.said_by_id, means=given.get("means") or "face")
    return actor


def _passing_on(given: Mapping[str, str], ask: Ask) -> dict[str, object]:
    found: dict[str, object] = {
        "gloss": given.get("gloss", ""),
        "title": given.get("title", "")[:120],
        "details": _fields(given),
        "urgency": given.get("urgency") or Ask.Urgency.ROUTINE,
        "is_private": bool(given.get("private")),
    }
    if given.get("topic"):
        found["topic_id"] = _topic(given["topic"], ask.event)
    if given.get("due"):
        found["due_at"] = _moment(given, "due", ask)
    if given.get("weight"):
        found["weight"] = given["weight"]
    return found


def _moment(given: Mapping[str, str], name: str, ask: Ask) -> datetime:
    """The moment of that field, or ``ValueError`` with what is wrong with it."""
    moment, problem = moment_from(given.get(name, ""), ask.event)
    if moment is None:
        raise ValueError(problem)
    return moment


def _other(given: Mapping[str, str], ask: Ask, actor: Actor) -> int:
    """The id of another request that the actor may see."""
    text = given.get("into", "")
    seen = Ask.objects.visible_to(actor).filter(event=ask.event)
    if text.isdecimal() and seen.filter(pk=int(text)).exists():
        return int(text)
    raise ValueError(_("Choose the other request."))


def _topic(text: str, event: Event) -> int:
    """The topic's id; an old page may still offer one that is gone."""
    topic = row_number(text)
    if topic is not None and event.ask_topics.filter(pk=topic).exists():
        return topic
    raise ValueError(_("Choose what it is about."))


def _fields(given: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(FIELD): value.strip()
        for name, value in given.items()
        if name.startswith(FIELD) and value.strip()
    }


def _words(given: Mapping[str, str], name: str) -> str:
    words = given.get(name, "").strip()
    if not words:
        raise ValueError(_("Write a few words first."))
    return words
