-- The tables of a store, schema version 1.
--
-- One article is one number (`article`) everywhere. What a reading calls "e3" is `n` = 3 in the table of its kind: the
-- letter is the table's. `start` and `stop` count Unicode code points of `articles.text`, stop exclusive, so that
-- substr(text, start + 1, stop - start) is the evidence. Lists of spans lie flat: [start, stop, start, stop …].
-- What is not known is NULL. The tables together hold a whole reading: nothing is kept twice, but what a question
-- would otherwise join for (the days of an event, the country of a party).

CREATE TABLE meta (            -- the store about itself: 'schema', 'created', 'created_by'
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Articles and where they came from ------------------------------------------------------------------------------

CREATE TABLE articles (
    article        INTEGER PRIMARY KEY,
    id             TEXT NOT NULL,      -- the input row's own id, else a hash of the text
    hash           TEXT NOT NULL UNIQUE, -- SHA-256 of the text, 32 hexadecimal digits of it
    title          TEXT,
    author         TEXT,
    publisher      TEXT,
    url            TEXT,
    language       TEXT NOT NULL,
    published      DATE,
    published_from TEXT,               -- 'option', 'metadata', 'text'
    -- As it is: compressed, some two thousand texts would be unpacked for the words of one.
    text           TEXT NOT NULL USING COMPRESSION uncompressed,
    blocks         INTEGER[] NOT NULL, -- spans of the paragraphs, page furniture left out
    added          TIMESTAMP NOT NULL  -- UTC
);
CREATE TABLE sources (         -- every place where an article was found: a file's row, a page, a copy on another wire
    article    INTEGER NOT NULL,
    place      TEXT NOT NULL,          -- file and row, or address
    url        TEXT,
    address    TEXT,                   -- the url in the form by which addresses are compared
    publisher  TEXT,
    title      TEXT,
    published  DATE,
    likeness   TEXT NOT NULL,          -- 'first', 'same text', 'same address', 'near copy'
    shared     REAL,                   -- share of the words in common, of a near copy
    seen       TIMESTAMP NOT NULL,
    UNIQUE (place)
);
CREATE TABLE fingerprints (    -- bands of MinHash, by which near copies are found
    article INTEGER NOT NULL,
    band    UTINYINT NOT NULL,
    value   UBIGINT NOT NULL
);
CREATE TABLE inputs (          -- files and pages that are wholly in the store; a second run passes them by
    place   TEXT PRIMARY KEY,
    mark    TEXT NOT NULL,             -- size and time of the file, or its hash
    articles INTEGER NOT NULL,
    faults  INTEGER NOT NULL,
    done    TIMESTAMP NOT NULL
);
CREATE TABLE feeds (           -- what is polled, and what the server said last
    url           TEXT PRIMARY KEY,
    etag          TEXT,
    last_modified TEXT,
    polled        TIMESTAMP,
    due           TIMESTAMP,
    failures      INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE faults (          -- what could not be read, and why
    place   TEXT NOT NULL,
    message TEXT NOT NULL,
    seen    TIMESTAMP NOT NULL
);

-- Readings: which version told what, and when --------------------------------------------------------------------

CREATE TABLE readings (        -- the reading that the tables below hold, one an article
    article  INTEGER PRIMARY KEY,
    version  TEXT NOT NULL,            -- of the program
    model    TEXT NOT NULL,            -- name and hash of the weights
    ontology TEXT NOT NULL,
    coded    TIMESTAMP NOT NULL
);
CREATE TABLE history (         -- readings that a newer version replaced
    article  INTEGER NOT NULL,
    version  TEXT NOT NULL,
    model    TEXT NOT NULL,
    ontology TEXT NOT NULL,
    coded    TIMESTAMP NOT NULL,
    replaced TIMESTAMP NOT NULL,
    reading  BLOB NOT NULL             -- JSON of format communique/1 without the article's text, deflated
);

-- What a reading holds ---------------------------------------------------------------------------------------------

CREATE TABLE sentences (
    article INTEGER NOT NULL,
    n       USMALLINT NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL
);
CREATE TABLE entities (        -- who and what an article speaks of
    article INTEGER NOT NULL,
    n       USMALLINT NOT NULL,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    country TEXT,                      -- ISO 3166-1 alpha-3
    sectors TEXT[] NOT NULL,           -- PLOVER's, the main one first
    role    TEXT,
    kb      TEXT                       -- id in the knowledge base
);
CREATE TABLE mentions (
    article INTEGER NOT NULL,
    entity  USMALLINT NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL,
    form    TEXT NOT NULL              -- 'name', 'title', 'pronoun', 'metonym', 'description'
);
CREATE TABLE times (
    article  INTEGER NOT NULL,
    n        USMALLINT NOT NULL,
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    type     TEXT NOT NULL,            -- 'date', 'time', 'duration', 'set'
    value    TEXT,                     -- TIMEX3
    from_day DATE,
    to_day   DATE                      -- inclusive
);
CREATE TABLE places (
    article     INTEGER NOT NULL,
    n           USMALLINT NOT NULL,
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    name        TEXT NOT NULL,
    country     TEXT,
    latitude    DOUBLE,
    longitude   DOUBLE,
    geonames    INTEGER,
    probability DOUBLE,
    second      STRUCT(name TEXT, country TEXT, latitude DOUBLE, longitude DOUBLE, geonames INTEGER, probability DOUBLE)
);
CREATE TABLE events (          -- who did what to whom; who and whom stand in `parties`
    article    INTEGER NOT NULL,
    n          USMALLINT NOT NULL,
    type       TEXT NOT NULL,          -- PLOVER's
    mode       TEXT,
    contexts   TEXT[] NOT NULL,
    quad_code  UTINYINT NOT NULL,      -- 1 verbal cooperation, 2 material, 3 verbal conflict, 4 material
    intensity  DOUBLE NOT NULL,        -- PLOVER's score
    cameo      TEXT,
    start      INTEGER NOT NULL,
    stop       INTEGER NOT NULL,
    sentence   USMALLINT NOT NULL,
    status     TEXT NOT NULL,          -- 'occurred', 'ongoing', 'planned', 'hypothetical', 'negated'
    historical BOOLEAN NOT NULL,
    time       USMALLINT,
    from_day   DATE,                   -- of that time
    to_day     DATE,
    place      USMALLINT,
    claim      USMALLINT,              -- inside whose statement it is told
    confidence DOUBLE NOT NULL
);
CREATE TABLE parties (
    article INTEGER NOT NULL,
    event   USMALLINT NOT NULL,
    side    TEXT NOT NULL,             -- 'actor', 'recipient'
    rank    USMALLINT NOT NULL,        -- order in the reading's list, from 1
    entity  USMALLINT NOT NULL,
    name    TEXT NOT NULL,             -- of that entity, as are the next
    country TEXT,
    sector  TEXT,
    kb      TEXT
);
CREATE TABLE claims (          -- somebody said, wrote, thinks, denies … something
    article   INTEGER NOT NULL,
    n         USMALLINT NOT NULL,
    source    USMALLINT,               -- entity
    source_spans INTEGER[] NOT NULL,
    anonymous BOOLEAN NOT NULL,
    number    BIGINT,                  -- how many sources, where told
    cue       INTEGER[] NOT NULL,
    content   INTEGER[] NOT NULL,
    manner    TEXT NOT NULL,           -- 'direct', 'indirect', 'mixed'
    act       TEXT NOT NULL,
    certainty DOUBLE NOT NULL,
    within    USMALLINT,               -- the claim this one is reported in
    time      USMALLINT
);
CREATE TABLE disputes (        -- two statements of one article that cannot both hold
    article INTEGER NOT NULL,
    n       USMALLINT NOT NULL,
    kind    TEXT NOT NULL,             -- 'number', 'denial', 'status', 'attribution'
    about   TEXT NOT NULL,
    claims  USMALLINT[] NOT NULL,      -- NULL in it: the article's own voice
    spans   INTEGER[] NOT NULL
);
CREATE TABLE schedule (
    article INTEGER NOT NULL,
    n       USMALLINT NOT NULL,
    time    USMALLINT NOT NULL,
    from_day DATE,
    to_day  DATE,
    event   USMALLINT,
    what    TEXT NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL,
    status  TEXT NOT NULL              -- 'scheduled', 'expected', 'deadline'
);
CREATE TABLE quantities (
    article INTEGER NOT NULL,
    n       USMALLINT NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL,
    value   DOUBLE NOT NULL,
    unit    TEXT,
    of_what TEXT,
    approximate BOOLEAN NOT NULL,
    claim   USMALLINT
);
CREATE TABLE language (        -- words in the article's own voice that judge rather than report
    article INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL,
    kind    TEXT NOT NULL              -- 'loaded', 'hedge', 'intensifier'
);

-- Across articles --------------------------------------------------------------------------------------------------

CREATE TABLE happenings (      -- one happening, however many articles tell it
    happening INTEGER PRIMARY KEY,
    type      TEXT NOT NULL,
    mode      TEXT,
    status    TEXT NOT NULL,
    from_day  DATE,
    to_day    DATE,
    country   TEXT,                    -- where
    place     TEXT,
    actors    TEXT[] NOT NULL,         -- names, as most tellings have them
    recipients TEXT[] NOT NULL,
    tellings  INTEGER NOT NULL,        -- articles that tell it, copies counted once
    confidence DOUBLE NOT NULL
);
CREATE TABLE tellings (
    happening INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    event     USMALLINT NOT NULL
);
CREATE TABLE differences (     -- what its tellings do not agree on
    happening INTEGER NOT NULL,
    kind      TEXT NOT NULL,           -- 'number', 'denial', 'status', 'attribution'
    about     TEXT NOT NULL,
    article_a INTEGER NOT NULL,
    start_a   INTEGER NOT NULL,
    stop_a    INTEGER NOT NULL,
    claim_a   USMALLINT,
    article_b INTEGER NOT NULL,
    start_b   INTEGER NOT NULL,
    stop_b    INTEGER NOT NULL,
    claim_b   USMALLINT
);

-- Views: what a person would write himself -------------------------------------------------------------------------

CREATE VIEW who_did_what AS    -- a row an event: who, what, whom, when, where, who says so, in which words
SELECT e.article, e.n AS event,
       coalesce(e.from_day, a.published) AS day, e.from_day, e.to_day,
       p.actors,
       e.type, e.mode, e.status, e.historical,
       p.recipients,
       e.contexts, e.quad_code, e.intensity, e.confidence,
       pl.name AS place, pl.country AS place_country,
       coalesce(s.name, CASE WHEN c.n IS NOT NULL THEN substr(a.text, c.source_spans[1] + 1, c.source_spans[2] - c.source_spans[1]) END)
           AS said_by,
       substr(a.text, e.start + 1, e.stop - e.start) AS words,
       a.published, a.publisher, a.title, a.url
FROM events e
JOIN articles a ON a.article = e.article
LEFT JOIN (
    SELECT article, event,
           list(name ORDER BY rank) FILTER (side = 'actor') AS actors,
           list(name ORDER BY rank) FILTER (side = 'recipient') AS recipients
    FROM parties GROUP BY article, event
) p ON p.article = e.article AND p.event = e.n
LEFT JOIN places pl ON pl.article = e.article AND pl.n = e.place
LEFT JOIN claims c ON c.article = e.article AND c.n = e.claim
LEFT JOIN entities s ON s.article = c.article AND s.n = c.source;

CREATE VIEW dyad_days AS       -- how two countries dealt with each other, a row a day, by quad code; copies counted once
WITH pairs AS (                -- an event counts once for two countries, however many of them took part in it
    SELECT DISTINCT x.article, x.event, x.country AS actor, y.country AS recipient
    FROM parties x JOIN parties y USING (article, event)
    WHERE x.side = 'actor' AND y.side = 'recipient' AND x.country <> y.country
)
SELECT coalesce(e.from_day, a.published) AS day, d.actor, d.recipient, e.quad_code,
       count(DISTINCT coalesce(t.happening, -(e.article::BIGINT * 65536 + e.n))) AS happenings,
       count(*) AS events, avg(e.intensity) AS score
FROM pairs d
JOIN events e ON e.article = d.article AND e.n = d.event
JOIN articles a ON a.article = e.article
LEFT JOIN tellings t ON t.article = e.article AND t.event = e.n
WHERE e.status IN ('occurred', 'ongoing') AND NOT e.historical
GROUP BY ALL;

CREATE VIEW upcoming AS        -- what articles say will come, by day
SELECT k.from_day, k.to_day, k.status, k.what, k.article, k.n, k.event,
       substr(a.text, k.start + 1, k.stop - k.start) AS words, a.published, a.publisher, a.title, a.url
FROM schedule k JOIN articles a USING (article)
WHERE k.to_day IS NULL OR a.published IS NULL OR k.to_day >= a.published;

CREATE VIEW said AS            -- a row a claim: who, how, in which words
SELECT c.article, c.n AS claim, s.name AS who, s.country, s.role, s.kb,
       substr(a.text, c.source_spans[1] + 1, c.source_spans[2] - c.source_spans[1]) AS source_words,
       c.anonymous, c.number, c.act, c.manner, c.certainty,
       list_aggregate([substr(a.text, c.content[i] + 1, c.content[i + 1] - c.content[i])
                       FOR i IN range(1, len(c.content), 2)], 'string_agg', ' … ') AS words,
       c.within, a.published, a.publisher, a.title, a.url
FROM claims c JOIN articles a USING (article)
LEFT JOIN entities s ON s.article = c.article AND s.n = c.source;
