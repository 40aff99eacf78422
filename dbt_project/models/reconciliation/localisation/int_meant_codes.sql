-- Rows whose code is in no list, and the code that their name bears: one right below a code that their list prints, or
-- a class of which the list prints what is below it. A code in parts of which one was misread or misprinted (7 11 02
-- for 210 11 02), and a class printed as another (299 for 229), leave rows outside the tree.
with official as (
    select distinct
        'function' as classification,
        code,
        {{ folded_code_name('name') }} as folded
    from {{ ref('function_codes') }}
    union
    select distinct
        classification,
        code,
        {{ folded_code_name('name') }} as folded
    from {{ ref('economic_codes') }}
    where classification = 'economic'
),

printed as (
    select
        line_id,
        document_id,
        form_id,
        list_no,
        side_key as classification,
        code,
        label_plain
    from {{ ref('int_lines') }}
    where side_key in ('function', 'economic') and code is not null and row_kind = 'item'
),

unlisted as (
    select
        printed.line_id,
        printed.document_id,
        printed.form_id,
        printed.list_no,
        printed.classification,
        printed.code,
        {{ folded_code_name('printed.label_plain') }} as folded
    from printed
    anti join official on printed.classification = official.classification and printed.code = official.code
    where printed.label_plain is not null
)

select
    unlisted.line_id,
    unlisted.document_id,
    unlisted.code as printed_code,
    min(official.code) as meant_code
from unlisted
inner join official on unlisted.classification = official.classification and unlisted.folded = official.folded
inner join printed as kin
    on
        unlisted.form_id = kin.form_id
        and unlisted.list_no = kin.list_no
        and official.code != kin.code
        and case
            when length(official.code) = 3 then left(kin.code, 3) = official.code
            else left(official.code, greatest(length(official.code) - 2, 3)) = kin.code
        end
anti join printed as others
    on unlisted.form_id = others.form_id and unlisted.list_no = others.list_no and official.code = others.code
group by unlisted.line_id, unlisted.document_id, unlisted.code
having count(distinct official.code) = 1
