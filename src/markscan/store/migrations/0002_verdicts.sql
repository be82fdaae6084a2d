-- Verdicts of people on findings, the audit log, and the secret of the store.
--
-- Rows of verdict and audit are only ever added.

-- The content key (secret.py); none in rows of before.
ALTER TABLE finding ADD COLUMN content TEXT;
CREATE INDEX finding_content ON finding (content) WHERE content IS NOT NULL;

-- The number of the record of its beginning; none in runs of before.
ALTER TABLE run ADD COLUMN audit {number};

CREATE TABLE secret (
    id {number} NOT NULL PRIMARY KEY CHECK (id = 1),
    finding_key {bytes} NOT NULL  -- 32 bytes
);

CREATE TABLE audit (
    number {number} NOT NULL PRIMARY KEY,  -- from 1, without a gap
    at TEXT NOT NULL,           -- ISO 8601 with offset
    person TEXT NOT NULL,       -- account of the system, not what somebody called himself
    host TEXT NOT NULL,
    act TEXT NOT NULL,          -- one of audit.py
    subject TEXT NOT NULL,      -- JSON: ids of what it was done to
    counts TEXT NOT NULL,       -- JSON
    previous {bytes} NOT NULL,  -- digest of the record before; 32 zeros before the first
    digest {bytes} NOT NULL     -- SHA-256 of all of the above
);

CREATE TABLE verdict (
    id {number} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'dismissed', 'withdrawn', 'reported')),
    content TEXT NOT NULL,    -- content key of what it is about
    under {bytes},            -- folder to which it is limited, as in folder.path; none: everywhere
    key TEXT NOT NULL,        -- of the finding that was named
    rule TEXT NOT NULL,
    severity {number} NOT NULL,
    reason TEXT NOT NULL,     -- of a report: to whom
    person TEXT NOT NULL,
    at TEXT NOT NULL,         -- ISO 8601 with offset; of a report: when it was made
    until TEXT,               -- ISO date, the last day on which it counts; none: no end
    audit {number} NOT NULL REFERENCES audit (number)
);
CREATE INDEX verdict_content ON verdict (content);
