"""Rules in plain words, brought in by a list."""

from collections.abc import Sequence

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.rules.models import Article


@registers("rules.registered")
def register_articles(event: Event, rows: Sequence[Row]) -> Batch:
    """Articles of the office, one for each topic; ``replaced_by`` is another topic."""
    given = [{k: v for k, v in row.items() if k != "replaced_by"} for row in rows]
    batch = merge(Article.objects.all(), given, key=("topic",))[1]
    replaced = {r["topic"]: r["replaced_by"] for r in rows if r.get("replaced_by")}
    if replaced:
        known = dict(Article.objects.values_list("topic", "pk"))
        links = [
            {"topic": topic, "replaced_by_id": known[successor]}
            for topic, successor in replaced.items()
        ]
        batch.add(merge(Article.objects.all(), links, key=("topic",))[1])
    return batch
