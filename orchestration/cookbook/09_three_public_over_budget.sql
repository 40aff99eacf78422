-- en: Which publishers spent more on the three public expenses, meetings or training than budgeted?
-- zh: 哪些部门的三公经费、会议费、培训费超出预算？
select
    figures.publisher_name,
    figures.fiscal_year,
    figures.compared,
    coalesce(names.name_zh, figures.subject) as subject,
    figures.budget_yuan,
    figures.final_yuan,
    figures.difference_yuan
from marts.mart_budget_vs_final as figures
left join marts.dim_value_name as names on names.column_name = 'measure' and figures.subject = names.value
where
    figures.is_over_budget
    and (
        figures.subject_kind = 'three_public'
        or figures.subject in (
            'three_public', 'overseas_travel', 'official_reception', 'official_vehicles', 'meetings', 'training'
        )
        or regexp_matches(figures.subject, '三公|公务接待|因公出国|公务用车|会议费|培训费')
    )
order by figures.difference_yuan desc, figures.publisher_name asc, subject asc, figures.compared asc;
