-- The data stops in March 2026 with its youngest account 168 days old, so nobody would be in
-- onboarding. The six youngest open accounts of each plan are moved later, to be 1 to 85 days
-- old on the day after the last event; what of theirs would then lie in the future is dropped.

create macro last_day() as date '2026-03-13';
create macro day_after() as date '2026-03-14';

create table moves as
with youngest as (
  select customer_id, signup_date,
    row_number() over (partition by plan_tier order by signup_date desc, customer_id) as nth
  from customers where churn_date is null
), chosen as (
  select *, row_number() over (order by nth, md5(customer_id)) - 1 as place from youngest where nth <= 6
)
select customer_id, (day_after() - (1 + round(place * 84 / 23)::integer)) - signup_date as days from chosen;

create table moved_customers as
select c.customer_id, industry, plan_tier, mrr, churn_date,
  signup_date + coalesce(days, 0)::integer as signup_date,
  case when upgrade_date + coalesce(days, 0)::integer <= last_day() then upgrade_date + coalesce(days, 0)::integer end as upgrade_date,
  days is not null as young
from customers c left join moves using (customer_id);

create table moved_usage as
select event_id, customer_id, u.timestamp + to_days(coalesce(days, 0)::integer) as happened_at, event_type, feature_adoption_score
from usage_events u left join moves using (customer_id)
where (u.timestamp + to_days(coalesce(days, 0)::integer))::date <= last_day();

create table moved_tickets as
select ticket_id, customer_id, created_date + coalesce(days, 0)::integer as opened_on, priority, topic, resolution_time
from tickets left join moves using (customer_id)
where created_date + coalesce(days, 0)::integer <= last_day();

create table moved_opportunities as
select opp_id, customer_id, stage, close_date + coalesce(days, 0)::integer as close_date, amount, opportunity_type
from opportunities left join moves using (customer_id)
where stage not like 'closed%' or close_date + coalesce(days, 0)::integer <= last_day();

create table moved_outreach as
select outreach_id, customer_id, contacted_date + coalesce(days, 0)::integer as contacted_on, outreach_channel, outcome
from outreach left join moves using (customer_id)
where contacted_date + coalesce(days, 0)::integer <= last_day();
