"""What the tools give: typed, bounded, and each item with the words it rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

__all__ = [
    "ArticlePage",
    "Correction",
    "DisputeItem",
    "DisputePage",
    "EventItem",
    "EventPage",
    "Evidence",
    "Hit",
    "HitPage",
    "Marked",
    "Office",
    "Origin",
    "Party",
    "People",
    "Person",
    "Quote",
    "ReadText",
    "SaidItem",
    "SaidPage",
    "Side",
    "UpcomingItem",
    "UpcomingPage",
    "Voice",
]


class Quote(BaseModel):
    """Words of an article, to the letter: code points ``span[0]`` to ``span[1]`` of its text."""

    article: int | None = Field(description="Number of the article; null in a text that was read just now.")
    span: tuple[int, int] = Field(description="[start, end) in code points of the article's text.")
    words: str
    cut: bool = Field(default=False, description="The passage goes on after these words.")


class Origin(BaseModel):
    """Where an article is from."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class EventItem(BaseModel):
    """Who did what to whom, as one article tells it."""

    id: str = Field(description="Give it to `evidence`, such as 7/e3.")
    article: int | None
    day: str | None = Field(description="First day of the event.")
    day_from: Literal["text", "published"] | None = Field(
        description="'published': the text names no day, and this is the day of the article."
    )
    period: str | None = Field(
        default=None, description="First day of the day, week, month or year, in a timeline."
    )
    actors: list[str]
    type: str
    mode: str | None
    recipients: list[str]
    status: str = Field(description="Only 'occurred' and 'ongoing' happened, as far as the article says.")
    historical: bool = Field(description="Long before the article's own time.")
    quad: str
    intensity: float = Field(description="-10 (conflict) to 10 (cooperation), by type and mode.")
    confidence: float = Field(description="Share of such events that are coded rightly, 0 to 1.")
    place: str | None
    said_by: list[str] = Field(
        description="Whose word it is, from the inside out; empty where the article itself tells it."
    )
    quote: Quote = Field(description="The word that tells of it.")
    sentence: Quote | None
    happening: int | None = Field(
        default=None, description="The same number: the same happening, told by several."
    )
    tellings: int = Field(default=1, description="Articles that tell it.")
    source: Origin


class SaidItem(BaseModel):
    """Somebody said, wrote, thinks or denies something."""

    id: str = Field(description="Give it to `evidence`, such as 7/c2.")
    article: int | None
    day: str | None
    day_from: Literal["text", "published"] | None
    who: str | None
    anonymous: bool
    act: str
    manner: str = Field(description="direct: in quotation marks; indirect: in the article's words; or mixed.")
    certainty: float = Field(description="How sure the source is made to sound, 0 to 1.")
    told_by: list[str] = Field(description="Who passes it on, the nearest first; empty: the article.")
    quotes: list[Quote] = Field(description="What was said.")
    source: Origin


class Side(BaseModel):
    """One side of a dispute."""

    said_by: list[str] = Field(
        description="Whose word it is, from the inside out; empty for the article itself."
    )
    quote: Quote
    source: Origin


class DisputeItem(BaseModel):
    """Two statements that cannot both hold."""

    kind: Literal["number", "denial", "status", "attribution"]
    about: str
    day: str | None
    happening: int | None = Field(
        description="Where it has a number, the sides are of two articles that tell it."
    )
    sides: list[Side]


class UpcomingItem(BaseModel):
    """What articles say will come."""

    day: str
    to_day: str | None
    status: str
    what: str
    place: str | None
    told_in: list[int] = Field(description="Numbers of the articles that say so, at most 20 of them.")
    articles: int
    quote: Quote
    sentence: str | None
    source: Origin


class Hit(BaseModel):
    """An article that has the words."""

    article: int
    source: Origin
    events: int
    claims: int
    passages: list[Quote]


class _Page(BaseModel):
    total: int | None = Field(description="How many there are; null: more than these, not counted.")
    next_cursor: str | None = Field(
        description="Give it as `cursor` for the next ones; null: these are the last."
    )
    note: str | None = None


class HitPage(_Page):
    """Articles."""

    items: list[Hit]


class EventPage(_Page):
    """Events."""

    items: list[EventItem]


class SaidPage(_Page):
    """Claims."""

    items: list[SaidItem]


class DisputePage(_Page):
    """Disputes."""

    items: list[DisputeItem]


class UpcomingPage(_Page):
    """What will come."""

    items: list[UpcomingItem]


class Marked(BaseModel):
    """An event or claim in a stretch of text, in short."""

    id: str
    what: str = Field(description="Type and status of an event; act and source of a claim.")
    quote: Quote


class ArticlePage(BaseModel):
    """A stretch of an article, with what is told in it."""

    article: int
    source: Origin
    quote: Quote = Field(description="The stretch; its words are the text.")
    total_characters: int
    next_start: int | None = Field(
        description="Give it as `start` for the next stretch; null: this is the last."
    )
    events: list[Marked]
    claims: list[Marked]
    left_out: int = Field(default=0, description="Events and claims of the stretch that are not listed.")


class Party(BaseModel):
    """An actor or recipient."""

    name: str
    kind: str
    country: str | None
    role: str | None
    kb: str | None = Field(description="Id in the tables of who is who.")
    quotes: list[Quote] = Field(description="Where it is named: in the sentence, else first of all.")


class Voice(BaseModel):
    """One step of the chain of who says that who says it."""

    id: str
    who: str | None
    anonymous: bool
    act: str
    manner: str
    certainty: float
    source: list[Quote] = Field(description="The words that name the source.")
    cue: list[Quote] = Field(description="said, according to, denied …")


class Correction(BaseModel):
    """What a person said of this reading; the machine's own values stand above."""

    who: str
    when: str
    verdict: str
    kind: str
    now: str = Field(description="What should stand there.")
    state: str = Field(description="holds, outvoted, changed or orphan.")
    note: str


class Evidence(BaseModel):
    """What an event or a claim rests on."""

    id: str
    article: int
    source: Origin
    event: EventItem | None
    claim: SaidItem | None
    sentence: Quote | None
    actors: list[Party]
    recipients: list[Party]
    time: Quote | None
    time_value: str | None = Field(description="TIMEX3.")
    place: Quote | None
    chain: list[Voice] = Field(
        description="Who says that who says it, the outermost first; empty: the article's own voice."
    )
    within: list[Marked] = Field(description="Events told inside a claim, at most 20.")
    disputes: list[DisputeItem] = Field(description="Of this article, with its words; at most 10.")
    corrections: list[Correction]
    read_by: str = Field(description="Version and weights that read it.")


class Office(BaseModel):
    """An office, and when it was held."""

    title: str
    start: str | None
    end: str | None


class Person(BaseModel):
    """Somebody whom a name may mean."""

    name: str
    country: str | None
    kb: str
    score: float = Field(description="How well name, country, office and day fit, 0 to 1.")
    offices: list[Office]


class People(BaseModel):
    """Who may be meant, best first."""

    items: list[Person]


class ReadText(BaseModel):
    """What a text says that was given; nothing of it is kept."""

    published: str | None
    events: list[EventItem]
    claims: list[SaidItem]
    disputes: list[DisputeItem]
    upcoming: list[Marked]
    left_out: int = Field(default=0, description="Events, claims and others that are not listed.")
