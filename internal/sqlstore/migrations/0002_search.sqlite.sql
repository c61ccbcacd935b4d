-- The full-text index keeps no text, only positions. rowid is the ordinal + 1.
-- The tokenizer is ours (sqlite_tokens.go): words arrive ready.
CREATE VIRTUAL TABLE search USING fts5(
  tokens,
  content = '',
  contentless_delete = 1,
  tokenize = 'stream'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
