"""What the API answers, for its description: a class a row. A test holds that they have the columns of the
questions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, Field

__all__ = [
    "Actor",
    "ActorSummary",
    "Acts",
    "Article",
    "ArticleText",
    "Claim",
    "Country",
    "Covered",
    "Dispute",
    "Event",
    "Found",
    "Happening",
    "HappeningTold",
    "Kind",
    "Listed",
    "Pair",
    "PairPeriod",
    "Partner",
    "Passage",
    "Period",
    "Place",
    "Problem",
    "Publisher",
    "Role",
    "Store",
    "Telling",
    "Tie",
    "TimelineEvent",
    "Upcoming",
]

T = TypeVar("T")
Quad = Literal[1, 2, 3, 4]
Status = Literal["occurred", "ongoing", "planned", "hypothetical", "negated"]
DayFrom = Literal["text", "published"]
DisputeKind = Literal["number", "denial", "status", "attribution"]


class Problem(BaseModel):
    """What is wrong with a request (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(description="The kind of fault.")
    status: int = Field(description="Of HTTP, as in the answer's first line.")
    detail: str = Field(description="One sentence: what, where, and what to do.")


class Listed(BaseModel, Generic[T]):
    """A page of rows."""

    rows: list[T]
    total: int | None = Field(description="Rows there are in all; null where that was not counted.")
    next: str | None = Field(description="Address of the next page, without the host; null on the last.")


class Store(BaseModel):
    """What the store has."""

    name: str
    articles: int
    events: int
    claims: int
    happenings: int
    first: date | None = Field(description="Day of the earliest article.")
    last: date | None = Field(description="Day of the latest article.")
    added: datetime | None = Field(description="When the last article came in, UTC.")
    searchable: int = Field(description="Articles whose words are in the index for searching.")


class Article(BaseModel):
    """An article, and how much it tells."""

    article: int = Field(description="Its number.")
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    author: str | None
    added: datetime = Field(description="When it came into the store, UTC.")
    beginning: str = Field(description="The first characters of its text.")
    characters: int
    places: int = Field(description="Where it was found, copies too.")
    events: int
    claims: int
    disputes: int
    ahead: int = Field(description="What it says will come.")


class ArticleText(Article):
    """An article with its text."""

    text: str


class Passage(BaseModel):
    """A sentence with words that were looked for."""

    start: int = Field(description="In code points of the article's text.")
    stop: int
    words: str
    marks: list[int] = Field(description="Start and stop of each word that was looked for, within words.")


class Found(Article):
    """An article with words that were looked for."""

    passages: list[Passage]


class _Event(BaseModel):
    """What rows of events have in common."""

    article: int
    event: int
    day: date | None
    day_from: DayFrom | None = Field(description="Whether the text names the day, or it is the article's.")
    from_day: date | None
    to_day: date | None
    actors: list[str]
    type: str
    mode: str | None
    recipients: list[str]
    status: Status
    historical: bool
    contexts: list[str]
    quad_code: Quad
    intensity: float
    confidence: float
    place: str | None
    place_country: str | None
    said_by: list[str | None] = Field(
        description="Whose word it is, from the inside out; null where the text names nobody."
    )
    words: str
    sentence: str | None
    start: int = Field(description="Of the words, in code points of the article's text.")
    stop: int
    sentence_start: int | None
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None
    happening: int | None
    tellings: int = Field(description="Articles that tell the happening.")


class Event(_Event):
    """Who did what to whom, in which words."""

    corrected: list[str] = Field(
        default=[],
        description="Columns that people corrected, and the row has as they said; only with corrected=true.",
    )


class TimelineEvent(_Event):
    """An event of the timeline."""

    period: date | None = Field(description="First day of its period.")


class Counted(BaseModel):
    """Happenings by quad code."""

    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    happenings: int
    score: float | None = Field(description="Mean of PLOVER's scores, -10 to 10.")


class Period(Counted):
    """How much happened in a period."""

    period: date = Field(description="Its first day.")


class PairPeriod(Period):
    """What one party did to another in a period."""

    actor: str
    recipient: str


class Pair(Counted):
    """Two parties that deal with each other."""

    a: str
    a_name: str
    b: str
    b_name: str
    a_to_b: int
    b_to_a: int
    last: date | None


class Tie(Counted):
    """Who deals with whom."""

    actor: str
    actor_name: str
    recipient: str
    recipient_name: str


class Kind(BaseModel):
    """A type of event."""

    type: str
    quad_code: Quad
    happenings: int
    score: float | None
    first: date | None
    last: date | None


class Country(Counted):
    """What happened in a country."""

    country: str | None = Field(description="Its code; null where the articles do not say where.")


class Place(Counted):
    """What happened at a place."""

    place: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    whole: bool = Field(description="The place stands for its whole country.")


class Claim(BaseModel):
    """What somebody said."""

    article: int
    claim: int
    day: date | None
    day_from: DayFrom | None
    who: str | None
    country: str | None
    role: str | None
    kb: str | None
    anonymous: bool
    number: int | None
    act: str
    manner: str
    certainty: float
    cue: str
    words: str
    told_by: list[str]
    start: int | None
    stop: int | None
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None
    corrected: list[str] = Field(
        default=[],
        description="Columns that people corrected, and the row has as they said; only with corrected=true.",
    )


class Actor(BaseModel):
    """Somebody whom articles name."""

    key: str = Field(
        description="The id in the tables of who is who, else the name after a tilde, in small letters."
    )
    name: str
    kind: str
    country: str | None
    role: str | None
    sectors: list[str]
    articles: int
    events: int
    claims: int


class ActorSummary(BaseModel):
    """An actor, or all that is of a country, as the articles have it."""

    name: str
    names: list[str]
    kind: str
    country: str | None
    sectors: list[str]
    articles: int
    claims: int
    first: date | None
    last: date | None


class Role(BaseModel):
    """An office in which articles name an actor."""

    role: str
    articles: int
    first: date | None
    last: date | None


class Partner(Counted):
    """Another party with whom an actor deals."""

    key: str
    name: str
    country: str | None
    did: int
    had_done: int
    last: date | None


class Acts(BaseModel):
    """How an actor speaks."""

    act: str
    claims: int
    articles: int


class Dispute(BaseModel):
    """Two statements that cannot both hold."""

    happening: int | None = Field(description="Between two articles that tell it; null: within one.")
    kind: DisputeKind
    about: str
    day: date | None
    said_by_a: list[str | None]
    words_a: str
    article_a: int
    start_a: int
    stop_a: int
    published_a: date | None
    publisher_a: str | None
    title_a: str | None
    url_a: str | None
    said_by_b: list[str | None]
    words_b: str
    article_b: int
    start_b: int
    stop_b: int
    published_b: date | None
    publisher_b: str | None
    title_b: str | None
    url_b: str | None


class Upcoming(BaseModel):
    """What will come."""

    day: date
    to_day: date
    status: Literal["scheduled", "expected", "deadline"]
    what: str
    articles: int
    words: str
    sentence: str | None
    place: str | None
    time: str | None
    happening: int | None
    article: int
    start: int
    stop: int
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None
    told_in: list[int]
    mark: str


class Happening(BaseModel):
    """What one or several articles tell."""

    happening: int
    type: str
    mode: str | None
    status: Status
    from_day: date | None
    to_day: date | None
    country: str | None
    place: str | None
    actors: list[str]
    recipients: list[str]
    tellings: int
    differences: int
    confidence: float


class Telling(BaseModel):
    """How one article tells a happening."""

    article: int
    event: int
    publisher: str | None
    published: date | None
    title: str | None
    url: str | None
    actors: list[str]
    recipients: list[str]
    type: str
    mode: str | None
    status: Status
    quad_code: Quad
    intensity: float
    from_day: date | None
    to_day: date | None
    place: str | None
    said_by: str | None
    numbers: list[str]
    loaded: list[str]
    words: str
    sentence: str | None
    start: int
    stop: int
    sentence_start: int | None
    confidence: float


class HappeningTold(Happening):
    """A happening with its tellings."""

    told: list[Telling]


class Publisher(BaseModel):
    """A publisher, how much it tells, and how often its own voice judges."""

    publisher: str
    articles: int
    words: int
    loaded: int
    hedges: int
    intensifiers: int
    loaded_per_1000: float | None
    hedges_per_1000: float | None
    claims: int
    anonymous: float | None
    happenings: int
    first: int
    left_out: int


class Covered(BaseModel):
    """A happening that several publishers tell."""

    happening: int
    day: date | None
    type: str
    status: Status
    actors: list[str]
    recipients: list[str]
    place: str | None
    publishers: list[str]
    days: list[date | None]
    left_out: list[str]
    articles: int
    differences: int
