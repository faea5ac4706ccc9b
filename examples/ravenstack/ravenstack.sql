-- What the RavenStack tables say, for all three ways in which they are saved.

-- ARR and seats of a day are those of the newest subscription open then that is no trial: most
-- accounts have several open at once, and their sum would put 83% of them over $100k.
-- Of two from one day the one with the greater id counts; the end day itself is no longer open.
create view paid as
select subscription_id, account_id, start_date, end_date, plan_tier, seats, mrr_amount, arr_amount,
  billing_frequency, auto_renew_flag
from subscriptions where not is_trial and (end_date is null or end_date > start_date);

create macro last_day() as date '2024-12-31';

-- The days on which something changes: signup, each start, each end, each anniversary.
create view changes as
select account_id, signup_date as as_of from accounts
union select account_id, start_date from paid
union select account_id, end_date from paid where end_date is not null
union select account_id, unnest([start_date + interval 1 year, start_date + interval 2 years])::date from paid;

create view newest as
select account_id, as_of, max_by(paid, (start_date, subscription_id)) as sub
from changes join paid using (account_id)
where start_date <= as_of and (end_date is null or as_of < end_date)
group by account_id, as_of;

-- Churned: a churn event without a later reactivation (`churn_flag` says something else).
create view closed as
with reactivated as (
  select account_id, max(churn_date) as last_back from churn_events where is_reactivation group by account_id
)
select account_id, max(churn_date) as closed_at
from churn_events left join reactivated using (account_id)
where not is_reactivation and (last_back is null or churn_date >= last_back)
group by account_id;

create view account_rows as
select a.account_id, account_name, signup_date as created_at, closed_at, c.as_of,
  industry, country, referral_source,
  lower(sub.plan_tier) as plan,
  coalesce(sub.arr_amount, 0) as arr, coalesce(sub.mrr_amount, 0) as mrr, coalesce(sub.seats, 0) as seats,
  sub.billing_frequency as billing, sub.auto_renew_flag as auto_renew,
  -- the next anniversary of that subscription
  (sub.start_date + to_years(1 + datesub('year', sub.start_date, c.as_of)))::date as renewal_date,
  churn_flag
from accounts a join changes c using (account_id) left join newest n using (account_id, as_of)
  left join closed using (account_id)
where c.as_of <= last_day();

create view event_rows as
-- Usage counts whether or not its subscription was open that day. usage_id repeats for 21
-- different rows, so it is no message id: the row itself is told apart by its content.
select account_id, 'Feature Used' as event, usage_date as "at", usage_id, feature_name as feature,
  usage_count as uses, usage_duration_secs as seconds, error_count as errors, is_beta_feature as beta
from usage join subscriptions using (subscription_id)
union all by name
select account_id, 'Subscription Started' as event, start_date as "at", subscription_id, lower(plan_tier) as plan,
  arr_amount as arr, seats, is_trial as trial, upgrade_flag as upgrade, downgrade_flag as downgrade
from subscriptions
union all by name
select account_id, 'Subscription Ended' as event, end_date as "at", subscription_id, lower(plan_tier) as plan,
  arr_amount as arr, seats, is_trial as trial
from subscriptions where end_date is not null
union all by name
select account_id, 'Ticket Opened' as event, submitted_at as "at", ticket_id, priority, escalation_flag as escalated from tickets
union all by name
select account_id, 'Ticket Closed' as event, closed_at as "at", ticket_id, priority, escalation_flag as escalated,
  resolution_time_hours as resolution_time, first_response_time_minutes as first_response_minutes
from tickets where closed_at is not null
union all by name
select account_id, 'survey:csat:answered' as event, closed_at as "at", ticket_id, satisfaction_score as score
from tickets where satisfaction_score is not null and closed_at is not null
union all by name
select account_id, if(is_reactivation, 'Reactivated', 'Churned') as event, churn_date as "at", churn_event_id,
  reason_code as reason, refund_amount_usd as refund, feedback_text as feedback
from churn_events;
