-- Files with the same bytes that are judged alike wherever they lie.

-- Digest of bytes and circumstances (circumstances.py); none where something was found, because
-- what is said of it holds the path, and in rows of before.
ALTER TABLE file ADD COLUMN twin {bytes};
CREATE INDEX file_twin ON file (twin) WHERE twin IS NOT NULL;

-- Of what a scanner was made, as JSON (layers.py); none in rows of before.
ALTER TABLE scanner ADD COLUMN layers {bytes};
