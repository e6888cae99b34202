"""Many rows in at once, merged by their own codes, so that it can be taken back.

A room's registration command gives rows as mappings of column to value. What has the
same key is updated and never doubled; a column that is not given stays as it is.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require

type Row = Mapping[str, Any]

PORTION = 500  # rows a statement


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that was there before, and what it said."""

    model: str
    id: int
    before: Mapping[str, Any]


@dataclass(slots=True)
class Batch:
    """What a registration made and changed, in the order in which it did so."""

    made: list[tuple[str, list[int]]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    @property
    def made_count(self) -> int:
        """How many rows there are that were not there before."""
        return sum(len(ids) for _model, ids in self.made)

    def add(self, other: "Batch") -> None:
        """Count ``other`` in, as done after this."""
        self.made += other.made
        self.changed += other.changed


class Registration(Protocol):
    """A command that brings rows in."""

    def __call__(
        self,
        event_id: int,
        rows: Sequence[Row],
        *,
        actor: Actor,
        at: datetime,
        key: UUID | None = None,
    ) -> Batch: ...


def registers(
    verb: str,
) -> Callable[[Callable[[Event, Sequence[Row]], Batch]], Registration]:
    """Make a command of a function that merges rows: right, record, one transaction.

    The command raises ``Forbidden`` unless a coordinator, or the house, brings the
    rows; a retry with the same ``key`` changes nothing and gives an empty batch.
    """

    def made(merge_rows: Callable[[Event, Sequence[Row]], Batch]) -> Registration:
        @wraps(merge_rows)
        @transaction.atomic
        def command(
            event_id: int,
            rows: Sequence[Row],
            *,
            actor: Actor,
            at: datetime,
            key: UUID | None = None,
        ) -> Batch:
            if journal.replayed(key, verb, event_id, actor=actor):
                return Batch()
            event = Event.objects.get(pk=event_id)
            require_registrar(actor, event)
            batch = merge_rows(event, rows)
            _record(verb, event, batch, actor=actor, at=at, key=key)
            return batch

        return command

    return made


def require_registrar(actor: Actor, event: Event) -> None:
    """Raise ``Forbidden`` unless the settings' rule lets ``actor`` bring lists in."""
    rule = import_string(settings.REGISTRATION_RULE)
    require(bool(rule(actor, event)), _("Only a coordinator may do this."))


def merge[M: models.Model](
    among: models.QuerySet[M],
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    finish: Callable[[M], None] | None = None,
) -> tuple[list[M], Batch]:
    """The rows of ``among`` with these values, one for each given row, and the batch.

    ``key`` names the columns (attribute names, ``party_id``) that make two rows the
    same. ``finish`` is called with each new or changed row before it is kept.
    """
    model = among.model
    there = {_key_of(row, key): row for row in among}
    new: dict[tuple[Any, ...], M] = {}
    changed: dict[int, Changed] = {}
    answer: list[M] = []
    for given in rows:
        name = tuple(_value(model, given, column) for column in key)
        found = there.get(name) or new.get(name)
        if found is None:
            found = new[name] = model(**given)
        else:
            _tell_apart(found, given, changed)
        answer.append(found)
    updated = [row for row in there.values() if row.pk in changed]
    for row in [*new.values(), *updated] if finish else ():
        finish(row)  # type: ignore[misc]
    return answer, _keep(model, list(new.values()), updated, changed)


def link[M: models.Model, N: models.Model](
    field_name: str, wanted: Mapping[M, Iterable[N]], batch: Batch
) -> None:
    """Set the many-to-many ``field_name`` of each row, and enter it in ``batch``."""
    if not wanted:
        return
    some = next(iter(wanted))
    relation = some._meta.get_field(field_name)
    assert isinstance(relation, models.ManyToManyField)
    through = relation.remote_field.through
    assert through is not None
    ours, theirs = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    links = [
        {f"{ours}_id": row.pk, f"{theirs}_id": other.pk}
        for row, others in wanted.items()
        for other in others
    ]
    there = through._default_manager.filter(
        **{f"{ours}_id__in": [row.pk for row in wanted]}
    )
    batch.add(merge(there, links, key=(f"{ours}_id", f"{theirs}_id"))[1])


def spans(ids: Iterable[int]) -> list[list[int]]:
    """``ids`` as pairs of first and last.

    >>> spans([4, 5, 6, 9])
    [[4, 6], [9, 9]]
    """
    found: list[list[int]] = []
    for number in sorted(ids):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def portions[T](items: Sequence[T]) -> list[Sequence[T]]:
    """``items`` in runs that one statement can carry."""
    return [items[at : at + PORTION] for at in range(0, len(items), PORTION)]


def model_of(label: str) -> type[models.Model]:
    """The model with this label, as a batch names it."""
    return apps.get_model(label)


def plain(value: Any) -> Any:
    """``value`` as JSON can hold it."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _record(
    verb: str,
    event: Event,
    batch: Batch,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    """Enter the batch in the journal: how many, and which ids as spans."""
    journal.write(
        verb,
        event,
        actor=actor,
        at=at,
        key=key,
        made=batch.made_count,
        changed=len(batch.changed),
        ids={label: spans(ids) for label, ids in batch.made},
    )


def _value(model: type[models.Model], given: Row, column: str) -> Any:
    """What ``given`` says, or what an empty row would say."""
    if column in given:
        return given[column]
    return _field(model, column).get_default()


def _key_of(row: models.Model, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in key)


def _tell_apart(row: models.Model, given: Row, changed: dict[int, Changed]) -> None:
    """Give ``row`` the given values, remembering the former ones."""
    fresh = {
        name: value for name, value in given.items() if getattr(row, name) != value
    }
    if not fresh:
        return
    if row.pk is not None:
        known = changed.get(row.pk)
        names = {*fresh, *_computed(type(row))}
        before = {name: plain(getattr(row, name)) for name in names}
        before |= known.before if known else {}
        changed[row.pk] = Changed(row._meta.label_lower, row.pk, before)
    for name, value in fresh.items():
        setattr(row, name, value)


def _keep[M: models.Model](
    model: type[M], new: list[M], updated: list[M], changed: dict[int, Changed]
) -> Batch:
    rows = model._default_manager
    rows.bulk_create(new, batch_size=PORTION)
    if updated:
        columns = {name for change in changed.values() for name in change.before}
        names = {_field(model, name).name for name in columns}
        rows.bulk_update(updated, sorted(names), batch_size=PORTION)
    made = [(model._meta.label_lower, [row.pk for row in new])] if new else []
    return Batch(made, list(changed.values()))


def _field(model: type[models.Model], attribute: str) -> "models.Field[Any, Any]":
    for one in model._meta.concrete_fields:
        if attribute in (one.attname, one.name):
            return one
    raise LookupError(attribute)


def _computed(model: type[models.Model]) -> set[str]:
    """Columns nobody gives, that the row works out for itself."""
    return {
        one.name
        for one in model._meta.concrete_fields
        if not one.editable and not one.primary_key
    }
