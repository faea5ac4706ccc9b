-- What people edit of the model before it goes live, and the tests that it has to pass.

CREATE TABLE model_draft (
  -- Who edits it: one each.
  owner text COLLATE "C" PRIMARY KEY,
  -- Goes up with each saving.
  rev int4 NOT NULL,
  -- The version it was made from; null: none was live.
  base int4,
  source text NOT NULL,
  messages jsonb NOT NULL,
  scenarios jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE model_scenario (
  name text COLLATE "C" PRIMARY KEY,
  text text NOT NULL,
  changed_at timestamptz NOT NULL
);
