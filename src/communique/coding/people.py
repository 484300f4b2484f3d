"""Which person is meant: full names, surnames, names with a title before them."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.coding.roles import Title
from communique.knowledge.names import key
from communique.knowledge.titles import titles
from communique.reading import Mention

__all__ = ["Draft", "People", "name_parts"]


@dataclass(slots=True)
class Draft:
    """An entity in the making; ``offices`` are a person's titles, lower-case words, ``left`` those
    that the person no longer holds; ``asked`` a name that bodies of several states bear, to be looked
    up when the country is known, and ``owned`` if the article tells whose it is."""

    name: str
    kind: str
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    role: str | None = None
    kb: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    offices: set[tuple[str, ...]] = field(default_factory=set)
    left: set[tuple[str, ...]] = field(default_factory=set)
    parts: tuple[str, ...] = ()
    female: bool | None = None
    asked: str | None = None
    owned: bool = False

    def add(self, start: int, end: int, form: str) -> None:
        """Note a mention, ``[start, end)``."""
        self.mentions.append(Mention(start, end, form))

    def before(self, position: int) -> bool:
        """Has it been mentioned before that place in the text?"""
        return any(m.start < position for m in self.mentions)


class People:
    """The persons of one article, by name."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._meant: dict[str, Draft] = {}
        self._recent: dict[int, int] = {}
        self._clock = 0

    def find(self, name: str, title: Title | None = None) -> Draft:
        """The person of that name, a new one if nobody of that name was mentioned.

        Args:
            name: as the text has it.
            title: the title or honorific that stands before it.
        """
        parts = name_parts(name)
        female = title.female if title else None
        if female is None:
            female = _by_honorific(name)
        known = [d for d in self.drafts if None in (d.female, female) or d.female == female]
        found = self._full(parts, title, known) if len(parts) > 1 else self._short(parts[0], title, known)
        if found is None:
            found = Draft(bare_name(name), "person", parts=parts)
            found.female = _by_given_name(parts)
            self.drafts.append(found)
        elif len(parts) > len(found.parts):
            found.name, found.parts = bare_name(name), parts
            found.female = _by_given_name(parts) if found.female is None else found.female
        if len(parts) == 1:
            self._meant.setdefault(parts[0], found)
        if found.female is None:
            found.female = female
        self._clock += 1
        self._recent[id(found)] = self._clock
        return found

    def _full(self, parts: tuple[str, ...], title: Title | None, known: list[Draft]) -> Draft | None:
        for draft in known:
            if draft.parts == parts:
                return draft
        ends = (parts[0], parts[-1])
        for draft in known:
            # "Joseph R. Biden" and "Joseph Biden"; "bin Salman" and "Mohammed bin Salman".
            one, other = set(parts), set(draft.parts)
            if (
                len(draft.parts) > 1
                and (draft.parts[0], draft.parts[-1]) == ends
                and (one <= other or other <= one)
            ):
                return draft
            short, long = sorted((draft.parts, parts), key=len)
            if 1 < len(short) < len(long) and (long[-len(short) :] == short or long[: len(short)] == short):
                return draft
        # "President Bush and his father, former President George Bush" are two.
        left = title.office if title and title.former else None
        singles = [d for d in known if len(d.parts) == 1 and d.parts[0] in ends and left not in d.offices]
        return singles[0] if len(singles) == 1 else None

    def _short(self, part: str, title: Title | None, known: list[Draft]) -> Draft | None:
        fits = [d for d in known if part in (d.parts[-1], d.parts[0])]
        if not fits:
            return None
        if title and title.office and len(fits) > 1:
            titled = [d for d in fits if title.office in d.offices | d.left]
            fits = titled or fits
        # The one whom the article has called so before goes on being called so.
        meant = self._meant.get(part)
        if meant is not None and any(d is meant for d in fits):
            return meant
        surnames = [d for d in fits if d.parts[-1] == part]
        if surnames and len(surnames) < len(fits) and part not in {d.parts[0] for d in surnames}:
            fits = surnames
        return max(fits, key=lambda d: self._recent[id(d)])


def _by_honorific(name: str) -> bool | None:
    """What a title that the network took into the name tells: "Mr Berg"."""
    first, _, rest = name.partition(" ")
    if not rest:
        return None
    low = first.lower()
    return True if low in titles().female else False if low in titles().male else None


def _by_given_name(parts: tuple[str, ...]) -> bool | None:
    """Is it a woman's name, or a man's? None if the given name does not tell."""
    table = titles()
    if len(parts) > 1 and parts[0] in table.female_names:
        return True
    return False if len(parts) > 1 and parts[0] in table.male_names else None


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no titles, nothing that stands behind, hyphens parted."""
    words = key(bare_name(name)).lower().replace("-", " ").split()
    while len(words) > 1 and words[-1].strip(",") in titles().after_names:
        words.pop()
    return tuple(w.strip(",") for w in words) or (name.lower(),)


def bare_name(name: str) -> str:
    """A person's name without the titles that the network took into it: "Mr Kato" → "Kato"."""
    words = name.split()
    i = 0
    while i < len(words) - 1:
        size = next((n for n in range(min(4, len(words) - 1 - i), 0, -1) if _is_title(words[i : i + n])), 0)
        if not size:
            break
        i += size
    return " ".join(words[i:])


def _is_title(words: list[str]) -> bool:
    known = titles()
    low = tuple(w.lower() for w in words)
    return low in known.offices or (len(low) == 1 and low[0] in known.honorifics)
