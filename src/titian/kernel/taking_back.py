"""Taking a registration back: what it made goes, what it changed is as before."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from titian.kernel.models import Entry
from titian.kernel.registering import Batch, model_of, portions


class InUse(ValueError):
    """What was brought in is already relied on; its argument is a sentence."""


def take_back(batch: Batch, *, since: int) -> None:
    """Undo ``batch``, entered in the journal as entry ``since``, or raise ``InUse``.

    Refused as a whole as soon as somebody acted on one of its rows, or one of them
    is part of something that was not brought in together with it.
    """
    _require_untouched(batch, since)
    _require_unused(batch)
    for change in reversed(batch.changed):
        model = model_of(change.model)
        model._default_manager.filter(pk=change.id).update(
            **{name: _value(model, name, old) for name, old in change.before.items()}
        )
    for label, ids in reversed(batch.made):
        for some in portions(ids):
            model_of(label)._default_manager.filter(pk__in=some).delete()


def _require_untouched(batch: Batch, since: int) -> None:
    for label, ids in _touched(batch):
        for some in portions(ids):
            acts = Entry.objects.filter(
                subject_kind=label, subject_id__in=some, pk__gt=since
            ).exclude(verb__endswith=".opened")  # to read is not to rely
            if act := acts.first():
                raise InUse(_sentence(label, act.subject_id))


def _touched(batch: Batch) -> Iterator[tuple[str, Sequence[int]]]:
    yield from batch.made
    for change in batch.changed:
        yield change.model, [change.id]


def _require_unused(batch: Batch) -> None:
    made = {label: set(ids) for label, ids in batch.made}
    for label, ids in batch.made:
        for relation in _relations(model_of(label)):
            other = relation.related_model
            allowed = made.get(other._meta.label_lower, set())
            name = relation.field.attname
            for some in portions(ids):
                using = other._default_manager.filter(**{f"{name}__in": some})
                for pk, used in using.values_list("pk", name):
                    if pk not in allowed:
                        raise InUse(_sentence(label, used))


def _relations(model: type[models.Model]) -> list[Any]:
    """Every foreign key that points here, except the row's own lists of others."""
    own = {one.remote_field.through for one in model._meta.many_to_many}
    return [
        one
        for one in model._meta.get_fields(include_hidden=True)
        if (one.one_to_many or one.one_to_one)
        and one.auto_created
        and not one.concrete
        and one.related_model not in own
    ]


def _sentence(label: str, pk: int) -> str:
    row = model_of(label)._default_manager.filter(pk=pk).first()
    return _(
        "“%(name)s” is already in use, so this import can no longer be undone. "
        "Change that row by hand instead."
    ) % {"name": row if row is not None else pk}


def _value(model: type[models.Model], attribute: str, old: Any) -> Any:
    for one in model._meta.concrete_fields:
        if attribute in (one.attname, one.name):
            return one.to_python(old)
    raise LookupError(attribute)
