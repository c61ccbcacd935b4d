-- The full-text index keeps no text, only positions. rowid is the ordinal + 1.
-- The tokenizer is ours (sqlite_stream.go): words arrive ready.
-- A removed document's words stay in the index's pages until they are merged;
-- Store.Scrub merges them all ('secure-delete' has no effect on such a table).
CREATE VIRTUAL TABLE search USING fts5(
  tokens,
  content = '',
  contentless_delete = 1,
  tokenize = 'stream'
);
