-- The smallest set of corrected figures that makes the broken identities of a document hold.
{{ repairs(slack='tolerance_yuan', outcomes="('holds', 'breaks')") }}
