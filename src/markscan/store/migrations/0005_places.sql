-- What is said of places, and on which day a file may be judged otherwise.

-- Ordinal of the first day on which the same file may be judged otherwise, if it was judged on
-- `day`; none in rows of before, which hold on `day` alone.
ALTER TABLE file ADD COLUMN wake {number};
ALTER TABLE folder ADD COLUMN wake {number};

-- Rank of the highest state level in force that a reader sees in the file or in one inside; 0
-- without one. A file that ended keeps it: what lay in a place is not forgotten with the file.
ALTER TABLE file ADD COLUMN level {number};
CREATE INDEX file_level ON file (level) WHERE level > 0;

-- What a run found of a place as a whole, not of one file. It stood from `from_run` until
-- before `to_run`; said otherwise it is a new row, which keeps `first_run`.
CREATE TABLE notice (
    id {number} NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    place {bytes} NOT NULL,     -- a folder as in folder.path, or the pattern of a location
    severity {number} NOT NULL,
    told TEXT NOT NULL,         -- JSON: levels, days and numbers, no document text
    key TEXT NOT NULL,
    content TEXT NOT NULL,      -- the content key, on which verdicts hang
    first_run {number} NOT NULL REFERENCES run (id),
    from_run {number} NOT NULL REFERENCES run (id),
    to_run {number}             -- the first run that did not find it so any more
);
