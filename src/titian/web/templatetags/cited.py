"""Where a fact comes from, said by its title and led to, not by our short key."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from titian.kernel.models import Source
from titian.web.templatetags.kept import kept

register = template.Library()

KNOWN = "_titian_cited"


@register.simple_tag(takes_context=True)
def cited(context: template.Context, keys: str) -> str | SafeString:
    """The sources of ``keys`` ("voi-227711; tempo-1655127") as links by their titles.

    What is no key of ours, such as "practice", stands as it was written.
    """
    named = [key.strip() for key in (keys or "").split(";") if key.strip()]
    known = _known(context, named)
    return format_html_join(
        " · ", "{}", ((_led_to(known.get(key), key),) for key in named)
    )


def _led_to(source: Source | None, key: str) -> str | SafeString:
    if source is None or not source.address.startswith(("http://", "https://")):
        return kept(source or key)
    return format_html(
        '<a href="{}" rel="external noreferrer">{}</a>', source.address, kept(source)
    )


def _known(context: template.Context, keys: list[str]) -> dict[str, Source]:
    """The sources of these keys, each asked for once a page."""
    page = context.get("request")
    held: dict[str, Source] = getattr(page, KNOWN, {})
    if missing := [key for key in keys if key not in held]:
        held = held | Source.objects.in_bulk(missing, field_name="key")
        if page is not None:
            setattr(page, KNOWN, held)
    return held
