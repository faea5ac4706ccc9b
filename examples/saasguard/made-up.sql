-- MADE UP. Nothing in this file comes from the data set, which knows no people, seats, answers,
-- preferences or team. Everything follows from the accounts' ids by md5, so that every import
-- makes up the same. Delete it, and the columns that use it, for a demo of the plain data.

-- A number from 0 up to (not including) 1 that belongs to a key and a purpose.
create macro roll(key, purpose) as ('0x' || substr(md5(purpose || ':' || key), 1, 8))::bigint / 4294967296.0;
create macro pick(list, chance) as list[1 + floor(len(list) * chance)::integer];

-- ---- names, places, owners

create table names as
with roots as (select unnest(['Alder', 'Amberline', 'Arcfield', 'Ashgrove', 'Birchway', 'Bluemere', 'Brightwell',
    'Calderon', 'Cedarpoint', 'Clearbrook', 'Cobaltine', 'Copperhill', 'Dawnbridge', 'Driftwood', 'Eastmoor',
    'Elmstone', 'Emberly', 'Fairhaven', 'Fernhill', 'Flintridge', 'Foxglove', 'Galeview', 'Glenmark', 'Goldcrest',
    'Granitepeak', 'Greyfriar', 'Harborlight', 'Hazelton', 'Heronbrook', 'Highmoor', 'Ironleaf', 'Ivybridge',
    'Junipero', 'Kestrelle', 'Kingsmere', 'Lakehurst', 'Larkspur', 'Lindenfield', 'Lowtide', 'Maplecrest', 'Marlowe',
    'Meadowlark', 'Millbrook', 'Moonrise', 'Mossgate', 'Nettlebed', 'Nightjar', 'Northwater', 'Oakhurst', 'Orchardine',
    'Ospreyne', 'Palisade', 'Pebblestone', 'Pinecrest', 'Quarryside', 'Quillon', 'Ravenna', 'Redfern', 'Ridgeway',
    'Riverton', 'Rookwood', 'Rosemont', 'Saltmarsh', 'Sandpiper', 'Seabright', 'Silverbirch', 'Skylarken',
    'Stonebridge', 'Sundial', 'Swiftwater', 'Thistledown', 'Tidewell', 'Verdantia', 'Westmere', 'Windermoor']) as root),
numbered as (select root, row_number() over (order by md5(root)) - 1 as n from roots),
accounts as (select customer_id, row_number() over (order by md5('name:' || customer_id)) - 1 as n from customers)
select customer_id,
  root || ' ' || ['Labs', 'Group', 'Systems', 'Works', 'Partners', 'Digital', 'Collective', 'Networks'][1 + a.n // 75] as name,
  replace(lower(name), ' ', '-') || '.example' as domain
from accounts a join numbered r on r.n = a.n % 75;

create table places as
with regions as (
  select customer_id, plan_tier,
    case when roll(customer_id, 'region') < 0.45 then 'Americas' when roll(customer_id, 'region') < 0.8 then 'EMEA' else 'APAC' end as region
  from customers
)
select customer_id, region,
  pick(case region
    when 'Americas' then ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Sao_Paulo']
    when 'EMEA' then ['Europe/London', 'Europe/Berlin', 'Europe/Paris', 'Europe/Madrid']
    else ['Asia/Singapore', 'Asia/Kuala_Lumpur', 'Asia/Tokyo', 'Australia/Sydney'] end, roll(customer_id, 'zone')) as timezone,
  case timezone when 'America/Sao_Paulo' then 'pt' when 'Europe/Berlin' then 'de' when 'Europe/Paris' then 'fr'
    when 'Europe/Madrid' then 'es' when 'Asia/Tokyo' then 'ja' when 'Asia/Kuala_Lumpur' then 'ms' else 'en' end as language,
  case when plan_tier in ('enterprise', 'growth') then 'csm-' || lpad((1 + floor(4 * roll(customer_id, 'owner'))
    + case region when 'Americas' then 0 when 'EMEA' then 4 else 8 end)::integer::varchar, 2, '0') end as owner
from regions;

-- ---- people and seats: how many use it, and what part of the bought seats that is

create table sizes as
with users as (
  select customer_id, plan_tier,
    (case plan_tier when 'free' then 2 + floor(4 * roll(customer_id, 'users'))
      when 'starter' then 4 + floor(7 * roll(customer_id, 'users'))
      when 'growth' then 8 + floor(10 * roll(customer_id, 'users'))
      else 12 + floor(13 * roll(customer_id, 'users')) end)::integer as users,
    roll(customer_id, 'use') / case plan_tier when 'free' then 2 else 1 end as chance
  from customers
), shares as (
  select *, case when chance < 0.12 then 0.15 + 0.2 * roll(customer_id, 'share')
    when chance < 0.25 then 0.35 + 0.15 * roll(customer_id, 'share')
    when chance < 0.5 then 0.5 + 0.3 * roll(customer_id, 'share')
    else 0.85 + 0.15 * roll(customer_id, 'share') end as use_of_seats
  from users
)
-- About 44 events in 28 days, spread over the users: so many of them are seen.
select customer_id, users, use_of_seats,
  greatest(users, round(users * (1 - exp(-44.0 / users)) / use_of_seats))::integer as seats
from shares;

-- Who can have done something on a day: two from the start, the others join in the first 45 days.
create macro users_by(age, users) as least(users, 2 + greatest(0, floor(age * users / 45.0)))::integer;
create macro user_of(customer_id, key, age, users) as
  customer_id || '-u' || (1 + floor(roll(key, 'user') * users_by(age, users)))::integer;

create table champions as
select customer_id,
  case when roll(customer_id, 'champion') < 0.6 then true when roll(customer_id, 'champion') < 0.93 then false end as champion,
  -- some had one until a few weeks ago
  case when roll(customer_id, 'champion') between 0.6 and 0.65
    then last_day() - floor(50 * roll(customer_id, 'champion left'))::integer end as left_on
from customers;

create table people as
with users as (
  select c.customer_id, unnest(range(1, users + 1)) as nth, users, signup_date, churn_date from moved_customers c join sizes using (customer_id)
), everyone as (
  select customer_id, customer_id || '-u' || nth as contact_id, nth, signup_date + case when nth <= 2 then 0 else floor(45.0 * (nth - 2) / users)::integer end as joined_on,
    case when nth = 1 then 'admin' when nth = 3 and champion then 'champion' else 'user' end as role
  from users join champions using (customer_id)
  union all
  select customer_id, customer_id || '-s', 0, signup_date, 'sponsor' from moved_customers
  where roll(customer_id, 'sponsor') < case plan_tier when 'free' then 0.5 when 'starter' then 0.75 else 0.92 end
), named as (
  select *,
    pick(['Aisha', 'Alan', 'Amara', 'Ana', 'Andrei', 'Beatriz', 'Ben', 'Carla', 'Chen', 'Chloe', 'Daniel', 'Deepa', 'Diego', 'Elena', 'Emil',
      'Farah', 'Felix', 'Fiona', 'Grace', 'Hana', 'Hugo', 'Ines', 'Ivan', 'Jamal', 'Jonas', 'Julia', 'Kai', 'Karim', 'Kenji', 'Lara', 'Leo', 'Lin',
      'Lucia', 'Maja', 'Marco', 'Maria', 'Mei', 'Mira', 'Nadia', 'Nina', 'Noah', 'Olga', 'Omar', 'Paula', 'Pedro', 'Priya', 'Rafael', 'Rosa',
      'Ruben', 'Sami', 'Sara', 'Siti', 'Sofia', 'Tara', 'Tom', 'Uma', 'Victor', 'Wei', 'Yara', 'Yusuf', 'Zoe'], roll(contact_id, 'first')) as first_name,
    pick(['Abara', 'Almeida', 'Andersen', 'Aziz', 'Bauer', 'Becker', 'Castillo', 'Chua', 'Costa', 'Dubois', 'Eriksen', 'Farouk', 'Fischer', 'Fontaine',
      'Garcia', 'Gomez', 'Haddad', 'Hansen', 'Hoffmann', 'Ibrahim', 'Ito', 'Jansen', 'Kaur', 'Keller', 'Khan', 'Kimura', 'Klein', 'Kowalski', 'Kumar',
      'Larsen', 'Laurent', 'Lee', 'Lim', 'Lopez', 'Mancini', 'Martin', 'Mehta', 'Moreau', 'Mori', 'Nakamura', 'Navarro', 'Ng', 'Nguyen', 'Novak',
      'Okafor', 'Okoye', 'Ortiz', 'Park', 'Patel', 'Pereira', 'Petrov', 'Rahman', 'Reyes', 'Ricci', 'Rossi', 'Sato', 'Schmidt', 'Silva', 'Singh',
      'Smith', 'Suarez', 'Suzuki', 'Tan', 'Torres', 'Varga', 'Walsh', 'Weber', 'Wong', 'Yilmaz', 'Young', 'Zhang'], roll(contact_id, 'last')) as last_name
  from everyone where joined_on <= last_day()
)
select *, row_number() over (partition by customer_id, first_name, last_name order by nth) as namesake from named;

-- ---- answers to surveys

create table answers as
with asked as (
  select p.contact_id, p.customer_id, c.plan_tier, c.churn_date, p.joined_on, use_of_seats,
    unnest(range(0, 8)) as round,
    last_day() - floor(91 * roll(p.customer_id, 'survey day'))::integer - (91 * round)::integer as asked_on
  from people p join moved_customers c using (customer_id) join sizes using (customer_id)
  where p.nth <= 4 and roll(p.customer_id, 'answers') < case when use_of_seats < 0.5 then 0.8 else 0.55 end
)
select contact_id, customer_id, contact_id || ':nps:' || asked_on as message_id,
  asked_on + to_minutes(540 + floor(480 * roll(contact_id || round, 'minute'))::integer) as answered_at,
  least(10, greatest(0, round(
    case when use_of_seats < 0.35 then 3.0 when use_of_seats < 0.5 then 5.2 when use_of_seats < 0.8 then 7.4 else 8.7 end
    + 5 * (roll(contact_id || round, 'score') - 0.5))))::integer as score
from asked
where asked_on >= joined_on + 20 and (churn_date is null or asked_on < churn_date) and roll(contact_id || round, 'answered') < case plan_tier when 'free' then 0.6 else 0.35 end;

-- ---- what a CSM would have noted about an account

create table notes as
with counted as (
  select customer_id, count(*) as used, count(*) filter (event_type = 'feature_limit_hit') as hits
  from moved_usage where happened_at::date > last_day() - 30 group by customer_id
), ranked as (
  select customer_id, plan_tier, churn_date, row_number() over (partition by plan_tier, churn_date is null order by md5('rare:' || customer_id)) as nth
  from customers
)
select r.customer_id,
  -- The limit itself is nowhere in the data; accounts that hit it are near it.
  case when plan_tier = 'enterprise' then null
    when hits > 0 then greatest(10, ceil(used / (0.82 + 0.2 * roll(r.customer_id, 'limit'))))
    else 5 * greatest(6, ceil(coalesce(used, 40) / (0.35 + 0.3 * roll(r.customer_id, 'limit')) / 5)) end::integer as plan_limit,
  case when churn_date is null and nth <= case plan_tier when 'enterprise' then 6 when 'growth' then 3 when 'starter' then 1 else 0 end then true
    when roll(r.customer_id, 'strategic') < 0.94 then false end as strategic,
  case when churn_date is null and nth between 10 and case plan_tier when 'enterprise' then 24 when 'growth' then 14 when 'starter' then 12 else 10 end then 'complex'
    when roll(r.customer_id, 'complexity') < 0.9 then 'standard' end as complexity,
  case when roll(r.customer_id, 'ambition') < 0.25 then 'high' when roll(r.customer_id, 'ambition') < 0.6 then 'medium'
    when roll(r.customer_id, 'ambition') < 0.9 then 'low' end as ambition,
  roll(r.customer_id, 'goal') as goal_chance,
  case plan_tier when 'enterprise' then 2 + floor(8 * roll(r.customer_id, 'teams')) when 'growth' then 1 + floor(5 * roll(r.customer_id, 'teams'))
    when 'starter' then 1 + floor(2 * roll(r.customer_id, 'teams')) else 1 end::integer as teams_using,
  case when roll(r.customer_id, 'outcome') < 0.85 then 10 * (1 + floor(12 * roll(r.customer_id, 'target')))::integer end as outcome_target,
  round(outcome_target * case when roll(r.customer_id, 'met') < 0.25 then 0.3 + 0.4 * roll(r.customer_id, 'met by')
    when roll(r.customer_id, 'met') < 0.75 then 0.7 + 0.3 * roll(r.customer_id, 'met by') else 1 + 0.3 * roll(r.customer_id, 'met by') end, 1) as outcome_actual,
  case when churn_date is null and nth between 30 and case plan_tier when 'enterprise' then 35 when 'growth' then 34 when 'starter' then 33 else 0 end
    then pick(['high', 'medium', 'low', 'tech'], (nth - 30) % 4 / 4.0) end as agreed_touch
from ranked r left join counted using (customer_id);

-- What an account was before its upgrade: the plan below, at a price of that plan.
create table before_upgrades as
select customer_id,
  case plan_tier when 'enterprise' then 'growth' when 'growth' then 'starter' else 'free' end as plan,
  round(case plan_tier when 'enterprise' then 4000 + 3900 * roll(customer_id, 'before') when 'growth' then 600 + 1300 * roll(customer_id, 'before') else 0 end, 2) as mrr
from customers;

-- ---- the team: 12 CSMs in three pods, one on leave, one part-time, one new

create table team_members as
select * from (values
  ('csm-01', 'Olivia Grant', 'Americas', 'America/New_York', 40, 'en', 'enterprise, renewals', null, null),
  ('csm-02', 'Mateo Alvarez', 'Americas', 'America/Chicago', 40, 'en, es', 'onboarding', null, null),
  ('csm-03', 'Tessa Rowe', 'Americas', 'America/Los_Angeles', 40, 'en', 'onboarding, risk', null, '2026-03-09..2026-03-27'),
  ('csm-04', 'Rafaela Nunes', 'Americas', 'America/Sao_Paulo', 40, 'pt, en, es', 'expansion', null, null),
  ('csm-05', 'Harriet Cole', 'EMEA', 'Europe/London', 40, 'en, fr', 'enterprise, renewals', null, '2026-04-20..2026-04-24'),
  ('csm-06', 'Jonas Brandt', 'EMEA', 'Europe/Berlin', 24, 'de, en', 'onboarding', null, null),
  ('csm-07', 'Camille Perrin', 'EMEA', 'Europe/Paris', 40, 'fr, en', 'risk', null, null),
  ('csm-08', 'Ignacio Vidal', 'EMEA', 'Europe/Madrid', 40, 'es, en, pt', 'expansion', null, null),
  ('csm-09', 'Wei Ling Tan', 'APAC', 'Asia/Singapore', 40, 'en, zh', 'enterprise, renewals', null, null),
  ('csm-10', 'Amir Hakim', 'APAC', 'Asia/Kuala_Lumpur', 40, 'ms, en', 'onboarding', null, '2026-03-20, 2026-05-01'),
  ('csm-11', 'Yuki Mori', 'APAC', 'Asia/Tokyo', 40, 'ja, en', 'risk', '2026-02-16', null),
  ('csm-12', 'Grace Nolan', 'APAC', 'Australia/Sydney', 40, 'en', 'expansion', null, null)
) as t(id, name, pod, timezone, hours_per_week, languages, skills, starts_on, leave);
