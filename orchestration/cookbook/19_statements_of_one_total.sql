-- en: How often does a document state its spending, and do the statements agree?
-- zh: 同一笔支出在文件里列示了几次，互相一致吗？
select
    documents.publisher_name,
    documents.fiscal_year,
    restatements.form_key,
    restatements.classification,
    restatements.fund,
    restatements.leaf_count,
    restatements.leaves_yuan,
    restatements.total_yuan,
    restatements.agreement,
    restatements.is_preferred
from marts.dim_restatement as restatements
inner join marts.dim_document as documents on restatements.document_id = documents.document_id
where restatements.spending_kind = 'total' and restatements.fund in ('all', 'fiscal_appropriation', 'general_public')
order by
    documents.publisher_name asc,
    documents.document_id asc,
    restatements.is_preferred desc,
    restatements.restatement_id asc;
