-- What a document is compared with others by, wherever that is decided: here, and before a build of what changed.
{{ document_links(ref('stg_documents'), ref('stg_lines'), ref('stg_landings'), ref('int_rule_terms')) }}
