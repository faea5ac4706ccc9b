-- What was imported, when, by whom, and what came of it: few rows, the same for all accounts.
CREATE TABLE import_run (
  id         text COLLATE "C" PRIMARY KEY,
  started_at timestamptz NOT NULL,
  -- the last sign of life; one that is running and silent for long has died
  seen_at    timestamptz NOT NULL,
  ended_at   timestamptz,
  status     text NOT NULL CHECK (status IN ('running', 'done', 'broken')),
  source     text NOT NULL,
  kind       text NOT NULL,
  file       text NOT NULL,
  done_by    text,
  -- by statement: {read, written, unchanged, rejected}; while it runs {done, total}
  counts     json NOT NULL,
  rejected   int8 NOT NULL,
  bad_lines  int8 NOT NULL,
  -- the first of them, each with its row, its reason and its content
  rejects    json NOT NULL,
  warnings   json NOT NULL,
  error      text,
  -- the text of the import file that it ran by
  definition text
);
CREATE INDEX import_run_by_time ON import_run (started_at, id);
