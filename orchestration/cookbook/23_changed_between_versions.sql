-- en: Which figures did a publisher change when it replaced a document?
-- zh: 公开单位替换文件时改动了哪些数字？
-- note: Rows are matched by form, label and column; a row that was renamed shows as one gone and one new.
with versions as (
    select
        document_id,
        superseded_by,
        publisher_name,
        fiscal_year,
        stage
    from marts.dim_document
    where is_superseded
),

both_versions as (
    select document_id
    from versions
    union
    select superseded_by
    from versions
),

printed as (
    select
        amounts.document_id,
        amounts.form_key,
        coalesce(amounts.code, '') || ' ' || coalesce(amounts.row_label, '') as row_label,
        amounts.column_path,
        amounts.amount_text,
        amounts.amount_yuan,
        -- rows of one label are told apart by their order
        row_number() over (
            partition by
                amounts.document_id, amounts.form_key, amounts.code, amounts.row_label, amounts.column_path
            order by amounts.row_no, amounts.amount_id
        ) as nth
    from staging.amounts as amounts
    inner join both_versions on amounts.document_id = both_versions.document_id
),

older as (
    select printed.*
    from printed
    inner join versions on printed.document_id = versions.document_id
),

newer as (
    select
        versions.document_id,
        printed.form_key,
        printed.row_label,
        printed.column_path,
        printed.amount_text,
        printed.amount_yuan,
        printed.nth
    from versions
    inner join printed on versions.superseded_by = printed.document_id
),

compared as (
    select
        coalesce(older.document_id, newer.document_id) as document_id,
        coalesce(older.form_key, newer.form_key) as form_key,
        coalesce(older.row_label, newer.row_label) as row_label,
        coalesce(older.column_path, newer.column_path) as column_path,
        older.amount_text as older_text,
        newer.amount_text as newer_text,
        newer.amount_yuan - older.amount_yuan as change_yuan
    from older
    full join newer
        on
            older.document_id = newer.document_id
            and older.form_key = newer.form_key
            and older.row_label = newer.row_label
            and older.column_path is not distinct from newer.column_path
            and older.nth = newer.nth
    where older.amount_text is distinct from newer.amount_text
)

select
    versions.publisher_name,
    versions.fiscal_year,
    versions.stage,
    compared.form_key,
    compared.row_label,
    compared.column_path,
    compared.older_text,
    compared.newer_text,
    compared.change_yuan
from compared
inner join versions on compared.document_id = versions.document_id
order by all;
