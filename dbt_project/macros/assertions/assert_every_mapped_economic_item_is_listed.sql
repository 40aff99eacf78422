{%- macro assert_every_mapped_economic_item_is_listed() -%}
with items as (
    select
        'economic' as classification,
        departmental_code as code
    from {{ ref('economic_mapping') }}
    union all
    select
        'economic_government' as classification,
        government_code as code
    from {{ ref('economic_mapping') }}
)

select items.*
from items
anti join {{ ref('economic_codes') }} as listed
    on
        items.classification = listed.classification
        and items.code = listed.code
        and length(listed.code) = 5
        and listed.is_official
{%- endmacro -%}
