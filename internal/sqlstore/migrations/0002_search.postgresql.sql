-- The full-text index keeps words and positions, no text; nothing is parsed or
-- stemmed here: words arrive ready.
CREATE TABLE search (
  ordinal INTEGER NOT NULL PRIMARY KEY,
  tokens TSVECTOR NOT NULL
);
CREATE INDEX search_tokens ON search USING GIN (tokens);
