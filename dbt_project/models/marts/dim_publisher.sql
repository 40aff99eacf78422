select
    publisher_name,
    -- The newest document that says so; names of departments and places change.
    max_by(parent_name, struct_pack(fiscal_year, document_id)) filter (where parent_name is not null) as parent_name,
    max_by(region, struct_pack(fiscal_year, document_id)) filter (where region is not null) as region,
    count(*) as document_count,
    count(*) filter (where stage = 'budget') as budget_count,
    count(*) filter (where stage = 'final_accounts') as final_accounts_count,
    min(fiscal_year) as first_fiscal_year,
    max(fiscal_year) as last_fiscal_year
from {{ ref('stg_documents') }}
where publisher_name is not null
group by publisher_name
