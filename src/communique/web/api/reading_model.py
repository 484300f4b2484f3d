"""The reading of an article, for the description of the API: mostly the classes of ``communique.reading``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from communique import reading as parts

__all__ = ["Reading"]

_Span = Annotated[list[int], Field(min_length=2, max_length=2)]


class Source(BaseModel):
    """Who makes a claim."""

    entity: str | None
    spans: list[_Span]
    anonymous: bool
    count: int | None


class Claim(BaseModel):
    """Somebody said, wrote, thinks or denies something."""

    id: str
    source: Source
    cue: list[_Span]
    content: list[_Span]
    manner: Literal["direct", "indirect", "mixed"]
    act: str
    certainty: float
    within: str | None
    time: str | None


class Dispute(BaseModel):
    """Two statements that cannot both hold."""

    id: str
    claims: list[str | None]
    kind: str
    about: str
    spans: list[_Span]


class Time(BaseModel):
    """A time expression, TIMEX3."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: str
    start: int
    end: int
    type: Literal["date", "time", "duration", "set"]
    value: str | None
    from_: str | None = Field(alias="from")
    to: str | None


class Text(BaseModel):
    """The article that was read."""

    id: str
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    language: str
    published: date | None
    published_from: str | None
    text: str


class Reading(BaseModel):
    """All that was read in an article; spans count code points of ``article.text``."""

    format: Literal["communique/1"]
    producer: parts.Producer
    article: Text
    sentences: list[parts.Sentence]
    entities: list[parts.Entity]
    times: list[Time]
    places: list[parts.Place]
    events: list[parts.Event]
    claims: list[Claim]
    disputes: list[Dispute]
    schedule: list[parts.Schedule]
    quantities: list[parts.Quantity]
    language: list[parts.LanguageMark]
