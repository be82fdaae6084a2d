-- Runs, folders, files and findings.
--
-- Files and findings have a first and a last run: what a run saw is all that began by then and
-- had not ended. So a run costs room only for what changed in it.

CREATE TABLE scanner (
    id {number} NOT NULL PRIMARY KEY,
    digest {bytes} NOT NULL UNIQUE  -- of program, data and configuration: see identity.py
);

CREATE TABLE run (
    id {number} NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'failed', 'interrupted')),
    started TEXT NOT NULL,   -- ISO 8601 with offset
    ended TEXT,
    beat {number} NOT NULL,  -- seconds since 1970 when it last wrote
    host TEXT NOT NULL,
    pid {number} NOT NULL,
    born TEXT NOT NULL,      -- when the process began, in the words of its system
    scanner {number} NOT NULL REFERENCES scanner (id),
    day {number} NOT NULL,   -- ordinal of the day on which periods were compared
    asked {bytes} NOT NULL,  -- JSON: roots, version, what the report needs of the configuration
    ledger {bytes}           -- JSON: what was counted
);

CREATE TABLE folder (
    id {number} NOT NULL PRIMARY KEY,
    path {bytes} NOT NULL UNIQUE,  -- absolute, in UTF-8, with / and a / at the end
    seal {bytes},                  -- of its listing; none until each file in it is settled
    scanner {number} REFERENCES scanner (id),
    day {number},                  -- set if something in it must be judged anew each day
    quiet {number} NOT NULL,       -- clean files
    loud {number} NOT NULL         -- the others
);

CREATE TABLE file (
    id {number} NOT NULL PRIMARY KEY,
    folder {number} NOT NULL REFERENCES folder (id),
    name {bytes} NOT NULL,   -- empty: the folder itself, which could not be listed
    size {number} NOT NULL,  -- bytes; -1: no file to be read
    mtime {number} NOT NULL, -- nanoseconds
    inode {number} NOT NULL, -- its lowest 63 bits; 0 where the system tells none
    scanner {number} NOT NULL REFERENCES scanner (id),
    day {number},            -- on which it was judged, if the judgement depends on the day
    again {number} NOT NULL, -- 1: look again in the next run, whatever has changed
    format TEXT NOT NULL,
    content {bytes},         -- BLAKE2b-256 of the bytes; none where they were not read
    outcome {bytes},         -- JSON of codec.py; none for a clean file
    origin {number},         -- the file that it was before it was moved
    from_run {number} NOT NULL REFERENCES run (id),
    to_run {number},         -- the first run in which it was no more so
    ended TEXT CHECK (ended IN ('changed', 'gone', 'excluded', 'moved'))
);
CREATE INDEX file_folder ON file (folder);
CREATE INDEX file_content ON file (content) WHERE outcome IS NOT NULL;
CREATE INDEX file_to ON file (to_run) WHERE to_run IS NOT NULL;

CREATE TABLE finding (
    id {number} NOT NULL PRIMARY KEY,
    file {number} NOT NULL REFERENCES file (id),
    member {bytes} NOT NULL, -- the way to the file inside, with its !; empty: the file itself
    place {number} NOT NULL, -- which of the findings of this rule in this member, from 0
    rule TEXT NOT NULL,
    severity {number} NOT NULL,
    key TEXT NOT NULL,
    first_run {number} NOT NULL REFERENCES run (id)  -- in which it was first seen, moves included
);
CREATE INDEX finding_file ON finding (file);
