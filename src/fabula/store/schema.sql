-- What a file of stories holds. Rows are only ever added, so that whatever has been written stays true.

-- About the file as a whole: its format, the version of fabula, the world, what it is asked.
CREATE TABLE about (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- The texts of the world, the first file first.
CREATE TABLE texts (number INTEGER, source VARCHAR, text VARCHAR);

-- The worlds: one of them, or in a sweep one for each way in which it is changed. `mark` stands for all that its courses depend on,
-- `plain` for who looks. `stopped` says why a look was given up; NULL: it goes on or is done.
CREATE TABLE worlds (
    world INTEGER PRIMARY KEY, changes VARCHAR[], mark VARCHAR, goal DOUBLE, plain BOOLEAN, people VARCHAR[], contracts VARCHAR[]
);

-- A world that needs no more looking at: `stopped` is '' if everything was seen; `mistake` is what is wrong with the world.
CREATE TABLE finished (world INTEGER, stopped VARCHAR, mistake VARCHAR, seconds DOUBLE);

-- What has become of the contracts of a world that was finished.
CREATE TABLE verdicts (world INTEGER, contract VARCHAR, demand VARCHAR, status VARCHAR, acts VARCHAR[]);

-- States in the order in which they were met, and the place and act that each was first met by (none for the start).
CREATE TABLE met (
    world INTEGER, place BIGINT, depth INTEGER, before BIGINT, act VARCHAR, digest BLOB,
    worth DOUBLE, worths DOUBLE[], facts VARCHAR[], holds INTEGER[]
);

-- Places at which it is known what can happen: `open` (something that was not followed), `cut` (to somewhere that was never met),
-- `short` (somebody might have had a reason under wider limits).
CREATE TABLE gone (world INTEGER, place BIGINT, open BOOLEAN, cut BOOLEAN, short BOOLEAN, ending BOOLEAN, hoped BOOLEAN);

-- What everybody in it would do at a place, and where it leads; what somebody would not.
CREATE TABLE turns (world INTEGER, place BIGINT, act VARCHAR, next BIGINT);
CREATE TABLE refused (world INTEGER, place BIGINT, act VARCHAR);

-- For whoever asks in SQL.

CREATE VIEW places AS
    SELECT m.world, m.place, m.depth, m.worth, m.facts, m.before, m.act, g.ending, g.hoped
    FROM met m LEFT JOIN gone g USING (world, place);

-- A shortest story to every ending.
CREATE VIEW stories AS
    WITH RECURSIVE course(world, ending, place, acts) AS (
        SELECT world, place, place, []::VARCHAR[] FROM gone WHERE ending
        UNION ALL
        SELECT c.world, c.ending, m.before, list_prepend(m.act, c.acts)
        FROM course c JOIN met m ON m.world = c.world AND m.place = c.place WHERE m.before IS NOT NULL
    )
    SELECT c.world, c.ending AS place, len(c.acts) AS length, g.hoped, c.acts, e.facts, e.worth
    FROM course c
    JOIN gone g ON g.world = c.world AND g.place = c.ending
    JOIN met e ON e.world = c.world AND e.place = c.ending
    WHERE c.place = 0 ORDER BY c.world, length, c.ending;

-- Everything that comes to the same, as far as facts go.
CREATE VIEW endings AS
    SELECT world, facts, hoped, count(*) AS places, min(length) AS shortest FROM stories GROUP BY ALL ORDER BY world, shortest;
