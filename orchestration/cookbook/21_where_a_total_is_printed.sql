-- en: Where is a publisher's total printed, so that I can look it up?
-- zh: 支出总计印在文件的哪一页、哪一行？
select
    documents.file_name,
    lines.form_key,
    lines.name,
    lines.amount_text,
    lines.unit,
    lines.page_no,
    lines.line_no,
    lines.amount_id
from marts.fct_spending_lines as lines
inner join marts.dim_document as documents on lines.document_id = documents.document_id
where lines.is_preferred and lines.line_key in ('current_total', 'form_total', 'grand_total')
order by documents.file_name, lines.row_no, lines.col_no;
