-- Base tables. One text for both engines: dialect.go turns INTEGER, TEXT, BLOB
-- and WITHOUT ROWID into what PostgreSQL calls them. Each statement ends with a
-- semicolon at the end of a line. Once released, a migration never changes.

CREATE TABLE organisation (
  id TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  fold TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  keyfile BLOB NOT NULL,
  recipient TEXT NOT NULL,
  lang TEXT NOT NULL,
  state TEXT NOT NULL,
  totp_sealed BLOB NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE circle (
  id TEXT NOT NULL PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  generation INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL
);

CREATE TABLE circle_key (
  circle TEXT NOT NULL REFERENCES circle (id),
  generation INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (circle, generation)
);

CREATE TABLE circle_wrap (
  circle TEXT NOT NULL REFERENCES circle (id),
  generation INTEGER NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  wrapped BLOB NOT NULL,
  PRIMARY KEY (circle, generation, person)
);
CREATE INDEX circle_wrap_person ON circle_wrap (person, circle, generation);

CREATE TABLE member (
  circle TEXT NOT NULL REFERENCES circle (id),
  person TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (circle, person)
) WITHOUT ROWID;
CREATE INDEX member_person ON member (person, circle);

CREATE TABLE record (
  id TEXT NOT NULL PRIMARY KEY,
  ordinal INTEGER NOT NULL UNIQUE,
  type TEXT NOT NULL,
  circle TEXT NOT NULL REFERENCES circle (id),
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  import_id TEXT NOT NULL
);
CREATE INDEX record_import ON record (import_id, ordinal) WHERE import_id <> '';

CREATE TABLE version (
  record TEXT NOT NULL REFERENCES record (id),
  number INTEGER NOT NULL,
  base INTEGER NOT NULL,
  author TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  type TEXT NOT NULL,
  circle TEXT NOT NULL,
  state TEXT NOT NULL,
  key_generation INTEGER NOT NULL,
  data TEXT NOT NULL,
  sealed TEXT NOT NULL,
  salt BLOB NOT NULL,
  import_id TEXT NOT NULL,
  PRIMARY KEY (record, number)
);
CREATE INDEX version_import ON version (import_id, record, number) WHERE import_id <> '';

-- A key belongs to a record or to a file of one: no reference here.
CREATE TABLE record_key (
  record TEXT NOT NULL,
  key_generation INTEGER NOT NULL,
  circle TEXT NOT NULL REFERENCES circle (id),
  circle_generation INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (record, key_generation, circle)
) WITHOUT ROWID;
CREATE INDEX record_key_circle ON record_key (circle, record, circle_generation);

CREATE TABLE sealed_tokens (
  record TEXT NOT NULL REFERENCES record (id),
  circle TEXT NOT NULL REFERENCES circle (id),
  tokens BLOB NOT NULL,
  PRIMARY KEY (record, circle)
) WITHOUT ROWID;

CREATE TABLE link (
  source TEXT NOT NULL REFERENCES record (id),
  field TEXT NOT NULL,
  position INTEGER NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (source, field, position)
) WITHOUT ROWID;
CREATE INDEX link_target ON link (target, field, source, position);

CREATE TABLE file (
  id TEXT NOT NULL PRIMARY KEY,
  record TEXT NOT NULL, -- '' until a saved version refers to the file
  field TEXT NOT NULL,
  circle TEXT NOT NULL REFERENCES circle (id),
  key_generation INTEGER NOT NULL,
  name_sealed BLOB NOT NULL,
  meta_sealed BLOB NOT NULL,
  blob TEXT NOT NULL,
  size INTEGER NOT NULL,
  cipher_hash TEXT NOT NULL,
  thumb_blob TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  author TEXT NOT NULL
);
CREATE INDEX file_record ON file (record, created_at, id);
CREATE INDEX file_blob ON file (blob);
CREATE INDEX file_thumb ON file (thumb_blob) WHERE thumb_blob <> '';

CREATE TABLE ledger (
  n INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  salt BLOB NOT NULL,
  body TEXT NOT NULL,
  commitment BLOB NOT NULL,
  leaf BLOB NOT NULL
);
CREATE INDEX ledger_subject ON ledger (subject, n);
CREATE INDEX ledger_kind ON ledger (kind, n);
CREATE INDEX ledger_actor ON ledger (actor, n);

CREATE TABLE ledger_hash (
  n INTEGER NOT NULL PRIMARY KEY,
  hash BLOB NOT NULL
);

CREATE TABLE checkpoint (
  size INTEGER NOT NULL PRIMARY KEY,
  note TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE bitmap (
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  chunk INTEGER NOT NULL,
  bits BLOB NOT NULL,
  PRIMARY KEY (field, value, chunk)
);

CREATE TABLE sortkey (
  field TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (field, ordinal)
) WITHOUT ROWID;
CREATE INDEX sortkey_key ON sortkey (field, key, ordinal);

CREATE TABLE session (
  id_hash TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  sealed BLOB NOT NULL,
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  idle_until INTEGER NOT NULL,
  absolute_until INTEGER NOT NULL,
  locked_at INTEGER NOT NULL
);
CREATE INDEX session_person ON session (person, seen_at);

CREATE TABLE token (
  id_hash TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  label TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
);
CREATE INDEX token_person ON token (person, created_at);

CREATE TABLE invite (
  id_hash TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
);
CREATE INDEX invite_organisation ON invite (organisation, created_at);

CREATE TABLE attempt (
  key_hash TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  tally INTEGER NOT NULL,
  PRIMARY KEY (key_hash, window_start)
) WITHOUT ROWID;

CREATE TABLE job (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  state TEXT NOT NULL,
  payload TEXT NOT NULL,
  progress INTEGER NOT NULL,
  total INTEGER NOT NULL,
  result TEXT NOT NULL,
  error TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  claimed_by TEXT NOT NULL,
  heartbeat_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL
);
CREATE INDEX job_open ON job (created_at, id) WHERE finished_at = 0;
CREATE INDEX job_person ON job (person, created_at);

CREATE TABLE import (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  circle TEXT NOT NULL REFERENCES circle (id),
  type TEXT NOT NULL,
  file_name_sealed BLOB NOT NULL,
  mapping_id TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  ledger_n INTEGER NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX import_circle ON import (circle, at);

CREATE TABLE mapping (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  circle TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE external (
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  import_id TEXT NOT NULL,
  PRIMARY KEY (source, external_id)
) WITHOUT ROWID;
CREATE INDEX external_record ON external (record, source, external_id);

CREATE TABLE vocabulary_term (
  vocabulary TEXT NOT NULL,
  code TEXT NOT NULL,
  parent TEXT NOT NULL,
  position INTEGER NOT NULL,
  labels TEXT NOT NULL,
  interop TEXT NOT NULL,
  state TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (vocabulary, code)
);

CREATE TABLE saved (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  circle TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  query TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX draft_person ON draft (person, kind, created_at);
