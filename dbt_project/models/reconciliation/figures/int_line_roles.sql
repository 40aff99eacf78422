-- The parts a line can play in an identity, as the terms of the rules name them.
select
    line_id,
    document_id,
    unnest(list_filter([
        case when row_kind != 'repeat' then 'any' end,
        case when is_item then 'item' end,
        case when is_top then 'top' end,
        case when is_leaf then 'leaf' end,
        case when child_kind is not null then 'parent_' || child_kind end,
        case when parent_kind is not null then 'child_' || parent_kind end,
        case when row_kind = 'repeat' then 'repeat' end,
        case when is_repeated then 'repeated' end
    ], role -> role is not null)) as line_role
from {{ ref('int_lines') }}
