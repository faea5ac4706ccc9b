-- The portfolio: views of it that people keep, and what is done to many accounts at once.

CREATE TABLE saved_view (
  id text COLLATE "C" PRIMARY KEY,
  -- Member of the team whose it is; '': of whoever has no name of their own (a key, the administrator).
  owner text COLLATE "C" NOT NULL,
  name text NOT NULL,
  -- The whole team sees it.
  shared boolean NOT NULL,
  -- Filter, order and columns.
  content json NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE bulk_run (
  id text COLLATE "C" PRIMARY KEY,
  made_at timestamptz NOT NULL,
  -- As the audit log names them.
  done_by text,
  -- Only accounts of this member may be changed; null: any.
  only_owner text COLLATE "C",
  action json NOT NULL,
  reason text NOT NULL,
  -- Ids, in the order in which they are taken.
  accounts json NOT NULL,
  total int4 NOT NULL,
  done int4 NOT NULL,
  changed int4 NOT NULL,
  failed json NOT NULL,
  -- Somebody is at it until then, unless they die.
  held_until timestamptz,
  finished_at timestamptz
);
