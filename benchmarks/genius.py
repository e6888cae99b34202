"""Read the talks of the ANAC competitions: Genius XML, additive profiles only.

As Genius does (AdditiveUtilitySpace): an option is worth its evaluation divided by the
highest evaluation of its issue, times the issue's weight; whole numbers between bounds
by a line from the lower bound. The discount is for whoever asks for a later moment.
"""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from titian.planning.bargain import Domain, Issue, Profile

ATTRIBUTES = (("parameter1", "parameter0"), ("slope", "offset"))


class Unreadable(Exception):
    """Not a file of this kind, with the reason."""


def domain_in(path: Path) -> Domain:
    """The issues in the order of their index. Raises Unreadable for anything else."""
    root = _root(path)
    if root.tag != "negotiation_template":
        raise Unreadable(f"{path.name} is no domain")
    return Domain(
        tuple(_issue(element) for _at, element in sorted(_issues(root).items()))
    )


def profile_in(path: Path, domain: Domain, *, at: float = 0.0) -> Profile:
    """The side's preferences, and its reserve, at a moment from 0 to 1.

    Raises Unreadable for what is not additive, or not of this domain.
    """
    root = _root(path)
    if (
        root.tag != "utility_space"
        or root.get("type") == "nonlinear"
        or root.find(".//ufun")
    ):
        raise Unreadable(f"{path.name} is no additive profile")
    issues = sorted(_issues(root).items())
    if len(issues) != len(domain.issues):
        raise Unreadable(f"{path.name} has other issues")
    weights = {
        _whole(w, "index"): float(w.get("value", "nan")) for w in root.iter("weight")
    }
    if not {index for index, _element in issues} <= weights.keys():
        raise Unreadable(f"{path.name} has no weight for an issue")
    factor = _discount(root) ** at
    return Profile(
        tuple(weights[index] * factor for index, _element in issues),
        tuple(
            _values(path, issue, element)
            for issue, (_index, element) in zip(domain.issues, issues, strict=True)
        ),
        _number(root, "reservation", 0.0) * factor,
    )


def _root(path: Path) -> Element:
    try:
        return ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise Unreadable(f"{path.name} is no XML: {error}") from error


def _issues(root: Element) -> dict[int, Element]:
    return {_whole(element, "index"): element for element in root.iter("issue")}


def _whole(element: Element, name: str) -> int:
    return int(element.get(name, "0"))


def _issue(element: Element) -> Issue:
    options = tuple(item.get("value", "") for item in element.iter("item"))
    if not options:
        low, high = _bounds(element)
        options = tuple(str(value) for value in range(low, high + 1))
    if len(set(options)) < len(options):
        options = tuple(f"{number}: {option}" for number, option in enumerate(options))
    return Issue(f"{element.get('index')}: {element.get('name')}", options)


def _bounds(element: Element) -> tuple[int, int]:
    holder = element.find("range")
    holder = element if holder is None else holder
    try:
        return int(holder.get("lowerbound", "")), int(holder.get("upperbound", ""))
    except ValueError as error:
        raise Unreadable(f"{element.get('name')} cannot be written out") from error


def _values(path: Path, issue: Issue, element: Element) -> tuple[float, ...]:
    items = {item.get("value", ""): item for item in element.iter("item")}
    if not items:
        return _line(element, len(issue.options))
    plain = [
        option.split(": ", 1)[-1] if option not in items else option
        for option in issue.options
    ]
    if not items.keys() >= set(plain):
        raise Unreadable(f"{path.name} has other options for {issue.key}")
    worth = [float(items[option].get("evaluation", "nan")) for option in plain]
    most = max(worth)
    return tuple(value / most if abs(most) > 1e-6 else 0.0 for value in worth)


def _line(element: Element, width: int) -> tuple[float, ...]:
    line = element.find("evaluator")
    if line is None:
        raise Unreadable(f"{element.get('name')} has no evaluator")
    for slope, offset in ATTRIBUTES:
        if line.get(slope) is not None:
            rise, start = float(line.get(slope, "")), float(line.get(offset, "0"))
            return tuple(start + rise * step for step in range(width))
    raise Unreadable(f"{element.get('name')} has no line")


def _number(root: Element, tag: str, otherwise: float) -> float:
    element = root.find(f".//{tag}")
    return otherwise if element is None else float(element.get("value", otherwise))


def _discount(root: Element) -> float:
    """What is left at moment 1; without a discount, or with one out of (0, 1), all."""
    factor = _number(root, "discount_factor", 1.0)
    return factor if 0 < factor < 1 else 1.0
