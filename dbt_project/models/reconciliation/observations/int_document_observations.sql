-- What is not known of a document as a whole, and where editions of one disclosure differ.
with documents as (
    select documents.*
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_disclosures') }} as disclosures
        on documents.document_id = disclosures.document_id and disclosures.is_in_force
    where documents.status = 'read' and not documents.is_template
),

unknown as (
    select
        document_id as subject_id,
        document_id,
        'document.publisher_unknown' as rule_id,
        '未能认定公开主体：封面、表头、标题和文件名均未写明或相互矛盾，该文件不计入按主体汇总的数据' as message_zh,
        'Whose it is is not known: cover, captions, titles and names of the file tell nothing, or contradict each '
        || 'other; it is in no sum by publisher' as message_en
    from documents
    where publisher_name is null
    union all
    select
        document_id as subject_id,
        document_id,
        'document.year_unknown' as rule_id,
        '未能认定年度：封面、表头、标题和文件名均未写明或相互矛盾，该文件不计入按年度汇总的数据' as message_zh,
        'Of which year it is is not known: cover, captions, titles and names of the file tell nothing, or contradict '
        || 'each other; it is in no sum by year' as message_en
    from documents
    where fiscal_year is null
    union all
    select
        document_id as subject_id,
        document_id,
        'document.stage_unknown' as rule_id,
        '未能认定是预算还是决算，该文件不计入按阶段汇总的数据' as message_zh,
        'Whether it is a budget or final accounts is not known; it is in no sum by stage' as message_en
    from documents
    where stage is null
),

-- figures that each edition states once
stated_once as (
    select *
    from {{ ref('int_document_contents') }}
    qualify count(*) over (partition by document_id, kind, content_key) = 1
),

suspects as (
    select distinct amount_id
    from {{ ref('int_suspects') }}
    where is_root and not is_rounding and amount_id is not null
),

differences as (
    select
        theirs.document_id,
        theirs.amount_id,
        theirs.form_key,
        theirs.place,
        theirs.amount_text,
        chosen.amount_text as chosen_text,
        chosen.place as chosen_place,
        files.file_name as chosen_file,
        theirs.is_doubtful
        or chosen.is_doubtful
        or theirs.amount_id in (from suspects)
        or chosen.amount_id in (from suspects) as is_doubtful
    from {{ ref('int_disclosures') }} as disclosures
    inner join stated_once as theirs on disclosures.document_id = theirs.document_id
    inner join stated_once as chosen
        on
            disclosures.edition_of = chosen.document_id
            and theirs.kind = chosen.kind
            and theirs.content_key = chosen.content_key
    inner join {{ ref('int_identified_documents') }} as files on disclosures.edition_of = files.document_id
    where
        abs(theirs.amount_yuan - chosen.amount_yuan)
        > (theirs.last_digit_yuan + chosen.last_digit_yuan) / 2
)

select
    subject_id,
    document_id,
    rule_id,
    null::varchar as form_key,
    []::bigint[] as places,
    message_zh,
    message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from unknown
union all
select
    amount_id as subject_id,
    document_id,
    case when is_doubtful then 'edition.differs_in_doubt' else 'edition.differs' end as rule_id,
    form_key,
    [place] as places,
    format(
        '同一公开文件的两个版本不一致：此处为 {}，采用的版本（{}，第 {} 处）为 {}', amount_text, chosen_file, chosen_place, chosen_text
    ) as message_zh,
    format(
        'Two editions of one disclosure differ: {} here, {} in the one that is used ({}, at {})',
        amount_text,
        chosen_text,
        chosen_file,
        chosen_place
    ) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from differences
