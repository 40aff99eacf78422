-- Facts by meaning, whatever form or sentence stated them: one row per coordinate that is known in full.
with stated as (
    select
        figures.*,
        documents.publisher_name,
        documents.stage,
        decisions.trust,
        coalesce(decisions.corrected_yuan, figures.value_yuan)::decimal(20, 2) as shown_yuan,
        decisions.trust = 'reconciled' or decisions.corrected_yuan is not null as is_believed
    from {{ ref('figures') }} as figures
    -- Inner on purpose: a figure whose trust was never decided is not published.
    inner join {{ ref('amount_trust') }} as decisions
        on figures.figure_id = decisions.amount_id and decisions.trust in ('reconciled', 'unchecked', 'disputed')
    inner join {{ ref('int_identified_documents') }} as documents on figures.document_id = documents.document_id
    inner join {{ ref('int_disclosures') }} as disclosures
        on figures.document_id = disclosures.document_id and disclosures.is_in_force
    where
        figures.nature = 'figure'
        and figures.value_yuan is not null
        and {{ coordinate_is_known('figures') }}
),

gathered as (
    select
        document_id,
        publisher_name,
        stage,
        {{ coordinate_columns() }},
        count(*) as places_count,
        max(shown_yuan - {{ rounding('last_digit_yuan') }}) <= min(shown_yuan + {{ rounding('last_digit_yuan') }})
            as is_consistent,
        -- of the same figure printed finer and coarser the finer
        arg_min(shown_yuan, struct_pack(step := last_digit_yuan, shown := shown_yuan)) as finest_yuan,
        case
            when min(shown_yuan) filter (is_believed) = max(shown_yuan) filter (is_believed)
                then min(shown_yuan) filter (is_believed)
        end as believed_yuan,
        list(
            struct_pack(
                figure_id := figure_id,
                page_no := page_no,
                line_no := line_no,
                printed_text := printed_text,
                unit := unit,
                value_yuan := value_yuan,
                trust := trust
            )
            order by page_no, line_no, figure_id
        ) as places
    from stated
    group by document_id, publisher_name, stage, {{ coordinate_columns() }}
)

select
    'V-' || left(md5(concat_ws('|', document_id, {{ coordinate_columns() }})), 12) as stated_figure_id,
    document_id,
    publisher_name,
    stage,
    {{ coordinate_columns() }},
    -- where the places differ, what the arithmetic of the document bears out; nothing is guessed
    case when is_consistent then finest_yuan else believed_yuan end as value_yuan,
    is_consistent,
    places_count,
    places
from gathered
