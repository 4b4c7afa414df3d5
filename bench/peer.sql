-- The same measures written by hand for a generated company, as a good analyst would in DuckDB:
-- latest check-in, progress, status, cell states, coverage, checks, money (METHOD sections 3 to 5).
-- Generated companies have increase and decrease, a window from the objective, no guardrails,
-- every key result its target, and a known assignment for each product. $day is the as-of date.
create or replace temp table in_cycle as
select objective_id, product_id, outcome_id, ambition, start_date, end_date from objectives
where (start_date is null or start_date <= $day) and (end_date is null or end_date >= $day);

create or replace temp table latest as
select kr_id, arg_max(value, date) filter (value is not null) as value, max(date) as checked
from check_ins where date <= $day group by kr_id;

create or replace temp table results as
with base as (
    select k.kr_id, k.objective_id, k.baseline, k.target, l.value, l.checked,
           o.ambition = 'aspirational' as aspires, o.start_date as start, o.end_date as due,
           case when k.kr_type = 'increase' then l.value >= k.target
                else l.value <= k.target end as met,
           (l.value - k.baseline) / nullif(k.target - k.baseline, 0) as raw,
           greatest(0, least(1, ($day - o.start_date) / nullif(o.end_date - o.start_date, 0))) as tau,
           case when $day < o.start_date or $day > o.end_date then null
                when l.checked is null then
                    case when $day - o.start_date <= 7 then 'not_due' else 'never' end
                when $day - l.checked <= 10 then 'fresh'
                when $day - l.checked <= 14 then 'late' else 'stale' end as freshness
    from key_results k join in_cycle o using (objective_id) left join latest l using (kr_id))
select *, case when $day < start then 'not_started' when value is null then 'unknown'
               when freshness in ('stale', 'never') then 'unknown'
               when met then 'achieved' when raw is null or tau is null then 'unknown'
               when $day > due then case when aspires and raw >= 0.7 then 'achieved' else 'missed' end
               when tau < 0.10 then 'too_early'
               when (case when aspires then 0.7 else 1 end) * tau - raw <= 0.10 + 1e-9 then 'on_track'
               when (case when aspires then 0.7 else 1 end) * tau - raw <= 0.25 + 1e-9
                   then 'needs_attention' else 'off_track' end as status
from base;

create or replace temp table goals as
select product_id, outcome_id, bool_or(measured) as measured
from (select o.*, exists (select 1 from key_results k where k.objective_id = o.objective_id
                          and k.target is not null) as measured
      from in_cycle o where outcome_id is not null)
group by product_id, outcome_id;

create or replace temp table cells as
select product_id, outcome_id, strength, confirmed,
       case when confirmed and g.measured then 'proven' when confirmed then 'claimed'
            when declared then 'unconfirmed' else 'undeclared' end as state,
       g.measured is not null as goal
from (select *, true as declared, coalesce(confirmed_on <= $day, false) as confirmed
      from contributions) c
full join goals g using (product_id, outcome_id);

create or replace temp table managers as
select product_id, count(distinct person_id) as pms
from assignments where role = 'accountable' and (start_date is null or start_date <= $day)
group by product_id;

create or replace temp table coverage as
select o.outcome_id, o.weight, case when count(c.product_id) = 0 then 'uncovered'
    when bool_or(c.state = 'proven' and c.strength = 'primary' and m.pms >= 1) then 'covered'
    else 'thin' end as coverage
from outcomes o left join cells c using (outcome_id) left join managers m using (product_id)
group by o.outcome_id, o.weight;

create or replace temp table checks as
with links as (select product_id, bool_or(confirmed) as linked, bool_or(confirmed and goal) as planned
               from cells group by product_id),
goals as (select o.product_id, bool_and(exists (select 1 from key_results k
              where k.objective_id = o.objective_id and k.target is not null)) as measured
          from in_cycle o group by o.product_id),
evidence as (select o.product_id, bool_and(freshness not in ('stale', 'never')) as fresh
             from results r join in_cycle o using (objective_id) group by o.product_id)
select p.product_id, coalesce(m.pms, 0) = 1 as owned,
       case when exempt then null else coalesce(l.linked, false) end as linked,
       case when exempt then null else coalesce(l.planned, false) end as planned,
       g.measured, e.fresh
from (select *, coalesce(strategic_role in ('enable', 'sunset'), false) as exempt from products) p
left join managers m using (product_id) left join links l using (product_id)
left join goals g using (product_id) left join evidence e using (product_id);

create or replace temp table money as
with product as (
    select p.product_id, coalesce(annual_spend, 0) as spend,
           coalesce(strategic_role in ('enable', 'sunset'), false) and not coalesce(linked, false) as ends,
           coalesce(annual_spend, 0) * coalesce(bau_pct, 0) / 100 as bau
    from products p left join (select product_id, bool_or(confirmed) as linked from cells
                               group by product_id) using (product_id)),
ranked as (select product_id, outcome_id, state, rank() over (partition by product_id order by
               case strength when 'primary' then 1 when 'supporting' then 2 else 3 end) as place
           from cells where confirmed),
flows as (select r.product_id, r.outcome_id, r.state,
              (p.spend - p.bau) / count(*) over (partition by r.product_id) as flow
          from ranked r join product p using (product_id) where place = 1)
select (select sum(case when ends then 0 else spend - bau end) from product) as total,
       (select sum(flow) from flows) as linked,
       (select sum(flow) from flows where state = 'proven') as proven;
