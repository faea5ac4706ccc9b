-- Notes: what people write down about an account, whatever its touches are.

CREATE TABLE account_note (
  bucket smallint NOT NULL,
  account text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  -- Member of the team; null: somebody without a name of their own (a key, the administrator).
  by text COLLATE "C",
  -- As the audit log names them.
  author text,
  note text NOT NULL,
  changed_at timestamptz,
  PRIMARY KEY (bucket, account, id),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);

-- An account's page shows the accounts that belong to it.
CREATE INDEX account_by_parent ON account (parent) WHERE parent IS NOT NULL;
