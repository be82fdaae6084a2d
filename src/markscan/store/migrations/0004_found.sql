-- When what was confirmed had been found, where that was before it was confirmed.

ALTER TABLE verdict ADD COLUMN found TEXT;  -- ISO 8601 with offset; none: when it was confirmed
