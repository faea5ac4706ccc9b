-- Live: events come in, touches go out. Same rules as 0001: Postgres 15 syntax, the bucket leads.

-- ---- who decides what, and what changed meanwhile

-- state_rev goes up whenever what is remembered of the account, its decision or its touches
-- change; facts_rev whenever its traits, contacts or known fields do. Whoever evaluated an older
-- state has to look again before anything of it is stored.
ALTER TABLE account ADD COLUMN state_rev int8 NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN facts_rev int8 NOT NULL DEFAULT 0;
-- The value of news up to which a person's own doing is among it, and the model last decided by.
ALTER TABLE account ADD COLUMN by_hand_news int8 NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN decided_model int4;
-- news rises with every batch of an account's events. With news itself in an index each time writes
-- a new entry in all of them; this flips twice for a decision.
ALTER TABLE account ADD COLUMN waiting bool NOT NULL GENERATED ALWAYS AS (news > decided_news) STORED;
ALTER TABLE account SET (fillfactor = 75);
CREATE INDEX account_with_news ON account (bucket, id) WHERE waiting;
CREATE INDEX account_by_day ON account (bucket, decided_on);
-- Small: an event leaves it once an evaluation has taken notice of it.
CREATE INDEX event_pending ON event (bucket, account) WHERE pending;
-- The product itself has told of this user; else user_id may only be the contact's id.
ALTER TABLE contact ADD COLUMN user_known bool NOT NULL DEFAULT false;
-- A user's accounts, whatever their bucket.
CREATE INDEX contact_by_user ON contact (user_id);
CREATE INDEX contact_by_id ON contact (id);
CREATE INDEX contact_by_email ON contact (email);

-- Somebody's last day in the team.
ALTER TABLE team_member ADD COLUMN ends_on date;

CREATE TABLE worker (
  id         text COLLATE "C" PRIMARY KEY,
  started_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  -- without another sign of life it is taken for dead then
  until      timestamptz NOT NULL,
  details    json NOT NULL
);

-- Which worker looks after a bucket, and until when it holds it without a sign of life.
CREATE TABLE bucket_lease (
  bucket int2 PRIMARY KEY,
  worker text COLLATE "C" NOT NULL,
  until  timestamptz NOT NULL
);

-- ---- what goes out

-- When delivery looks at an open touch next (null: now), and the day on which a human one last
-- passed the caps.
ALTER TABLE touch ADD COLUMN try_at timestamptz;
ALTER TABLE touch ADD COLUMN passed_on date;
ALTER TABLE touch ADD COLUMN attempts int4 NOT NULL DEFAULT 0;
CREATE INDEX touch_to_send ON touch (bucket, try_at) WHERE status IN ('due', 'deferred');

-- Whatever leaves: one row per attempt of a touch, per invitation and withdrawal.
CREATE TABLE outgoing (
  bucket      int2 NOT NULL,
  account     text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  -- touch, invitation, withdrawal
  kind        text NOT NULL,
  touch       text COLLATE "C",
  touch_id    text COLLATE "C",
  touchpoint  text COLLATE "C",
  program     text COLLATE "C",
  attempt     int4 NOT NULL,
  channel     text COLLATE "C" NOT NULL,
  contact     text COLLATE "C",
  user_id     text COLLATE "C",
  -- address, chat or URL it goes to
  receiver    text COLLATE "C",
  -- as whom it counts against contact caps; null: it does not
  counted_as  text COLLATE "C",
  -- queued, sending, sent, dry_run, uncertain, failed, dead
  status      text COLLATE "C" NOT NULL,
  message_id  text COLLATE "C",
  -- what is sent, rendered
  message     json NOT NULL,
  worker      text COLLATE "C",
  lease_until timestamptz,
  -- when its channel got it; null: it surely has not left
  handed_at   timestamptz,
  try_at      timestamptz,
  error       text,
  made_at     timestamptz NOT NULL,
  sent_at     timestamptz,
  settled_at  timestamptz,
  PRIMARY KEY (bucket, account, id),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);
CREATE INDEX outgoing_open ON outgoing (bucket, status, try_at)
  WHERE status IN ('queued', 'sending', 'uncertain');
-- The outbox over all accounts; a message by its id and by its Message-ID; a user's messages in the app.
CREATE INDEX outgoing_by_time ON outgoing (made_at, id);
CREATE INDEX outgoing_by_id ON outgoing (id);
CREATE INDEX outgoing_by_message_id ON outgoing (message_id);
CREATE INDEX outgoing_by_user ON outgoing (user_id, channel, status);

-- What came back of a message in the app, beside its touch's result.
CREATE TABLE in_app (
  bucket       int2 NOT NULL,
  account      text COLLATE "C" NOT NULL,
  -- of the attempt in `outgoing`
  id           text COLLATE "C" NOT NULL,
  seen_at      timestamptz,
  clicked_at   timestamptz,
  dismissed_at timestamptz,
  -- which items of a checklist are done, from 0
  items_done   int4[] NOT NULL,
  PRIMARY KEY (bucket, account, id),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);

-- What counts against a person's caps, over all accounts; the bucket is the receiver's.
CREATE TABLE receiver (
  bucket   int2 NOT NULL,
  receiver text COLLATE "C" NOT NULL,
  PRIMARY KEY (bucket, receiver)
);
CREATE TABLE receiver_use (
  bucket     int2 NOT NULL,
  receiver   text COLLATE "C" NOT NULL,
  account    text COLLATE "C" NOT NULL,
  touch      text COLLATE "C" NOT NULL,
  day        date NOT NULL,
  channel    text NOT NULL,
  human      bool NOT NULL,
  occurrence text COLLATE "C" NOT NULL,
  PRIMARY KEY (bucket, receiver, account, touch)
);

-- Addresses that must not be written to, as hashes: they outlive the contact. Bucket of the hash.
CREATE TABLE suppression (
  bucket  int2 NOT NULL,
  address text COLLATE "C" NOT NULL,
  -- a channel, or `all`
  channel text COLLATE "C" NOT NULL,
  reason  text NOT NULL,
  at      timestamptz NOT NULL,
  PRIMARY KEY (bucket, address, channel)
);

-- An appointment with customers: its calendar entry is the same for ever, its number goes up.
CREATE TABLE appointment (
  bucket    int2 NOT NULL,
  account   text COLLATE "C" NOT NULL,
  touch     text COLLATE "C" NOT NULL,
  uid       text COLLATE "C" NOT NULL,
  sequence  int4 NOT NULL,
  starts_at timestamptz NOT NULL,
  -- confirmed, withdrawn
  status    text NOT NULL,
  -- who comes, how long, where: what the next version has to say again
  details   json NOT NULL,
  PRIMARY KEY (bucket, account, touch),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);

-- What is held: everything (scope `all`, name ''), a channel or a program.
CREATE TABLE pause (
  scope  text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  since  timestamptz NOT NULL,
  by     text,
  reason text,
  PRIMARY KEY (scope, name)
);

-- ---- what comes in

-- Every message id ever taken, with a hash of its content. Bucket of the id.
CREATE TABLE message (
  bucket int2 NOT NULL,
  id     text COLLATE "C" NOT NULL,
  hash   bytea NOT NULL,
  PRIMARY KEY (bucket, id)
);

-- Messages of users who belong to no account yet, or to several. Bucket of the user.
CREATE TABLE held_message (
  bucket   int2 NOT NULL,
  user_id  text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL,
  seq      int8 NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  -- track, identify
  kind     text NOT NULL,
  name     text COLLATE "C",
  at       timestamptz NOT NULL,
  content  json NOT NULL,
  reason   text NOT NULL,
  arrived  timestamptz NOT NULL,
  PRIMARY KEY (bucket, user_id, id)
);
CREATE INDEX held_message_by_arrival ON held_message (arrived, id);

-- Names under which a user was known before (anonymous ids, `alias`). Bucket of the former name.
CREATE TABLE user_alias (
  bucket  int2 NOT NULL,
  alias   text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (bucket, alias)
);
CREATE INDEX user_alias_by_user ON user_alias (user_id);

-- ---- who may come in

-- Write keys ingest, API keys read and do, widget keys sign users. Only hashes are kept.
CREATE TABLE access_key (
  id           text COLLATE "C" PRIMARY KEY,
  -- write, api, widget, admin
  kind         text NOT NULL,
  name         text NOT NULL,
  scopes       text[] NOT NULL,
  -- the most that it may do; null: all that its scopes allow
  access       text,
  hash         text NOT NULL,
  created_at   timestamptz NOT NULL,
  created_by   text,
  last_used_on date,
  revoked_at   timestamptz
);

-- One-time sign-in links and the sessions that they open; ids are hashes of the secrets.
CREATE TABLE sign_in (
  hash       text COLLATE "C" PRIMARY KEY,
  -- null: the administrator's token, which has no team member behind it
  member     text COLLATE "C",
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE TABLE session (
  hash       text COLLATE "C" PRIMARY KEY,
  member     text COLLATE "C",
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

-- What was answered to a request that may come again.
CREATE TABLE idempotency (
  key        text COLLATE "C" PRIMARY KEY,
  body_hash  text NOT NULL,
  -- null: still being worked on
  status     int4,
  answer     json,
  made_at    timestamptz NOT NULL,
  -- whoever works on it has given a sign of life that lasts until then
  held_until timestamptz NOT NULL
);
CREATE INDEX idempotency_by_time ON idempotency (made_at);

-- ---- what came of it

-- A link or picture of a message was asked for. Kept whoever asked: what is no person's doing
-- says why, and counts for nothing.
CREATE TABLE message_hit (
  bucket    int2 NOT NULL,
  account   text COLLATE "C" NOT NULL,
  -- id of the attempt
  outgoing  text COLLATE "C" NOT NULL,
  -- open, click
  kind      text COLLATE "C" NOT NULL,
  -- number of the link; -1: the picture
  link      int4 NOT NULL,
  at        timestamptz NOT NULL,
  weak      text,
  -- its neighbours have been looked at, and the touch's result recorded
  is_judged bool NOT NULL,
  PRIMARY KEY (bucket, account, outgoing, kind, link, at),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);
CREATE INDEX message_hit_open ON message_hit (bucket, at) WHERE NOT is_judged;

-- Answers as they stand: who answers again replaces the one before.
CREATE TABLE survey_answer (
  bucket     int2 NOT NULL,
  account    text COLLATE "C" NOT NULL,
  -- the same for the same question asked of the same person
  id         text COLLATE "C" NOT NULL,
  survey     text COLLATE "C" NOT NULL,
  score      float8 NOT NULL,
  comment    text,
  user_id    text COLLATE "C",
  contact    text COLLATE "C",
  touch_id   text COLLATE "C",
  at         timestamptz NOT NULL,
  -- the event that says so
  event      text COLLATE "C" NOT NULL,
  PRIMARY KEY (bucket, account, id),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);
CREATE INDEX survey_answer_by_time ON survey_answer (survey, at, id);

-- ---- what others are told

CREATE TABLE webhook (
  id         text COLLATE "C" PRIMARY KEY,
  url        text NOT NULL,
  types      text[] NOT NULL,
  active     bool NOT NULL,
  -- why it was switched off, where its receiver wanted it so
  stopped    text,
  note       text,
  created_at timestamptz NOT NULL,
  created_by text
);
CREATE TABLE webhook_message (
  bucket      int2 NOT NULL,
  account     text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  webhook     text COLLATE "C" NOT NULL,
  type        text NOT NULL,
  payload     json NOT NULL,
  -- queued, sending, sent, dead
  status      text COLLATE "C" NOT NULL,
  attempts    int4 NOT NULL,
  worker      text COLLATE "C",
  lease_until timestamptz,
  try_at      timestamptz NOT NULL,
  error       text,
  made_at     timestamptz NOT NULL,
  sent_at     timestamptz,
  PRIMARY KEY (bucket, account, id, webhook),
  FOREIGN KEY (bucket, account) REFERENCES account (bucket, id) ON DELETE CASCADE
);
CREATE INDEX webhook_message_open ON webhook_message (bucket, status, try_at)
  WHERE status IN ('queued', 'sending');
CREATE INDEX webhook_message_by_time ON webhook_message (made_at, id);
